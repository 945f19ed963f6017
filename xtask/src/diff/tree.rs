//! A document as a tree without positions: the items of lists are keyed by their names.
//!
//! Names of the document are keys in brackets (`[Room]`, `[query zone]`); keywords are plain keys.
//! References to parameters are resolved, since the name of a parameter is in its target. Parameters of a
//! path belong to its operations. The names of path parameters do not matter to a route.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::words::collapsed;
use crate::document::{METHODS, NAMES, TEXTS, is_value, join, normalise, unordered};

/// The tree of a document.
pub fn tree(document: &Value) -> Value {
    let mut tree = document.clone();
    normalise(&mut tree);
    routes(&mut tree);
    keywords(&mut tree);
    // Patch versions of the specification change nothing.
    if let Some(Value::String(version)) = tree.get_mut("openapi")
        && version.starts_with("3.0.")
    {
        version.truncate(3);
    }
    tree
}

/// The key of an item in a list under this keyword, if such items have one.
pub(super) fn item_key(keyword: &str, index: usize, item: &Value) -> Option<String> {
    let text = |key: &str| item[key].as_str();
    Some(match keyword {
        "enum" | "security" => item.to_string(),
        "required" | "tags" if item.is_string() => item.to_string(),
        "tags" => text("name")?.to_owned(),
        "allOf" | "anyOf" | "oneOf" if item.is_object() => {
            text("$ref").or(text("type")).unwrap_or("any").to_owned()
        }
        "servers" if item.is_object() => index.to_string(),
        "x-result-codes" | "x-error-codes" => item.get("code")?.to_string(),
        _ => return None,
    })
}

/// The key of a parameter: its position in the path, or else its place and name.
pub(crate) fn parameter_key(path: &str, parameter: &Value) -> String {
    let (place, name) = (parameter["in"].as_str().unwrap_or_default(), parameter["name"].as_str());
    let mut names = path.split('{').skip(1).map(|part| part.split('}').next());
    match names.position(|known| place == "path" && known == name) {
        Some(position) => format!("path {}", position + 1),
        None => name.map_or_else(|| parameter.to_string(), |name| format!("{place} {name}")),
    }
}

/// A path without the names of its parameters.
pub(crate) fn template(path: &str) -> String {
    let rest = |part: &str| part.split_once('}').map_or(part, |(_, rest)| rest).to_owned();
    let parts: Vec<String> = path.split('{').map(rest).collect();
    parts.join("{}")
}

/// The client treats all success statuses alike.
pub(crate) fn is_success(status: &str) -> bool {
    status.len() == 3 && status.starts_with('2')
}

fn routes(tree: &mut Value) {
    let document = tree.clone();
    let Some(Value::Object(paths)) = tree.get_mut("paths") else { return };
    let mut resolved = BTreeSet::new();
    for (path, mut item) in std::mem::take(paths) {
        let shared = item["parameters"].as_array().cloned().unwrap_or_default();
        for method in METHODS {
            let Some(Value::Object(operation)) = item.get_mut(*method) else { continue };
            operation.insert("route".into(), format!("{} {path}", method.to_uppercase()).into());
            operation.retain(|key, value| {
                !matches!(&**key, "security" | "servers") || document.get(key) != Some(value)
            });
            parameters(operation, &shared, &path, &document, &mut resolved);
            success(operation);
        }
        if METHODS.iter().any(|method| item[*method].is_object()) && !shared.is_empty() {
            item.as_object_mut().map(|item| item.remove("parameters"));
        }
        insert(paths, if path.starts_with("x-") { path } else { template(&path) }, item);
    }
    if let Some(Value::Object(shared)) = tree.pointer_mut("/components/parameters") {
        shared.retain(|name, _| !resolved.contains(&format!("#{}", join("/components/parameters", name))));
    }
}

