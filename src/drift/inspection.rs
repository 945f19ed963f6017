//! Compares a response with the document.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{
    Document, Drift, DriftKind,
    document::{Additional, Code, Kind, Schema},
    limits::has_format,
    location::{Location, Owner, Part},
    observer::{Novelty, Reported},
};
use crate::{transport::Scrub, wire::ResultField};

/// The longest part of an unknown key or code that is reported, in characters.
const LONGEST: usize = 64;

/// The inspection of a response or of a row of one.
pub(crate) struct Inspection<'a> {
    document: &'static Document,
    operation: &'static str,
    scrub: &'a Scrub,
    reported: &'a Reported,
    location: Location,
    found: Vec<Drift>,
}

/// The optional fields of a [`Drift`].
#[derive(Clone, Copy, Default, Hash)]
struct Facts<'f> {
    documented: Option<&'f str>,
    seen: Option<&'f str>,
    code: Option<&'f str>,
}

/// What a schema accepts in any of its alternatives.
#[derive(Default)]
struct Accepts<'d> {
    kinds: Vec<Kind>,
    nullable: bool,
    result_codes: Option<&'d [Code<i64>]>,
    error_codes: Option<&'d [Code<String>]>,
}

impl<'a> Inspection<'a> {
    pub(super) fn new(operation: &'static str, scrub: &'a Scrub, reported: &'a Reported) -> Self {
        let (location, found) = Default::default();
        Self { document: Document::get(), operation, scrub, reported, location, found }
    }

    /// The differences that are new.
    pub(super) fn into_found(self) -> Vec<Drift> {
        self.found
    }

    /// Inspects a response.
    pub fn response(&mut self, status: u16, is_failure: bool, response: &Value) {
        if let Some((schema, owner)) = self.root(status, is_failure) {
            self.value(response, schema, owner, owner);
        }
    }

    /// Reports a response that is not a JSON object.
    pub fn no_object(&mut self, status: u16, seen: Option<&Value>, is_empty: bool) {
        if let Some((_, owner)) = self.root(status, false) {
            let seen = seen.map_or(if is_empty { "nothing" } else { "text" }, |seen| Kind::of(seen).as_str());
            let facts = Facts { documented: Some("object"), seen: Some(seen), code: None };
            self.report(DriftKind::NoObject, owner, facts);
        }
    }

    /// Reports a response, or a row of the list under this key, that could be read only after a repair.
    pub fn mended(&mut self, status: u16, is_failure: bool, list: Option<&str>) {
        if let Some((_, owner)) = self.root(status, is_failure) {
            if let Some(list) = list {
                self.location.push_key(list);
                self.location.push_element();
            }
            self.report(DriftKind::MendedText, owner, Facts::default());
            self.location.truncate(0);
        }
    }

    /// Inspects a row of the list under this key.
    pub fn row(&mut self, status: u16, list: &str, row: &Value) {
        let Some((schema, owner)) = self.root(status, false) else { return };
        let mut parts = Vec::new();
        self.parts(schema, owner, &Value::Null, &mut parts);
        let list_schema = parts.iter().find_map(|part| part.schema.properties.get(list));
        if let Some(items) = list_schema.and_then(|list| list.items.as_deref()) {
            self.location.push_key(list);
            self.location.push_element();
            self.value(row, items, owner, owner);
            self.location.truncate(0);
        }
    }

    /// The schema of the whole response.
    fn root(&self, status: u16, is_failure: bool) -> Option<(&'static Schema, Owner<'static>)> {
        let schema = self.document.response_schema(self.operation, status, is_failure)?;
        let name = self.document.resolve(schema).map_or("", |(name, _)| name);
        Some((schema, Owner { name, from: 0 }))
    }

    /// Compares a value with its schema. `owner` is the schema that names the value, `inner` the one that
    /// names its fields unless `schema` is a named one.
    fn value(
        &mut self,
        value: &Value,
        schema: &'static Schema,
        owner: Owner<'static>,
        inner: Owner<'static>,
    ) {
        if self.reported.is_full() {
            return;
        }
        let mut accepts = Accepts::default();
        self.accepts(schema, &mut accepts);
        let seen = Some(Kind::of(value).as_str());
        if !accepts.matches(value) {
            let kind = if value.is_null() { DriftKind::Null } else { DriftKind::WrongType };
            let documented = accepts.documented();
            return self.report(kind, owner, Facts { documented: Some(&documented), seen, code: None });
        }
        self.code(value, &accepts, owner);
        if value.is_null() {
            return;
        }
        let mut parts = Vec::new();
        self.parts(schema, inner, value, &mut parts);
        for part in &parts {
            if let Some((kind, rule)) = violation(part.schema, value) {
                self.report(kind, owner, Facts { documented: Some(&rule), seen, code: None });
            }
        }
        match value {
            Value::Object(object) => self.object(object, &parts),
            Value::Array(list) => self.list(list, &parts),
            _ => {}
        }
    }

