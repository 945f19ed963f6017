//! The same key for each delivery of an event.

use std::time::SystemTime;

use serde_json::Value;

use super::Event;
use crate::digest;

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

/// Of all keys and values.
fn digest(event: &Event) -> String {
    let mut text = String::new();
    // One instant, in whichever unit.
    let nanos = event.time().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let trans_date = nanos.map(|since| Value::from(since.as_nanos().to_string()));
    let keys = event.keys().iter().map(|(key, value)| match &trans_date {
        Some(time) if key == "trans_date" => (key, time),
        _ => (key, value),
    });
    write_object(&mut text, keys);
    digest::hex(&text)
}

/// JSON with the keys of each object in order, whichever order they came in.
fn write_object<'a>(text: &mut String, entries: impl Iterator<Item = (&'a String, &'a Value)>) {
    let mut entries: Vec<_> = entries.collect();
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

fn write(text: &mut String, value: &Value) {
    match value {
        Value::Object(map) => write_object(text, map.iter()),
        Value::Array(list) => {
            text.push('[');
            for value in list {
                write(text, value);
                text.push(',');
            }
            text.push(']');
        }
        // As many digits as survive being written and read, whichever features of serde_json are on.
        Value::Number(number) if !number.is_i64() && !number.is_u64() => {
            text.push_str(&format!("{:.14e}", number.as_f64().unwrap_or_default()));
        }
        scalar => text.push_str(&scalar.to_string()),
    }
}
