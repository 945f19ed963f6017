//! Brings a new document into the form of the vendored one: what stands where the vendored document has a
//! name gets that name, whatever the new one calls it and even if it is written in place. After that the two
//! differ in content alone. The vendored document is the only table of names.
//!
//! Both documents are walked side by side from their operations, which have a method and a path in common.
//! A reference in the vendored document names what the new one has at that position. What is new there is
//! carried over under its own name.

mod choice;
mod operation;
mod routes;
mod servers;
mod unite;

use std::{
    collections::{BTreeMap, BTreeSet},
    mem::take,
};

use serde_json::{Map, Value, json};

use super::{
    circles, guarded,
    normal::{PARTS, TEXTS, normalise},
    references::{COMPONENTS, component, dangling, reached, resolve_deep, visit},
};
use crate::Result;
use unite::{United, join};

/// A document in the form of the vendored one.
pub struct Aligned {
    pub document: Value,
    /// What keeps its name.
    pub notes: Vec<String>,
    /// What the new document says in two ways, or cannot be right.
    pub doubts: Vec<String>,
}

/// Aligns a new document with the vendored one. Both are in normal form.
///
/// # Errors
/// They have too few operations in common.
pub fn align(vendored: &Value, new: &Value) -> Result<Aligned> {
    let aligned = guarded(|| {
        let mut theirs = new.clone();
        resolve_deep(&mut theirs, new, 0);
        let (components, names, ids, notes, doubts) = Default::default();
        let mut aligner = Aligner { ours: vendored, theirs: &theirs, components, names, ids, notes, doubts };
        let mut document = aligner.routes()?;
        aligner.left_over();
        aligner.finish(&mut document);
        normalise(&mut document);
        circles::check(&document).map_err(|error| error.to_string())?;
        Ok(Aligned { document, notes: aligner.notes, doubts: aligner.doubts })
    });
    Ok(aligned?)
}

struct Aligner<'a> {
    ours: &'a Value,
    theirs: &'a Value,
    /// The components of the result by kind and name: `schemas/Room`.
    components: BTreeMap<String, Component>,
    /// The components of the new document, and what they are in the result.
    names: BTreeMap<String, String>,
    /// The operationIds of new operations.
    ids: Vec<String>,
    notes: Vec<String>,
    doubts: Vec<String>,
}

#[derive(Default)]
struct Component {
    /// The place where it was met first.
    first: String,
    /// The references of the new document that are taken for it.
    taken: BTreeSet<String>,
    united: United,
}

/// A reference into the new document, until all names are known.
const NEW: &str = "#new/";

/// Keywords that hold things by name, each of which may be a reference.
const MAPS: &[&str] = &["content", "headers", "properties"];
/// Keywords that hold one schema.
const SCHEMAS: &[&str] = &["additionalProperties", "items", "not", "schema"];
/// Keywords that say something of a position, whatever schema stands there.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "default", "deprecated", "description", "example", "externalDocs", "nullable", "readOnly", "title",
    "writeOnly", "xml",
];

