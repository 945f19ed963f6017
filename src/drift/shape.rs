//! What a schema says about the content of a value.

use std::sync::{
    LazyLock,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use serde_json::Value;

use super::{
    document::{Additional, Kind, Schema},
    rules::Rules,
};

static ANY: LazyLock<Schema> = LazyLock::new(Schema::default);

/// The name of the schema that a part belongs to. `None`: it is a part of the schema around the value.
pub(super) type Name = Option<&'static str>;

/// The content that a schema describes, with its parts and the best of its alternatives.
#[derive(Default)]
pub(super) struct Shape {
    /// The rules of the parts that have any.
    pub rules: Vec<Rules>,
    /// The keys that are described or required, by length and then in order.
    pub keys: Vec<Key>,
    /// For the begin of an object and then for each key: the index of the key that came next, plus 1.
    order: Vec<AtomicUsize>,
    /// The required keys by their index, each with the schema that requires it.
    pub required: Vec<(usize, Name)>,
    /// The schema of other keys, if they are allowed.
    pub others: Option<Part>,
    /// Other keys may have any value.
    pub is_open: bool,
    pub items: Option<Part>,
    /// The schema that would name an unknown key.
    pub last: Name,
}

pub(super) struct Key {
    pub name: &'static str,
    /// The name and a colon, as they mostly stand in JSON.
    pub text: String,
    /// `None`: it is not described.
    pub value: Option<Part>,
}

/// A schema, and the schema that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub schema: &'static Schema,
    pub name: Name,
}

impl Part {
    /// Any value is as described.
    pub fn any(name: Name) -> Self {
        Self { schema: &ANY, name }
    }
}

impl Shape {
    /// The content of a value that may be anything.
    pub fn any() -> &'static Self {
        &ANY.node().shape
    }

    /// The value chooses among alternatives.
    pub fn new(schema: &'static Schema, value: &Value) -> Self {
        let mut parts = Vec::new();
        add(schema, None, value, &mut parts);
        let described = |name: &str| {
            parts.iter().find_map(|part| Some(Part { schema: part.schema.properties.get(name)?, ..*part }))
        };
        let names = parts.iter().flat_map(|part| part.schema.properties.keys().chain(&part.schema.required));
        let key = |name: &'static String| {
            let text = format!("{}:", Value::from(name.as_str()));
            Key { name, text, value: described(name) }
        };
        let mut keys: Vec<_> = names.map(key).collect();
        keys.sort_unstable_by_key(|key| (key.name.len(), key.name));
        keys.dedup_by_key(|key| key.name);
        let others = others(&parts);
        let mut shape = Self {
            rules: parts.iter().filter_map(|part| Rules::new(part.schema)).collect(),
            order: std::iter::repeat_with(AtomicUsize::default).take(keys.len() + 1).collect(),
            keys,
            required: Vec::new(),
            others,
            is_open: others.is_some_and(|others| std::ptr::eq(others.schema, &*ANY)),
            items: parts
                .iter()
                .find_map(|part| Some(Part { schema: part.schema.items.as_deref()?, ..*part })),
            last: parts.last().and_then(|part| part.name),
        };
        for part in &parts {
            let indexes = part.schema.required.iter().filter_map(|key| shape.index(key));
            let required: Vec<_> = indexes.map(|index| (index, part.name)).collect();
            shape.required.extend(required);
        }
        shape
    }

    /// The index of the key that came after this one the last time, or that came first. Objects of a service
    /// mostly have their keys in the same order.
    pub fn after(&self, index: Option<usize>) -> Option<usize> {
        let after = self.order[index.map_or(0, |index| index + 1)].load(Relaxed);
        after.checked_sub(1)
    }

    /// Learns that a key came after this one.
    pub fn learn(&self, index: Option<usize>, after: Option<usize>) {
        if let Some(after) = after {
            self.order[index.map_or(0, |index| index + 1)].store(after + 1, Relaxed);
        }
    }

    /// The index of a key.
    pub fn index(&self, key: &str) -> Option<usize> {
        self.keys.binary_search_by(|known| (known.name.len(), known.name).cmp(&(key.len(), key))).ok()
    }
}

/// Adds the schemas that apply to a value: this one or the one that it refers to, those of `allOf`, and the
/// best alternative.
fn add(schema: &'static Schema, name: Name, value: &Value, parts: &mut Vec<Part>) {
    if let Some((name, named)) = schema.named() {
        return add(named, Some(name), value, parts);
    }
    parts.push(Part { schema, name });
    for part in &schema.all_of {
        add(part, name, value, parts);
    }
    for alternatives in [&schema.one_of, &schema.any_of] {
        if let Some(alternative) = alternative(alternatives, value) {
            add(alternative, name, value, parts);
        }
    }
}

/// The alternative of the value's type whose required keys it has, or else of whose keys it has the most.
fn alternative(of: &'static [Schema], value: &Value) -> Option<&'static Schema> {
    let kind = Kind::of(value);
    let has = |key: &String| value.get(key).is_some();
    let likeness = |named: &Schema| {
        let known = named.properties.keys().filter(|key| has(key)).count();
        (named.required.iter().all(has), known)
    };
    let named = of.iter().map(|schema| (schema, schema.named().map_or(schema, |(_, named)| named)));
    let fitting = named.filter(|(_, named)| named.kind.is_none_or(|known| known.accepts(kind)));
    fitting.max_by_key(|(_, named)| likeness(named)).map(|(schema, _)| schema)
}

/// The schema of keys that the document does not name, if such keys are allowed.
fn others(parts: &[Part]) -> Option<Part> {
    let allowed = parts.iter().find_map(|part| match &part.schema.additional_properties {
        Some(Additional::Of(schema)) => Some(Part { schema, ..*part }),
        Some(Additional::Allowed(true)) => Some(Part::any(part.name)),
        _ => None,
    });
    // An object schema without keys allows any key.
    let is_open =
        |part: &Part| part.schema.properties.is_empty() && part.schema.additional_properties.is_none();
    allowed.or_else(|| parts.iter().all(is_open).then(|| Part::any(None)))
}