    fn object(&mut self, object: &Map<String, Value>, parts: &[Part<'static>]) {
        let end = self.location.len();
        for part in parts {
            for key in part.schema.required.iter().filter(|key| !object.contains_key(*key)) {
                self.location.push_key(key);
                self.report(DriftKind::MissingKey, part.owner, Facts::default());
                self.location.truncate(end);
            }
        }
        for (key, value) in object {
            let known = parts.iter().find_map(|part| Some((part, part.schema.properties.get(key)?)));
            if let Some((part, schema)) = known {
                self.location.push_key(key);
                self.value(value, schema, part.owner, part.owner);
            } else if let Some((part, schema)) = other_keys(parts) {
                self.location.push_any_key();
                if let Some(schema) = schema {
                    self.value(value, schema, part.owner, part.owner);
                }
            } else if let Some(part) = parts.last().filter(|_| !self.reported.is_full()) {
                self.location.push_key(&self.scrub.text(key, LONGEST));
                let seen = Some(Kind::of(value).as_str());
                self.report(DriftKind::UnknownKey, part.owner, Facts { seen, ..Facts::default() });
            }
            self.location.truncate(end);
        }
    }

    fn list(&mut self, list: &[Value], parts: &[Part<'static>]) {
        let items = parts.iter().find_map(|part| Some((part, part.schema.items.as_deref()?)));
        let Some((part, schema)) = items else { return };
        let end = self.location.len();
        self.location.push_element();
        for element in list {
            self.value(element, schema, part.owner, part.owner);
        }
        self.location.truncate(end);
    }

    /// Reports a code that the document does not list.
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
            self.report(
                DriftKind::UnknownCode,
                owner,
                Facts { documented: None, seen, code: code.as_deref() },
            );
        }
    }

    /// A word that has the form of a code and is not a credential.
    fn word(&self, word: &str) -> Option<String> {
        let is_plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let is_code = (1..=LONGEST).contains(&word.len()) && word.bytes().all(is_plain);
        (is_code && self.scrub.text(word, LONGEST) == word).then(|| word.to_owned())
    }

    fn report(&mut self, kind: DriftKind, owner: Owner<'_>, facts: Facts<'_>) {
        let at = self.location.path();
        let novelty = self.reported.add((self.operation, at, owner.name, kind, facts));
        let text = |fact: Option<&str>| fact.map(Into::into);
        let drift = || Drift {
            operation: self.operation.into(),
            at: at.into(),
            schema: self.location.schema(owner),
            kind,
            documented: text(facts.documented),
            seen: text(facts.seen),
            code: text(facts.code),
            version: env!("CARGO_PKG_VERSION").into(),
        };
        match novelty {
            Novelty::New => self.found.push(drift()),
            Novelty::Known => {}
            Novelty::TooMany => self.found.push(Drift {
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

    /// Collects what a schema and its alternatives accept.
    fn accepts(&self, schema: &'static Schema, accepts: &mut Accepts<'static>) {
        if let Some((_, schema)) = self.document.resolve(schema) {
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

    /// Collects the schemas that apply to a value: this one or the one that it refers to, those of `allOf`,
    /// and the best alternative.
    fn parts(
        &self,
        schema: &'static Schema,
        owner: Owner<'static>,
        value: &Value,
        parts: &mut Vec<Part<'static>>,
    ) {
        if let Some((name, schema)) = self.document.resolve(schema) {
            return self.parts(schema, Owner { name, from: self.location.len() }, value, parts);
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

    /// The alternative of the value's type whose required keys it has, or else of whose keys it has the most.
    fn alternative(&self, of: &'static [Schema], value: &Value) -> Option<&'static Schema> {
        let named = of.iter().map(|schema| self.document.resolve(schema).map_or(schema, |(_, named)| named));
        let fits = |named: &Schema| named.kind.is_none_or(|kind| kind.accepts(value));
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
    fn matches(&self, value: &Value) -> bool {
        match value {
            _ if self.kinds.is_empty() => true,
            Value::Null => self.nullable,
            value => self.kinds.iter().any(|kind| kind.accepts(value)),
        }
    }

    fn documented(&self) -> String {
        let kinds: BTreeSet<_> = self.kinds.iter().map(|kind| kind.as_str()).collect();
        kinds.into_iter().collect::<Vec<_>>().join(" or ")
    }
}

/// The schema of keys that the document does not name, if such keys are allowed: `None` inside allows
/// anything.
fn other_keys<'p>(parts: &'p [Part<'static>]) -> Option<(&'p Part<'static>, Option<&'static Schema>)> {
    let other = parts.iter().find_map(|part| match &part.schema.additional_properties {
        Some(Additional::Of(schema)) => Some((part, Some(&**schema))),
        Some(Additional::Allowed(true)) => Some((part, None)),
        _ => None,
    });
    // An object schema without keys allows any key.
    let is_open = |schema: &Schema| schema.properties.is_empty() && schema.additional_properties.is_none();
    let is_open = || parts.iter().all(|part| is_open(part.schema));
    other.or_else(|| Some((parts.last().filter(|_| is_open())?, None)))
}

/// The rule beside its type that a value violates.
fn violation(schema: &Schema, value: &Value) -> Option<(DriftKind, String)> {
    if let Some(values) = schema.values.as_ref().filter(|values| !values.contains(value)) {
        let words = values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), Into::into));
        return Some((DriftKind::UnknownValue, format!("one of {}", words.collect::<Vec<_>>().join(", "))));
    }
    let format = schema.format.as_ref().zip(value.as_str());
    if let Some((format, _)) = format.filter(|(format, text)| !has_format(text, format)) {
        return Some((DriftKind::BrokenRule, format!("format {format}")));
    }
    schema.limits.violated(value).map(|limit| (DriftKind::BrokenRule, limit))
}