impl Aligner<'_> {
    /// What the new document has at a position, in the form of the vendored one. A property may say something
    /// beside a reference.
    fn node(&mut self, ours: &Value, theirs: &Value, at: &str, is_property: bool) -> Value {
        let (inner, wraps) = unwrapped(ours);
        let Some(name) = inner["$ref"].as_str().filter(|name| component(name).is_some()) else {
            return self.content(ours, theirs, at);
        };
        let (target, mut beside) = unwrapped(theirs);
        let (mut content, trail) = self.resolved(target);
        if let Some(content) = content.as_object_mut().filter(|_| trail.is_empty()) {
            for (key, value) in wraps {
                if !beside.contains_key(&key) && content.get(&key) == Some(&value) {
                    content.remove(&key);
                    beside.insert(key, value);
                }
            }
        }
        self.named(name, &content, trail, at);
        if ours.get("$ref").is_some() && (beside.is_empty() || !is_property) {
            for key in beside.keys().filter(|key| !TEXTS.contains(&&***key)) {
                note(&mut self.doubts, format!("{at}: {key} beside a reference is left out"));
            }
            return json!({ "$ref": name });
        }
        beside.insert("allOf".into(), json!([{ "$ref": name }]));
        beside.into()
    }

    /// Takes something of the new document for a component of the vendored one.
    fn named(&mut self, name: &str, theirs: &Value, trail: Vec<String>, at: &str) {
        let (Some(key), Some(ours)) = (component(name), self.ours.pointer(&name[1..])) else { return };
        for reference in trail.iter().filter_map(|reference| component(reference)) {
            self.names.entry(reference.to_owned()).or_insert_with(|| key.to_owned());
        }
        let new = || Component { first: at.to_owned(), ..Component::default() };
        let known = self.components.entry(key.to_owned()).or_insert_with(new);
        if trail.last().is_some_and(|reference| !known.taken.insert(reference.clone())) {
            return;
        }
        let content = self.content(ours, theirs, at);
        let Some(known) = self.components.get_mut(key) else { return };
        if let Some(differences) = known.united.add(content) {
            let (first, name) = (&known.first, key.replace('/', " "));
            let words =
                format!("{name}: what stands at {first} and at {at} differs ({differences}): taken together");
            note(&mut self.doubts, words);
        }
    }

    /// The contents of two things that stand at the same position.
    fn content(&mut self, ours: &Value, theirs: &Value, at: &str) -> Value {
        let whole = self.flat(ours, theirs);
        if let Some(chosen) = self.choice(ours, &whole, at) {
            return chosen;
        }
        let Value::Object(whole) = whole else { return copy(&whole) };
        let each = |(key, theirs): (String, Value)| {
            let aligned = match (ours.get(&key), theirs) {
                (Some(ours @ Value::Object(_)), Value::Object(named)) if MAPS.contains(&&*key) => {
                    let within =
                        |name: &str| if key == "content" { at.to_owned() } else { format!("{at}.{name}") };
                    let one = |(name, theirs): (String, Value)| match ours.get(&name) {
                        Some(ours) => {
                            (name.clone(), self.node(ours, &theirs, &within(&name), key == "properties"))
                        }
                        None => (name, copy(&theirs)),
                    };
                    named.into_iter().map(one).collect::<Map<_, _>>().into()
                }
                (Some(ours @ Value::Object(_)), theirs @ Value::Object(_)) if SCHEMAS.contains(&&*key) => {
                    let at = if key == "items" { format!("{at}[]") } else { at.to_owned() };
                    self.node(ours, &theirs, &at, false)
                }
                (_, theirs) => copied(&key, theirs),
            };
            (key, aligned)
        };
        whole.into_iter().map(each).collect::<Map<_, _>>().into()
    }

    /// The target of references in the new document, and the references that lead to it.
    fn resolved(&self, theirs: &Value) -> (Value, Vec<String>) {
        let (mut found, mut trail) = (theirs, Vec::new());
        while let Some(reference) = found["$ref"].as_str()
            && !trail.iter().any(|known| known == reference)
            && let Some(target) = reference.strip_prefix('#').and_then(|pointer| self.theirs.pointer(pointer))
        {
            trail.push(reference.to_owned());
            found = target;
        }
        (found.clone(), trail)
    }

    /// The target of references with its parts in one: those of an `allOf`, or a single alternative. If the
    /// vendored document has parts as well, they stay.
    fn flat(&self, ours: &Value, theirs: &Value) -> Value {
        let has_parts = PARTS.iter().any(|key| ours.get(*key).is_some());
        if has_parts { self.resolved(theirs).0 } else { self.in_one(theirs, &mut BTreeSet::new()) }
    }

    fn in_one(&self, theirs: &Value, passed: &mut BTreeSet<String>) -> Value {
        let (mut whole, trail) = self.resolved(theirs);
        if trail.into_iter().any(|reference| !passed.insert(reference)) {
            return Value::Null;
        }
        for key in PARTS {
            let is_one = |parts: &&Vec<Value>| *key == "allOf" || parts.len() == 1;
            let Some(parts) = whole[*key].as_array().filter(is_one).cloned() else { continue };
            whole.as_object_mut().map(|whole| whole.remove(*key));
            for part in parts {
                let part = self.in_one(&part, passed);
                join(&mut whole, part, true);
            }
        }
        whole
    }

    /// A component that stands nowhere in ours is the one of ours that has its name, or else its keys, if that
    /// one stands nowhere either.
    fn left_over(&mut self) {
        for (key, value) in components(self.theirs) {
            let is_open = |(name, _): &(String, &Value)| {
                !self.components.contains_key(name) && kind(name) == kind(&key)
            };
            let same = components(self.ours).filter(is_open).find(|(name, _)| *name == key);
            let is_like =
                |(_, ours): &(String, &Value)| !marks(ours).is_empty() && marks(ours) == marks(value);
            let mut like = components(self.ours).filter(is_open).filter(is_like);
            let only = like.next().filter(|_| like.next().is_none());
            if !self.names.contains_key(&key)
                && let Some((name, _)) = same.or(only)
            {
                let reference = format!("{COMPONENTS}{key}");
                let (content, trail) = self.resolved(&json!({ "$ref": reference }));
                self.named(&format!("{COMPONENTS}{name}"), &content, trail, &reference);
            }
        }
    }

    /// Carries over what is new, and gives every reference its name in the result.
    fn finish(&mut self, document: &mut Value) {
        let mut renamed = Vec::new();
        for (key, value) in components(self.theirs) {
            if !self.names.contains_key(&key) {
                let name = self.unique(&key);
                let component = self.components.entry(name.clone()).or_default();
                component.united.add(copy(value));
                renamed.extend((name != key).then(|| name.clone()));
                self.names.insert(key, name);
            }
        }
        document["components"] = json!({});
        for (key, Component { united, .. }) in take(&mut self.components) {
            if let Some((kind, name)) = key.split_once('/').filter(|_| !united.is_empty()) {
                document["components"][kind][name] = united.value;
            }
        }
        visit(document, false, &mut |reference| {
            if let Some(name) = reference.strip_prefix(NEW) {
                *reference = format!("{COMPONENTS}{}", self.names.get(name).map_or(name, String::as_str));
            }
        });
        // Those of the vendored document that stand for something in the new one.
        while self.add_missing(document) {}
        // What is ours by another way is there a second time without use.
        let used = reached(document);
        for (kind, name) in
            renamed.iter().filter(|key| !used.contains(*key)).filter_map(|key| key.split_once('/'))
        {
            document["components"][kind].as_object_mut().map(|named| named.remove(name));
        }
    }

    /// Adds components of the vendored document to which references lead that are not there.
    fn add_missing(&self, document: &mut Value) -> bool {
        let mut has_added = false;
        for (_, reference) in dangling(document) {
            let ours = reference.strip_prefix('#').and_then(|pointer| self.ours.pointer(pointer));
            if let (Some(ours), Some((kind, name))) =
                (ours, component(&reference).and_then(|key| key.split_once('/')))
            {
                document["components"][kind][name] = ours.clone();
                has_added = true;
            }
        }
        has_added
    }

    /// A name that neither the vendored document nor the result has, as the generator spells types.
    fn unique(&self, key: &str) -> String {
        let plain = |key: &str| key.replace(['_', '-', '.'], "").to_lowercase();
        let is_free = |name: &String| {
            let ours = components(self.ours).map(|(ours, _)| ours);
            !ours.chain(self.components.keys().cloned()).any(|known| plain(&known) == plain(name))
        };
        let numbered = (2..).map(|number| format!("{key}{number}"));
        [key.to_owned()].into_iter().chain(numbered).find(is_free).unwrap_or_default()
    }
}

