//! The inspection of a response: finds what differs from the document and was not reported.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    Document, Drift, DriftKind,
    document::{Kind, Schema},
    json::Read,
    location::{Owner, Place, Step, fold},
    node::Node,
    reported::{MOST, Reported},
    shape::Shape,
    walk::Walk,
};
use crate::{
    transport::{FailureBody, Scrub},
    wire::ResultField,
};

/// The longest part of an unknown key or code that is reported, in characters.
pub(super) const LONGEST: usize = 64;

/// The inspection of a response or of a row of one.
pub(crate) struct Inspection<'a> {
    operation: &'static str,
    scrub: &'a Scrub,
    reported: &'a Reported,
    /// Differences, each with its hash.
    pub(super) found: Vec<(u64, Drift)>,
    /// The hashes of what was found.
    hashes: HashSet<u64>,
    /// The keys of the response that may make it a failure.
    pub(super) failure: FailureBody,
}

/// The optional fields of a [`Drift`].
#[derive(Clone, Copy, Default)]
struct Facts<'f> {
    documented: Option<&'f str>,
    seen: Option<&'static str>,
    code: Option<&'f str>,
}

impl<'a> Inspection<'a> {
    pub(super) fn new(operation: &'static str, scrub: &'a Scrub, reported: &'a Reported) -> Self {
        let (found, hashes, failure) = Default::default();
        Self { operation, scrub, reported, found, hashes, failure }
    }

    /// The differences, each with its hash.
    pub(super) fn into_found(self) -> Vec<(u64, Drift)> {
        self.found
    }

    /// Inspects the text of a response. `false`: nothing is found, and its keys have to be read first, since it
    /// is not JSON, has a key twice, or is a failure, which was not expected.
    pub fn response(&mut self, status: u16, is_failure: bool, text: &[u8]) -> bool {
        let Some((schema, owner)) = self.root(status, is_failure) else { return true };
        self.text(text, is_failure, &Place::ROOT, schema, owner)
    }

    /// Inspects the text of a row of the list under this key, like a response.
    pub fn row(&mut self, status: u16, list: &'static str, text: &[u8]) -> bool {
        let Some((root, owner)) = self.root(status, false) else { return true };
        let shape = &root.node().shape;
        let described = shape.index(list).and_then(|index| shape.keys[index].value);
        let Some(schema) = described.and_then(|list| list.schema.items.as_deref()) else { return true };
        let list = Place::ROOT.to(Step::Key(list));
        self.text(text, false, &list.to(Step::Element), schema, owner)
    }

    fn text(
        &mut self,
        text: &[u8],
        is_failure: bool,
        place: &Place<'_>,
        schema: &'static Schema,
        owner: Owner,
    ) -> bool {
        let Ok(text) = str::from_utf8(text) else { return false };
        let mut walk = Walk::new(self, text, place);
        let is_read = walk.value(schema, owner, place).is_some() && walk.json.peek().is_none();
        let is_sure = is_read && (is_failure || !self.failure.is_refusal());
        if !is_sure {
            *self = Self::new(self.operation, self.scrub, self.reported);
        }
        is_sure
    }

    /// Reports a response that is not a JSON object.
    pub fn no_object(&mut self, status: u16, seen: Option<&Value>, is_empty: bool) {
        if let Some((_, owner)) = self.root(status, false) {
            let other = if is_empty { "nothing" } else { "text" };
            let seen = seen.map_or(other, |seen| Kind::of(seen).as_str());
            let facts = Facts { documented: Some("object"), seen: Some(seen), code: None };
            self.report(DriftKind::NoObject, &Place::ROOT, owner, facts);
        }
    }

    /// Reports a response, or a row of the list under this key, that could be read only after a repair.
    pub fn mended(&mut self, status: u16, is_failure: bool, list: Option<&'static str>) {
        if let Some((_, owner)) = self.root(status, is_failure) {
            let place = list.map(|list| Place::ROOT.to(Step::Key(list)));
            let place = place.as_ref().map_or(Place::ROOT, |list| list.to(Step::Element));
            self.report(DriftKind::MendedText, &place, owner, Facts::default());
        }
    }

    /// The schema of the whole response.
    fn root(&self, status: u16, is_failure: bool) -> Option<(&'static Schema, Owner)> {
        let schema = Document::get().response_schema(self.operation, status, is_failure)?;
        Some((schema, Owner { name: schema.node().name, depth: 0 }))
    }

