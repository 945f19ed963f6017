//! Turns the edits between two trees into changes.

use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap, HashSet},
    slice::from_ref,
};

use serde_json::{Map, Value};

use super::{
    Change, In, Side, Subject,
    class::words,
    edits::edits,
    reach::{Operations, Reach, id, reach, target},
    spot::{Spot, get, operations, pointer},
    table::{Action, Row},
    tree::tree,
    words::{brief, cut},
};
use crate::document::{LIMITS, METHODS, join};

/// References are followed up to this depth.
const DEEPEST: usize = 64;

/// The changes from one document to another, the most severe first. Any JSON will do.
pub fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let trees = [&tree(old), &tree(new)];
    let (documents, reach) = ([old, new], trees.map(reach));
    let (seen, followed) = (HashSet::new(), HashSet::new());
    let mut comparison = Comparison { documents, trees, reach, seen, followed, changes: Vec::new() };
    comparison.part(&[], trees);
    let mut changes = merged(comparison.changes);
    changes.sort_by_key(|change| Reverse(change.class));
    changes
}

struct Comparison<'a> {
    documents: [&'a Value; 2],
    trees: [&'a Value; 2],
    reach: [Reach; 2],
    /// The places that have been compared.
    seen: HashSet<Vec<String>>,
    /// The changed references that have been followed, with their sides.
    followed: HashSet<(String, String, BTreeSet<Side>)>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    /// Compares the values at a path of the trees.
    fn part(&mut self, base: &[String], values: [&Value; 2]) {
        let edits = edits(values[0], values[1]);
        // If a reference or an `allOf` changes, the schemas are compared as a whole.
        let reference = |path: &[String]| match path {
            [owner @ .., last] if last == "$ref" || last == "allOf" => Some(owner.to_vec()),
            [owner @ .., keyword, _] if keyword == "allOf" => Some(owner.to_vec()),
            _ => None,
        };
        let known =
            |path: &[String]| Spot::of(&[base, path].concat(), self.trees).path[base.len()..] == *path;
        let changed = edits.iter().map(|edit| &edit.path);
        let owners = changed.filter_map(|path| reference(path).filter(|_| known(path)));
        let rewritten: BTreeSet<_> = owners.collect();
        let is_rewritten = |path: &[String]| (0..path.len()).any(|depth| rewritten.contains(&path[..depth]));
        for edit in edits.iter().filter(|edit| !is_rewritten(&edit.path)) {
            self.edit(base, values, &edit.path);
        }
        for path in rewritten.iter().filter(|path| !is_rewritten(path)) {
            self.follow(base, values, path);
        }
    }

    fn edit(&mut self, base: &[String], values: [&Value; 2], path: &[String]) {
        let mut spot = Spot::of(&[base, path].concat(), self.trees);
        let path = &path[..spot.path.len() - base.len()];
        let pair = values.map(|value| get(value, path));
        let [old, new] = pair;
        if let [Some(Value::Object(all)), None] | [None, Some(Value::Object(all))] = pair
            && is_container(&spot, all)
        {
            return all.keys().for_each(|key| self.edit(base, values, &[path, from_ref(key)].concat()));
        }
        if !self.seen.insert(spot.path.clone()) || is_told(values, path) {
            return;
        }
        let required = match path {
            [schema @ .., keyword, field] if keyword == "properties" => {
                let quoted = format!("[{}]", Value::from(field.trim_matches(['[', ']'])));
                get(values[1], &[schema, &["required".to_owned(), quoted]].concat()).is_some()
            }
            _ => new.is_some_and(|new| whole(self.trees[1], new)["required"] == true),
        };
        let last = spot.path.last().cloned().unwrap_or_default();
        if METHODS.contains(&&*last) && spot.path.len() == 3 {
            spot.shape.push_str(".METHOD");
        } else if LIMITS.contains(&&*last) || matches!(&*last, "pattern" | "uniqueItems") {
            spot.shape.push_str(".LIMIT");
        }
        let action = match (old, new) {
            _ if last == "additionalProperties" => by(old.is_none() || new == Some(&Value::Bool(false))),
            (None, _) if required => Action::AddedRequired,
            (None, _) => Action::Added,
            (_, None) => Action::Removed,
            (Some(old), Some(new)) => limit(&last, old, new),
        };
        self.report(spot, action, pair);
    }

    /// Compares the targets of two references, or the target of one with a schema in place.
    fn follow(&mut self, base: &[String], values: [&Value; 2], path: &[String]) {
        let full = [base, path].concat();
        let [Some(old), Some(new)] = values.map(|value| get(value, path)) else { return };
        let mut spot = Spot::of(&full, self.trees);
        // Below the depth limit the whole schema counts as changed.
        let is_deep = full.len() > DEEPEST;
        spot.shape.push_str(if is_deep { ".type" } else { ".$ref" });
        let (sides, _) = self.reached(&spot);
        self.report(spot, Action::Changed, [Some(old), Some(new)]);
        if !is_deep && self.followed.insert((old.to_string(), new.to_string(), sides)) {
            self.part(&full, [&whole(self.trees[0], old), &whole(self.trees[1], new)]);
        }
    }

    fn report(&mut self, spot: Spot, action: Action, pair: [Option<&Value>; 2]) {
        let row = Row::of(&spot.shape, action);
        let (sides, operations) = self.reached(&spot);
        let (class, why) = row.on(&sides);
        let last = spot.path.last().map(String::as_str).unwrap_or_default();
        let [old, new] = pair.map(|value| say(row.2, last, value?));
        let is_removed = pair[1].is_none();
        let mut change = Change {
            kind: row.2,
            class,
            step: class.step(),
            place: String::new(),
            subject: Subject::of(&spot.path, &operations),
            name: spot.name,
            part: spot.part,
            is_schema: spot.shape.starts_with(".components.schemas[]"),
            sides,
            operations,
            document: if is_removed { In::Old } else { In::New },
            pointer: pointer(self.documents[usize::from(!is_removed)], &spot.path),
            old,
            new,
            why,
        };
        if row.2 == "other" && !change.name.ends_with(last) && !last.starts_with('[') {
            change.name = format!("{}.{last}", change.name).trim_start_matches('.').to_owned();
        }
        if change.name.is_empty() && change.part.is_empty() && change.operations.is_empty() {
            change.name = spot.path.join(".");
        }
        self.changes.push(change);
    }

    /// The sides of a place and the operations that reach it, by their new ids.
    fn reached(&self, spot: &Spot) -> (BTreeSet<Side>, Operations) {
        let [old_reach, new_reach] = &self.reach;
        match &spot.path[..] {
            [paths, item, method, ..] if paths == "paths" && METHODS.contains(&&**method) => {
                let operations = self.trees.map(|tree| &tree["paths"][item][method]);
                let operation = if operations[1].is_object() { operations[1] } else { operations[0] };
                (BTreeSet::from([spot.side]), [id(operation).into()].into())
            }
            [paths, item, ..] if paths == "paths" => {
                let all =
                    self.trees.into_iter().rev().flat_map(operations).filter(|(path, _)| path[1] == *item);
                let ids: BTreeSet<_> = all.map(|(_, operation)| id(operation).into()).collect();
                (BTreeSet::from([Side::Whole]), ids.into_iter().collect())
            }
            [components, kind, name, ..] if components == "components" && kind != "securitySchemes" => {
                let reference =
                    format!("#{}", join(&format!("/components/{kind}"), name.trim_matches(['[', ']'])));
                let (old, new) = (old_reach.get(&reference), new_reach.get(&reference));
                let sides: BTreeSet<Side> =
                    old.into_iter().chain(new).flat_map(|(sides, _)| sides).copied().collect();
                match new.or(old) {
                    Some((_, operations)) => (sides, operations.clone()),
                    None => (BTreeSet::from([Side::Unused]), [].into()),
                }
            }
            _ => (BTreeSet::from([Side::Whole]), [].into()),
        }
    }
}

/// Whether the value is only a container, so that its items are reported.
fn is_container(spot: &Spot, all: &Map<String, Value>) -> bool {
    let is_whole =
        [".enum", ".oneOf", ".anyOf", ".security", "]"].iter().any(|end| spot.shape.ends_with(end));
    let is_folder = matches!(&*spot.shape, ".components" | ".paths" | ".paths[]" | ".info");
    let holds_names = all.keys().all(|key| key.starts_with('['));
    !all.is_empty() && (is_folder || (holds_names && !spot.is_leaf && !is_whole))
}

/// Whether this is the `required` entry of a field that is itself added or removed.
fn is_told(values: [&Value; 2], path: &[String]) -> bool {
    let [schema @ .., keyword, name] = path else { return false };
    let field = [schema, &["properties".to_owned(), name.replace('"', "")]].concat();
    let [old, new] = values.map(|value| get(value, &field).is_some());
    keyword == "required" && old != new
}

fn by(tightens: bool) -> Action {
    if tightens { Action::Tightened } else { Action::Loosened }
}

fn limit(key: &str, old: &Value, new: &Value) -> Action {
    match (old.as_f64(), new.as_f64()) {
        _ if key == "pattern" => Action::Tightened,
        (Some(old), Some(new)) if key == "multipleOf" => by((old / new).fract() != 0.0),
        (Some(old), Some(new)) if LIMITS.contains(&key) => {
            by((new > old) == key.to_lowercase().contains("min"))
        }
        _ => Action::Changed,
    }
}

/// A schema or a response with its references and `allOf` parts merged in.
fn whole(tree: &Value, value: &Value) -> Value {
    let (mut whole, mut open, mut passed) = (Map::new(), vec![value], HashSet::new());
    while let Some(value) = open.pop() {
        for (key, value) in value.as_object().into_iter().flatten() {
            match (key.as_str(), value, whole.get_mut(key)) {
                ("$ref", Value::String(reference), _) => match target(tree, reference) {
                    Some(target) if passed.insert(reference) => open.push(target),
                    Some(_) => {}
                    None => drop(whole.insert("type".to_owned(), value.clone())),
                },
                ("allOf", Value::Object(parts), _) => open.extend(parts.values()),
                ("properties" | "required", Value::Object(names), Some(Value::Object(own))) => {
                    own.extend(names.iter().map(|(name, value)| (name.clone(), value.clone())));
                }
                (_, _, Some(_)) => {}
                (_, _, None) => drop(whole.insert(key.clone(), value.clone())),
            }
        }
    }
    whole.into()
}

/// A value as a short text.
fn say(kind: &str, key: &str, value: &Value) -> Option<String> {
    let is_switch = value.is_boolean() && !kind.starts_with("extra");
    match kind {
        "content-type-added" | "content-type-removed" => Some(key.trim_matches(['[', ']']).to_owned()),
        "extension-changed" | "example-changed" | "other" if value.is_object() => {
            Some(cut(&value.to_string()))
        }
        "field-required" | "field-optional" => None,
        _ if is_switch => None,
        _ if kind.starts_with("limit-") => Some(format!("{key} {}", brief(value))),
        _ => Some(value.as_str().map_or_else(|| cut(&brief(value)), str::to_owned)),
    }
}

/// Merges the same change of several operations into one.
fn merged(changes: Vec<Change>) -> Vec<Change> {
    let mut merged: Vec<Change> = Vec::new();
    let mut known = HashMap::new();
    for change in changes {
        let key =
            (change.kind, change.part.clone(), change.name.clone(), change.old.clone(), change.new.clone());
        let is_alone = change.is_schema || change.operations.is_empty() || change.part.is_empty();
        let index = *known.entry((key, is_alone.then_some(merged.len()))).or_insert(merged.len());
        match merged.get_mut(index) {
            Some(first) => {
                let ids: BTreeSet<_> = first.operations.iter().chain(&*change.operations).cloned().collect();
                first.operations = ids.into_iter().collect();
            }
            None => merged.push(change),
        }
    }
    merged.iter_mut().for_each(Change::name_place);
    merged
}

impl Change {
    fn name_place(&mut self) {
        let sides: Vec<String> = self.sides.iter().map(words).collect();
        let owner = match &self.operations[..] {
            [] if self.sides.contains(&Side::Unused) => "unused".to_owned(),
            [] => String::new(),
            [one] => one.to_string(),
            [one, other] => format!("{one} and {other}"),
            all => format!("{} operations", all.len()),
        };
        let part = if self.is_schema && owner != "unused" { sides.join(" and ") } else { self.part.clone() };
        let joined = |words: [&str; 2], by: &str| {
            words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(by)
        };
        self.place = joined([&joined([&owner, &part], ", "), &self.name], ": ");
        if !self.is_schema {
            self.name.clone_from(&self.place);
        }
    }
}
