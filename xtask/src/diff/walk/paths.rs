//! Which operation and which path of the old document is which of the new one.

use std::collections::BTreeSet;

use super::Walk;
use crate::{
    diff::{
        Kind,
        document::{Document, id, operations},
        pair::{Pair, Spot, matching_keys},
        scope::Scope,
    },
    document::METHODS,
};

/// An operation and the path that it belongs to.
#[derive(Clone)]
pub(super) struct Operation<'a> {
    pub method: &'static str,
    pub path: &'a str,
    pub item: Spot<'a>,
    pub spot: Spot<'a>,
}

impl Operation<'_> {
    pub(super) fn id(&self) -> String {
        id(self.method, self.path, &self.spot)
    }

    fn own_id(&self) -> Option<&str> {
        self.spot.text("operationId")
    }

    fn is_alike(&self, other: &Operation<'_>) -> bool {
        self.method == other.method && template(self.path) == template(other.path)
    }

    fn at(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }
}

impl<'a> Walk<'a, '_> {
    pub(super) fn paths(&mut self, pair: &Pair<'a>) {
        let scope = Scope::document("paths");
        if !pair.all(serde_json::Value::is_object) {
            return self.other(pair, &scope);
        }
        let (mut olds, mut news) = (all(self.old), all(self.new));
        let mut pairs = matching_keys(&mut olds, &mut news, |one| one.spot.text("operationId"));
        pairs.extend(matching_keys(&mut olds, &mut news, |one| Some((one.method, one.path))));
        pairs.extend(matching_keys(&mut olds, &mut news, |one| Some((one.method, template(one.path)))));
        for operation in olds {
            let scope = Scope::operation(&operation.id());
            let at = Some(operation.at());
            self.report(Kind::OperationRemoved, &Pair::removed(operation.spot), &scope, at, None);
        }
        for operation in news {
            let scope = Scope::operation(&operation.id());
            let at = Some(operation.at());
            self.report(Kind::OperationAdded, &Pair::added(operation.spot), &scope, None, at);
        }
        for (old, new) in &pairs {
            self.matched(old, new);
        }
        self.items(pair, &pairs);
    }

    fn matched(&mut self, old: &Operation<'a>, new: &Operation<'a>) {
        let pair = Pair::of(old.spot.clone(), new.spot.clone());
        let scope = Scope::operation(&new.id());
        if old.own_id() != new.own_id() {
            // The facade knows it by its old name.
            let scope = Scope { operations: [old.id().into()].into(), ..scope.clone() };
            self.report(Kind::OperationRenamed, &pair, &scope, Some(old.id()), Some(new.id()));
        }
        if !old.is_alike(new) {
            self.report(Kind::OperationMoved, &pair, &scope, Some(old.at()), Some(new.at()));
        }
        self.operation(old, new, &scope);
    }

    /// What paths have beside their operations.
    fn items(&mut self, pair: &Pair<'a>, pairs: &[(Operation<'a>, Operation<'a>)]) {
        let (mut olds, mut news): (Vec<_>, Vec<_>) = (self.old.paths().collect(), self.new.paths().collect());
        let mut items = matching_keys(&mut olds, &mut news, |item| Some(item.0));
        items.extend(matching_keys(&mut olds, &mut news, |item| Some(template(item.0))));
        let mut seen: BTreeSet<_> = items.iter().map(|(old, new)| (old.0, new.0)).collect();
        let known: BTreeSet<_> = items.iter().map(|(old, _)| old.0).collect();
        // An operation may have gone to another path: then what its path says has to be compared too.
        for (old, new) in pairs {
            if seen.insert((old.path, new.path)) && !known.contains(old.path) {
                items.push(((old.path, old.item.clone()), (new.path, new.item.clone())));
            }
        }
        for ((_, old), (path, new)) in items {
            self.item(&old, &new, path);
        }
        for (key, old) in olds {
            self.lone_item(Pair::removed(old), key);
        }
        for (key, new) in news {
            self.lone_item(Pair::added(new), key);
        }
        for key in pair.keys().into_iter().filter(|key| key.starts_with("x-")) {
            self.common(key, &pair.get(key), &Scope::document("paths"));
        }
    }

    fn item(&mut self, old: &Spot<'a>, new: &Spot<'a>, path: &str) {
        let ids = operations(new).into_iter().map(|(method, spot)| id(method, path, &spot).into()).collect();
        let scope = Scope { owner: path.to_owned(), operations: ids, ..Scope::operation(path) };
        let pair = Pair::of(old.clone(), new.clone());
        let root = Pair::of(self.old.root.clone(), self.new.root.clone());
        self.object(&pair, &scope, |walk, key, _| {
            match key {
                "servers" => walk.servers_in_force(&[&pair, &root], &scope),
                "parameters" => walk.item_parameters(old, new, &scope),
                // Compared as operations.
                _ if METHODS.contains(&key) => {}
                _ => return false,
            }
            true
        });
    }

    fn lone_item(&mut self, pair: Pair<'a>, path: &str) {
        let has_operations = pair.old.iter().chain(&pair.new).any(|item| !operations(item).is_empty());
        if !has_operations {
            let kinds = [Kind::PathAdded, Kind::PathRemoved];
            self.report_presence(kinds, &pair, &Scope::document(path), |_| path.to_owned());
        }
    }
}

fn all<'a>(document: &Document<'a>) -> Vec<Operation<'a>> {
    let of_item = |(path, item): (&'a str, Spot<'a>)| {
        let operation = |(method, spot)| Operation { method, path, item: item.clone(), spot };
        operations(&item).into_iter().map(operation).collect::<Vec<_>>()
    };
    document.paths().flat_map(of_item).collect()
}

/// A path without the names of its parameters.
fn template(path: &str) -> String {
    let mut pieces = path.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |sum, piece| sum + "{}" + piece.split_once('}').map_or(piece, |(_, rest)| rest))
}

/// The names of the parameters of a path.
pub(super) fn names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).map(|piece| piece.split_once('}').map_or(piece, |(name, _)| name)).collect()
}
