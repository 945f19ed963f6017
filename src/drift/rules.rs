//! What a schema requires of a value beside its type.

use std::borrow::Cow;

use serde_json::Value;

use super::{
    DriftKind,
    document::Schema,
    json::Read,
    limits::{Limits, has_format},
};

pub(super) struct Rules {
    schema: &'static Schema,
    /// The values in words.
    values: String,
}

impl Rules {
    /// `None`: the schema has none.
    pub fn new(schema: &'static Schema) -> Option<Self> {
        let values = schema.values.iter().flatten();
        let words = values.map(|value| value.as_str().map_or_else(|| value.to_string(), Into::into));
        let values = format!("one of {}", words.collect::<Vec<_>>().join(", "));
        let has_any =
            schema.values.is_some() || schema.format.is_some() || schema.limits != Limits::default();
        has_any.then_some(Self { schema, values })
    }

    /// The rule that a value violates.
    pub fn violated(&self, read: &Read<'_, '_>) -> Option<(DriftKind, Cow<'_, str>)> {
        let text = read.text();
        let is_in = |values: &Vec<Value>| match &text {
            Some(text) => values.iter().any(|value| value == &**text),
            None => values.contains(&read.value()),
        };
        if !self.schema.values.as_ref().is_none_or(is_in) {
            return Some((DriftKind::UnknownValue, Cow::from(&self.values)));
        }
        let format = self.schema.format.as_ref().zip(text.as_deref());
        if let Some((format, _)) = format.filter(|(format, text)| !has_format(text, format)) {
            return Some((DriftKind::BrokenRule, format!("format {format}").into()));
        }
        let limits = Some(&self.schema.limits).filter(|limits| **limits != Limits::default())?;
        limits.violated(&read.value()).map(|limit| (DriftKind::BrokenRule, limit.into()))
    }
}
