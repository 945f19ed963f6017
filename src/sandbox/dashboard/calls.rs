//! The calls of the API that were received.

use std::{
    collections::VecDeque,
    fmt,
    time::{Duration, Instant, SystemTime},
};

use http::{Method, Uri, request::Parts};
use serde::{
    Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::{Value, json};

use super::state::MOST;
use crate::{
    sandbox::{content::Content, document, response::Response, shared::Shared},
    wire::rfc3339_millis,
};

/// The longest word that is taken for a code.
const LONGEST_CODE: usize = 40;

/// The latest calls, in the order in which they arrived.
#[derive(Default)]
pub(in crate::sandbox) struct Calls(VecDeque<Call>);

pub(in crate::sandbox) struct Call {
    at: SystemTime,
    since: Instant,
    method: Method,
    uri: Uri,
    request_id: String,
    fault: bool,
    outcome: Outcome,
    /// `None` while the call goes on.
    duration: Option<Duration>,
}

/// Nothing for a call whose connection was dropped.
#[derive(Default)]
struct Outcome {
    status: Option<u16>,
    code: Option<Value>,
}

impl Call {
    pub fn new(head: &Parts, request_id: &str, fault: bool, now: SystemTime) -> Self {
        Self {
            at: now,
            since: Instant::now(),
            method: head.method.clone(),
            uri: head.uri.clone(),
            request_id: request_id.to_owned(),
            fault,
            outcome: Outcome::default(),
            duration: None,
        }
    }

    pub fn json(&self) -> Value {
        json!({
            "at": rfc3339_millis(self.at),
            "method": self.method.as_str(),
            "path": self.uri.path(),
            "operation": document::operation(&self.method, self.uri.path()),
            "request_id": self.request_id,
            "status": self.outcome.status,
            "code": self.outcome.code,
            "fault": self.fault,
            "duration_ms": self.duration.map(|duration| duration.as_millis()),
        })
    }
}

impl Calls {
    pub fn add(&mut self, call: Call) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(call);
    }

    /// Ends a call, as long as it is kept.
    fn end(&mut self, request_id: &str, outcome: Outcome) {
        if let Some(call) = self.0.iter_mut().rev().find(|call| call.request_id == request_id) {
            call.outcome = outcome;
            call.duration = Some(call.since.elapsed());
        }
    }

    pub fn latest(&self) -> impl Iterator<Item = &Call> {
        self.0.iter().rev()
    }
}

/// A call that goes on until this is dropped.
pub(in crate::sandbox) struct Open<'a> {
    shared: &'a Shared,
    request_id: &'a str,
    outcome: Outcome,
}

impl<'a> Open<'a> {
    pub fn new(shared: &'a Shared, request_id: &'a str) -> Self {
        Self { shared, request_id, outcome: Outcome::default() }
    }

    pub fn responded(mut self, response: &Response) {
        let code = match &response.body {
            Content::Whole(body) => code(body),
            // Its code is text.
            Content::Report(_) => Some("0".into()),
            Content::Events(_) => None,
        };
        self.outcome = Outcome { status: Some(response.status.as_u16()), code };
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let outcome = std::mem::take(&mut self.outcome);
        self.shared.store().calls.end(self.request_id, outcome);
    }
}

/// The `result` or the `error_code` of a body: a number, or a word as the API has them. A fault can have any text
/// there.
fn code(body: &[u8]) -> Option<Value> {
    let mut code = None;
    // Fails where it ends before the body does.
    _ = serde_json::Deserializer::from_slice(body).deserialize_map(Code(&mut code));
    code.filter(|code| match code {
        Value::Number(_) => true,
        Value::String(word) => {
            word.len() <= LONGEST_CODE
                && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        }
        _ => false,
    })
}

/// Reads an object as far as to its code, which is at the beginning.
struct Code<'a>(&'a mut Option<Value>);

impl<'de> Visitor<'de> for Code<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if matches!(&*key, "result" | "error_code") {
                *self.0 = Some(map.next_value()?);
                break;
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
