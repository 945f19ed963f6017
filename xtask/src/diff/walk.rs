//! The walk through two documents side by side.
//!
//! Every key of every object goes to what knows it. What nothing knows is reported all the same, as
//! [`Kind::Other`]: no difference is passed over.

mod bodies;
mod components;
mod composition;
mod enums;
mod extensions;
mod fields;
mod limits;
mod operations;
mod parameters;
mod parts;
mod paths;
mod renames;
mod responses;
mod root;
mod schemas;
mod security;
mod servers;
mod texts;
mod view;

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{
    Change, In, Kind,
    document::{Document, Ids},
    pair::{Pair, Spot},
    rules::rule,
    scope::Scope,
    words::brief,
};

/// All changes between two documents in normal form.
pub(super) fn walk(old: &Value, new: &Value) -> Vec<Change> {
    let ids = Ids::of([old, new]);
    let (old, new) = (Document::new(old, &ids), Document::new(new, &ids));
    let renamed = renames::renamed(&old, &new, "schemas");
    let mut walk = Walk {
        renamed,
        inlined: BTreeMap::new(),
        named: BTreeMap::new(),
        changes: Vec::new(),
        old: &old,
        new: &new,
        ids: &ids,
    };
    walk.root();
    merged(walk.changes)
}

/// Schemas by name, each with where it is found first.
type Noted<'a> = BTreeMap<&'a str, (Pair<'a>, Scope)>;

struct Walk<'a, 'd> {
    old: &'d Document<'a>,
    new: &'d Document<'a>,
    ids: &'d Ids,
    /// The new names of schemas, by the old ones.
    renamed: BTreeMap<&'a str, &'a str>,
    /// Schemas that were referred to and are written in place now.
    inlined: Noted<'a>,
    /// Schemas that were written in place and are referred to now.
    named: Noted<'a>,
    changes: Vec<Change>,
}

impl<'a> Walk<'a, '_> {
    fn report(
        &mut self,
        kind: Kind,
        pair: &Pair<'a>,
        scope: &Scope,
        old: Option<String>,
        new: Option<String>,
    ) {
        let (class, why) = rule(kind, &scope.sides);
        let (document, at) = match pair {
            Pair { new: Some(spot), .. } => (In::New, &spot.at),
            Pair { old: Some(spot), .. } => (In::Old, &spot.at),
            Pair { .. } => (In::New, &self.new.root.at),
        };
        self.changes.push(Change {
            kind,
            class,
            step: class.step(),
            place: scope.place(),
            name: scope.name(),
            sides: scope.sides.clone(),
            operations: scope.operations.clone(),
            subject: scope.subject.clone(),
            document,
            pointer: at.clone(),
            old,
            new,
            why,
        });
    }

    /// Reports with the values themselves as old and new.
    fn report_values(&mut self, kind: Kind, pair: &Pair<'a>, scope: &Scope) {
        let text = |value: Option<&Value>| value.map(brief);
        self.report(kind, pair, scope, text(pair.old_value()), text(pair.new_value()));
    }

    /// Reports what is there on one side only, said by what it is.
    fn report_presence(
        &mut self,
        [added, removed]: [Kind; 2],
        pair: &Pair<'a>,
        scope: &Scope,
        say: impl Fn(&Spot<'a>) -> String,
    ) {
        let kind = if pair.new.is_some() { added } else { removed };
        self.report(kind, pair, scope, pair.old.as_ref().map(&say), pair.new.as_ref().map(&say));
    }

    /// Reports what nothing else fits.
    fn other(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if pair.differs() {
            self.report_values(Kind::Other, pair, scope);
        }
    }

    /// Hands every key whose values differ to what knows it: `known` says whether it did.
    fn object(
        &mut self,
        pair: &Pair<'a>,
        scope: &Scope,
        mut known: impl FnMut(&mut Self, &'a str, &Pair<'a>) -> bool,
    ) {
        if !pair.all(Value::is_object) {
            return self.other(pair, scope);
        }
        for key in pair.keys() {
            let inner = pair.get(key);
            if inner.differs() && !known(self, key, &inner) {
                self.common(key, &inner, scope);
            }
        }
    }

    /// What may stand anywhere, and what is not known here.
    fn common(&mut self, key: &str, pair: &Pair<'a>, scope: &Scope) {
        match key {
            _ if !pair.differs() => {}
            "description" => self.text(Kind::DescriptionChanged, pair, scope),
            "summary" => self.text(Kind::SummaryChanged, pair, scope),
            "externalDocs" => self.alike_or(Kind::ExternalDocsChanged, pair, scope),
            "deprecated" => self.switch([Kind::Deprecated, Kind::Undeprecated], pair, scope),
            _ if key.starts_with("x-") => self.extension(key, pair, scope),
            _ => self.other(pair, &scope.field(key)),
        }
    }

    /// A keyword that is `true` or absent.
    fn switch(&mut self, [on, off]: [Kind; 2], pair: &Pair<'a>, scope: &Scope) {
        match (pair.old_value(), pair.new_value()) {
            (None, Some(Value::Bool(true))) => self.report(on, pair, scope, None, None),
            (Some(Value::Bool(true)), None) => self.report(off, pair, scope, None, None),
            _ => self.other(pair, scope),
        }
    }

    /// The pair that two objects stand for, each of which may be a reference to a component. Nothing,
    /// where it is the same component: that is compared once, where it is defined.
    fn resolved(&mut self, pair: &Pair<'a>, scope: &Scope) -> Option<Pair<'a>> {
        let (Some(old), Some(new)) = (&pair.old, &pair.new) else { return Some(pair.clone()) };
        let same = old.text("$ref").is_some() && old.text("$ref") == new.text("$ref");
        if same {
            // Keys beside a reference say nothing by the specification, but to people.
            self.object(pair, scope, |_, _, _| false);
            return None;
        }
        match (self.old.resolve(old), self.new.resolve(new)) {
            (Some(old), Some(new)) => Some(Pair::of(old, new)),
            _ => {
                self.other(pair, scope);
                None
            }
        }
    }
}

/// What several operations share is said once.
fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::new();
    let mut known = HashMap::new();
    for change in changes {
        let key = (
            change.kind,
            change.subject.clone(),
            change.document,
            change.pointer.clone(),
            change.old.clone(),
            change.new.clone(),
        );
        match known.get(&key) {
            Some(&index) => join(&mut merged[index], change),
            None => {
                known.insert(key, merged.len());
                merged.push(change);
            }
        }
    }
    merged
}

fn join(first: &mut Change, change: Change) {
    let mut operations = first.operations.to_vec();
    operations.extend_from_slice(&change.operations);
    operations.sort();
    operations.dedup();
    first.operations = operations.into();
    if change.class > first.class {
        (first.class, first.step, first.why) = (change.class, change.step, change.why);
    }
    for side in change.sides {
        if !first.sides.contains(&side) {
            first.sides.push(side);
        }
    }
}
