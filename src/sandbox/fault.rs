//! Failures on demand.

use std::{collections::VecDeque, time::Duration};

use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{CONNECTION, CONTENT_LENGTH, TRAILER, TRANSFER_ENCODING, UPGRADE},
};

use super::{
    answer::{Answer, JSON},
    refusal::Refusal,
};
use crate::{ErrorCode, Violation};

mod json;

pub(super) use json::FaultJson;

/// Beyond what any client reads, and within what fits into a map of headers.
const MOST_HEADERS: usize = 1000;

/// What goes wrong with the next calls of the API; for [`Sandbox::inject`](super::Sandbox::inject).
///
/// Faults hit calls in the order in which they were queued, each the next call alone unless
/// [`times`](Self::times) says otherwise. A call is hit **before it has any effect**, before even
/// its credentials are looked at; with [`after_effect`](Self::after_effect) it does all that it was
/// sent for, and then its answer is lost. Every fault can be slow too: see
/// [`delayed`](Self::delayed).
///
/// A fault that cannot be sent as it is written (a header that HTTP does not allow, a body for a
/// dropped connection) is answered with 500 and a reason that says why: this crate's choice, so
/// that a test hears of it.
///
/// ```
/// use std::time::Duration;
/// use enablex::{reqwest::StatusCode, sandbox::Fault};
///
/// // Two refusals, then a room that is created although its answer never arrives.
/// let busy = Fault::status(StatusCode::TOO_MANY_REQUESTS).header("retry-after", "1").times(2);
/// let lost = Fault::dropped().after_effect();
/// let slow = Fault::delay(Duration::from_secs(60));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Fault {
    instead: Option<Instead>,
    pub(super) delay: Duration,
    pub(super) after_effect: bool,
    times: u32,
    /// Why it cannot be sent as it is written: the first reason.
    violation: Option<Violation>,
}

/// What comes instead of the answer.
#[derive(Clone, Debug)]
pub(super) enum Instead {
    Status {
        status: StatusCode,
        headers: HeaderMap,
        body: Option<String>,
    },
    Garbage,
    Nothing,
    /// It cannot be as it was written.
    Impossible(Violation),
}

impl Fault {
    fn new(instead: Option<Instead>) -> Self {
        Self { instead, delay: Duration::ZERO, after_effect: false, times: 1, violation: None }
    }

    /// An answer with this status, which ends an exchange: 200 or higher. Its body is what EnableX
    /// documents for the status (400, 401, 403, 422, 429), else empty: see [`body`](Self::body).
    pub fn status(status: StatusCode) -> Self {
        let fault = Self::new(Some(Instead::Status { status, headers: HeaderMap::new(), body: None }));
        if status.is_informational() {
            return fault.violating("status", "must be 200 or higher", Some(status.as_str()));
        }
        fault
    }

    /// The right answer, late.
    pub fn delay(delay: Duration) -> Self {
        Self::new(None).delayed(delay)
    }

    /// No answer: the connection is closed.
    pub fn dropped() -> Self {
        Self::new(Some(Instead::Nothing))
    }

    /// HTTP 200 with a body that is cut off in the middle of its JSON. A report has no row by then, and
    /// is repeated; one that breaks off after a row is
    /// `Fault::status(StatusCode::OK).body(r#"{"cdr":[{"cdr_id":"1"},"#)`.
    pub fn garbage() -> Self {
        Self::new(Some(Instead::Garbage))
    }

    /// The body of a [`status`](Self::status), which no other fault has.
    pub fn body(mut self, text: impl Into<String>) -> Self {
        let Some(Instead::Status { body, .. }) = &mut self.instead else {
            return self.violating("body", "needs a status", None);
        };
        *body = Some(text.into());
        self
    }

    /// Adds a header to a [`status`](Self::status), which no other fault has; 1000 at most, and one may
    /// be given more than once. The value is any that HTTP allows, so without control characters but
    /// tab. Those that frame the message are the server's own and are refused: `connection`,
    /// `content-length`, `trailer`, `transfer-encoding` and `upgrade`. The reason of a refusal names the
    /// header, never its value.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<[u8]>) -> Self {
        let name = name.as_ref();
        let refused = match (&mut self.instead, header(name, value.as_ref())) {
            (Some(Instead::Status { headers, .. }), Ok((name, value))) if headers.len() < MOST_HEADERS => {
                headers.append(name, value);
                return self;
            }
            (Some(Instead::Status { .. }), Ok(_)) => "must be given at most 1000 times",
            (Some(Instead::Status { .. }), Err(rule)) => rule,
            _ => "needs a status",
        };
        self.violating("header", refused, Some(name))
    }

    /// Keeps the first reason.
    fn violating(mut self, field: &'static str, rule: &'static str, value: Option<&str>) -> Self {
        self.violation.get_or_insert_with(|| Violation::new(field, rule, value));
        self
    }

    /// Lets the call wait, in real time, before it is hit; with [`after_effect`](Self::after_effect), before it
    /// is answered.
    pub fn delayed(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Hits after the call has taken effect, so that only its answer is lost or late. A call that
    /// is refused has no effect, and its refusal is lost.
    pub fn after_effect(mut self) -> Self {
        self.after_effect = true;
        self
    }

    /// Hits so many calls; none where it is 0.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }
}

/// The header, or the rule that it breaks.
fn header(name: &str, value: &[u8]) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::try_from(name).map_err(|_| "must have a name as HTTP allows it")?;
    if [CONNECTION, CONTENT_LENGTH, TRAILER, TRANSFER_ENCODING, UPGRADE].contains(&name) {
        return Err("must be none that frames the message");
    }
    let mut value =
        HeaderValue::from_bytes(value).map_err(|_| "must name a header whose value HTTP allows")?;
    // Not for `Debug`.
    value.set_sensitive(true);
    Ok((name, value))
}

impl Fault {
    /// What comes instead of the answer: nothing where the answer is only late.
    pub(super) fn into_instead(self) -> Option<Instead> {
        match self.violation {
            Some(violation) => Some(Instead::Impossible(violation)),
            None => self.instead,
        }
    }
}

impl Instead {
    /// What is sent; `None` where the connection is closed.
    pub fn answer(self, request_id: &str) -> Option<Answer> {
        match self {
            Self::Nothing => None,
            Self::Impossible(violation) => {
                let reason = format!("The fault cannot be sent: {violation}.");
                Some(Answer::refusal(Refusal::internal(reason), request_id))
            }
            Self::Garbage => Some(Answer::new(StatusCode::OK, JSON, "{\"result\": 0, \"room\": {\"na")),
            Self::Status { status, headers, body } => {
                let mut answer = match body {
                    None => documented(status, request_id),
                    Some(body) => {
                        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&body).is_ok();
                        Answer::new(status, if is_json { JSON } else { "text/html" }, body)
                    }
                };
                answer.headers.extend(headers);
                Some(answer)
            }
        }
    }
}

fn documented(status: StatusCode, request_id: &str) -> Answer {
    let code = match status.as_u16() {
        400 | 422 => ErrorCode::InvalidParam,
        401 => ErrorCode::Unauthorized,
        403 => ErrorCode::ProjectSuspended,
        429 => ErrorCode::RateLimited,
        _ => return Answer::empty(status),
    };
    let reason = code.meaning().unwrap_or_default();
    Answer::refusal(Refusal::new(status, code, reason), request_id)
}

/// The faults that wait for their calls.
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

    /// How many calls are still to be hit.
    pub fn calls(&self) -> u64 {
        self.0.iter().map(|fault| u64::from(fault.times)).sum()
    }
}
