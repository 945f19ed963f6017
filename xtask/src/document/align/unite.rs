//! Two schemas that hold for the same thing: both of them, or either.

use serde_json::{Map, Value};

use super::BESIDE;
use crate::{
    diff::edits,
    document::{LIMITS, TEXTS, is_value, without},
};

/// How many differences are named.
const NAMED: usize = 3;

/// What the new document has at the positions of one name.
#[derive(Default)]
pub struct United {
    pub value: Value,
    /// What was said, without texts and examples.
    variants: Vec<Value>,
}

impl United {
    /// Adds what stands at a further position. Returns in what it differs from the first, if nothing else did
    /// so before.
    pub fn add(&mut self, value: Value) -> Option<String> {
        let mut bare = value.clone();
        without(&mut bare, None, &|key| TEXTS.contains(&key) || key.starts_with("example"));
        if self.variants.contains(&bare) {
            return None;
        }
        let differences = self.variants.first().map(|first| edits(first, &bare));
        self.variants.push(bare);
        let Some(differences) = differences else {
            self.value = value;
            return None;
        };
        join(&mut self.value, value, false);
        let mut places: Vec<_> = differences.iter().map(|edit| edit.path.join(".")).collect();
        if places.len() > NAMED {
            places.truncate(NAMED);
            places.push("…".into());
        }
        Some(places.join(", "))
    }

    pub fn is_empty(&self) -> bool {
        self.variants.is_empty()
    }
}

/// Adds to a schema what another one says alone. If both hold, the tighter limits, the common words and all
/// required keys remain; otherwise all words. Where they exclude each other the first one is kept.
pub fn join(known: &mut Value, more: Value, both: bool) {
    if let (Value::Object(known), Value::Object(more)) = (known, more)
        && ["$ref", "anyOf", "oneOf"].iter().all(|key| known.get(*key) == more.get(*key))
    {
        objects(known, more, both);
    }
}

fn objects(known: &mut Map<String, Value>, more: Map<String, Value>, both: bool) {
    for (key, more) in more {
        match (known.get_mut(&key), more) {
            (None, more) => drop(known.insert(key, more)),
            (Some(Value::Array(words)), Value::Array(more)) if key == "enum" && both => {
                words.retain(|word| more.contains(word));
            }
            (Some(Value::Array(all)), Value::Array(more)) if key == "enum" || (key == "required" && both) => {
                let new: Vec<_> = more.into_iter().filter(|item| !all.contains(item)).collect();
                all.extend(new);
            }
            (Some(limit @ Value::Number(_)), more) if both && LIMITS.contains(&&*key) => {
                let is_tighter = (more.as_f64() > limit.as_f64()) == key.to_lowercase().contains("min");
                if is_tighter {
                    *limit = more;
                }
            }
            (Some(known), more) if !is_value(&key) && !BESIDE.contains(&&*key) => join(known, more, both),
            _ => {}
        }
    }
}
