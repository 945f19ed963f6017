//! From one part of a document to those that it refers to.

use std::collections::BTreeSet;

use serde_json::Value;

const SCHEMAS: &str = "/components/schemas/";

/// The schema that a body or an answer has itself.
pub fn name_of_schema(whole: &Value, body: &Value) -> Option<String> {
    let body = target(whole, body).unwrap_or(body);
    let content = body["content"].as_object()?;
    content.values().find_map(|media| name(&media["schema"]))
}

/// The name of the schema that one stands for: by a reference, beside which nothing counts, or by
/// `allOf` with one alone.
pub fn name(schema: &Value) -> Option<String> {
    let alone = schema["allOf"].as_array().filter(|all| all.len() == 1).and_then(|all| all.first());
    let reference = pointer(&schema["$ref"]).or_else(|| pointer(&alone?["$ref"]))?;
    Some(reference.strip_prefix(SCHEMAS)?.to_owned())
}

/// The names of all schemas that a part of a document is made of.
pub fn reached(whole: &Value, part: &Value) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    follow(whole, part, &mut seen);
    seen.iter().filter_map(|pointer| pointer.strip_prefix(SCHEMAS)).map(str::to_owned).collect()
}

fn follow(whole: &Value, part: &Value, seen: &mut BTreeSet<String>) {
    match part {
        Value::Object(object) => {
            if let Some(pointer) = object.get("$ref").and_then(pointer)
                && seen.insert(pointer.to_owned())
                && let Some(target) = whole.pointer(pointer)
            {
                follow(whole, target, seen);
            }
            object.values().for_each(|inner| follow(whole, inner, seen));
        }
        Value::Array(items) => items.iter().for_each(|inner| follow(whole, inner, seen)),
        _ => {}
    }
}

fn pointer(reference: &Value) -> Option<&str> {
    reference.as_str()?.strip_prefix('#')
}

fn target<'v>(whole: &'v Value, part: &Value) -> Option<&'v Value> {
    whole.pointer(pointer(&part["$ref"])?)
}
