//! The normal form of a document: two documents that say the same have the same text.
//!
//! Keys and sets (`required`, `enum`, `tags`, `parameters`, alternatives) are in alphabetical order.
//! Defaults of the specification are left out (`nullable: false`, an empty list of parameters). Media types
//! have no parameters, and a wildcard is JSON, which the client sends and reads. Lines of texts have no
//! trailing blanks. In the values of examples, defaults and extensions only the keys are ordered.

use serde_json::{Map, Number, Value, json, map::Entry};

use super::join;

/// Objects whose keys are names that the document gives, not keywords.
#[rustfmt::skip]
pub(crate) const NAMES: &[&str] = &[
    "callbacks", "content", "encoding", "headers", "links", "mapping", "parameters", "paths", "properties",
    "requestBodies", "responses", "schemas", "scopes", "securitySchemes", "variables",
];

/// Keywords that compose a schema.
pub(super) const PARTS: &[&str] = &["allOf", "anyOf", "oneOf"];

/// Keywords that hold values.
const VALUES: &[&str] = &["const", "default", "enum", "example", "examples"];

/// Lists whose order has no meaning.
const SETS: &[&str] = &["allOf", "anyOf", "enum", "oneOf", "parameters", "required", "security", "tags"];

pub(crate) const TEXTS: &[&str] = &["description", "summary", "title"];

/// Keywords whose default is `false`.
#[rustfmt::skip]
const SWITCHES: &[&str] = &[
    "allowEmptyValue", "allowReserved", "deprecated", "exclusiveMaximum", "exclusiveMinimum", "nullable",
    "readOnly", "required", "uniqueItems", "writeOnly",
];

/// Limits that are numbers.
#[rustfmt::skip]
pub(crate) const LIMITS: &[&str] = &[
    "exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maxProperties", "maximum", "minItems",
    "minLength", "minProperties", "minimum", "multipleOf",
];

/// Keywords whose default is 0.
const LEAST: &[&str] = &["minItems", "minLength", "minProperties"];

/// Brings a document into normal form.
pub fn normalise(document: &mut Value) {
    keywords(document);
    document.sort_all_objects();
}

/// Visits every object whose keys are keywords, with its pointer. If `visit` returns `false`, its contents
/// are skipped.
pub(super) fn walk(document: &Value, visit: &mut dyn FnMut(&str, &Map<String, Value>) -> bool) {
    step(document, "", None, visit);
}

/// The keys of the object under the keyword `names` are names.
fn step(
    value: &Value,
    at: &str,
    names: Option<&str>,
    visit: &mut dyn FnMut(&str, &Map<String, Value>) -> bool,
) {
    if let Value::Object(object) = value
        && (names.is_some() || visit(at, object))
    {
        for (key, value) in object {
            let is_passed = match names {
                None => is_value(key),
                Some(keyword) => extends(keyword, at) && key.starts_with("x-"),
            };
            if !is_passed {
                let names =
                    (names.is_none() && NAMES.contains(&&**key) && value.is_object()).then_some(&**key);
                step(value, &join(at, key), names, visit);
            }
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        step(item, &join(at, &index.to_string()), None, visit);
    }
}

/// Whether the names under a keyword may include extensions.
fn extends(keyword: &str, at: &str) -> bool {
    keyword == "paths" || (keyword == "responses" && at != "/components/responses")
}

/// The text of a document, indented by two blanks, with a final newline.
pub fn to_text(document: &Value) -> String {
    format!("{document:#}\n")
}

/// The keywords of an object whose values may be brought into another order: not an `enum` to whose values
/// extensions give names by position.
pub(crate) fn unordered(object: &mut Map<String, Value>) -> impl Iterator<Item = (&String, &mut Value)> {
    let is_named = object.keys().any(|keyword| keyword.starts_with("x-enum"));
    object.iter_mut().filter(move |(keyword, _)| !(is_named && *keyword == "enum"))
}

fn keywords(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|keyword, value| !goes_without_saying(keyword, value));
            for (keyword, value) in unordered(object) {
                keyword_value(keyword, value);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(keywords),
        _ => {}
    }
}

