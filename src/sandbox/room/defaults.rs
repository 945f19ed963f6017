//! What the service adds to a room of itself.

use serde_json::{Map, Value, json};

use super::Ids;

/// What a setting is where the application says nothing.
fn defaults() -> Value {
    json!({
        "mode": "group",
        "scheduled": false,
        "adhoc": false,
        "moderators": "1",
        "auto_recording": false,
        "canvas": false,
        "knock": false,
        "wait_for_moderator": false,
        "single_file_recording": false,
        "watermark": false,
        "facex": false,
        "screen_share": true,
        "abwd": true,
        "max_active_talkers": 6,
        "media_zone": "XX",
    })
}

/// The same for settings that have parts, where the application gives some of them.
fn defaults_of_parts() -> [(&'static str, Value); 2] {
    [
        ("live_transcription", json!({"auto_transcribe": false})),
        ("role_based_recording", json!({"moderator": "audiovideo", "participant": "audiovideo"})),
    ]
}

/// Fills it in.
pub(super) fn complete(raw: &mut Map<String, Value>, ids: &mut Ids) {
    if let Some(Value::Object(settings)) = raw.get_mut("settings") {
        fill(settings, defaults());
        for (key, parts) in defaults_of_parts() {
            if let Some(Value::Object(setting)) = settings.get_mut(key) {
                fill(setting, parts);
            }
        }
    }
    if let Some(Value::Object(sip)) = raw.get_mut("sip")
        && sip.get("enabled") == Some(&true.into())
    {
        let number = ids.count();
        fill(
            sip,
            json!({
                "pin": format!("{:05}", number % 100_000),
                "meeting_id": format!("{:09}", number % 1_000_000_000),
            }),
        );
    }
}

/// Adds the keys that are missing.
fn fill(object: &mut Map<String, Value>, defaults: Value) {
    let Value::Object(defaults) = defaults else { return };
    for (key, value) in defaults {
        object.entry(key).or_insert(value);
    }
}
