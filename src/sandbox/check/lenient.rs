//! What the service takes although the document does not allow it, and what clients send for which its
//! answer is not known.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    super::finding::Finding,
    departure::{Departure, Problem},
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

/// A body that departs from the document, in the two forms that are needed of it.
pub(in super::super) struct Lenient {
    /// As the document has it, to be checked.
    pub documented: Value,
    /// To be kept: the same, but for what the service returns as it was sent.
    pub kept: Value,
    operation: &'static str,
    /// By their pointers.
    taken: BTreeMap<String, Departure>,
}

impl Lenient {
    /// Takes what can be taken of the departures of a body.
    pub fn new(operation: &'static str, body: Value, mut departures: Vec<Departure>) -> Self {
        if operation == "createRoom" && body.pointer(DESCRIPTION) == Some(&"".into()) {
            departures.push(Departure::new(DESCRIPTION, Problem::Absent, "counts as absent"));
        }
        let mut lenient = Self { documented: body.clone(), kept: body, operation, taken: BTreeMap::new() };
        for departure in departures {
            if lenient.take(&departure) {
                lenient.taken.insert(departure.pointer.clone(), departure);
            }
        }
        lenient
    }

    fn take(&mut self, departure: &Departure) -> bool {
        let pointer = departure.pointer.as_str();
        if self.taken.contains_key(pointer) {
            return false;
        }
        let Some(sent) = self.documented.pointer(pointer).cloned() else { return false };
        let is_scheduled = self.documented["settings"]["scheduled"] == true;
        let documented = match (self.operation, pointer, departure.problem, &sent) {
            ("createRoom", "/settings/scheduled_time", Problem::Absent, Value::String(text))
                if text.is_empty() && !is_scheduled =>
            {
                None
            }
            ("createRoom", DESCRIPTION, Problem::Absent, Value::String(_)) => None,
            ("createToken", "/data", Problem::Mistyped | Problem::Absent, Value::String(_)) => None,
            (_, "/sip", Problem::Mistyped, Value::Bool(false)) => None,
            (_, "/settings/active_talker" | "/settings/wait_moderator", Problem::Unknown, Value::Bool(_)) => {
                None
            }
            (_, "/settings/video", Problem::Unknown, _) => None,
            // EnableX documents that it refuses unknown settings; of other keys it says nothing.
            (_, _, Problem::Unknown, _) if pointer.rfind('/') == Some(0) => None,
            (_, _, Problem::Mistyped, _) => match other_spelling(&sent) {
                Some(value) => Some(value),
                None => return false,
            },
            _ => return false,
        };
        replace(&mut self.documented, pointer, documented.clone());
        if self.operation != "createRoom" || !ECHOED.contains(&pointer) {
            replace(&mut self.kept, pointer, documented);
        }
        true
    }

    /// What was taken.
    pub fn findings(&self) -> Vec<Finding> {
        self.taken.values().map(|departure| self.finding(departure)).collect()
    }

    fn finding(&self, departure: &Departure) -> Finding {
        let seen = SEEN.iter().find(|(_, pointer, _)| *pointer == departure.pointer);
        Finding {
            operation: self.operation.to_owned(),
            key: departure.field(),
            document: seen.map_or_else(|| departure.explanation(), |(_, _, text)| (*text).to_owned()),
            answer_known: seen.is_some_and(|(operation, ..)| *operation == self.operation),
            times: 1,
        }
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
    let key = key.replace("~1", "/").replace("~0", "~");
    match value {
        Some(value) => _ = parent.insert(key, value),
        None => _ = parent.remove(&key),
    }
}