fn keyword_value(keyword: &str, value: &mut Value) {
    match &mut *value {
        Value::String(text) if TEXTS.contains(&keyword) => *text = trimmed(text),
        // Schemes of HTTP authentication are case-insensitive.
        Value::String(text) if keyword == "scheme" => *text = text.to_ascii_lowercase(),
        _ if is_value(keyword) => {}
        Value::Object(named) if NAMES.contains(&keyword) => {
            let extends = matches!(keyword, "paths" | "responses");
            for (_, value) in named.iter_mut().filter(|(name, _)| !(extends && name.starts_with("x-"))) {
                keywords(value);
            }
            if keyword == "content" {
                media_types(named);
            }
        }
        Value::Number(number) if LIMITS.contains(&keyword) => {
            if let Some(whole) = whole(number) {
                *number = whole.into();
            }
        }
        other => keywords(other),
    }
    if SETS.contains(&keyword) {
        order(value);
    }
}

/// Orders a list by the names of its items, or else by their texts.
fn order(set: &mut Value) {
    if let Value::Array(items) = set {
        items.iter_mut().for_each(Value::sort_all_objects);
        items.sort_by_cached_key(|item| {
            let names = ["$ref", "in", "name"].map(|key| item.get(key).map(Value::to_string));
            (names, item.to_string())
        });
    }
}

/// Removes keywords everywhere, and the objects that are empty without them.
pub(crate) fn without(value: &mut Value, names: Option<&str>, is_it: &dyn Fn(&str) -> bool) {
    match value {
        Value::Object(object) => object.retain(|key, value| {
            if names.is_none() && (is_it(key) || is_value(key)) {
                return !is_it(key);
            }
            let was_empty = *value == json!({});
            without(value, inner(key, names), is_it);
            was_empty || *value != json!({})
        }),
        Value::Array(items) => items.iter_mut().for_each(|item| without(item, None, is_it)),
        _ => {}
    }
}

/// What the keys of the object under a key name, if they are names.
pub(crate) fn inner<'a>(key: &'a str, names: Option<&str>) -> Option<&'a str> {
    match names {
        None if NAMES.contains(&key) || key == "components" => Some(key),
        Some("components") => Some(key),
        _ => None,
    }
}

pub(crate) fn is_value(keyword: &str) -> bool {
    VALUES.contains(&keyword) || keyword.starts_with("x-")
}

fn goes_without_saying(keyword: &str, value: &Value) -> bool {
    match value {
        Value::Bool(false) => SWITCHES.contains(&keyword),
        Value::Number(number) => LEAST.contains(&keyword) && number.as_u64() == Some(0),
        Value::Array(items) => items.is_empty() && matches!(keyword, "parameters" | "required" | "tags"),
        Value::Object(named) => named.is_empty() && keyword == "properties",
        _ => false,
    }
}

/// Gives media types their plain names, unless the name is taken.
fn media_types(content: &mut Map<String, Value>) {
    let written: Vec<String> = content.keys().cloned().collect();
    for name in written {
        let Some(media) = content.remove(&name) else { continue };
        match content.entry(media_type(&name, &media)) {
            Entry::Vacant(free) => drop(free.insert(media)),
            Entry::Occupied(same) if *same.get() == media => {}
            Entry::Occupied(_) => drop(content.insert(name, media)),
        }
    }
}

/// The plain name of a media type.
pub(crate) fn media_type(name: &str, media: &Value) -> String {
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let any = matches!(&*essence, "*/*" | "application/*");
    // A wildcard stays for a file.
    let is_json =
        media.get("schema").is_some_and(|schema| schema.get("format").is_none_or(|it| it != "binary"));
    if any && is_json { "application/json".to_owned() } else { essence }
}

/// `1.0` as `1`.
fn whole(number: &Number) -> Option<i64> {
    let value = number.as_f64().filter(|value| number.is_f64() && value.fract() == 0.0)?;
    (value.abs() < 2f64.powi(53)).then_some(value as i64)
}

fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
