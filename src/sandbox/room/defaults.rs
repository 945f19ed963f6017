//! What the service adds to a room by itself.

use serde_json::{Map, Value, json};

use super::Ids;
use crate::sandbox::document::{REQUEST_SCHEMAS, fill_defaults};

/// Defaults that the document does not declare, for an object at a JSON pointer into the settings.
fn undeclared() -> [(&'static str, Value); 2] {
    let settings = json!({
        "mode": "group",
        "scheduled": false,
        "adhoc": false,
        "facex": false,
        "media_zone": "XX",
    });
    let recording = json!({"moderator": "audiovideo", "participant": "audiovideo"});
    [("", settings), ("/role_based_recording", recording)]
}

/// Adds what the service was seen to return of a new room beyond its document.
pub(super) fn observed(room: &mut Map<String, Value>, ids: &Ids) {
    room.insert("service_id".into(), ids.service().into());
    let settings = json!({
        "moderators": 1,
        "media_configuration": "default",
        "active_talker": true,
        "encryption": false,
    });
    add_missing(room.get_mut("settings"), settings);
}

/// Adds the defaults of settings that were not sent, and the PIN and meeting id of a room with SIP.
pub(super) fn fill(room: &mut Map<String, Value>, ids: &mut Ids) {
    if let Some(schema) = REQUEST_SCHEMAS.get("POST /rooms") {
        fill_defaults(schema, room);
    }
    if let Some(settings) = room.get_mut("settings") {
        for (pointer, defaults) in undeclared() {
            add_missing(settings.pointer_mut(pointer), defaults);
        }
    }
    if let Some(sip) = room.get_mut("sip").filter(|sip| sip["enabled"] == true) {
        let number = ids.count();
        let access = json!({
            "pin": format!("{:05}", number % 100_000),
            "meeting_id": format!("{:09}", number % 1_000_000_000),
        });
        add_missing(Some(sip), access);
    }
}

fn add_missing(object: Option<&mut Value>, defaults: Value) {
    let (Some(Value::Object(object)), Value::Object(defaults)) = (object, defaults) else { return };
    for (key, value) in defaults {
        object.entry(key).or_insert(value);
    }
}
