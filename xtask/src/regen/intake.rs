//! Takes in a new document: from its publisher to `openapi/` and `generated/`.

use std::{
    fmt, fs, io,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use super::{
    BINDINGS, DOCUMENT, OVERLAY,
    build::{compile, generate},
    has_content, replace,
};
use crate::{
    Result,
    diff::{Report, compare},
    document,
    terminal::tell,
    workspace::Workspace,
};

/// The result of taking in a document.
pub struct Intake {
    /// The differences from the committed document.
    pub report: Report,
    /// What the conversion changed, for the reader of the report.
    pub notes: Vec<String>,
    /// Whether `openapi/` or `generated/` changes.
    pub differs: bool,
    /// Where the crate does not compile with the new bindings.
    pub places: Vec<Place>,
    /// Why the document was refused. Nothing was replaced then.
    pub refused: Option<String>,
}

/// A place in the crate that wants a hand.
#[derive(Debug, PartialEq)]
pub struct Place {
    pub file: String,
    pub line: u32,
    pub message: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Takes in a document from a path or an http(s) URL: reads it, brings it into normal form, compares it
/// with the committed one, applies the overlay, generates, and compiles the result with the rest of the
/// crate, all in a copy of the workspace. Then it replaces the document and the bindings, unless that is a
/// dry run. A document without differences is not taken in, however it is written.
///
/// # Errors
/// The document cannot be read, or a file cannot be replaced.
pub fn take_in(workspace: &Workspace, from: &str, dry_run: bool) -> Result<Intake> {
    let root = &workspace.root;
    let document::Taken { mut document, notes } = read(from)?;
    let text = fs::read_to_string(root.join(DOCUMENT)).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    let version = workspace.version.parse()?;
    let mut vendored = parse(&text)?;
    let committed = committed(root).as_deref().map(parse).transpose()?;
    let report = Report::between(committed.as_ref().unwrap_or(&vendored), &document, version);
    if compare(&vendored, &document).is_empty() {
        document::normalise(&mut vendored);
        document = vendored;
    }

    let mut intake = Intake { report, notes, differs: true, places: Vec::new(), refused: None };
    let text = document::to_text(&document);
    let mut try_out = || -> Result<()> {
        let (stage, bindings) = generate_with(workspace, &document, true)?;
        intake.differs = !has_content(root, DOCUMENT, &text) || !has_content(root, BINDINGS, &bindings);
        if intake.differs || !intake.report.changes.is_empty() {
            tell("compiling the crate with it");
            replace(&stage.root, BINDINGS, &bindings)?;
            intake.places = compile(&stage)?;
        }
        if intake.differs && !dry_run {
            replace(root, DOCUMENT, &text)?;
            replace(root, BINDINGS, &bindings)?;
        }
        Ok(())
    };
    if let Err(error) = try_out() {
        intake.refused = Some(format!("{from}: {error}"));
    }
    Ok(intake)
}

/// Generates the bindings of any service's document, without this project's overlay. Returns the notes of
/// the conversion and the bindings.
///
/// # Errors
/// Names the place in the document.
pub fn generate_alone(workspace: &Workspace, from: &str) -> Result<(Vec<String>, String)> {
    let document::Taken { document, notes } = read(from)?;
    let generated = generate_with(workspace, &document, false);
    Ok((notes, generated.map_err(|error| format!("{from}: {error}"))?.1))
}

fn read(from: &str) -> Result<document::Taken> {
    Ok(document::take_in(&document::fetch(from)?).map_err(|error| format!("{from}: {error}"))?)
}

fn parse(text: &str) -> Result<Value> {
    Ok(document::parse(text).map_err(|error| format!("{DOCUMENT}: {error}"))?)
}

/// The document of the latest commit. `None` without git.
fn committed(root: &Path) -> Option<String> {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).arg("show").arg(format!("HEAD:./{DOCUMENT}")).stderr(Stdio::null());
    let shown = git.output().ok().filter(|output| output.status.success())?;
    String::from_utf8(shown.stdout).ok()
}

/// Generates the bindings of a document in a copy of the workspace. Returns the copy and the bindings.
fn generate_with(workspace: &Workspace, document: &Value, overlay: bool) -> Result<(Workspace, String)> {
    if overlay {
        let overlay = document::parse(&fs::read_to_string(workspace.root.join(OVERLAY))?)?;
        let mut overlaid = document.clone();
        document::apply(&mut overlaid, &overlay)?;
        document::check(&overlaid).map_err(|error| format!("with the overlay: {error}"))?;
    }
    let stage = stage(workspace)?;
    fs::write(stage.root.join(DOCUMENT), document::to_text(document))?;
    if !overlay {
        let none = json!({ "overlay": "1.0.0", "info": { "title": "None", "version": "0" }, "actions": [] });
        fs::write(stage.root.join(OVERLAY), none.to_string())?;
    }
    tell("generating the bindings in a copy of the workspace (the first time this takes minutes)");
    let bindings = fs::read_to_string(generate(&stage)?)?;
    Ok((stage, bindings))
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
