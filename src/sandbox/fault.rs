//! Faults: failures and delays on demand.

use std::{collections::VecDeque, time::Duration};

use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CONNECTION, CONTENT_LENGTH, TRAILER, TRANSFER_ENCODING, UPGRADE},
};

use super::{
    refusal::Refusal,
    response::{JSON, Response},
};
use crate::{ErrorCode, Violation};

mod json;

pub(super) use json::FaultJson;

/// More than any client reads, and fewer than a [`HeaderMap`] can hold.
const MOST_HEADERS: usize = 1000;

/// A failure or delay of the next call of the API, queued with [`Sandbox::inject`](super::Sandbox::inject).
///
/// Faults hit calls in the order in which they were queued. Each hits one call, or as many as
/// [`times`](Self::times) sets. By default a call is hit **before it has any effect**, even before its
/// credentials are checked; with [`after_effect`](Self::after_effect) it takes effect, and only its response
/// is replaced or late. Every fault can be delayed with [`delayed`](Self::delayed).
///
/// If a fault cannot be sent as described (a header that HTTP does not allow, a body for a dropped
/// connection), the sandbox responds with HTTP 500 and the reason, so that a test fails visibly.
///
/// ```
/// use std::time::Duration;
/// use enablex::{reqwest::StatusCode, sandbox::Fault};
///
/// // Two refusals, then a call that takes effect although its response never arrives.
/// let busy = Fault::status(StatusCode::TOO_MANY_REQUESTS).header("retry-after", "1").times(2);
/// let lost = Fault::dropped().after_effect();
/// let slow = Fault::delay(Duration::from_secs(60));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Fault {
    /// `None` for a call that is only delayed.
    replacement: Option<Replacement>,
    pub(super) delay: Duration,
    pub(super) after_effect: bool,
    times: u32,
    /// The first reason why it cannot be sent as described.
    violation: Option<Violation>,
}

/// What a caller gets instead of the response.
#[derive(Clone, Debug)]
pub(super) enum Replacement {
    Status {
        status: StatusCode,
        headers: HeaderMap,
        body: Option<String>,
    },
    Garbage,
    /// The connection is closed.
    Nothing,
    /// The fault cannot be sent as described.
    Impossible(Violation),
}

impl Fault {
    fn new(replacement: Option<Replacement>) -> Self {
        Self { replacement, delay: Duration::ZERO, after_effect: false, times: 1, violation: None }
    }

    /// A response with this status, which must be 200 or higher. Its body is the failure that EnableX
    /// documents for 400, 401, 403, 422 and 429, and empty for others; [`body`](Self::body) replaces it.
    pub fn status(status: StatusCode) -> Self {
        let fault = Self::new(Some(Replacement::Status { status, headers: HeaderMap::new(), body: None }));
        if status.is_informational() {
            return fault.violating("status", "must be 200 or higher", Some(status.as_str()));
        }
        fault
    }

    /// The correct response after a delay.
    pub fn delay(delay: Duration) -> Self {
        Self::new(None).delayed(delay)
    }

    /// No response: the connection is closed.
    pub fn dropped() -> Self {
        Self::new(Some(Replacement::Nothing))
    }

    /// HTTP 200 with a body that ends in the middle of its JSON. A report that ends so has no row yet, and
    /// the client retries it. For a report that breaks off after a row, use
    /// `Fault::status(StatusCode::OK).body(r#"{"cdr":[{"cdr_id":"1"},"#)`.
    pub fn garbage() -> Self {
        Self::new(Some(Replacement::Garbage))
    }

    /// Sets the body. Only a fault made by [`status`](Self::status) can have one. Its `content-type` is
    /// `application/json` if it is valid JSON, otherwise `text/html`.
    ///
    /// A [result code](crate::ErrorCode) comes with `Fault::status(StatusCode::OK).body(r#"{"result":10114}"#)`.
    pub fn body(mut self, text: impl Into<String>) -> Self {
        let Some(Replacement::Status { body, .. }) = &mut self.replacement else {
            return self.violating("body", "needs a status", None);
        };
        *body = Some(text.into());
        self
    }