/// All components by kind and name.
fn components(document: &Value) -> impl Iterator<Item = (String, &Value)> {
    document["components"].as_object().into_iter().flatten().flat_map(|(kind, named)| {
        named.as_object().into_iter().flatten().map(move |(name, value)| (format!("{kind}/{name}"), value))
    })
}

fn kind(key: &str) -> Option<&str> {
    key.split_once('/').map(|(kind, _)| kind)
}

/// The properties and extensions of a schema, by which it is known without its name.
fn marks(schema: &Value) -> Vec<&str> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let extensions = schema.as_object().into_iter().flatten().filter(|(key, _)| key.starts_with("x-"));
    properties.chain(extensions).map(|(key, _)| key.as_str()).collect()
}

/// What stands alone in an `allOf` and the like, and what is said beside it.
fn unwrapped(schema: &Value) -> (&Value, Map<String, Value>) {
    let Some(wrapper) = schema.as_object() else { return (schema, Map::new()) };
    for key in PARTS {
        if let Some([inner]) = schema[*key].as_array().map(Vec::as_slice)
            && wrapper.keys().all(|other| other == key || is_beside(other))
        {
            let mut beside = wrapper.clone();
            beside.remove(*key);
            return (inner, beside);
        }
    }
    (schema, Map::new())
}

fn is_beside(keyword: &str) -> bool {
    BESIDE.contains(&keyword) || keyword.starts_with("x-")
}

/// Tells something once.
fn note(notes: &mut Vec<String>, note: String) {
    if !notes.contains(&note) {
        notes.push(note);
    }
}

/// A part of the new document, with its references marked.
fn copy(theirs: &Value) -> Value {
    let mut copy = theirs.clone();
    mark(&mut copy);
    copy
}

/// The same for what stands under a keyword.
fn copied(keyword: &str, theirs: Value) -> Value {
    let mut owner = json!({ keyword: theirs });
    mark(&mut owner);
    owner[keyword].take()
}

fn mark(theirs: &mut Value) {
    visit(theirs, false, &mut |reference| {
        if let Some(key) = component(reference) {
            *reference = format!("{NEW}{key}");
        }
    });
}
