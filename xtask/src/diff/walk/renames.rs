//! Components that are there under another name.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::diff::{
    document::{Document, component},
    pair::Spot,
};

/// What says nothing of the shape.
const TEXTS: &[&str] = &["description", "example", "examples", "externalDocs", "summary", "title"];

const MOST_PAIRS: usize = 100_000;
/// How often what follows from a wrong rename is looked for.
const MOST_ROUNDS: usize = 50;

type Components<'a> = BTreeMap<&'a str, Spot<'a>>;

/// The new names of components, by the old ones: of those with the same content, and of objects
/// that have most of their fields in common.
pub(super) fn renamed<'a>(old: &Document<'a>, new: &Document<'a>, kind: &str) -> BTreeMap<&'a str, &'a str> {
    let (mut gone, mut come) = (old.components(kind), new.components(kind));
    let both: BTreeSet<&str> = gone.keys().filter(|name| come.contains_key(*name)).copied().collect();
    gone.retain(|name, _| !both.contains(name));
    come.retain(|name, _| !both.contains(name));
    let mut renamed = equal(&gone, &come);
    // In a document that is another one altogether nothing similar is looked for.
    if kind == "schemas" && gone.len() * come.len() < MOST_PAIRS {
        similar(&gone, &come, &mut renamed);
    }
    renamed
}

fn equal<'a>(gone: &Components<'a>, come: &Components<'a>) -> BTreeMap<&'a str, &'a str> {
    let mut by_content: BTreeMap<String, Vec<&'a str>> = BTreeMap::new();
    let masked = |all: &Components<'a>, spot: &Spot<'a>| {
        content(spot.value, &|name| if all.contains_key(name) { None } else { Some(name.to_owned()) })
            .to_string()
    };
    for (name, spot) in come {
        by_content.entry(masked(come, spot)).or_default().push(name);
    }
    let mut renamed = BTreeMap::new();
    for (name, spot) in gone {
        if let Some(names) = by_content.get_mut(&masked(gone, spot))
            && !names.is_empty()
        {
            renamed.insert(*name, names.remove(0));
        }
    }
    // They may refer to each other: what holds only if others are the same goes when these are not.
    for _ in 0..MOST_ROUNDS {
        let wrong: BTreeSet<&str> = renamed
            .iter()
            .filter(|(old, new)| {
                let mapped = |name: &str| {
                    let name = renamed.get(name).copied().unwrap_or(name);
                    Some(name.to_owned())
                };
                let (Some(old), Some(new)) = (gone.get(*old), come.get(*new)) else { return true };
                content(old.value, &mapped) != content(new.value, &|name| Some(name.to_owned()))
            })
            .map(|(old, _)| *old)
            .collect();
        if wrong.is_empty() {
            return renamed;
        }
        renamed.retain(|old, _| !wrong.contains(old));
    }
    BTreeMap::new()
}

/// Two of three fields in common, and two at least.
fn similar<'a>(gone: &Components<'a>, come: &Components<'a>, renamed: &mut BTreeMap<&'a str, &'a str>) {
    let mut taken: BTreeSet<&str> = renamed.values().copied().collect();
    for (old_name, old) in gone {
        if renamed.contains_key(old_name) {
            continue;
        }
        let olds = fields(old);
        let closest = come
            .iter()
            .filter(|(name, _)| !taken.contains(*name))
            .map(|(name, new)| {
                let news = fields(new);
                (olds.intersection(&news).count(), olds.union(&news).count(), *name)
            })
            .filter(|(common, all, _)| *common >= 2 && common * 3 >= all * 2)
            .max_by_key(|(common, all, _)| common * 1000 / all);
        if let Some((_, _, name)) = closest {
            renamed.insert(old_name, name);
            taken.insert(name);
        }
    }
}

fn fields<'a>(schema: &Spot<'a>) -> BTreeSet<&'a str> {
    let fields = schema.value.get("properties").and_then(Value::as_object);
    fields.into_iter().flat_map(|fields| fields.keys()).map(String::as_str).collect()
}

/// A component without its texts, with its references put as `name` says.
fn content(value: &Value, name: &dyn Fn(&str) -> Option<String>) -> Value {
    match value {
        Value::Object(object) => {
            let mut kept = Map::new();
            for (key, value) in object {
                let referred = value.as_str().filter(|_| key == "$ref").and_then(component);
                if let Some((_, referred)) = referred {
                    kept.insert(key.clone(), name(referred).map_or(Value::Null, Value::String));
                } else if !TEXTS.contains(&key.as_str()) || value.is_object() {
                    kept.insert(key.clone(), content(value, name));
                }
            }
            Value::Object(kept)
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| content(item, name)).collect();
            if items.iter().all(Value::is_object) {
                items.sort_by_cached_key(Value::to_string);
            }
            Value::Array(items)
        }
        other => other.clone(),
    }
}