    /// Adds a header. Only a fault made by [`status`](Self::status) can have headers, at most 1000; a name
    /// can be given more than once. The value must be valid in HTTP: no control characters except tab.
    ///
    /// `connection`, `content-length`, `trailer`, `transfer-encoding` and `upgrade` are set by the server and
    /// refused here. The reason of a refusal names the header, never its value.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        let name = name.as_ref();
        let refused = match (&mut self.replacement, header(name, value.as_ref())) {
            (Some(Replacement::Status { headers, .. }), Ok((name, value)))
                if headers.len() < MOST_HEADERS =>
            {
                headers.append(name, value);
                return self;
            }
            (Some(Replacement::Status { .. }), Ok(_)) => "must be given at most 1000 times",
            (Some(Replacement::Status { .. }), Err(rule)) => rule,
            _ => "needs a status",
        };
        self.violating("header", refused, Some(name))
    }

    fn violating(mut self, field: &'static str, rule: &'static str, value: Option<&str>) -> Self {
        self.violation.get_or_insert_with(|| Violation::new(field, rule, value));
        self
    }

    /// Delays the fault by real time, not by the sandbox's clock. With [`after_effect`](Self::after_effect)
    /// the call takes effect first.
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Hits after the call has taken effect, so that only its response is replaced or late. A call that is
    /// refused has no effect; its refusal is replaced.
    pub fn after_effect(mut self) -> Self {
        self.after_effect = true;
        self
    }

    /// Sets how many calls it hits: 1 by default, none for 0.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }
}

/// Returns the header, or the rule that it breaks.
fn header(name: &str, value: &[u8]) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::try_from(name).map_err(|_| "must have a name as HTTP allows it")?;
    if [CONNECTION, CONTENT_LENGTH, TRAILER, TRANSFER_ENCODING, UPGRADE].contains(&name) {
        return Err("must be none that frames the message");
    }
    let mut value =
        HeaderValue::from_bytes(value).map_err(|_| "must name a header whose value HTTP allows")?;
    // Keeps it out of `Debug`.
    value.set_sensitive(true);
    Ok((name, value))
}

impl Fault {
    /// What replaces the response; `None` for a delay.
    pub(super) fn into_replacement(self) -> Option<Replacement> {
        match self.violation {
            Some(violation) => Some(Replacement::Impossible(violation)),
            None => self.replacement,
        }
    }
}

impl Replacement {
    /// The response to send; `None` if the connection is closed.
    pub fn into_response(self, request_id: &str) -> Option<Response> {
        match self {
            Self::Nothing => None,
            Self::Impossible(violation) => {
                let reason = format!("The fault cannot be sent: {violation}.");
                Some(Response::refusal(Refusal::internal(reason), request_id))
            }
            Self::Garbage => Some(Response::new(StatusCode::OK, JSON, "{\"result\": 0, \"room\": {\"na")),
            Self::Status { status, headers, body } => {
                let mut response = match body {
                    None => documented(status, request_id),
                    Some(body) => {
                        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&body).is_ok();
                        Response::new(status, if is_json { JSON } else { "text/html" }, body)
                    }
                };
                response.headers.extend(headers);
                Some(response)
            }
        }
    }
}

fn documented(status: StatusCode, request_id: &str) -> Response {
    let code = match status.as_u16() {
        400 | 422 => ErrorCode::InvalidParam,
        401 => ErrorCode::Unauthorized,
        403 => ErrorCode::ProjectSuspended,
        429 => ErrorCode::RateLimited,
        _ => return Response::empty(status),
    };
    let reason = code.meaning().unwrap_or_default();
    Response::refusal(Refusal::new(status, code, reason), request_id)
}

/// The queued faults.
#[derive(Default)]
pub(super) struct Faults(VecDeque<Fault>);

impl Faults {
    pub fn push(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.0.push_back(fault);
        }
    }

    pub fn next(&mut self) -> Option<Fault> {
        let first = self.0.front_mut()?;
        first.times -= 1;
        if first.times > 0 { Some(first.clone()) } else { self.0.pop_front() }
    }

    /// The queued faults, in their order.
    pub fn all(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }

    /// How many calls are still to be hit.
    pub fn calls(&self) -> u64 {
        self.0.iter().map(|fault| u64::from(fault.times)).sum()
    }
}
