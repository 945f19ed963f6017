//! A schema as it reads: what a reference leads to, under what stands beside the reference.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diff::{
    document::{Document, component},
    pair::{Pair, Spot},
};

/// What a schema says of the shape of a value. A reference beside it is a part, not the whole.
const SHAPE: &[&str] =
    &["additionalProperties", "anyOf", "enum", "items", "not", "oneOf", "properties", "required", "type"];

#[derive(Clone)]
pub(super) struct View<'a> {
    /// The nearest first, each with the keyword that leads to the next one.
    layers: Vec<(Spot<'a>, Option<&'static str>)>,
}

impl<'a> View<'a> {
    /// The schema as it stands.
    pub fn plain(schema: &Spot<'a>) -> Self {
        Self { layers: vec![(schema.clone(), None)] }
    }

    /// What stands beside a reference.
    pub fn beside(schema: &Spot<'a>) -> Self {
        Self { layers: vec![(schema.clone(), reference(schema).map(|(keyword, _)| keyword))] }
    }

    /// With what it refers to. Nothing where a reference leads nowhere or around in a circle.
    pub fn resolved(schema: &Spot<'a>, document: &Document<'a>) -> Option<Self> {
        let mut view = Self::beside(schema);
        let mut seen = BTreeSet::new();
        let mut last = schema.clone();
        while let Some((_, name)) = reference(&last) {
            if !seen.insert(name) {
                return None;
            }
            last = document.component(component(name)?)?;
            view.layers.extend(Self::beside(&last).layers);
        }
        Some(view)
    }

    pub fn get(&self, key: &str) -> Option<Spot<'a>> {
        let shown = self.layers.iter().filter(|(_, hidden)| *hidden != Some(key));
        shown.filter_map(|(spot, _)| spot.get(key)).next()
    }

    /// The schema where it stands as it is and is nothing but `$ref`.
    pub fn lone_reference(&self) -> Option<Spot<'a>> {
        let [(spot, None)] = &self.layers[..] else { return None };
        spot.text("$ref").map(|_| spot.clone())
    }

    /// The schema itself.
    pub fn spot(&self) -> Option<Spot<'a>> {
        self.layers.first().map(|(spot, _)| spot.clone())
    }

    /// Whether it names fields and says nothing else of the value.
    pub fn has_only_fields(&self) -> bool {
        self.keys().all(|key| match key {
            "type" => self.get("type").is_some_and(|spot| spot.value == "object"),
            _ => matches!(key, "properties" | "required" | "description" | "title"),
        })
    }

    fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.layers.iter().flat_map(|(spot, hidden)| {
            let keys = spot.value.as_object().into_iter().flat_map(|object| object.keys());
            keys.map(String::as_str).filter(move |key| *hidden != Some(key))
        })
    }
}

/// The same schema of both documents.
pub(super) struct Views<'a> {
    pub old: View<'a>,
    pub new: View<'a>,
}

impl<'a> Views<'a> {
    pub fn get(&self, key: &str) -> Pair<'a> {
        Pair { old: self.old.get(key), new: self.new.get(key) }
    }

    pub fn keys(&self) -> BTreeSet<&'a str> {
        self.old.keys().chain(self.new.keys()).collect()
    }

    pub fn spots(&self) -> Pair<'a> {
        Pair { old: self.old.spot(), new: self.new.spot() }
    }
}

/// What a schema refers to as a whole, and by which keyword: OpenAPI 3.0 lets nothing stand beside
/// `$ref`, so that a description goes beside an `allOf` of one.
pub(super) fn reference<'a>(schema: &Spot<'a>) -> Option<(&'static str, &'a str)> {
    let object = schema.value.as_object()?;
    match (object.get("$ref"), object.get("allOf")) {
        (Some(Value::String(name)), _) => Some(("$ref", name)),
        (None, Some(Value::Array(parts))) if !SHAPE.iter().any(|key| object.contains_key(*key)) => {
            let [Value::Object(part)] = &parts[..] else { return None };
            let name = part.get("$ref")?.as_str()?;
            (part.len() == 1).then_some(("allOf", name))
        }
        _ => None,
    }
}

/// The name of the schema that a reference leads to, or the reference.
pub(super) fn name(reference: &str) -> &str {
    match component(reference) {
        Some(("schemas", name)) => name,
        _ => reference,
    }
}
