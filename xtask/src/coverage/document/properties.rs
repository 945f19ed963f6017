//! The properties of a schema, and the type that each belongs to.

use serde_json::Value;

use super::{objects, references::name};

/// A field of the document.
pub struct Property {
    /// The schema; of an object that stands in a property, that property's path.
    pub schema: String,
    /// The schema that has a name, in which it stands.
    pub component: String,
    pub name: String,
    /// The schema that the generator sees in its place; `None` where it sees none.
    pub generated: Option<String>,
    /// The properties that lead to it from there.
    pub below: Vec<String>,
}

/// All properties of a schema of the whole document, of which the generator has seen another one.
pub fn properties(schema: &str, value: &Value, whole: &Value, seen: &Value) -> Vec<Property> {
    let generated = generated(schema, whole, seen);
    let mut found = Vec::new();
    collect(value, &mut Vec::new(), &mut |below, name| {
        found.push(Property {
            schema: below.iter().fold(schema.to_owned(), |path, step| format!("{path}.{step}")),
            component: schema.to_owned(),
            name: name.to_owned(),
            generated: generated.clone(),
            below: below.to_vec(),
        });
    });
    found
}

fn collect(schema: &Value, below: &mut Vec<String>, found: &mut impl FnMut(&[String], &str)) {
    for (name, property) in objects(&schema["properties"]) {
        found(below, name);
        below.push(name.clone());
        collect(property, below, found);
        collect(&property["items"], below, found);
        below.pop();
    }
    for list in ["allOf", "anyOf", "oneOf"] {
        schema[list].as_array().into_iter().flatten().for_each(|part| collect(part, below, found));
    }
}

/// The schema that the generator sees for this one: where the overlay takes it away, the one that a
/// property refers to in its place.
fn generated(schema: &str, whole: &Value, seen: &Value) -> Option<String> {
    let (before, after) = (&whole["components"]["schemas"], &seen["components"]["schemas"]);
    if after.get(schema).is_some() {
        return Some(schema.to_owned());
    }
    let properties = objects(before).flat_map(|(owner, value)| {
        objects(&value["properties"]).map(move |(key, value)| (owner, key, value))
    });
    let mut referring = properties.filter(|(_, _, property)| name(property).as_deref() == Some(schema));
    referring.find_map(|(owner, key, _)| name(&after[owner]["properties"][key]))
}
