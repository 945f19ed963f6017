//! Which operations reach a component by references, and on which side of a call.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use serde_json::Value;

use super::{
    Side,
    spot::{operations, side_of},
};

/// The ids of operations.
pub(super) type Operations = Arc<[Arc<str>]>;

/// The sides and operations of each component, by the reference to it.
pub(super) type Reach = HashMap<String, (BTreeSet<Side>, Operations)>;

pub(super) fn reach(tree: &Value) -> Reach {
    let all: Vec<&str> = BTreeSet::from_iter(references(tree)).into_iter().collect();
    let numbers = |value| -> Vec<usize> {
        references(value).iter().filter_map(|reference| all.binary_search(reference).ok()).collect()
    };
    let leads_to: Vec<_> =
        all.iter().map(|reference| target(tree, reference).map(numbers).unwrap_or_default()).collect();
    let mut found = vec![(BTreeSet::new(), Vec::<Arc<str>>::new()); all.len()];
    let ids: BTreeMap<&str, &Value> =
        operations(tree).map(|(_, operation)| (id(operation), operation)).collect();
    for (id, operation) in ids {
        let id: Arc<str> = id.into();
        for (side, value) in sides(operation) {
            let (mut open, mut seen) = (numbers(value), vec![false; all.len()]);
            while let Some(number) = open.pop() {
                if !std::mem::replace(&mut seen[number], true) {
                    let (sides, ids) = &mut found[number];
                    sides.insert(side);
                    if ids.last() != Some(&id) {
                        ids.push(Arc::clone(&id));
                    }
                    open.extend(&leads_to[number]);
                }
            }
        }
    }
    let found = all.into_iter().zip(found).filter(|(_, (sides, _))| !sides.is_empty());
    found.map(|(reference, (sides, ids))| (reference.to_owned(), (sides, ids.into()))).collect()
}

/// The id of an operation, or its method and path.
pub(super) fn id(operation: &Value) -> &str {
    operation["operationId"].as_str().or(operation["route"].as_str()).unwrap_or_default()
}

/// The component that a reference leads to.
pub(super) fn target<'a>(tree: &'a Value, reference: &str) -> Option<&'a Value> {
    let (kind, name) = reference.strip_prefix("#/components/")?.split_once('/')?;
    tree["components"][kind].get(format!("[{}]", name.replace("~1", "/").replace("~0", "~")))
}

/// The parts of an operation with their sides. Callbacks have none.
fn sides(operation: &Value) -> Vec<(Side, &Value)> {
    let responses = operation.get("responses");
    let received = responses.and_then(Value::as_object).into_iter().flatten();
    let received =
        received.map(|(status, response)| (side_of(status.trim_matches(['[', ']']), responses), response));
    let sent = ["parameters", "requestBody"].into_iter().filter_map(|key| operation.get(key));
    sent.map(|value| (Side::Request, value)).chain(received).collect()
}

/// The references in a value, those of a discriminator included.
fn references(value: &Value) -> Vec<&str> {
    let (mut found, mut open) = (Vec::new(), vec![value]);
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(object) => open.extend(object.values()),
            Value::String(text) if text.starts_with("#/components/") => found.push(&**text),
            _ => {}
        }
    }
    found
}
