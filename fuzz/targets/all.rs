//! The targets of the fuzzer (cfg `enablex_fuzzing`): one for each decoder of bytes from outside. A target panics
//! where a promise does not hold.

use std::{fmt::Debug, time::SystemTime};

use reqwest::{
    Url,
    header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

#[cfg(feature = "sandbox")]
use crate::sandbox;
#[cfg(feature = "webhooks")]
use crate::webhooks::Webhooks;
use crate::{
    ConfNum, Date, MediaZone, Mode, Quality, RecordingMedia, Role, RoomId, ScheduledTime, UserData, client,
    retry, transport,
    wire::{Lenient, ResultField, Scalar},
};

/// The targets by name. Each has its corpus in `fuzz/corpus/`.
pub const TARGETS: &[(&str, fn(&[u8]))] = &[
    ("answer", transport::fuzzing::answer),
    ("base_url", client::fuzzing::base_url),
    ("certificates", transport::fuzzing::certificates),
    #[cfg(feature = "drift")]
    ("drift", transport::fuzzing::drift),
    ("mended", transport::fuzzing::mended),
    ("refusal", transport::fuzzing::refusal),
    ("report", transport::report::fuzzing::report),
    ("retry_after", waits),
    ("room_id", room_id),
    #[cfg(feature = "sandbox")]
    ("sandbox", sandbox::fuzzing::requests),
    ("scrub", transport::fuzzing::scrub),
    #[cfg(feature = "webhooks")]
    ("webhook", webhook),
    ("wire", wire),
];

/// Digits are a time to wait, and other text is none.
fn waits(value: &[u8]) {
    let Ok(header) = HeaderValue::from_bytes(value) else { return };
    let headers = HeaderMap::from_iter([(RETRY_AFTER, header.clone()), (DATE, header)]);
    let wait = retry::retry_after(&headers, SystemTime::UNIX_EPOCH);
    let text = value.trim_ascii();
    let seconds = !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    // Any date is now, by the `Date` of the same response.
    assert!(seconds || wait.is_none_or(|wait| wait.is_zero()));
    assert!(!seconds || wait.is_some());
}

/// An accepted id is one segment of the path and survives it unchanged.
fn room_id(id: &[u8]) {
    let Ok(id) = str::from_utf8(id).unwrap_or_default().parse::<RoomId>() else { return };
    let segment = progenitor_client::encode_path(id.as_str());
    let url = Url::parse(&format!("https://localhost/video/v2/rooms/{segment}/tokens")).unwrap();
    let segments: Vec<_> = url.path_segments().unwrap().collect();
    assert_eq!(segments, ["video", "v2", "rooms", &segment, "tokens"]);
    assert_eq!((url.query(), url.fragment()), (None, None));
    same(&id);
}

/// Any JSON object is an event that is kept whole, and has a plain key.
#[cfg(feature = "webhooks")]
fn webhook(body: &[u8]) {
    let webhooks = Webhooks::without_credentials().unwrap();
    let event = webhooks.event(body);
    let json = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    let value = serde_json::from_slice::<Value>(json).ok().filter(Value::is_object);
    assert_eq!(event.is_ok(), value.is_some());
    let (Ok(event), Some(value)) = (event, value) else { return };
    assert_eq!(serde_json::to_value(&event).unwrap(), value);
    let key = event.dedup_key();
    assert_eq!(webhooks.event(body).unwrap().dedup_key(), key);
    assert!(
        key.len() < 300 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte))
    );
    assert!(event.links().count() == 0 || event.transferred().count() == 0);
    let _ = (event.destination(), event.file_size(), format!("{event:?}"));
}

/// Every value is read or kept raw, and what was read can be read again as it is written.
fn wire(json: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(json) else { return };
    scalar::<bool>(&value);
    scalar::<i64>(&value);
    scalar::<f64>(&value);
    scalar::<String>(&value);
    scalar::<SystemTime>(&value);
    scalar::<ScheduledTime>(&value);
    scalar::<RoomId>(&value);
    scalar::<ConfNum>(&value);
    word::<Role>(&value);
    word::<Mode>(&value);
    word::<Quality>(&value);
    word::<MediaZone>(&value);
    word::<RecordingMedia>(&value);
    word::<UserData>(&value);
    let result: ResultField = serde_json::from_value(value.clone()).unwrap();
    if let (Some(code), Value::String(text)) = (result.code(), &value) {
        // Leading zeros are digits too.
        assert_eq!(text.parse(), Ok(code));
    }
    if let Some(Ok(day)) = value.as_str().map(str::parse::<Date>) {
        assert_eq!(Some(&*day.to_string()), value.as_str());
        assert_eq!(Date::try_from(day.start()).unwrap(), day);
    }
    if let Some(Ok(time)) = value.as_str().map(str::parse::<ScheduledTime>) {
        assert_eq!(Some(&*time.to_string()), value.as_str());
    }
}

fn scalar<T: Scalar + Debug + PartialEq>(value: &Value) {
    let read: Lenient<T> = serde_json::from_value(value.clone()).unwrap();
    if let Lenient::Raw(raw) = &read {
        assert_eq!(raw, value);
    }
    same(&read);
}

fn word<T: DeserializeOwned + Serialize + Debug + PartialEq>(value: &Value) {
    if let Ok(word) = serde_json::from_value::<T>(value.clone()) {
        same(&word);
    }
}

fn same<T: DeserializeOwned + Serialize + Debug + PartialEq>(value: &T) {
    let written = serde_json::to_value(value).unwrap();
    assert_eq!(serde_json::from_value::<T>(written).unwrap(), *value);
}
