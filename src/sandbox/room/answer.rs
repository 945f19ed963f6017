//! A room as it is answered.

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
