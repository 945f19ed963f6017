//! A room as it is answered.

use std::time::SystemTime;

use serde_json::{Map, Value};

use super::Refusal;
use crate::{bindings::types, wire::Time};

/// Builds it from its JSON.
pub(super) fn answer(raw: &Map<String, Value>) -> Result<types::Room, Refusal> {
    let mut room: types::Room = serde_json::from_value(Value::Object(raw.clone()))
        .map_err(|error| Refusal::internal(error.to_string()))?;
    // The type writes no milliseconds where there are none; the service always does.
    let exact = |key| raw.get(key).cloned().map(Time::Raw);
    room.created = exact("created");
    room.updated = exact("updated");
    Ok(room)
}

/// An instant as the service writes it.
pub(super) fn rfc3339(time: SystemTime) -> Value {
    humantime::format_rfc3339_millis(time).to_string().into()
}
