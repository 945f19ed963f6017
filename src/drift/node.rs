//! A schema as values are compared with it: its parts resolved, once.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    document::{Code, Kind, Schema},
    shape::Shape,
};

/// What a schema accepts in any of its alternatives.
#[derive(Default)]
pub(super) struct Node {
    /// Empty if the schema has none.
    pub name: &'static str,
    /// A bit for each type.
    accepted: u8,
    /// The types in words.
    pub documented: String,
    pub result_codes: Option<&'static [Code<i64>]>,
    pub error_codes: Option<&'static [Code<String>]>,
    /// The shape depends on the value.
    pub has_alternatives: bool,
    /// Without the alternatives.
    pub shape: Shape,
}

impl Node {
    pub fn new(schema: &'static Schema) -> Self {
        let name = schema.named().map_or("", |(name, _)| name);
        let mut node = Self { name, shape: Shape::new(schema, &Value::Null), ..Self::default() };
        let mut kinds = BTreeSet::new();
        node.add(schema, &mut kinds);
        if kinds.is_empty() {
            node.accepted = u8::MAX;
        }
        node.documented = kinds.into_iter().collect::<Vec<_>>().join(" or ");
        node
    }

    /// Adds a schema with its parts and alternatives.
    fn add(&mut self, schema: &'static Schema, kinds: &mut BTreeSet<&'static str>) {
        if let Some((_, named)) = schema.named() {
            return self.add(named, kinds);
        }
        if let Some(kind) = schema.kind {
            kinds.insert(kind.as_str());
            self.accepted |= 1 << kind as u8;
            // An integer is a number.
            self.accepted |= u8::from(kind == Kind::Number) << Kind::Integer as u8;
        }
        self.accepted |= u8::from(schema.nullable) << Kind::Null as u8;
        self.result_codes = self.result_codes.or(schema.result_codes.as_deref());
        self.error_codes = self.error_codes.or(schema.error_codes.as_deref());
        self.has_alternatives |= !schema.one_of.is_empty() || !schema.any_of.is_empty();
        for part in schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of) {
            self.add(part, kinds);
        }
    }

    pub fn accepts(&self, seen: Kind) -> bool {
        self.accepted & (1 << seen as u8) != 0
    }

    pub fn has_codes(&self) -> bool {
        self.result_codes.is_some() || self.error_codes.is_some()
    }
}