/// Adds the parameters of the path to those of the operation.
fn parameters(
    operation: &mut Map<String, Value>,
    shared: &[Value],
    path: &str,
    document: &Value,
    resolved: &mut BTreeSet<String>,
) {
    let empty = json!([]);
    let Value::Array(own) = operation.get("parameters").unwrap_or(&empty) else { return };
    let mut named = |list: &[Value]| {
        let mut named = Map::new();
        for listed in list {
            let reference = listed["$ref"].as_str().unwrap_or_default();
            let target = reference.strip_prefix('#').and_then(|pointer| document.pointer(pointer));
            resolved.extend(target.map(|_| reference.to_owned()));
            let parameter = target.unwrap_or(listed);
            insert(&mut named, format!("[{}]", parameter_key(path, parameter)), parameter.clone());
        }
        named
    };
    let mut all = named(shared);
    // They override those of the path.
    all.extend(named(own));
    if !all.is_empty() {
        operation.insert("parameters".into(), all.into());
    }
}

/// Keys a success by `2XX`: the one that has this key, or else the first.
fn success(operation: &mut Map<String, Value>) {
    let Some(Value::Object(responses)) = operation.get_mut("responses") else { return };
    let mut successes =
        responses.iter().filter(|(status, response)| is_success(status) && response.is_object());
    let known = successes.clone().find(|(status, _)| *status == "2XX").or_else(|| successes.next());
    if let Some(status) = known.map(|(status, _)| status.clone())
        && let Some(mut response) = responses.remove(&status)
    {
        response["status"] = status.into();
        insert(responses, "2XX".into(), response);
    }
}

fn keywords(value: &mut Value) {
    match value {
        Value::Object(object) => {
            defaults(object);
            object.retain(|keyword, value| !says_nothing(keyword, value));
            for (keyword, value) in unordered(object) {
                keyword_value(keyword, value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(keywords),
        _ => {}
    }
}

fn keyword_value(keyword: &str, value: &mut Value) {
    let mut named = Map::new();
    match value {
        Value::String(text) if TEXTS.contains(&keyword) => *text = collapsed(text),
        Value::Array(items) if is_named(keyword, items) => {
            for (index, item) in items.iter_mut().enumerate() {
                if !is_value(keyword) {
                    keywords(item);
                }
                let key = item_key(keyword, index, item).unwrap_or_default();
                insert(&mut named, format!("[{key}]"), item.take());
            }
            *value = named.into();
        }
        _ if is_value(keyword) => {}
        Value::Object(names) if NAMES.contains(&keyword) => {
            for (name, mut value) in std::mem::take(names) {
                let is_extension = matches!(keyword, "paths" | "responses") && name.starts_with("x-");
                if !is_extension {
                    keywords(&mut value);
                }
                names.insert(
                    if is_extension || name.starts_with('[') { name } else { format!("[{name}]") },
                    value,
                );
            }
        }
        other => keywords(other),
    }
}

fn is_named(keyword: &str, items: &[Value]) -> bool {
    !items.is_empty() && items.iter().all(|item| item_key(keyword, 0, item).is_some())
}

fn insert(named: &mut Map<String, Value>, key: String, item: Value) {
    let mut free = key.clone();
    let mut number = 1;
    while named.contains_key(&free) {
        number += 1;
        free = format!("{key} #{number}");
    }
    named.insert(free, item);
}

/// Removes the default style of a parameter.
fn defaults(parameter: &mut Map<String, Value>) {
    let style = match parameter.get("in").and_then(Value::as_str) {
        Some("query" | "cookie") => "form",
        Some(_) => "simple",
        None => return,
    };
    parameter.retain(|key, value| key != "style" || *value != style);
    let explode = style == "form" && !parameter.contains_key("style");
    parameter.retain(|key, value| key != "explode" || *value != explode);
}

fn says_nothing(keyword: &str, value: &Value) -> bool {
    match keyword {
        "additionalProperties" => *value == true || *value == json!({}),
        "servers" => *value == json!([{ "url": "/" }]),
        _ => TEXTS.contains(&keyword) && value.as_str().is_some_and(|text| text.trim().is_empty()),
    }
}
