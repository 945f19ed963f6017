//! Brings what `build.rs` makes of a document into `generated/`, and a new document into `openapi/`.

use std::{fs, path::Path, process::Command, time::SystemTime};

use crate::{Result, workspace::Workspace};

mod build;
mod intake;

pub use intake::{Intake, Place, generate_alone, take_in};

/// Paths in the workspace.
pub const DOCUMENT: &str = "openapi/video.json";
pub const OVERLAY: &str = "openapi/overlay.json";
pub const BINDINGS: &str = "generated/bindings.rs";

/// Generates the bindings and replaces the file if it differs. Returns what it did.
pub fn write(workspace: &Workspace) -> Result<String> {
    let root = &workspace.root;
    let generated = fs::read_to_string(build::generate(workspace)?)?;
    if has_content(root, BINDINGS, &generated) {
        return Ok("generated/ is up to date".into());
    }
    let newer = newer(root);
    replace(root, BINDINGS, &generated)?;
    // An interrupted run may have left it.
    let _ = fs::remove_file(root.join(format!("{DOCUMENT}.new")));
    Ok(format!("{BINDINGS} is renewed{newer}"))
}

/// Checks that the bindings in the workspace are up to date.
///
/// # Errors
/// They are not. The error has the diff.
pub fn check(workspace: &Workspace) -> Result<String> {
    let root = &workspace.root;
    let generated = build::generate(workspace)?;
    if has_content(root, BINDINGS, &fs::read_to_string(&generated)?) {
        return Ok("generated/ is up to date".into());
    }
    let mut diff = Command::new("git");
    diff.current_dir(root).args(["diff", "--no-index", "--", BINDINGS]).arg(generated);
    let diff = diff.output().map(|output| output.stdout).unwrap_or_default();
    let diff = String::from_utf8_lossy(&diff);
    Err(format!("{diff}\ngenerated/ is stale{}: run `cargo xtask regen`", newer(root)).into())
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

fn has_content(root: &Path, path: &str, text: &str) -> bool {
    fs::read(root.join(path)).is_ok_and(|bytes| bytes == text.as_bytes())
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
