//! Swagger 2.0, converted to OpenAPI 3.0.

use roas::{v2, v3_0};
use serde_json::Value;

use super::{
    aside::{self, each},
    normal::PARTS,
};
use crate::Result;

/// Converts a document of Swagger 2.0.
pub fn lift(mut document: Value) -> Result<(Value, Vec<String>)> {
    let text = document.to_string();
    parts_aside(&mut document);
    aside::set_aside(&mut document);
    let spec: v2::spec::Spec =
        serde_path_to_error::deserialize(&document).map_err(|error| format!("Swagger 2.0: {error}"))?;
    let mut lifted = serde_json::to_value(v3_0::spec::Spec::from(spec))?;
    aside::put_back(&mut lifted);
    parts_back(&mut lifted);
    let mut notes = vec!["lifted from Swagger 2.0 to OpenAPI 3.0".to_owned()];
    for lost in [r#""collectionFormat":"tsv""#, r#""discriminator":"#] {
        if text.contains(lost) {
            notes.push(format!("OpenAPI 3.0 may have nothing for {lost}, which may be gone"));
        }
    }
    Ok((lifted, notes))
}

/// Hides compositions, of which the library keeps no more than `allOf` without its siblings. Version 2.0 has
/// only that one, but the others are written all the same.
fn parts_aside(value: &mut Value) {
    for keyword in PARTS {
        if value.get(keyword).is_some_and(Value::is_array) {
            value[aside(keyword)] = value[keyword].take();
            value.as_object_mut().map(|schema| schema.remove(*keyword));
        }
    }
    each(value, parts_aside);
}

fn aside(keyword: &str) -> String {
    format!("x-aside-{keyword}")
}

fn parts_back(value: &mut Value) {
    each(value, parts_back);
    let Some(schema) = value.as_object_mut() else { return };
    for keyword in PARTS {
        if let Some(parts) = schema.remove(&aside(keyword)) {
            schema.insert((*keyword).into(), parts);
            // The library's, for want of another one.
            schema.retain(|key, value| key != "type" || value != "object");
        }
    }
    if let Some(Value::String(reference)) = schema.get_mut("$ref") {
        *reference = reference.replacen("#/definitions/", "#/components/schemas/", 1);
    }
    if let Some(nullable) = schema.remove("x-nullable") {
        schema.insert("nullable".into(), nullable);
    }
}