    /// Reports a value of an unknown key, or of another type than documented.
    pub(super) fn odd(&mut self, node: &Node, kind: Kind, place: &Place<'_>, owner: Owner) {
        let (drift, documented) = match kind {
            _ if node.accepts(kind) => (DriftKind::UnknownKey, None),
            Kind::Null => (DriftKind::Null, Some(&*node.documented)),
            _ => (DriftKind::WrongType, Some(&*node.documented)),
        };
        self.report(drift, place, owner, Facts { documented, seen: Some(kind.as_str()), code: None });
    }

    /// Reports an unknown code, and the rules that a value violates.
    pub(super) fn content(
        &mut self,
        node: &Node,
        shape: &Shape,
        read: &Read<'_, '_>,
        place: &Place<'_>,
        owner: Owner,
    ) {
        let seen = Some(read.kind.as_str());
        if let Some(code) = self.unknown_code(node, read) {
            let facts = Facts { documented: None, seen, code: code.as_deref() };
            self.report(DriftKind::UnknownCode, place, owner, facts);
        }
        for rules in shape.rules.iter().filter(|_| read.kind != Kind::Null) {
            if let Some((kind, rule)) = rules.violated(read) {
                self.report(kind, place, owner, Facts { documented: Some(&rule), seen, code: None });
            }
        }
    }

    pub(super) fn missing(&mut self, place: &Place<'_>, owner: Owner) {
        self.report(DriftKind::MissingKey, place, owner, Facts::default());
    }

    /// A code that the document does not list. `None` inside: it does not have the form of one.
    fn unknown_code(&self, node: &Node, read: &Read<'_, '_>) -> Option<Option<String>> {
        if let Some(known) = node.result_codes {
            let result = ResultField::read(&read.value());
            let is_known = known.iter().any(|known| Some(known.code) == result);
            (!is_known).then(|| result.map(|result| result.to_string()))
        } else {
            let (known, word) = node.error_codes.zip(read.text())?;
            let is_known = known.iter().any(|known| known.code == *word);
            (!is_known).then(|| self.word(&word))
        }
    }

    /// A word that has the form of a code and is not a credential.
    fn word(&self, word: &str) -> Option<String> {
        let is_plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        let is_code = (1..=LONGEST).contains(&word.len()) && word.bytes().all(is_plain);
        (is_code && self.scrub.text(word, LONGEST) == word).then(|| word.to_owned())
    }

    fn report(&mut self, kind: DriftKind, place: &Place<'_>, owner: Owner, facts: Facts<'_>) {
        let Facts { documented, seen, code } = facts;
        let names = [self.operation, owner.name].map(|name| name.as_ptr().addr());
        let id = names.into_iter().fold(fold(place.id(), kind as usize), fold);
        let facts = [documented, seen].into_iter().flatten().flat_map(str::bytes);
        let id = facts.fold(id, |id, byte| fold(id, byte.into()));
        // Only this is chosen by the service.
        let hash = match code.or(place.unknown_key()) {
            Some(text) => self.reported.hash((id, text)),
            None => id as u64,
        };
        if self.is_full() || self.reported.is_known(hash) || !self.hashes.insert(hash) {
            return;
        }
        let text = |fact: Option<&str>| fact.map(Into::into);
        let drift = Drift {
            operation: self.operation.into(),
            at: place.path(self.scrub),
            schema: place.schema(owner, self.scrub),
            kind,
            documented: text(documented),
            seen: text(seen),
            code: text(code),
            version: env!("CARGO_PKG_VERSION").into(),
        };
        // Different keys may be reported as the same one.
        let words = self.reported.hash(&drift);
        if !self.reported.is_known(words) && self.hashes.insert(words) {
            self.found.push((hash, drift));
        }
    }

    /// Puts what was found since `later` in front of what was found since `earlier`.
    pub(super) fn lift(&mut self, earlier: usize, later: usize) {
        if self.found.len() > later {
            self.found[earlier..].rotate_left(later - earlier);
        }
    }

    /// No more can be reported. Differences that turn out to be the same in words cost time, too.
    fn is_full(&self) -> bool {
        self.reported.is_full() || self.found.len() > MOST || self.hashes.len() > 4 * MOST
    }
}
