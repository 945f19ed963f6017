//! The same key for each delivery of an event.

use std::time::SystemTime;

use ring::digest::{Context, SHA256};
use serde_json::Value;

use super::{Event, time};

/// The readable parts, and a digest of everything.
pub(super) fn key(event: &Event) -> String {
    let kind = event.kind().as_str();
    let room = event.room_id().map(|id| id.as_str());
    let session = event.conf_num().map(|number| number.as_str());
    let millis = event.time().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let millis = millis.map(|since| since.as_millis().to_string());
    let digest = digest(event);
    [Some(kind), room, session, millis.as_deref(), Some(&*digest)].map(readable).join(":")
}

/// The part, if it is short and plain.
fn readable(part: Option<&str>) -> &str {
    let is_plain = |part: &&str| {
        let of_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        (1..=64).contains(&part.len()) && part.bytes().all(of_word)
    };
    part.filter(is_plain).unwrap_or("-")
}

/// 128 bits of SHA-256, in hexadecimal digits.
fn digest(event: &Event) -> String {
    let mut text = String::new();
    let keys = event.keys().iter().map(|(key, value)| match event.time() {
        // One instant, in whichever unit.
        Some(_) if key == "trans_date" => (key, time::read(value).map(crate::wire::rfc3339).into()),
        _ => (key, value.clone()),
    });
    write(&mut text, &Value::Object(keys.map(|(key, value): (_, Value)| (key.clone(), value)).collect()));
    let mut context = Context::new(&SHA256);
    context.update(text.as_bytes());
    context.finish().as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// JSON with the keys of each object in order, whichever order they came in.
fn write(text: &mut String, value: &Value) {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in entries {
                text.push_str(&Value::from(key.as_str()).to_string());
                text.push(':');
                write(text, value);
                text.push(',');
            }
            text.push('}');
        }
        Value::Array(list) => {
            text.push('[');
            for value in list {
                write(text, value);
                text.push(',');
            }
            text.push(']');
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}
