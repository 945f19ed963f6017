//! Holds an answer against the document.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    Document, Drift, DriftKind,
    document::{Additional, Code, Kind, Schema},
    limits::has_format,
    observer::{News, Told},
    place::{Owner, Part, Place},
};
use crate::{transport::Scrub, wire::ResultField};

/// How much of an unknown key or code is told, in characters.
const LONGEST: usize = 64;

/// A look at one answer, or at a row of one.
pub(crate) struct Look<'a> {
    document: &'static Document,
    operation: &'static str,
    scrub: &'a Scrub,
    told: &'a Told,
    place: Place,
    found: Vec<Drift>,
}

/// What is told beside place and kind.
#[derive(Clone, Copy, Default, Hash)]
struct Facts<'f> {
    documented: Option<&'f str>,
    seen: Option<&'f str>,
    code: Option<&'f str>,
}

/// What a schema takes, whichever of its alternatives it is.
#[derive(Default)]
struct Accepts<'d> {
    kinds: Vec<Kind>,
    nullable: bool,
    result_codes: Option<&'d [Code<i64>]>,
    error_codes: Option<&'d [Code<String>]>,
}

impl<'a> Look<'a> {
    pub(super) fn new(operation: &'static str, scrub: &'a Scrub, told: &'a Told) -> Self {
        let (place, found) = Default::default();
        Self { document: Document::get(), operation, scrub, told, place, found }
    }

    /// What is to be told of it.
    pub(super) fn found(self) -> Vec<Drift> {
        self.found
    }

    /// An answer.
    pub fn answer(&mut self, status: u16, is_refusal: bool, answer: &Value) {
        if let Some((schema, owner)) = self.root(status, is_refusal) {
            self.value(answer, schema, owner, owner);
        }
    }

    /// An answer that is something else than an object.
    pub fn no_object(&mut self, status: u16, seen: Option<&Value>, is_empty: bool) {
        if let Some((_, owner)) = self.root(status, false) {
            let seen = seen.map_or(if is_empty { "nothing" } else { "text" }, |seen| Kind::of(seen).as_str());
            let facts = Facts { documented: Some("object"), seen: Some(seen), code: None };
            self.tell(DriftKind::NoObject, owner, facts);
        }
    }

    /// Text that was read after it had been mended: an answer's, or where a list is named, a row's.
    pub fn mended(&mut self, status: u16, is_refusal: bool, list: Option<&str>) {
        if let Some((_, owner)) = self.root(status, is_refusal) {
            if let Some(list) = list {
                self.place.key(list);
                self.place.element();
            }
            self.tell(DriftKind::MendedText, owner, Facts::default());
            self.place.back(0);
        }
    }

    /// An element of the list under this key of a success.
    pub fn row(&mut self, status: u16, list: &str, row: &Value) {
        let Some((schema, owner)) = self.root(status, false) else { return };
        let mut parts = Vec::new();
        self.parts(schema, owner, &Value::Null, &mut parts);
        let list_schema = parts.iter().find_map(|part| part.schema.properties.get(list));
        if let Some(items) = list_schema.and_then(|list| list.items.as_deref()) {
            self.place.key(list);
            self.place.element();
            self.value(row, items, owner, owner);
            self.place.back(0);
        }
    }

    /// What the document says of the whole answer.
    fn root(&self, status: u16, is_refusal: bool) -> Option<(&'static Schema, Owner<'static>)> {
        let schema = self.document.answer(self.operation, status, is_refusal)?;
        let name = self.document.referred(schema).map_or("", |(name, _)| name);
        Some((schema, Owner { name, from: 0 }))
    }

