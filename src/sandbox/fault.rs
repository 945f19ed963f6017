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
use crate::ErrorCode;

mod json;

pub(super) use json::FaultJson;

/// What goes wrong with the next calls of the API; for [`Sandbox::inject`](super::Sandbox::inject).
///
/// Faults hit calls in the order in which they were queued, each the next call alone unless
/// [`times`](Self::times) says otherwise. A call is hit **before it has any effect**, before even
/// its credentials are looked at; with [`after_effect`](Self::after_effect) it does all that it was
/// sent for, and then its answer is lost. Every fault can be slow too: see
/// [`delayed`](Self::delayed).
///
/// ```
/// use std::time::Duration;
/// use enablex::{reqwest::{StatusCode, header}, sandbox::Fault};
///
/// // Two refusals, then a room that is created although its answer never arrives.
/// let busy = Fault::status(StatusCode::TOO_MANY_REQUESTS)
///     .header(header::RETRY_AFTER, header::HeaderValue::from_static("1"))
///     .times(2);
/// let lost = Fault::dropped().after_effect();
/// let slow = Fault::delay(Duration::from_secs(60));
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Fault {
    pub(super) instead: Option<Instead>,
    pub(super) delay: Duration,
    pub(super) after_effect: bool,
    times: u32,
}

/// What comes instead of the answer.
#[derive(Clone, Debug)]
pub(super) enum Instead {
    Status { status: StatusCode, headers: HeaderMap, body: Option<String> },
    Garbage,
    Nothing,
}

impl Fault {
    fn new(instead: Option<Instead>) -> Self {
        Self { instead, delay: Duration::ZERO, after_effect: false, times: 1 }
    }

    /// An answer with this status. Its body is what EnableX documents for the status (400, 401,
    /// 403, 422, 429), else empty: see [`body`](Self::body).
    pub fn status(status: StatusCode) -> Self {
        Self::new(Some(Instead::Status { status, headers: HeaderMap::new(), body: None }))
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

    /// The body of a [`status`](Self::status).
    pub fn body(mut self, text: impl Into<String>) -> Self {
        if let Some(Instead::Status { body, .. }) = &mut self.instead {
            *body = Some(text.into());
        }
        self
    }

    /// A header of a [`status`](Self::status). Those that frame the message (`content-length` and
    /// the like) are the server's own and are not taken.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let Some(Instead::Status { headers, .. }) = &mut self.instead
            && !frames(&name)
        {
            headers.append(name, value);
        }
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

fn frames(name: &HeaderName) -> bool {
    [CONNECTION, CONTENT_LENGTH, TRAILER, TRANSFER_ENCODING, UPGRADE].contains(name)
}

impl Instead {
    /// What is sent; `None` where the connection is closed.
    pub fn answer(self, request_id: &str) -> Option<Answer> {
        match self {
            Self::Nothing => None,
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
