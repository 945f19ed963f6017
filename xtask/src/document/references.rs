//! References that lead nowhere.

use serde_json::{Map, Value};

use super::{METHODS, aside::each, join, normal::walk};

/// All references that lead nowhere, with their places, in unused parts as well. Examples, defaults and
/// extensions hold values, not references.
pub fn dangling(document: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    walk(document, &mut |at, object| {
        let leads_nowhere = |(_, reference): &(String, String)| {
            let pointer = reference.strip_prefix('#').and_then(decoded);
            pointer.and_then(|pointer| document.pointer(&pointer)).is_none()
        };
        found.extend(references(at, object).into_iter().filter(leads_nowhere));
        // A reference rules out its siblings, except for the operations of a path.
        !object.contains_key("$ref") || METHODS.iter().any(|method| object.contains_key(*method))
    });
    found
}

/// The references of an object itself, with their places.
fn references(at: &str, object: &Map<String, Value>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut add = |at: &str, key: &str, value: &Value, all: bool| {
        let text = value.as_str().filter(|text| all || text.starts_with('#'));
        found.extend(text.map(|text| (join(at, key), text.to_owned())));
    };
    for (key, value) in object {
        match (key.as_str(), value) {
            ("$ref" | "operationRef", _) => add(at, key, value, true),
            ("examples", Value::Object(examples)) => {
                for (name, example) in examples {
                    add(&join(&join(at, key), name), "$ref", &example["$ref"], true);
                }
            }
            // A mapping has references and names of schemas. Other files are not followed.
            ("mapping", Value::Object(schemas)) => {
                schemas.iter().for_each(|(name, schema)| add(&join(at, key), name, schema, false));
            }
            _ => {}
        }
    }
    found
}

/// Leaves the library only the references that it can follow, without escapes: those to components. It
/// takes the others for references to other files.
pub fn set_aside(value: &mut Value) {
    for key in ["$ref", "operationRef"] {
        if let Some(Value::String(reference)) = value.get_mut(key)
            && let Some(pointer) = reference.strip_prefix('#').and_then(decoded)
        {
            let is_component = pointer.starts_with("/components/") && pointer.split('/').count() == 4;
            *reference = format!("{}#{pointer}", if is_component { "" } else { "aside" });
        }
    }
    each(value, set_aside);
}

/// A fragment without `%` escapes. `None` if one is malformed.
pub fn decoded(fragment: &str) -> Option<String> {
    let mut pieces = fragment.split('%');
    let mut bytes = pieces.next()?.as_bytes().to_vec();
    for piece in pieces {
        let digits = piece.get(..2).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(&piece.as_bytes()[2..]);
    }
    String::from_utf8(bytes).ok()
}