    /// Holds a value against its schema. `owner` is where the document speaks of the value, `inner` where
    /// it speaks of what is in it, unless the schema has a name of its own.
    fn value(
        &mut self,
        value: &Value,
        schema: &'static Schema,
        owner: Owner<'static>,
        inner: Owner<'static>,
    ) {
        if self.told.is_full() {
            return;
        }
        let mut accepts = Accepts::default();
        self.accepts(schema, &mut accepts);
        let seen = Some(Kind::of(value).as_str());
        if !accepts.takes(value) {
            let kind = if value.is_null() { DriftKind::Null } else { DriftKind::WrongType };
            let documented = accepts.documented();
            return self.tell(kind, owner, Facts { documented: Some(&documented), seen, code: None });
        }
        self.code(value, &accepts, owner);
        if value.is_null() {
            return;
        }
        let mut parts = Vec::new();
        self.parts(schema, inner, value, &mut parts);
        for part in &parts {
            if let Some((kind, rule)) = broken(part.schema, value) {
                self.tell(kind, owner, Facts { documented: Some(&rule), seen, code: None });
            }
        }
        match value {
            Value::Object(object) => self.object(object, &parts),
            Value::Array(list) => self.list(list, &parts),
            _ => {}
        }
    }

    fn object(&mut self, object: &Map<String, Value>, parts: &[Part<'static>]) {
        let end = self.place.len();
        for part in parts {
            for key in part.schema.required.iter().filter(|key| !object.contains_key(*key)) {
                self.place.key(key);
                self.tell(DriftKind::MissingKey, part.owner, Facts::default());
                self.place.back(end);
            }
        }
        for (key, value) in object {
            let known = parts.iter().find_map(|part| Some((part, part.schema.properties.get(key)?)));
            if let Some((part, schema)) = known {
                self.place.key(key);
                self.value(value, schema, part.owner, part.owner);
            } else if let Some((part, schema)) = other_keys(parts) {
                self.place.any_key();
                if let Some(schema) = schema {
                    self.value(value, schema, part.owner, part.owner);
                }
            } else if let Some(part) = parts.last().filter(|_| !self.told.is_full()) {
                self.place.key(&self.scrub.text(key, LONGEST));
                let seen = Some(Kind::of(value).as_str());
                self.tell(DriftKind::UnknownKey, part.owner, Facts { seen, ..Facts::default() });
            }
            self.place.back(end);
        }
    }

    fn list(&mut self, list: &[Value], parts: &[Part<'static>]) {
        let items = parts.iter().find_map(|part| Some((part, part.schema.items.as_deref()?)));
        let Some((part, schema)) = items else { return };
        let end = self.place.len();
        self.place.element();
        for element in list {
            self.value(element, schema, part.owner, part.owner);
        }
        self.place.back(end);
    }

    /// Whether a code is one of those that the document lists.
    fn code(&mut self, value: &Value, accepts: &Accepts<'_>, owner: Owner<'static>) {
        let unknown = if let Some(known) = accepts.result_codes {
            let result = ResultField::read(value);
            let is_known = known.iter().any(|known| Some(known.code) == result);
            (!is_known).then(|| result.map(|result| result.to_string()))
        } else if let (Some(known), Value::String(word)) = (accepts.error_codes, value) {
            let is_known = known.iter().any(|known| known.code == *word);
            (!is_known).then(|| self.word(word))
        } else {
            None
        };
        if let Some(code) = unknown {
            let seen = Some(Kind::of(value).as_str());
            self.tell(DriftKind::UnknownCode, owner, Facts { documented: None, seen, code: code.as_deref() });
        }
    }

    /// A word that looks like a code, and is no key.
    fn word(&self, word: &str) -> Option<String> {
        let is_plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let is_code = (1..=LONGEST).contains(&word.len()) && word.bytes().all(is_plain);
        (is_code && self.scrub.text(word, LONGEST) == word).then(|| word.to_owned())
    }

    fn tell(&mut self, kind: DriftKind, owner: Owner<'_>, facts: Facts<'_>) {
        let at = self.place.path();
        let news = self.told.news((self.operation, at, owner.name, kind, facts));
        let text = |fact: Option<&str>| fact.map(Into::into);
        let drift = || Drift {
            operation: self.operation.into(),
            at: at.into(),
            schema: self.place.schema(owner),
            kind,
            documented: text(facts.documented),
            seen: text(facts.seen),
            code: text(facts.code),
            version: env!("CARGO_PKG_VERSION").into(),
        };
        match news {
            News::New => self.found.push(drift()),
            News::Old => {}
            News::TooMany => self.found.push(Drift {
                at: String::new(),
                schema: None,
                kind: DriftKind::TooMany,
                documented: None,
                seen: None,
                code: None,
                ..drift()
            }),
        }
    }

    /// What a schema takes: all that it and its alternatives name.
    fn accepts(&self, schema: &'static Schema, accepts: &mut Accepts<'static>) {
        if let Some((_, schema)) = self.document.referred(schema) {
            return self.accepts(schema, accepts);
        }
        accepts.kinds.extend(schema.kind);
        accepts.nullable |= schema.nullable;
        accepts.result_codes = accepts.result_codes.or(schema.result_codes.as_deref());
        accepts.error_codes = accepts.error_codes.or(schema.error_codes.as_deref());
        for part in schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of) {
            self.accepts(part, accepts);
        }
    }

    /// The schemas that hold for a value: this one, what it refers to, all of its parts, and of its
    /// alternatives the one that fits.
    fn parts(
        &self,
        schema: &'static Schema,
        owner: Owner<'static>,
        value: &Value,
        parts: &mut Vec<Part<'static>>,
    ) {
        if let Some((name, schema)) = self.document.referred(schema) {
            return self.parts(schema, Owner { name, from: self.place.len() }, value, parts);
        }
        parts.push(Part { schema, owner });
        for part in &schema.all_of {
            self.parts(part, owner, value, parts);
        }
        for alternatives in [&schema.one_of, &schema.any_of] {
            if let Some(alternative) = self.alternative(alternatives, value) {
                self.parts(alternative, owner, value, parts);
            }
        }
    }

    /// Of the alternatives of the value's type the one whose keys it has: all that are required, or else
    /// the most.
    fn alternative(&self, of: &'static [Schema], value: &Value) -> Option<&'static Schema> {
        let named = of.iter().map(|schema| self.document.referred(schema).map_or(schema, |(_, named)| named));
        let fits = |named: &Schema| named.kind.is_none_or(|kind| kind.takes(value));
        let has = |key: &String| value.get(key).is_some();
        let likeness = |named: &Schema| {
            let known = named.properties.keys().filter(|key| has(key)).count();
            (named.required.iter().all(has), known)
        };
        let fitting = of.iter().zip(named).filter(|(_, named)| fits(named));
        fitting.max_by_key(|(_, named)| likeness(named)).map(|(schema, _)| schema)
    }
}

impl Accepts<'_> {
    fn takes(&self, value: &Value) -> bool {
        match value {
            _ if self.kinds.is_empty() => true,
            Value::Null => self.nullable,
            value => self.kinds.iter().any(|kind| kind.takes(value)),
        }
    }

    fn documented(&self) -> String {
        let kinds: BTreeSet<_> = self.kinds.iter().map(|kind| kind.as_str()).collect();
        kinds.into_iter().collect::<Vec<_>>().join(" or ")
    }
}

/// What an object may have beside the keys that the document names: anything, or what has a schema.
fn other_keys<'p>(parts: &'p [Part<'static>]) -> Option<(&'p Part<'static>, Option<&'static Schema>)> {
    let other = parts.iter().find_map(|part| match &part.schema.additional_properties {
        Some(Additional::Of(schema)) => Some((part, Some(&**schema))),
        Some(Additional::Allowed(true)) => Some((part, None)),
        _ => None,
    });
    // Where it says nothing of any key, anything may be there.
    let is_open = |schema: &Schema| schema.properties.is_empty() && schema.additional_properties.is_none();
    let is_open = || parts.iter().all(|part| is_open(part.schema));
    other.or_else(|| Some((parts.last().filter(|_| is_open())?, None)))
}

/// The rule that a value breaks, but for its type.
fn broken(schema: &Schema, value: &Value) -> Option<(DriftKind, String)> {
    if let Some(values) = schema.values.as_ref().filter(|values| !values.contains(value)) {
        let words = values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), Into::into));
        return Some((DriftKind::UnknownValue, format!("one of {}", words.collect::<Vec<_>>().join(", "))));
    }
    let format = schema.format.as_ref().zip(value.as_str());
    if let Some((format, _)) = format.filter(|(format, text)| !has_format(text, format)) {
        return Some((DriftKind::BrokenRule, format!("format {format}")));
    }
    schema.limits.broken(value).map(|limit| (DriftKind::BrokenRule, limit))
}
