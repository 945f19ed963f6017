//! References: where they lead, and those that lead nowhere.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    METHODS,
    aside::each,
    join,
    normal::{NAMES, is_value, walk},
};

pub const COMPONENTS: &str = "#/components/";

/// References into the middle of things are followed up to this depth.
const DEEPEST: usize = 8;

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

/// The kind and the name of the component that a reference leads to.
pub fn component(reference: &str) -> Option<&str> {
    reference.strip_prefix(COMPONENTS).filter(|key| key.split('/').count() == 2)
}

/// Visits every reference. Values of examples and the like have none.
pub fn visit(value: &mut Value, are_names: bool, with: &mut dyn FnMut(&mut String)) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(reference) if key == "$ref" => with(reference),
                    Value::Object(named) if key == "examples" && !are_names => {
                        named.values_mut().for_each(|example| {
                            if let Some(Value::String(reference)) = example.get_mut("$ref") {
                                with(reference);
                            }
                        });
                    }
                    Value::Object(named) if key == "mapping" && !are_names => {
                        for (_, target) in named {
                            if let Value::String(reference) = target {
                                with(reference);
                            }
                        }
                    }
                    _ if is_value(key) && !are_names => {}
                    other => visit(other, !are_names && NAMES.contains(&&**key) && other.is_object(), with),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, false, with)),
        _ => {}
    }
}

/// The components that operations reach.
pub fn reached(document: &Value) -> BTreeSet<String> {
    let (mut used, mut open) = (BTreeSet::new(), vec![document["paths"].clone()]);
    while let Some(mut part) = open.pop() {
        visit(&mut part, false, &mut |reference| {
            if let Some(key) = component(reference).filter(|key| used.insert((*key).to_owned())) {
                open.extend(document.pointer(&format!("/components/{key}")).cloned());
            }
        });
    }
    used
}

/// Writes what references lead to that do not lead to components in their place, and the others without
/// escapes.
pub fn resolve_deep(value: &mut Value, document: &Value, depth: usize) {
    if let Some(Value::String(reference)) = value.get_mut("$ref") {
        if let Some(pointer) = reference.strip_prefix('#').and_then(decoded) {
            *reference = format!("#{pointer}");
        }
        if component(reference).is_none()
            && depth < DEEPEST
            && let Some(target) = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer))
        {
            *value = target.clone();
            return resolve_deep(value, document, depth + 1);
        }
    }
    match value {
        Value::Object(object) => object.values_mut().for_each(|value| resolve_deep(value, document, depth)),
        Value::Array(items) => items.iter_mut().for_each(|value| resolve_deep(value, document, depth)),
        _ => {}
    }
}
