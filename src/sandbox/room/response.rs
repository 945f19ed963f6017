//! A room as the API returns it.

use serde_json::{Map, Value};

use super::Refusal;
use crate::{
    bindings::types,
    wire::{Integer, Text, Time},
};

/// Reads a room from its JSON.
pub(super) fn response(json: &Map<String, Value>) -> Result<types::Room, Refusal> {
    let mut room: types::Room = serde_json::from_value(Value::Object(json.clone()))
        .map_err(|error| Refusal::internal(error.to_string()))?;
    // A `SystemTime` in whole seconds is written without milliseconds; the service always writes them.
    let exact = |key| json.get(key).cloned().map(Time::Raw);
    room.created = exact("created");
    room.updated = exact("updated");
    // Numbers and text are returned as they were sent.
    let exact = |key| json.get("settings").and_then(|settings| settings.get(key)).cloned();
    if let Some(settings) = &mut room.settings {
        settings.duration = exact("duration").map(Integer::Raw);
        settings.max_active_talkers = exact("max_active_talkers").map(Integer::Raw);
        settings.moderators = exact("moderators").map(Text::Raw);
    }
    Ok(room)
}
