//! What the service takes although the document does not allow it, and what clients send for which its
//! answer is not known.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    super::finding::Finding,
    departure::{Departure, Problem, unescaped},
};

/// What the service was seen to take: the operation, the key, and what the document says of it.
const SEEN: &[(&str, &str, &str)] = &[
    ("createRoom", "/settings/active_talker", "is the earlier name of max_active_talkers"),
    ("createRoom", "/settings/description", "counts as absent when it is empty"),
    ("createRoom", "/settings/duration", "must be an integer"),
    ("createRoom", "/settings/max_active_talkers", "must be an integer"),
    ("createRoom", "/settings/scheduled_time", "belongs to scheduled rooms alone"),
    ("createRoom", "/settings/wait_moderator", "is the earlier name of wait_for_moderator"),
    ("createToken", "/roomId", "is not a known key"),
];
/// What the service returns of a new room as it was sent.
const ECHOED: &[&str] = &["/settings/active_talker", "/settings/duration", "/settings/max_active_talkers"];

const DESCRIPTION: &str = "/settings/description";

/// Values that the service returns as they were sent, by their pointers.
pub(in super::super) type Echoed = Vec<(&'static str, Value)>;

/// Brings a body into the form that the document has, as far as it can be taken. Returns what was taken, and
/// what [`echo`] puts back once the body was checked.
pub(in super::super) fn take(
    operation: &str,
    body: &mut Value,
    departures: &[Departure],
) -> (Vec<Finding>, Echoed) {
    let is_empty = operation == "createRoom" && body.pointer(DESCRIPTION) == Some(&"".into());
    let empty = is_empty.then(|| Departure::new(DESCRIPTION, Problem::Absent, "counts as absent"));
    let mut findings = BTreeMap::new();
    let mut echoed = Echoed::new();
    for departure in departures.iter().chain(&empty) {
        let pointer = departure.pointer.as_str();
        if findings.contains_key(pointer) {
            continue;
        }
        let Some(sent) = body.pointer(pointer).cloned() else { continue };
        let is_scheduled = body["settings"]["scheduled"] == true;
        let Some(documented) = documented(operation, departure, &sent, is_scheduled) else { continue };
        replace(body, pointer, documented);
        findings.insert(pointer, finding(operation, departure));
        if operation == "createRoom" {
            echoed.extend(ECHOED.iter().find(|echoed| **echoed == pointer).map(|echoed| (*echoed, sent)));
        }
    }
    (findings.into_values().collect(), echoed)
}

/// Puts values back as they were sent.
pub(in super::super) fn echo(body: &mut Value, echoed: Echoed) {
    for (pointer, sent) in echoed {
        replace(body, pointer, Some(sent));
    }
}

/// What a value is in the form that the document has, inside `None` if it is left out; `None` if it cannot be
/// taken.
fn documented(
    operation: &str,
    departure: &Departure,
    sent: &Value,
    is_scheduled: bool,
) -> Option<Option<Value>> {
    let pointer = departure.pointer.as_str();
    match (operation, pointer, departure.problem, sent) {
        ("createRoom", "/settings/scheduled_time", Problem::Absent, Value::String(text))
            if text.is_empty() && !is_scheduled =>
        {
            Some(None)
        }
        ("createRoom", DESCRIPTION, Problem::Absent, Value::String(_)) => Some(None),
        ("createToken", "/data", Problem::Mistyped | Problem::Absent, Value::String(_)) => Some(None),
        (_, "/sip", Problem::Mistyped, Value::Bool(false)) => Some(None),
        (_, "/settings/active_talker" | "/settings/wait_moderator", Problem::Unknown, Value::Bool(_)) => {
            Some(None)
        }
        (_, "/settings/video", Problem::Unknown, _) => Some(None),
        // EnableX documents that it refuses unknown settings; of other keys it says nothing.
        (_, _, Problem::Unknown, _) if pointer.rfind('/') == Some(0) => Some(None),
        (_, _, Problem::Mistyped, _) => other_spelling(sent).map(Some),
        _ => None,
    }
}

fn finding(operation: &str, departure: &Departure) -> Finding {
    let seen = SEEN.iter().find(|(_, pointer, _)| *pointer == departure.pointer);
    Finding {
        operation: operation.to_owned(),
        key: departure.field(),
        document: seen.map_or_else(|| departure.explanation(), |(_, _, text)| (*text).to_owned()),
        answer_known: seen.is_some_and(|(seen, ..)| *seen == operation),
        times: 1,
    }
}

/// Digits as a number, a number as text.
fn other_spelling(value: &Value) -> Option<Value> {
    match value {
        Value::Number(number) => Some(number.to_string().into()),
        Value::String(text) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse::<i64>().ok().map(Value::from)
        }
        _ => None,
    }
}

/// Replaces or removes a value.
fn replace(body: &mut Value, pointer: &str, value: Option<Value>) {
    let Some((parent, key)) = pointer.rsplit_once('/') else { return };
    let Some(Value::Object(parent)) = body.pointer_mut(parent) else { return };
    let key = unescaped(key);
    match value {
        Some(value) => _ = parent.insert(key, value),
        None => _ = parent.remove(&key),
    }
}
