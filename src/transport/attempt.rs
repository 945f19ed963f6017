//! One attempt: what its request carries, and what its response was.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use reqwest::{
    Request,
    header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue},
};

use super::{authorized::AuthorizedClient, operations::Operation, pools::Connections, response::RawResponse};

/// The context of one attempt, shared by the loop above the bindings and the hook below them.
pub(crate) struct Attempt {
    pub(super) operation: &'static Operation,
    pub(super) client: Arc<AuthorizedClient>,
    /// The client's connections of the current runtime.
    pub(super) connections: Arc<Connections>,
    /// The call's own headers.
    pub(super) headers: HeaderMap,
    /// The hook leaves the body of a success to `send`.
    pub(super) leaves_body: bool,
    /// How many bytes the body of a response may have.
    pub(super) body_cap: usize,
    pub(super) time_limit: TimeLimit,
    pub(super) response: Mutex<RawResponse>,
}

impl Attempt {
    /// The response as far as it has come.
    pub(super) fn response(&self) -> MutexGuard<'_, RawResponse> {
        self.response.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn take_response(&self) -> RawResponse {
        std::mem::take(&mut *self.response())
    }
}

/// Sets the headers that every request to the API carries.
pub(super) fn set_headers(request: &mut Request, client: &AuthorizedClient) {
    let headers = request.headers_mut();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(AUTHORIZATION, client.authorization.clone());
}

/// How long an attempt may take, and which timeout sets the limit.
#[derive(Clone, Copy)]
pub(super) struct TimeLimit {
    pub length: Duration,
    set_by: &'static str,
    timeout: Duration,
}

impl TimeLimit {
    /// The shorter of the attempt's own timeout and what remains of the call's.
    pub fn new(attempt_timeout: Duration, remaining: Duration, call_timeout: Duration) -> Self {
        if attempt_timeout <= remaining {
            Self { length: attempt_timeout, set_by: "attempt", timeout: attempt_timeout }
        } else {
            Self { length: remaining, set_by: "call", timeout: call_timeout }
        }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {}'s {} s", self.set_by, self.timeout.as_secs_f64())
    }
}
