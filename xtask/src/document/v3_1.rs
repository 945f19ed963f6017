//! OpenAPI 3.1, as far as 3.0 can express it.

use serde_json::{Map, Value};

use super::{check::listed, normal::walk};
use crate::Result;

/// Keywords that 3.0 does not have.
#[rustfmt::skip]
const NEW: &[&str] = &[
    "$anchor", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$schema", "const", "contains",
    "contentEncoding", "contentMediaType", "contentSchema", "dependentRequired", "dependentSchemas", "else",
    "if", "jsonSchemaDialect", "maxContains", "minContains", "pathItems", "patternProperties", "prefixItems",
    "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties", "webhooks",
];

/// Converts a document to 3.0.
pub fn lower(mut document: Value, version: &str) -> Result<(Value, Vec<String>)> {
    let mut findings = Vec::new();
    if document.get("paths").is_none() {
        findings.push("/paths: required by 3.0".to_owned());
    }
    walk(&document, &mut |at, object| {
        findings.extend(new_in(object, at));
        true
    });
    if findings.is_empty() {
        document["openapi"] = "3.0.3".into();
        let note = format!("declared as OpenAPI {version}, and taken for 3.0.3, since it says nothing new");
        return Ok((document, vec![note]));
    }
    Err(format!(
        "openapi: {version:?}: the generator reads OpenAPI 3.0, which cannot say {} things of it:{}",
        findings.len(),
        listed(&findings)
    )
    .into())
}

fn new_in(object: &Map<String, Value>, at: &str) -> Vec<String> {
    let mut new = Vec::new();
    let mut say = |key: &str, what: &str| new.push(format!("{at}/{key}: {what}"));
    for keyword in NEW.iter().filter(|keyword| object.contains_key(**keyword)) {
        say(keyword, "3.0 does not have it");
    }
    match object.get("type") {
        Some(Value::Array(_)) => say("type", "a list; 3.0 has one type, and `nullable`"),
        Some(Value::String(name)) if name == "null" => say("type", "null; 3.0 has `nullable`"),
        _ => {}
    }
    for limit in ["exclusiveMaximum", "exclusiveMinimum"] {
        if object.get(limit).is_some_and(Value::is_number) {
            say(limit, "a number; 3.0 has a switch beside the limit");
        }
    }
    if object.get("examples").is_some_and(Value::is_array) {
        say("examples", "a list; 3.0 has `example`");
    }
    if object.get("license").is_some_and(|license| license.get("identifier").is_some()) {
        say("license/identifier", "3.0 has `url` for it");
    }
    for schema in ["items", "not", "schema"] {
        if object.get(schema).is_some_and(Value::is_boolean) {
            say(schema, "a schema that is true or false; 3.0 has objects");
        }
    }
    let has_siblings = object.keys().any(|key| !["$ref", "summary", "description"].contains(&key.as_str()));
    if object.contains_key("$ref") && has_siblings {
        say("$ref", "it has siblings, which 3.0 does not see");
    }
    new
}
