//! A document with its references: what they lead to, and which operations come to a component.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use serde_json::Value;

use super::{Side, graph::Graph, pair::Spot, pointer};
use crate::document::METHODS;

/// The kinds of components that something may refer to.
const REFERRED_TO: [&str; 8] =
    ["schemas", "parameters", "responses", "requestBodies", "headers", "examples", "links", "callbacks"];

/// A component by its kind and name.
pub(super) type Component<'a> = (&'a str, &'a str);

/// The ids of the operations of both documents, in order.
pub(super) struct Ids(Vec<Arc<str>>);

impl Ids {
    pub fn of(documents: [&Value; 2]) -> Self {
        let mut ids = Vec::new();
        for root in documents {
            for (path, item) in paths(&Spot { value: root, at: String::new() }) {
                ids.extend(operations(&item).iter().map(|(method, spot)| Arc::from(id(method, path, spot))));
            }
        }
        ids.sort();
        ids.dedup();
        Self(ids)
    }

    fn number(&self, id: &str) -> Option<usize> {
        self.0.binary_search_by(|known| (**known).cmp(id)).ok()
    }

    pub fn named(&self, numbers: &[usize]) -> Arc<[Arc<str>]> {
        numbers.iter().filter_map(|number| self.0.get(*number).cloned()).collect()
    }
}

pub(super) struct Document<'a> {
    pub root: Spot<'a>,
    /// Which operations come to a component, by their numbers, and on which sides.
    reached: HashMap<Component<'a>, Vec<(Side, usize)>>,
    /// The schemas that an answer has as a whole.
    envelopes: BTreeSet<&'a str>,
}

impl<'a> Document<'a> {
    pub fn new(root: &'a Value, ids: &Ids) -> Self {
        let root = Spot { value: root, at: String::new() };
        let mut document = Self { root, reached: HashMap::new(), envelopes: BTreeSet::new() };
        document.reach(ids);
        document
    }

    pub fn paths(&self) -> impl Iterator<Item = (&'a str, Spot<'a>)> + use<'a> {
        paths(&self.root)
    }

    /// What a reference leads to, and to no further one. Nothing where it leads nowhere, around in a
    /// circle, or out of the document.
    pub fn resolve(&self, spot: &Spot<'a>) -> Option<Spot<'a>> {
        let mut seen = BTreeSet::new();
        let mut spot = spot.clone();
        while let Some(reference) = spot.text("$ref") {
            if !seen.insert(reference) {
                return None;
            }
            spot = self.component(component(reference)?)?;
        }
        Some(spot)
    }

    pub fn component(&self, (kind, name): Component<'_>) -> Option<Spot<'a>> {
        self.root.get("components")?.get(kind)?.get(name)
    }

    pub fn components(&self, kind: &str) -> BTreeMap<&'a str, Spot<'a>> {
        entries(self.root.get("components").and_then(|components| components.get(kind))).collect()
    }

    /// The sides on which operations come to a component, and the numbers of those operations.
    pub fn reached(&self, component: Component<'a>) -> &[(Side, usize)] {
        self.reached.get(&component).map(Vec::as_slice).unwrap_or_default()
    }

    pub fn is_envelope(&self, schema: &str) -> bool {
        self.envelopes.contains(schema)
    }

    fn reach(&mut self, ids: &Ids) {
        let mut graph = Graph::default();
        for kind in REFERRED_TO {
            for (name, spot) in self.components(kind) {
                graph.add((kind, name), spot.value);
            }
        }
        graph.link();
        for (path, item) in self.paths() {
            for (method, operation) in operations(&item) {
                let Some(number) = ids.number(&id(method, path, &operation)) else { continue };
                for (side, value) in sides(&item, &operation) {
                    for component in graph.from(value) {
                        let reached = self.reached.entry(component).or_default();
                        if reached.last() != Some(&(side, number)) {
                            reached.push((side, number));
                        }
                    }
                }
                self.note_envelopes(&operation);
            }
        }
    }

    fn note_envelopes(&mut self, operation: &Spot<'a>) {
        for (status, response) in entries(operation.get("responses")) {
            let content = self.resolve(&response).and_then(|response| response.get("content"));
            for (_, media) in entries(content).filter(|_| status.starts_with('2')) {
                let reference = media.get("schema").and_then(|schema| schema.text("$ref"));
                if let Some(("schemas", name)) = reference.and_then(component) {
                    self.envelopes.insert(name);
                }
            }
        }
    }
}

fn paths<'a>(root: &Spot<'a>) -> impl Iterator<Item = (&'a str, Spot<'a>)> + use<'a> {
    entries(root.get("paths")).filter(|(path, _)| !path.starts_with("x-"))
}

/// The id of an operation, or what it is known by without one.
pub(super) fn id(method: &str, path: &str, operation: &Spot<'_>) -> String {
    let method_and_path = || format!("{} {path}", method.to_uppercase());
    operation.text("operationId").map_or_else(method_and_path, str::to_owned)
}

/// The operations of a path.
pub(super) fn operations<'a>(item: &Spot<'a>) -> Vec<(&'static str, Spot<'a>)> {
    METHODS.iter().filter_map(|method| Some((*method, item.get(method)?))).collect()
}

/// On which side a response stands. What comes with no status of its own is the answer where no
/// other is one.
pub(super) fn side_of(status: &str, responses: &Value) -> Side {
    let has_success = || responses.as_object().is_some_and(|all| all.keys().any(|key| key.starts_with('2')));
    if status.starts_with('2') || (status == "default" && !has_success()) {
        Side::Answer
    } else {
        Side::Failure
    }
}

/// The component that a reference names.
pub(super) fn component(reference: &str) -> Option<Component<'_>> {
    let (kind, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    (!name.contains(['/', '~', '%'])).then_some((kind, name))
}

pub(super) fn entries<'a>(object: Option<Spot<'a>>) -> impl Iterator<Item = (&'a str, Spot<'a>)> {
    object.into_iter().flat_map(|spot| {
        let object = spot.value.as_object();
        let entry = move |(key, value): (&'a String, &'a Value)| {
            (key.as_str(), Spot { value, at: pointer::join(&spot.at, key) })
        };
        object.into_iter().flatten().map(entry)
    })
}

/// What of an operation stands on which side. Callbacks stand on none: the SDK is called by nobody.
fn sides<'a>(item: &Spot<'a>, operation: &Spot<'a>) -> Vec<(Side, &'a Value)> {
    let of = |spot: &Spot<'a>, key| spot.get(key).map(|spot| spot.value);
    let mut sides: Vec<(Side, &Value)> =
        [of(item, "parameters"), of(operation, "parameters"), of(operation, "requestBody")]
            .into_iter()
            .flatten()
            .map(|value| (Side::Request, value))
            .collect();
    if let Some(responses) = of(operation, "responses") {
        for (status, response) in responses.as_object().into_iter().flatten() {
            sides.push((side_of(status, responses), response));
        }
    }
    sides
}
