//! The walk through a response: compares each value with its schema, and keeps none.

use std::{borrow::Cow, mem};

use super::{
    document::{Kind, Schema},
    inspection::Inspection,
    json::{Json, Read},
    location::{Owner, Place, Step},
    shape::{Key, Part, Shape},
};
use crate::transport::FailureBody;

/// How many levels serde_json reads.
const LEVELS: usize = 127;

pub(super) struct Walk<'w, 'a, 't> {
    pub inspection: &'w mut Inspection<'a>,
    pub json: Json<'t>,
    /// Which keys of the objects around the next value were given, by their index.
    given: Vec<bool>,
    /// Where the text stands in the response.
    root: &'w Place<'w>,
}

/// The methods return `None` where a walk does not tell what differs: where the text is not JSON, or a key is
/// given twice.
impl<'w, 'a, 't> Walk<'w, 'a, 't> {
    pub fn new(inspection: &'w mut Inspection<'a>, text: &'t str, root: &'w Place<'w>) -> Self {
        Self { inspection, json: Json::new(text), given: Vec::new(), root }
    }

    /// Compares the next value. `owner` is the schema that names the value, and its fields unless `schema` has
    /// a name.
    pub fn value(&mut self, schema: &'static Schema, owner: Owner, place: &Place<'_>) -> Option<()> {
        let node = schema.node();
        let first = self.json.peek()?;
        let begin = self.json.at;
        let best = if node.has_alternatives { Some(self.best(schema, owner, place)?) } else { None };
        let shape = best.as_ref().unwrap_or(&node.shape);
        let kind = match first {
            b'{' | b'[' if place.depth >= self.root.depth + LEVELS => return None,
            b'{' => Kind::Object,
            b'[' => Kind::Array,
            _ => self.json.scalar(first)?,
        };
        let is_documented = node.accepts(kind);
        if !is_documented || place.unknown_key().is_some() {
            self.inspection.odd(node, kind, place, owner);
        }
        let shape = if is_documented { shape } else { Shape::any() };
        let before = self.inspection.found.len();
        match kind {
            Kind::Object => self.object(shape, owner, place)?,
            Kind::Array => self.list(shape, owner, place)?,
            _ => {}
        }
        if is_documented && (node.has_codes() || !shape.rules.is_empty()) {
            let after = self.inspection.found.len();
            let read = Read { kind, json: &self.json, begin };
            self.inspection.content(node, shape, &read, place, owner);
            self.inspection.lift(before, after);
        }
        Some(())
    }

    /// The shape with the best of the alternatives for the next value.
    fn best(&mut self, schema: &'static Schema, owner: Owner, place: &Place<'_>) -> Option<Shape> {
        let begin = self.json.at;
        self.value(Part::any(None).schema, owner, place)?;
        let shape = Shape::new(schema, &self.json.since(begin)?);
        self.json.at = begin;
        Some(shape)
    }

    #[inline(never)]
    fn object(&mut self, shape: &Shape, owner: Owner, place: &Place<'_>) -> Option<()> {
        self.json.at += 1;
        let before = self.inspection.found.len();
        let given = self.given.len();
        self.given.resize(given + shape.keys.len(), false);
        let mut others = Vec::new();
        let mut is_first = true;
        let mut last = None;
        while self.json.next(mem::take(&mut is_first), b'}')? {
            let guess = shape.after(last).filter(|index| self.json.passes_text(&shape.keys[*index].text));
            let (key, index) = match guess {
                Some(index) => (Cow::from(shape.keys[index].name), guess),
                None => {
                    let key = self.json.key()?;
                    let index = shape.index(&key);
                    shape.learn(last, index);
                    (key, index)
                }
            };
            last = index.or(last);
            let (step, part) = match (index.map(|index| &shape.keys[index]), shape.others) {
                (Some(Key { name, value: Some(part), .. }), _) => (Step::Key(name), *part),
                (_, Some(part)) => (Step::AnyKey, part),
                (_, None) => (Step::UnknownKey(&key), Part::any(shape.last)),
            };
            let begin = self.json.at;
            self.value(part.schema, place.owner(part.name, owner), &place.to(step))?;
            if place.is_root() && FailureBody::is_decided_by(&key) {
                self.inspection.failure.add(key.clone().into(), self.json.since(begin)?);
            }
            match index {
                Some(index) if mem::replace(&mut self.given[given + index], true) => return None,
                None if !shape.is_open => others.push(key),
                _ => {}
            }
        }
        others.sort_unstable();
        if others.windows(2).any(|pair| pair[0] == pair[1]) {
            return None;
        }
        let after = self.inspection.found.len();
        for (index, name) in &shape.required {
            if !self.given[given + index] {
                let key = Step::Key(shape.keys[*index].name);
                self.inspection.missing(&place.to(key), place.owner(*name, owner));
            }
        }
        self.inspection.lift(before, after);
        self.given.truncate(given);
        Some(())
    }

    #[inline(never)]
    fn list(&mut self, shape: &Shape, owner: Owner, place: &Place<'_>) -> Option<()> {
        self.json.at += 1;
        let items = shape.items.unwrap_or(Part::any(None));
        let (owner, place) = (place.owner(items.name, owner), place.to(Step::Element));
        let mut is_first = true;
        while self.json.next(mem::take(&mut is_first), b']')? {
            self.value(items.schema, owner, &place)?;
        }
        Some(())
    }
}
