//! Takes in a new document: from its publisher to `openapi/` and `generated/`.

use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
};

use serde::Serialize;
use serde_json::{Value, json};

use super::{
    BINDINGS, DOCUMENT, GENERATED, OVERLAY, Texts,
    build::{compile, generate},
    places::{self, Place},
    replace, stale, texts,
};
use crate::{
    Result,
    diff::{Change, Class, Report, compare},
    document,
    terminal::tell,
    workspace::Workspace,
};

/// The result of taking in a document. The JSON has these fields.
#[derive(Serialize)]
pub struct Intake {
    /// The differences from the committed document.
    #[serde(flatten)]
    pub report: Report,
    /// What the conversion and the alignment changed, for the reader of the report.
    pub notes: Vec<String>,
    /// The files of `openapi/` and `generated/` that change.
    pub files: Vec<&'static str>,
    /// What wants a hand.
    pub places: Vec<Place>,
    /// Why the document was refused. Nothing was replaced then.
    pub refused: Option<String>,
}

/// Takes in a document from a path or an http(s) URL: reads it, aligns it with the vendored one, compares it
/// with the committed one, applies the overlay, generates, and compiles the result with the rest of the
/// crate, all in a copy of the workspace. Then it replaces what has changed in `openapi/` and `generated/`,
/// unless that is a dry run. What the vendored document knows and the new one does not say goes to the
/// overlay. A document without differences but in texts that it lacks is not taken in, however it is written.
///
/// # Errors
/// The document cannot be read or has too little in common with the vendored one, or a file cannot be
/// replaced.
pub fn take_in(workspace: &Workspace, from: &str, dry_run: bool) -> Result<Intake> {
    let root = &workspace.root;
    let document::Taken { document: new, mut notes } = read(from)?;
    let aligned = Candidate::of(root, &new).map_err(|error| format!("{from}: {error}"))?;
    let Candidate { document, overlay, old, known, written, notes: called, doubts } = aligned;
    notes.extend(called);
    let report = Report::between(&old, &known, workspace.version.parse()?).with_unsaid(written);
    let doubt = |message| Place { file: from.to_owned(), line: None, message };
    let places = doubts.into_iter().map(doubt).collect();

    let mut intake = Intake { report, notes, files: Vec::new(), places, refused: None };
    let mut try_out = || -> Result<()> {
        let mut files =
            vec![(DOCUMENT, document::to_text(&document)), (OVERLAY, document::to_text(&overlay))];
        let (stage, generated) = generate_with(workspace, &files)?;
        files.extend(generated);
        let files = stale(root, files);
        intake.files = files.iter().map(|(path, _)| *path).collect();
        // What is generated as before fits as before.
        if files.iter().any(|(path, _)| GENERATED.contains(path)) {
            tell("compiling the crate with it");
            intake.places.extend(compile(&stage)?);
        }
        if !files.is_empty() || !intake.report.changes.is_empty() {
            intake.places.extend(places::of_overlay(&document, &overlay)?);
            intake.places.extend(places::of_changes(root, &intake.report.changes));
        }
        if !dry_run {
            for (path, text) in &files {
                replace(root, path, text)?;
            }
        }
        Ok(())
    };
    if let Err(error) = try_out() {
        intake.refused = Some(format!("{from}: {error}"));
    }
    Ok(intake)
}

/// What `openapi/` would hold with a new document.
struct Candidate {
    document: Value,
    overlay: Value,
    /// The committed document with what its overlay adds to it.
    old: Value,
    /// The new one with what it does not say.
    known: Value,
    /// The changes from the committed document to the new one as it is written.
    written: Vec<Change>,
    notes: Vec<String>,
    doubts: Vec<String>,
}

