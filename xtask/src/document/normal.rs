//! The normal form of a document: what says the same is written the same way, so that a difference
//! between two texts is one between two documents.
//!
//! Keys stand in the order of the alphabet, and so does what is a set (`required`, `enum`, `tags`,
//! `parameters`, alternatives). What only says what goes without saying is left out (`nullable:
//! false`). Texts have no blanks at the ends of their lines. What an example, a default or an
//! extension holds is a value, of which the keys alone are ordered.

use serde_json::Value;

/// Objects whose keys are names that the document gives, not keywords.
pub(super) const NAMES: &[&str] = &[
    "callbacks",
    "content",
    "encoding",
    "headers",
    "links",
    "mapping",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
];

/// What holds values.
const VALUES: &[&str] = &["const", "default", "enum", "example", "examples"];

/// Lists whose order says nothing.
const SETS: &[&str] = &["allOf", "anyOf", "enum", "oneOf", "parameters", "required", "security", "tags"];

const TEXTS: &[&str] = &["description", "summary", "title"];

/// Keywords that are `false` where they are absent.
const SWITCHES: &[&str] = &[
    "allowEmptyValue",
    "allowReserved",
    "deprecated",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "nullable",
    "readOnly",
    "required",
    "uniqueItems",
    "writeOnly",
];

/// Keywords that are 0 where they are absent.
const LEAST: &[&str] = &["minItems", "minLength", "minProperties"];

/// Brings a document into normal form.
pub fn normalise(document: &mut Value) {
    keywords(document);
    document.sort_all_objects();
}

/// The text of a document: two blanks a level, and a line's end.
pub fn to_text(document: &Value) -> String {
    format!("{document:#}\n")
}

fn keywords(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|keyword, value| !goes_without_saying(keyword, value));
            // Names for the values of an enum stand beside it, one by one.
            let is_named = object.keys().any(|keyword| keyword.starts_with("x-enum"));
            for (keyword, value) in object.iter_mut().filter(|(keyword, _)| !(is_named && *keyword == "enum"))
            {
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
        // Of HTTP authentication, which does not tell capitals apart.
        Value::String(text) if keyword == "scheme" => *text = text.to_ascii_lowercase(),
        _ if is_value(keyword) => {}
        Value::Object(named) if NAMES.contains(&keyword) => {
            let extends = matches!(keyword, "paths" | "responses");
            let named = named.iter_mut().filter(|(name, _)| !(extends && name.starts_with("x-")));
            named.for_each(|(_, value)| keywords(value));
        }
        other => keywords(other),
    }
    if SETS.contains(&keyword) {
        order(value);
    }
}

/// Orders a list by the names of its items, or else by their texts, in which keys are in order.
fn order(set: &mut Value) {
    if let Value::Array(items) = set {
        items.iter_mut().for_each(Value::sort_all_objects);
        items.sort_by_cached_key(|item| {
            let names = ["$ref", "in", "name"].map(|key| item.get(key).map(Value::to_string));
            (names, item.to_string())
        });
    }
}

pub(super) fn is_value(keyword: &str) -> bool {
    VALUES.contains(&keyword) || keyword.starts_with("x-")
}

fn goes_without_saying(keyword: &str, value: &Value) -> bool {
    match value {
        Value::Bool(false) => SWITCHES.contains(&keyword),
        Value::Number(number) => LEAST.contains(&keyword) && number.as_u64() == Some(0),
        Value::Array(items) => keyword == "required" && items.is_empty(),
        _ => false,
    }
}

fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}
