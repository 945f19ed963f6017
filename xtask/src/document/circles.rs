//! Schemas that contain themselves by `allOf` and the like. A generator would not terminate.

use std::collections::BTreeSet;

use serde_json::Value;

use super::normal::PARTS;
use crate::Result;

/// Finds schemas that contain themselves.
///
/// # Errors
/// Names the first one.
pub fn check(document: &Value) -> Result<()> {
    let schemas = document["components"]["schemas"].as_object();
    for (name, schema) in schemas.into_iter().flatten() {
        let mut seen = BTreeSet::new();
        let mut open = parts(schema);
        while let Some(part) = open.pop() {
            if part == name {
                return Err(format!("OpenAPI 3.0: /components/schemas/{name}: it is made of itself").into());
            }
            if seen.insert(part) {
                open.extend(parts(&document["components"]["schemas"][part]));
            }
        }
    }
    Ok(())
}

/// The names of the schemas that compose a schema.
fn parts(schema: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    if let Some(reference) = schema["$ref"].as_str() {
        found.extend(reference.strip_prefix("#/components/schemas/"));
    }
    let inner = PARTS.iter().filter_map(|keyword| schema[*keyword].as_array()).flatten();
    found.extend(inner.flat_map(parts));
    found
}