impl Candidate {
    fn of(root: &Path, new: &Value) -> Result<Self> {
        let local = |path: &str| {
            let text = fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))?;
            parse(path, &text)
        };
        let (vendored, mut overlay) = (local(DOCUMENT)?, local(OVERLAY)?);
        let ours = document::with_known(&vendored, &overlay);
        let old = match (committed(root, DOCUMENT), committed(root, OVERLAY)) {
            (Some(document), Some(overlay)) => {
                document::with_known(&parse(DOCUMENT, &document)?, &parse(OVERLAY, &overlay)?)
            }
            _ => ours.clone(),
        };
        let document::Aligned { mut document, notes, doubts } = document::align(&ours, new)?;
        let unsaid = document::unsaid(&ours, &document);
        let (known, written) = (document::merged(&document, &unsaid), compare(&old, &document));
        let differs = compare(&vendored, &document).iter().any(|it| it.class != Class::DocumentationOnly);
        if compare(&ours, &known).is_empty() && !differs {
            document = vendored;
            document::normalise(&mut document);
        } else {
            document::set_known(&mut overlay, unsaid);
        }
        Ok(Self { document, overlay, old, known, written, notes, doubts })
    }
}

/// Generates the bindings of any service's document, without this project's overlay. Returns the notes of
/// the conversion and the bindings.
///
/// # Errors
/// Names the place in the document.
pub fn generate_alone(workspace: &Workspace, from: &str) -> Result<(Vec<String>, String)> {
    let document::Taken { document, notes } = read(from)?;
    let none = json!({ "overlay": "1.0.0", "info": { "title": "None", "version": "0" }, "actions": [] });
    let files = vec![(DOCUMENT, document::to_text(&document)), (OVERLAY, none.to_string())];
    let (_, generated) = generate_with(workspace, &files).map_err(|error| format!("{from}: {error}"))?;
    let bindings = generated.into_iter().find(|(path, _)| *path == BINDINGS);
    Ok((notes, bindings.map(|(_, text)| text).unwrap_or_default()))
}

fn read(from: &str) -> Result<document::Taken> {
    Ok(document::take_in(&document::fetch(from)?).map_err(|error| format!("{from}: {error}"))?)
}

fn parse(path: &str, text: &str) -> Result<Value> {
    Ok(document::parse(text).map_err(|error| format!("{path}: {error}"))?)
}

/// A file of the latest commit. `None` without git.
fn committed(root: &Path, path: &str) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).arg("show").arg(format!("HEAD:./{path}")).stderr(Stdio::null());
    let shown = git.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(shown.stdout).ok()
}

/// Generates with these files in a copy of the workspace. Returns the copy, which has what was generated.
fn generate_with(workspace: &Workspace, files: &Texts) -> Result<(Workspace, Texts)> {
    let stage = stage(workspace)?;
    for (path, text) in files {
        fs::write(stage.root.join(path), text)?;
    }
    tell("generating the bindings in a copy of the workspace (the first time this takes minutes)");
    let generated = texts(&generate(&stage)?)?;
    for (path, text) in &generated {
        replace(&stage.root, path, text)?;
    }
    Ok((stage, generated))
}

/// Copies the workspace to a folder under its target directory. The copy has another version, so that cargo
/// does not confuse the builds of the two. It does not depend on itself, so that its unit tests are compiled
/// even if the library has errors.
fn stage(workspace: &Workspace) -> Result<Workspace> {
    let (root, copy) = (&workspace.root, workspace.target.join("regen"));
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    let parts = ["Cargo.lock", "Cargo.toml", "README.md", "build.rs", "generated", "openapi", "src"];
    for part in [&parts[..], &["benches", "examples", "tests", "xtask"]].concat() {
        duplicate(&root.join(part), &copy.join(part)).map_err(|error| format!("{part}: {error}"))?;
    }
    let named = |version: &str| format!("name = \"enablex\"\nversion = \"{version}\"");
    let (is, becomes) = (named(&workspace.version), named(&format!("{}+stage", workspace.version)));
    for manifest in ["Cargo.lock", "Cargo.toml"] {
        let text = fs::read_to_string(copy.join(manifest))?.replacen(&is, &becomes, 1);
        let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("enablex = { path = \".\""));
        fs::write(copy.join(manifest), lines.collect::<String>())?;
    }
    Ok(Workspace { root: copy, ..workspace.clone() })
}

/// Copies a file, or a folder with its contents, if it exists.
fn duplicate(from: &Path, to: &Path) -> io::Result<()> {
    if from.is_file() {
        return to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::copy(from, to)).map(drop);
    }
    for entry in from.read_dir().into_iter().flatten() {
        let entry = entry?;
        duplicate(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
