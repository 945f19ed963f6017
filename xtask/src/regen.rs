//! Brings what `build.rs` makes of a document into `generated/`, and a new document into `openapi/`.

use std::{fs, path::Path};

use similar::TextDiff;

use crate::{Result, workspace::Workspace};

mod bindings;
mod intake;
pub mod replace;
mod stage;
pub mod tolerant;

pub use intake::{Intake, Took, generate_alone, take_in};

use bindings::generate;
use replace::Replacement;

/// The one document and the one file of bindings.
pub const DOCUMENT: &str = "openapi/video.json";
pub const OVERLAY: &str = "openapi/overlay.json";
pub const BINDINGS: &str = "generated/bindings.rs";

/// Generates the bindings and writes them where they differ.
pub fn write(workspace: &Workspace) -> Result<String> {
    let renewed = renew(workspace, false)?;
    Ok(if renewed { format!("{BINDINGS} is renewed") } else { "generated/ is up to date".into() })
}

/// Generates the bindings, and writes them where they differ and that is not a dry run. Returns whether
/// they differed.
fn renew(workspace: &Workspace, dry_run: bool) -> Result<bool> {
    let generated = generate(workspace)?;
    let differs = !is_fresh(&workspace.root, &generated);
    if differs && !dry_run {
        Replacement::prepare(&workspace.root, &[(BINDINGS, generated.as_bytes())])?.complete()?;
    }
    Ok(differs)
}

/// Generates the bindings and fails with a diff where they differ.
pub fn check(workspace: &Workspace) -> Result<String> {
    let root = &workspace.root;
    let generated = generate(workspace)?;
    if is_fresh(root, &generated) {
        return Ok("generated/ is up to date".into());
    }
    let checked_in = fs::read(root.join(BINDINGS)).unwrap_or_default();
    let checked_in = String::from_utf8_lossy(&checked_in);
    let diff = TextDiff::from_lines(checked_in.as_ref(), &generated);
    let diff = diff.unified_diff().header(BINDINGS, "from openapi/").to_string();
    Err(format!("{diff}\ngenerated/ is stale: run `cargo xtask regen`").into())
}

fn is_fresh(root: &Path, generated: &str) -> bool {
    fs::read(root.join(BINDINGS)).is_ok_and(|checked_in| checked_in == generated.as_bytes())
}
