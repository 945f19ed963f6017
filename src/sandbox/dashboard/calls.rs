//! The calls of the API that were received.

use std::{
    collections::VecDeque,
    time::{Instant, SystemTime},
};

use http::request::Parts;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::state::{LONGEST, MOST};
use crate::{
    error::clip,
    sandbox::{content::Content, document, response::Response, shared::Shared},
    wire::rfc3339_millis,
};

/// The latest calls, in the order in which they arrived.
#[derive(Default)]
pub(in crate::sandbox) struct Calls(VecDeque<Call>);

#[derive(Serialize)]
pub(in crate::sandbox) struct Call {
    at: String,
    method: String,
    /// Without the query.
    path: String,
    operation: Option<&'static str>,
    request_id: String,
    #[serde(flatten)]
    outcome: Outcome,
    fault: bool,
    /// `None` while the call goes on.
    duration_ms: Option<u128>,
    #[serde(skip)]
    since: Instant,
}

/// Nothing for a call whose connection was dropped.
#[derive(Default, Serialize)]
struct Outcome {
    status: Option<u16>,
    /// The `result` or the `error_code` of the response, as it is there.
    code: Option<Value>,
}

impl Call {
    pub fn new(head: &Parts, request_id: &str, fault: bool, now: SystemTime) -> Self {
        let (method, path) = (&head.method, head.uri.path());
        Self {
            at: rfc3339_millis(now),
            method: clip(method.as_str(), LONGEST),
            path: clip(path, LONGEST),
            operation: document::operation(method, path),
            request_id: request_id.to_owned(),
            outcome: Outcome::default(),
            fault,
            duration_ms: None,
            since: Instant::now(),
        }
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
            call.duration_ms = Some(call.since.elapsed().as_millis());
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
        self.outcome = Outcome { status: Some(response.status.as_u16()), code: code(&response.body) };
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        let outcome = std::mem::take(&mut self.outcome);
        self.shared.store().calls.end(self.request_id, outcome);
    }
}

#[derive(Deserialize)]
struct Envelope {
    result: Option<Value>,
    error_code: Option<Value>,
}

fn code(body: &Content) -> Option<Value> {
    let Content::Whole(body) = body else { return None };
    let Envelope { result, error_code } = serde_json::from_slice(body).ok()?;
    match result.or(error_code)? {
        Value::String(text) => Some(clip(&text, LONGEST).into()),
        number => Some(number).filter(Value::is_number),
    }
}
