//! Validates a document as OpenAPI 3.0, as far as requests and responses depend on it.

use std::fmt::Display;

use enumset::EnumSet;
use roas::{
    v3_0::spec::Spec,
    validation::{IGNORE_EMPTY_REQUIRED_FIELDS, IGNORE_UNUSED, Options, Validate},
};
use serde_json::Value;

use super::{aside, references};
use crate::Result;

/// How many findings are listed.
const NAMED: usize = 20;

/// Findings that do not matter: unused parts, undeclared tags, URLs and texts for readers. References are
/// checked without the library, which misses some.
fn forgiven() -> EnumSet<Options> {
    use Options::{IgnoreExternalReferences, IgnoreInvalidUrls, IgnoreMissingTags};
    let readers = IgnoreMissingTags | IgnoreExternalReferences | IgnoreInvalidUrls;
    readers | IGNORE_UNUSED | IGNORE_EMPTY_REQUIRED_FIELDS
}

/// Checks a document.
///
/// # Errors
/// Lists every finding with its place.
pub fn check(document: &Value) -> Result<()> {
    let dangling = references::dangling(document);
    let mut document = document.clone();
    aside::set_aside(&mut document);
    references::set_aside(&mut document);
    let spec: Spec =
        serde_path_to_error::deserialize(&document).map_err(|error| format!("OpenAPI 3.0: {error}"))?;
    let says = |(at, reference): &(String, String)| {
        format!("{at}: refers to {reference:?}, which is not in the document")
    };
    let mut findings: Vec<String> = dangling.iter().map(says).collect();
    if let Err(error) = spec.validate(forgiven(), None) {
        let words = error.errors.iter().map(ToString::to_string);
        // The library finds some of them, too.
        findings.extend(
            words.filter(|words| !dangling.iter().any(|(_, reference)| words.contains(&**reference))),
        );
    }
    if findings.is_empty() {
        return Ok(());
    }
    Err(format!("OpenAPI 3.0: {} findings:{}", findings.len(), listed(&findings)).into())
}

/// A line for each listed finding.
pub(super) fn listed(findings: &[impl Display]) -> String {
    let more = if findings.len() > NAMED { "\n  …" } else { "" };
    let lines: String = findings.iter().take(NAMED).map(|finding| format!("\n  {finding}")).collect();
    lines + more
}
