//! Brings what `build.rs` makes of a document into `generated/`, and a new document into `openapi/`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use crate::{Result, workspace::Workspace};

mod build;
mod intake;
mod places;

pub use intake::{Intake, generate_alone, take_in};
pub use places::Place;

/// Paths in the workspace.
pub const DOCUMENT: &str = "openapi/video.json";
pub const OVERLAY: &str = "openapi/overlay.json";
pub const BINDINGS: &str = "generated/bindings.rs";
/// The document with what the overlay adds to it as a whole, without prose.
pub const WHOLE: &str = "generated/document.json";
/// What is generated.
const GENERATED: [&str; 2] = [BINDINGS, WHOLE];

/// Paths in the workspace, and the texts that they are to have.
type Texts = Vec<(&'static str, String)>;

/// Generates, and replaces the files that differ. Returns what it did.
pub fn write(workspace: &Workspace) -> Result<String> {
    let root = &workspace.root;
    let stale = stale(root, texts(&build::generate(workspace)?)?);
    let newer = newer(root);
    for (path, text) in &stale {
        replace(root, path, text)?;
    }
    // An interrupted run may have left it.
    let _ = fs::remove_file(root.join(format!("{DOCUMENT}.new")));
    let names: Vec<_> = stale.iter().map(|(path, _)| *path).collect();
    Ok(match names[..] {
        [] => "generated/ is up to date".into(),
        [only] => format!("{only} is renewed{newer}"),
        _ => format!("{} are renewed{newer}", names.join(" and ")),
    })
}

/// Checks that what is generated is up to date in the workspace.
///
/// # Errors
/// It is not. The error has the diff.
pub fn check(workspace: &Workspace) -> Result<String> {
    let root = &workspace.root;
    let out = build::generate(workspace)?;
    let stale = stale(root, texts(&out)?);
    if stale.is_empty() {
        return Ok("generated/ is up to date".into());
    }
    let diff = |path: &str| {
        let mut diff = Command::new("git");
        diff.current_dir(root).args(["diff", "--no-index", "--", path]).arg(generated(&out, path));
        diff.output().map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default()
    };
    let diff: String = stale.iter().map(|(path, _)| diff(path)).collect();
    Err(format!("{diff}\ngenerated/ is stale{}: run `cargo xtask regen`", newer(root)).into())
}

/// Where the generator has put what is to have this path.
fn generated(out: &Path, path: &str) -> PathBuf {
    out.join(path.trim_start_matches("generated/"))
}

/// What the generator has made.
fn texts(out: &Path) -> Result<Texts> {
    GENERATED.into_iter().map(|path| Ok((path, fs::read_to_string(generated(out, path))?))).collect()
}

/// Those that the workspace does not have like this.
fn stale(root: &Path, texts: Texts) -> Texts {
    let is_stale = |(path, text): &(&str, String)| {
        !fs::read(root.join(path)).is_ok_and(|known| known == text.as_bytes())
    };
    texts.into_iter().filter(is_stale).collect()
}

/// Which of the document and the bindings was changed last, if both exist.
fn newer(root: &Path) -> String {
    let changed = |path: &str| -> Option<SystemTime> { fs::metadata(root.join(path)).ok()?.modified().ok() };
    match (changed(DOCUMENT), changed(BINDINGS)) {
        (Some(document), Some(bindings)) if document > bindings => format!(" ({DOCUMENT} is newer)"),
        (Some(document), Some(bindings)) if document < bindings => format!(" ({BINDINGS} is newer)"),
        _ => String::new(),
    }
}

/// Replaces a file atomically, by a temporary file and a rename.
pub fn replace(root: &Path, path: &str, text: &str) -> Result<()> {
    let (path, new) = (root.join(path), root.join(format!("{path}.new")));
    let replaced = path.parent().map_or(Ok(()), fs::create_dir_all);
    let replaced = replaced.and_then(|()| fs::write(&new, text)).and_then(|()| fs::rename(&new, &path));
    replaced.map_err(|error| {
        let _ = fs::remove_file(&new);
        format!("{} is not replaced: {error}", path.display()).into()
    })
}
