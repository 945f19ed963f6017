//! A new document, from what somebody published to what the crate is made of.

use std::fs;

use serde_json::Value;

use super::{
    BINDINGS, DOCUMENT, OVERLAY,
    bindings::{compile, generate},
    renew,
    replace::Replacement,
    stage::Stage,
    tolerant,
};
use crate::{Result, diff::Report, document, terminal::tell, workspace::Workspace};

/// What is taken in, and how far.
pub struct Intake<'a> {
    /// A path or an http(s) URL.
    pub from: &'a str,
    /// Whether the tree stays as it is.
    pub dry_run: bool,
}

/// What came of it.
pub struct Took {
    /// What has changed.
    pub report: Report,
    /// What was done to the new one that its reader should know.
    pub notes: Vec<String>,
    /// Whether any byte of `openapi/` or `generated/` is, or would be, another one.
    pub differs: bool,
    /// What stands in the way; nothing was replaced then.
    pub refused: Option<String>,
}

/// Takes in a document: reads it, brings it into normal form, checks it, applies the overlay,
/// checks it again, generates, and compiles the result with the rest of the crate, all in a copy of the workspace; only
/// then the document and the bindings are replaced, both or neither. What stands in the way after the
/// document was read is told beside what has changed. One that says nothing new is not taken in, however
/// it is written.
///
/// # Errors
/// The document cannot be read, or not be put in its place. The tree is as it was.
pub fn take_in(workspace: &Workspace, intake: &Intake) -> Result<Took> {
    let (root, from) = (&workspace.root, intake.from);
    let taken = read(from)?;
    let text = fs::read_to_string(root.join(DOCUMENT)).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    let mut old = document::parse(&text).map_err(|error| format!("{DOCUMENT}: {error}"))?;
    let report = Report::between(&old, &taken.document, workspace.version.parse()?);
    document::normalise(&mut old);
    if report.changes.is_empty() && document::to_text(&old) == text {
        let differs = renew(workspace, intake.dry_run)?;
        return Ok(Took { report, notes: taken.notes, differs, refused: None });
    }
    let (mut differs, mut refused) = (true, None);
    match try_out(workspace, &taken.document) {
        Ok(bindings) => {
            let text = document::to_text(&taken.document);
            let new = [(DOCUMENT, text.as_bytes()), (BINDINGS, bindings.as_bytes())];
            differs = new.iter().any(|(path, new)| fs::read(root.join(path)).ok().as_deref() != Some(new));
            if differs && !intake.dry_run {
                Replacement::prepare(root, &new)?.complete()?;
            }
        }
        Err(error) => refused = Some(format!("{from}: {error}")),
    }
    Ok(Took { report, notes: taken.notes, differs, refused })
}

fn read(from: &str) -> Result<document::Taken> {
    Ok(document::take_in(&document::fetch(from)?).map_err(|error| format!("{from}: {error}"))?)
}

/// Makes bindings of a document, and compiles them with the facade, in a copy of the workspace.
fn try_out(workspace: &Workspace, document: &Value) -> Result<String> {
    let overlay = document::parse(&fs::read_to_string(workspace.root.join(OVERLAY))?)?;
    let mut overlaid = document.clone();
    document::apply(&mut overlaid, &overlay)?;
    document::check(&overlaid).map_err(|error| format!("with the overlay: {error}"))?;
    let stage = Stage::copy(workspace)?;
    stage.document(document, true)?;
    tell("generating in a copy of the workspace (the first time this takes minutes)");
    let bindings = generate(&stage.workspace)?;
    tolerant::check(&bindings)?;
    stage.bindings(&bindings)?;
    tell("compiling it with the rest of the crate");
    compile(&stage.workspace)?;
    Ok(bindings)
}

/// Takes a document of any service as far as to its bindings, without this project's overlay. Returns
/// what was noted, and the bindings.
///
/// # Errors
/// Names the place in the document.
pub fn generate_alone(workspace: &Workspace, from: &str) -> Result<(Vec<String>, String)> {
    let taken = read(from)?;
    let stage = Stage::copy(workspace)?;
    stage.document(&taken.document, false)?;
    let bindings = generate(&stage.workspace).map_err(|error| format!("{from}: {error}"))?;
    Ok((taken.notes, bindings))
}
