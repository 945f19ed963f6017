//! Two things of the new document that stand at positions of one name.

use serde_json::{Map, Value};

use crate::document::{TEXTS, is_value};

/// Adds to one what the other says alone. Returns where they say different things, texts and examples apart.
pub fn unite(known: &mut Value, more: Value) -> Option<String> {
    match (known, more) {
        (Value::Object(known), Value::Object(more)) => objects(known, more),
        (known, more) => (*known != more).then(String::new),
    }
}

fn objects(known: &mut Map<String, Value>, more: Map<String, Value>) -> Option<String> {
    let mut differs = None;
    for (key, more) in more {
        let place = match (&mut known.get_mut(&key), more) {
            (None, more) => {
                known.insert(key.clone(), more);
                None
            }
            (Some(_), _) if TEXTS.contains(&&*key) || key.starts_with("example") => None,
            (Some(Value::Array(words)), Value::Array(more)) if key == "enum" || key == "tags" => {
                let new: Vec<_> = more.into_iter().filter(|word| !words.contains(word)).collect();
                let is_other = !new.is_empty();
                words.extend(new);
                is_other.then(String::new)
            }
            (Some(Value::Object(names)), Value::Object(more)) if key == "properties" => {
                let is_same = names.keys().eq(more.keys());
                objects(names, more).or_else(|| (!is_same).then(String::new))
            }
            (Some(known), more) if is_value(&key) => (**known != more).then(String::new),
            (Some(known), more) => unite(known, more),
        };
        differs = differs.or(place.map(|below| format!("{key}.{below}").trim_end_matches('.').to_owned()));
    }
    differs
}
