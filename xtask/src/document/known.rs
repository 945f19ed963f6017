//! What the vendored document says, or the overlay adds to it, and a new document does not say. It is kept in
//! `openapi/overlay.json`, as the one action on the whole document.

use std::collections::BTreeSet;

use roas_overlay::common::apply::merge_json;
use serde_json::{Map, Value, json};

use super::{
    METHODS,
    normal::{NAMES, TEXTS, is_value, normalise},
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
    without_examples(&mut known, None);
    if known != json!({}) {
        let description =
            "Known to this project, and not said by the document. `cargo xtask regen --from` renews it.";
        actions.insert(0, json!({ "target": WHOLE, "description": description, "update": known }));
    }
}

/// Removes examples, and what is empty without them.
fn without_examples(value: &mut Value, names: Option<&str>) {
    let Some(object) = value.as_object_mut() else { return };
    object.retain(|key, value| {
        if names.is_none() && is_value(key) {
            return !key.starts_with("example");
        }
        let is_empty = *value == json!({});
        without_examples(value, inner(key, names));
        is_empty || *value != json!({})
    });
}

/// What the keys of an object under this key are the names of, if they are names.
fn inner<'a>(key: &'a str, names: Option<&str>) -> Option<&'a str> {
    match names {
        None if NAMES.contains(&key) || key == "components" => Some(key),
        Some("components") => Some(key),
        _ => None,
    }
}

fn is_known(action: &Value) -> bool {
    action["target"] == WHOLE
}

/// What the vendored document says where a new one, aligned with it, says nothing. The lack of a name is a
/// statement: what has lost its name is gone.
pub fn unsaid(vendored: &Value, new: &Value) -> Value {
    let mut known = part(vendored, new, None).unwrap_or_else(|| json!({}));
    let servers = servers(vendored, new);
    if !servers.is_empty() && new.get("servers").is_some() {
        known["servers"] = servers.into();
    }
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

/// Servers beside those that the new document has in common with the vendored one.
fn servers(vendored: &Value, new: &Value) -> Vec<Value> {
    let urls = |document: &Value| -> Vec<Value> {
        document["servers"].as_array().into_iter().flatten().map(|server| server["url"].clone()).collect()
    };
    let (ours, theirs) = (urls(vendored), urls(new));
    if !ours.iter().any(|url| theirs.contains(url)) {
        return Vec::new();
    }
    let all = vendored["servers"].as_array().into_iter().flatten();
    all.filter(|server| !theirs.contains(&server["url"])).cloned().collect()
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
