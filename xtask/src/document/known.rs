//! What the vendored document says, or the overlay adds to it, and a new document does not say. It is kept in
//! `openapi/overlay.json`, as the one action on the whole document.

use std::collections::BTreeSet;

use roas_overlay::common::apply::merge_json;
use serde_json::{Map, Value, json};

use super::{
    METHODS,
    normal::{TEXTS, inner, is_value, normalise, without},
};
use crate::diff::is_success;

/// The target of the action.
const WHOLE: &str = "$";

/// Keywords whose absence says something.
#[rustfmt::skip]
const SAID: &[&str] = &[
    "allowEmptyValue", "deprecated", "info", "openapi", "operationId", "parameters", "readOnly",
    "requestBody", "writeOnly",
];

/// Keywords that make a schema another one.
const KINDS: &[&str] = &["$ref", "allOf", "anyOf", "not", "oneOf", "scheme", "type"];

/// The document with what the overlay adds to it as a whole.
pub fn with_known(document: &Value, overlay: &Value) -> Value {
    let actions = overlay["actions"].as_array().into_iter().flatten().filter(|action| is_known(action));
    actions.fold(merged(document, &json!({})), |whole, action| merged(&whole, &action["update"]))
}

/// The document in normal form with what it does not say.
pub fn merged(document: &Value, unsaid: &Value) -> Value {
    let mut whole = document.clone();
    merge_json(&mut whole, unsaid);
    normalise(&mut whole);
    whole
}

/// Replaces what the overlay adds to the document as a whole. Nothing in the crate stands on examples.
pub fn set_known(overlay: &mut Value, mut known: Value) {
    let Some(actions) = overlay["actions"].as_array_mut() else { return };
    actions.retain(|action| !is_known(action));
    without(&mut known, None, &|key| key.starts_with("example"));
    if known != json!({}) {
        let description =
            "Known to this project, and not said by the document. `cargo xtask regen --from` renews it.";
        actions.insert(0, json!({ "target": WHOLE, "description": description, "update": known }));
    }
}

fn is_known(action: &Value) -> bool {
    action["target"] == WHOLE
}

/// What the vendored document says where a new one, aligned with it, says nothing. The lack of a name is a
/// statement: what has lost its name is gone.
pub fn unsaid(vendored: &Value, new: &Value) -> Value {
    let mut known = part(vendored, new, None).unwrap_or_else(|| json!({}));
    add_targets(&mut known, vendored, new);
    known
}

/// The keys of the object under the keyword `names` are names.
fn part(ours: &Value, new: &Value, names: Option<&str>) -> Option<Value> {
    let (ours, new) = (ours.as_object()?, new.as_object()?);
    let is_other = |kind: &&str| new.get(*kind).is_some_and(|said| ours.get(*kind) != Some(said));
    if names.is_none() && KINDS.iter().any(is_other) {
        return None;
    }
    let mut known = Map::new();
    for (key, value) in ours {
        let is_text = names.is_none() && TEXTS.contains(&&**key);
        let unsaid = match new.get(key) {
            Some(Value::String(text)) if is_text && text.is_empty() => Some(value.clone()),
            Some(_) if names.is_none() && (is_value(key) || key == "info") => None,
            Some(said) => part(value, said, inner(key, names)),
            None if is_statement(key, names, new) => None,
            None => Some(value.clone()),
        };
        known.extend(unsaid.map(|unsaid| (key.clone(), unsaid)));
    }
    if let (Some(Value::Array(required)), Some(properties)) =
        (known.get_mut("required"), new.get("properties"))
    {
        required.retain(|name| name.as_str().is_some_and(|name| properties.get(name).is_some()));
    }
    (!known.is_empty()).then(|| known.into())
}

/// Whether the lack of a key says something.
fn is_statement(key: &str, names: Option<&str>, new: &Map<String, Value>) -> bool {
    match names {
        // Failures belong to every operation, whether they are listed or not.
        Some("responses") => {
            is_success(key) || new.keys().any(|status| !is_success(status) && !status.starts_with("x-"))
        }
        // Without it nothing can be said of credentials.
        Some("components") => key != "securitySchemes",
        Some(_) => true,
        None => {
            let instead = match key {
                "exclusiveMaximum" => "maximum",
                "exclusiveMinimum" => "minimum",
                "example" => "examples",
                "examples" => "example",
                _ => key,
            };
            SAID.contains(&key) || METHODS.contains(&key) || new.contains_key(instead)
        }
    }
}

/// Adds the components that it refers to, if the new document does not have them.
fn add_targets(known: &mut Value, vendored: &Value, new: &Value) {
    let mut open = vec![known.clone()];
    let mut passed = BTreeSet::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Object(object) => open.extend(object.into_iter().map(|(_, value)| value)),
            Value::Array(items) => open.extend(items),
            Value::String(reference) => {
                let Some(pointer) = reference.strip_prefix('#') else { continue };
                let parts: Vec<&str> = pointer.split('/').collect();
                if let (Some(target), None, [_, "components", kind, name]) =
                    (vendored.pointer(pointer), new.pointer(pointer), &parts[..])
                    && passed.insert(reference.clone())
                {
                    known["components"][kind][name] = target.clone();
                    open.push(target.clone());
                }
            }
            _ => {}
        }
    }
}
