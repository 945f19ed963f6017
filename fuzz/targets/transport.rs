//! Decoding and classifying responses.

use std::{fmt::Debug, time::SystemTime};

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use reqwest::StatusCode;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Scrub, classify::Classifier, decode, envelope::Envelope, operations::*, response::RawResponse};
use crate::{Advice, RoomUpdate, Settings, bindings::types, clock::Time};

/// Decodes a response of every operation.
pub(crate) fn answer(body: &[u8]) {
    decoded::<types::ResultResponse>(body);
    decoded::<types::RoomUsersResponse>(body);
    decoded::<types::CdrResponse>(body);
    decoded::<types::ArchiveResponse>(body);
    decoded::<types::DialInResponse>(body);
    decoded::<types::RoomListResponse>(body);
    if let Some(token) = decoded::<types::TokenResponse>(body).and_then(|answer| answer.token)
        && let Some(token) = token.into_secret()
    {
        assert!(!secrecy::ExposeSecret::expose_secret(&token).is_empty());
    }
    let Some(room) = decoded::<types::RoomResponse>(body).and_then(|answer| answer.room) else { return };
    Advice::WaitOrGone.resolved((&room).into(), SystemTime::now());
    if let Some(settings) = &room.settings {
        // What was received can be sent again.
        let update = RoomUpdate::new().name("a").settings(Settings::from(settings));
        let violations = update.violations();
        assert!(
            violations.iter().all(|violation| violation.field() == "settings.participants"),
            "{violations:?}"
        );
    }
}

/// Decodes as a call does. Lenient decoding changes nothing where it is not needed (a value may still be
/// one that no field can read), and what was read is written so that it is read again.
fn decoded<T: Envelope + DeserializeOwned + Serialize + Debug>(body: &[u8]) -> Option<T> {
    let answer = decode::decode_lenient::<T>(T::PAYLOAD_DEPTH, body);
    let is_json = serde_json::from_slice::<Value>(body).is_ok();
    if let Some(first) = serde_json::from_slice::<T>(body).ok().filter(|_| is_json) {
        assert_eq!(json(&first), json(answer.as_ref().unwrap()));
    }
    let answer = answer.ok()?;
    let again = decode::decode_lenient::<T>(T::PAYLOAD_DEPTH, &serde_json::to_vec(&answer).unwrap()).unwrap();
    assert_eq!(json(&again), json(&answer));
    Some(answer)
}

