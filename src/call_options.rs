//! Options of single calls.

use std::{fmt, time::Duration};

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use crate::{
    RetryPolicy, Violation,
    client::{is_visible_ascii, timeout_violation},
};

mod raw_answer;

pub use raw_answer::{AnswerSlot, RawAnswer};

/// Headers that this crate or the connection sets.
const OWN_HEADERS: [&str; 21] = [
    "accept",
    "accept-encoding",
    "api-version",
    "authorization",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "http2-settings",
    "if-range",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// Few servers accept more.
const MAX_HEADERS: usize = 100;

/// Options of single calls, where they differ from the client's. Give them to the `with` of a handle:
/// [`RoomHandle::with`](crate::RoomHandle::with), [`Rooms::with`](crate::Rooms::with),
/// [`Report::with`](crate::Report::with), [`FileHandle::with`](crate::FileHandle::with).
///
/// ```no_run
/// use std::time::Duration;
/// use enablex::{AnswerSlot, CallOptions, Client, RetryPolicy};
///
/// # async fn run(client: Client) -> Result<(), enablex::Error> {
/// let answer = AnswerSlot::new();
/// let options = CallOptions::new()
///     .timeout(Duration::from_secs(3))
///     .retry(RetryPolicy::none())
///     .header("x-trace", "7c1f")
///     .keep_answer(&answer);
/// let room = client.room("5b473a40ad3c0a58a4e0e5c1").with(options).get().await?;
/// if let Some(raw) = answer.take() {
///     println!("HTTP {}, {} bytes", raw.status(), raw.body().len());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct CallOptions {
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    pub(crate) headers: HeaderMap,
    header_violations: Vec<Violation>,
    too_many_headers: bool,
    answer: Option<AnswerSlot>,
}

impl CallOptions {
    /// Whether nothing is set.
    pub(crate) fn is_default(&self) -> bool {
        let Self { timeout, attempt_timeout, retry, headers, header_violations, too_many_headers, answer } =
            self;
        timeout.is_none()
            && attempt_timeout.is_none()
            && retry.is_none()
            && headers.is_empty()
            && header_violations.is_empty()
            && !too_many_headers
            && answer.is_none()
    }

    /// The client's options.
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the whole call may take, with all waits and retries. An attempt timeout of the client that
    /// is longer shrinks to it; a service that does not respond is then tried once. The connect timeout does
    /// not shrink: a call that ends while it connects may still have been carried out.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How long each attempt may take. Not longer than the whole call.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// How many attempts the call makes, and how long it waits between them.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Adds a header. At most 100; the same name may be added more than once.
    ///
    /// The value is visible ASCII and blanks, and never printed by this crate. Headers that this crate or the
    /// connection sets are refused by the call, `Authorization` among them.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match header(name.as_ref(), value.as_ref()) {
            Ok((name, value)) if self.headers.len() < MAX_HEADERS => drop(self.headers.append(name, value)),
            Ok(_) => self.too_many_headers = true,
            Err(violation) => self.header_violations.push(violation),
        }
        self
    }

    /// Keeps status, headers and body of the last attempt's response, whether the call succeeds or not.
    /// Concurrent calls need a slot each.
    pub fn keep_answer(mut self, slot: &AnswerSlot) -> Self {
        self.answer = Some(slot.clone());
        self
    }

    /// The timeouts of an attempt and of the whole call. The arguments are the client's.
    pub(crate) fn timeouts(&self, attempt: Duration, call: Duration) -> (Duration, Duration) {
        let call = self.timeout.unwrap_or(call);
        (self.attempt_timeout.unwrap_or(attempt.min(call)), call)
    }

    /// Puts a response, or none, into the caller's slot.
    pub(crate) fn keep(&self, answer: impl FnOnce() -> Option<RawAnswer>) {
        if let Some(slot) = &self.answer {
            slot.put(answer());
        }
    }

    pub(crate) fn policy<'a>(&'a self, client: &'a RetryPolicy) -> &'a RetryPolicy {
        self.retry.as_ref().unwrap_or(client)
    }

    /// `attempt` and `call` are the client's timeouts.
    pub(crate) fn violations(&self, attempt: Duration, call: Duration) -> Vec<Violation> {
        let (_, call) = self.timeouts(attempt, call);
        let mut violations = self.header_violations.clone();
        if self.too_many_headers {
            violations.push(Violation::new(
                "header",
                format!("must be given at most {MAX_HEADERS} times"),
                None,
            ));
        }
        violations.extend(timeout_violation("attempt_timeout", self.attempt_timeout, "timeout", call));
        violations.extend(timeout_violation("timeout", self.timeout, "timeout", call));
        violations.extend(self.retry.iter().flat_map(RetryPolicy::violations));
        violations
    }
}

fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Violation> {
    let bad = |rule| Violation::new("header", rule, Some(name));
    let header = HeaderName::try_from(name).map_err(|_| bad("must have a name as HTTP allows it"))?;
    if OWN_HEADERS.contains(&header.as_str()) {
        return Err(bad("must be none that this crate or the connection sets"));
    }
    let mut value = Some(value)
        .filter(|value| is_visible_ascii(value))
        .and_then(|value| HeaderValue::from_str(value).ok())
        .ok_or_else(|| bad("must name a header whose value is visible ASCII and blanks"))?;
    value.set_sensitive(true);
    Ok((header, value))
}

/// The names of headers. Their values may be secrets.
struct Names<'a>(&'a HeaderMap);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("headers", &Names(&self.headers))
            .finish_non_exhaustive()
    }
}
