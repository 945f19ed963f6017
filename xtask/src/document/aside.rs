//! Hides valid OpenAPI that the library cannot read.

use serde_json::{Map, Value};

/// The keyword that hides another one.
const ASIDE: &[(&str, &str)] =
    &[("x-aside-enum", "enum"), ("x-aside-format", "format"), ("x-aside-pattern", "pattern")];

/// Moves aside the formats of numbers that are not in its closed list, what stands beside a reference
/// (which rules its siblings out), null among the values of a schema that may be null, patterns (which
/// are those of ECMAScript), and the mapping of a discriminator, whose references it takes for names.
pub fn set_aside(value: &mut Value) {
    if let Value::Object(object) = value {
        if object.get("$ref").is_some_and(Value::is_string) {
            object.retain(|key, _| matches!(key.as_str(), "$ref" | "description" | "summary"));
        }
        for (aside, keyword) in ASIDE {
            if is_untaken(object, keyword)
                && let Some(value) = object.remove(*keyword)
            {
                object.insert((*aside).into(), value);
            }
        }
        if let Some(values) = object.get("x-aside-enum").and_then(Value::as_array) {
            let others = values.iter().filter(|value| !value.is_null()).cloned().collect();
            object.insert("enum".into(), others);
        }
        if let Some(Value::Object(discriminator)) = object.get_mut("discriminator") {
            discriminator.remove("mapping");
        }
    }
    each(value, set_aside);
}

/// Restores what was hidden. A keyword of a Swagger 2.0 parameter belongs to its schema.
pub fn put_back(value: &mut Value) {
    if let Value::Object(object) = value {
        for (aside, keyword) in ASIDE {
            let Some(value) = object.remove(*aside) else { continue };
            match object.get_mut("schema").and_then(Value::as_object_mut) {
                Some(schema) => schema.insert((*keyword).into(), value),
                None => object.insert((*keyword).into(), value),
            };
        }
    }
    each(value, put_back);
}

fn is_untaken(schema: &Map<String, Value>, keyword: &str) -> bool {
    let known: &[&str] = match schema.get("type").and_then(Value::as_str) {
        Some("integer") => &["int32", "int64"],
        Some("number") => &["double", "float"],
        _ => &[],
    };
    match (keyword, schema.get(keyword)) {
        ("enum", Some(Value::Array(values))) => values.contains(&Value::Null),
        ("format", Some(Value::String(format))) => !known.is_empty() && !known.contains(&&**format),
        ("pattern", value) => value.is_some_and(Value::is_string),
        _ => false,
    }
}

pub fn each(value: &mut Value, what: fn(&mut Value)) {
    match value {
        Value::Object(object) => object.values_mut().for_each(what),
        Value::Array(items) => items.iter_mut().for_each(what),
        _ => {}
    }
}