fn response(status: StatusCode, body: bytes::Bytes) -> RawResponse {
    let mut response = RawResponse::default();
    response.status = Some(status);
    response.body = body;
    response
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

/// Mends a body. What is JSON, at first or once it is mended, stays as it is.
pub(crate) fn mended(body: &[u8]) {
    let mended = decode::mended(body);
    assert!(str::from_utf8(&mended).is_ok());
    for json in [body, &mended] {
        if serde_json::from_slice::<Value>(json).is_ok() {
            assert_eq!(decode::mended(json), json);
        }
    }
}

/// Makes errors of an answer, none of which holds the key.
pub(crate) fn refusal(body: &[u8]) {
    let secrets = Secrets::new("app-id", "k3y/+\"<&>");
    let body = secrets.put_into(body);
    for operation in [&CREATE_ROOM, &GET_ROOM_BY_ID, &CREATE_TOKEN] {
        for status in [StatusCode::OK, StatusCode::NOT_FOUND, StatusCode::SERVICE_UNAVAILABLE] {
            let cause = serde_json::from_str::<types::RoomResponse>(&body).err();
            let response = response(status, body.clone().into());
            let classifier = Classifier { operation, scrub: &secrets.scrub, attempts: 1, time: &Time::Tokio };
            let error = match cause {
                Some(error) => classifier.undecodable(&response, &error),
                None => classifier.refused(&response, None),
            };
            secrets.assert_none_in(&format!("{error} {error:?}"));
            assert!(error.advice().is_some());
        }
    }
}

/// Observes the drift of a response of every operation. A drift prints as one line, can be read again
/// as it is written, and quotes keys and codes of the response alone.
#[cfg(feature = "drift")]
pub(crate) fn drift(body: &[u8]) {
    use std::sync::{Arc, Mutex};

    use super::observe::Observe;

    const MARK: &str = "the text of a value";
    fn mark(value: &mut Value) {
        match value {
            Value::String(text) => *text = MARK.into(),
            Value::Array(list) => list.iter_mut().for_each(mark),
            Value::Object(object) => object.values_mut().for_each(mark),
            _ => {}
        }
    }
    let marked = serde_json::from_slice(body).map(|mut value: Value| {
        mark(&mut value);
        value.to_string().into_bytes()
    });
    let is_marked = marked.is_ok() && !body.windows(MARK.len()).any(|part| part == MARK.as_bytes());
    let body = bytes::Bytes::from(marked.unwrap_or_else(|_| body.to_vec()));
    let drifts = Arc::new(Mutex::new(Vec::new()));
    let observed = drifts.clone();
    let observer = crate::drift::Observer::new(move |drift| observed.lock().unwrap().push(drift.clone()));
    let scrub = Scrub::new("app-id", "app-key");
    let operations: [&'static Operation; 8] = [
        &CREATE_ROOM,
        &GET_ROOM_LIST,
        &DELETE_ROOM,
        &GET_ROOM_USERS,
        &CREATE_TOKEN,
        &GET_CDR_BY_ROOM,
        &GET_ARCHIVE_BY_ROOM,
        &GET_DIAL_IN_NUMBERS,
    ];
    for operation in operations {
        for status in [StatusCode::OK, StatusCode::FORBIDDEN] {
            observer.response(operation, &scrub, &response(status, body.clone()));
        }
    }
    for drift in drifts.lock().unwrap().iter() {
        assert!(!drift.to_string().contains(char::is_control));
        let line = json(drift).to_string();
        assert!(!is_marked || !line.contains(MARK), "{line}");
        assert_eq!(serde_json::from_str::<crate::Drift>(&line).unwrap(), *drift);
    }
}

/// Redacts a key in a text: a line with the key, and the text.
pub(crate) fn scrub(data: &[u8]) {
    let mut parts = data.splitn(2, |byte| *byte == b'\n');
    let (Some(key), Some(text)) = (parts.next(), parts.next()) else { return };
    // A key of less may stand in any text, and one with brackets in the marks that scrubbing leaves.
    let plain = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'[' | b']');
    let Some(key) = str::from_utf8(key).ok().filter(|key| key.len() > 8 && key.bytes().all(|b| plain(&b)))
    else {
        return;
    };
    let secrets = Secrets::new("app-id", key);
    let scrubbed = secrets.scrub.text(&secrets.put_into(text), 512);
    secrets.assert_none_in(&scrubbed);
    assert!(scrubbed.chars().count() <= 513);
    assert!(!scrubbed.contains(char::is_control));
}

/// Credentials, and the spellings of the key.
struct Secrets {
    scrub: Scrub,
    spellings: Vec<String>,
}

impl Secrets {
    fn new(app_id: &str, app_key: &str) -> Self {
        let mut spellings = vec![app_key.to_owned()];
        for secret in [app_key, &format!("{app_id}:{app_key}")] {
            let encoded = BASE64_STANDARD_NO_PAD.encode(secret);
            spellings.push(encoded.replace('+', "%2B").replace('/', "%2F"));
            spellings.push(encoded.replace('+', "%2b").replace('/', "%2f"));
            spellings.push(encoded);
            spellings.push(BASE64_URL_SAFE_NO_PAD.encode(secret));
        }
        let quoted = json(&app_key).to_string();
        spellings.push(quoted[1..quoted.len() - 1].to_owned());
        spellings.push(
            app_key.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;"),
        );
        Self { scrub: Scrub::new(app_id, app_key), spellings }
    }

    /// The text, with a spelling in the place of each low control character.
    fn put_into(&self, text: &[u8]) -> String {
        let mut with = String::new();
        for c in String::from_utf8_lossy(text).chars() {
            match self.spellings.get((c as usize).wrapping_sub(1)).filter(|_| c < '\t') {
                Some(spelling) => with.push_str(spelling),
                None => with.push(c),
            }
        }
        with
    }

    fn assert_none_in(&self, text: &str) {
        for spelling in &self.spellings {
            assert!(!text.contains(spelling), "{spelling} in {text}");
        }
    }
}

/// Reads certificates: what was accepted is accepted again.
pub(crate) fn certificates(pem: &[u8]) {
    let Ok(read) = super::certificates(pem) else { return };
    assert!(!read.is_empty());
    let block = |der| {
        let text = BASE64_STANDARD.encode(der);
        format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n")
    };
    let written: String = read.iter().map(block).collect();
    assert_eq!(super::certificates(written.as_bytes()).unwrap(), read);
}
