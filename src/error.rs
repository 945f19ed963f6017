//! The one error of this crate.

use std::{
    borrow::Cow,
    error::Error as StdError,
    fmt,
    time::{Duration, SystemTime},
};

use reqwest::StatusCode;

use crate::{Schedule, retry::Cause};

mod advice;
mod code;
mod kind;
mod violation;

pub use advice::Advice;
pub use code::ErrorCode;
pub use kind::ErrorKind;
pub use violation::Violation;
pub(crate) use violation::clip;

/// Every failure of every layer.
///
/// Ask it questions instead of matching it: [`is_not_found`](Self::is_not_found) and its
/// siblings say what happened, [`advice`](Self::advice) what to do about it. Nothing in it holds an
/// app key or a token.
///
/// `{}` prints one line: the operation, what happened, why a connection failed, the code, the status, the
/// number of attempts. Left to its [sources](std::error::Error::source) is where a body that could not be
/// decoded went wrong, what a provider of credentials said, and the operating system's word on a file or a
/// certificate. `{:?}`, which is what `main` prints of an error that it returns, is that line with the
/// innermost source and the [excerpt](Self::body_excerpt) behind it; `{:#?}` prints every part.
///
/// ```
/// use enablex::{ErrorKind, TokenRequest};
///
/// let error = TokenRequest::new(" ", "Host", "emp-1042").check().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidInput);
/// let fields: Vec<_> = error.violations().iter().map(|violation| violation.field()).collect();
/// assert_eq!(fields, ["name", "role"]);
/// ```
pub struct Error(Box<Parts>);

/// What is known of a failure.
pub(crate) struct Parts {
    pub kind: ErrorKind,
    pub message: Cow<'static, str>,
    /// EnableX's operationId.
    pub operation: Option<&'static str>,
    /// Whether the call named a room.
    pub names_room: bool,
    pub status: Option<StatusCode>,
    pub code: Option<ErrorCode>,
    /// The answer has a form that the service gives its failures.
    pub by_service: bool,
    /// The answer is a page.
    pub is_page: bool,
    /// No change of the request or of the service helps: a cap of the client, a file that has changed.
    pub is_own: bool,
    pub request_id: Option<String>,
    pub excerpt: Option<String>,
    /// What it means for a repeat, where something was to be sent.
    pub cause: Option<Cause>,
    pub retryable: bool,
    /// How many requests were begun.
    pub attempts: u32,
    pub retry_after: Option<Duration>,
    pub violations: Vec<Violation>,
    /// The answer is of a host that the credentials are not for.
    pub elsewhere: bool,
    /// Why the call was not sent again, where it could have been.
    pub given_up: Option<Cow<'static, str>>,
    pub source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Parts {
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            kind,
            message: message.into(),
            operation: None,
            names_room: false,
            status: None,
            code: None,
            by_service: false,
            is_page: false,
            is_own: false,
            request_id: None,
            excerpt: None,
            cause: None,
            retryable: false,
            attempts: 0,
            retry_after: None,
            violations: Vec::new(),
            elsewhere: false,
            given_up: None,
            source: None,
        }
    }

    /// The target of a file fails.
    pub fn not_written(source: std::io::Error) -> Self {
        let message = "the file could not be written to its target";
        Self { source: Some(Box::new(source)), ..Self::new(ErrorKind::Write, message) }
    }
}

impl From<Parts> for Error {
    fn from(parts: Parts) -> Self {
        Self(Box::new(parts))
    }
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::invalid(vec![violation])
    }
}

impl Error {
    pub(crate) fn invalid(violations: Vec<Violation>) -> Self {
        Parts { violations, ..Parts::new(ErrorKind::InvalidInput, "the input breaks a rule") }.into()
    }

    /// What an error of bad input is made of.
    pub(crate) fn into_violations(self) -> Vec<Violation> {
        self.0.violations
    }

    /// `Ok` where there is no violation.
    pub(crate) fn check(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self::invalid(violations)) }
    }

    pub(crate) fn setup(
        message: impl Into<Cow<'static, str>>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Parts { source: Some(source.into()), ..Parts::new(ErrorKind::Setup, message) }.into()
    }

    /// The error with these words before those of the service, where it has said anything.
    pub(crate) fn saying(mut self, words: &'static str) -> Self {
        let said = self.code().is_some().then(|| format!("{words}: {}", self.0.message));
        self.0.message = said.map_or(words.into(), Cow::from);
        self
    }

    /// The error as one of a host that a redirect has led to. Where the host was not named no
    /// credentials were sent to it, and it has refused none.
    pub(crate) fn redirected_to(mut self, place: &str, is_named: bool) -> Self {
        self.0.message = format!("{}, after a redirect to {place}", self.0.message).into();
        self.0.elsewhere = !is_named;
        if self.0.elsewhere && self.0.cause == Some(Cause::Credentials) {
            self.0.cause = Some(Cause::Final);
        }
        self
    }

    /// The error as one of this operation.
    pub(crate) fn during(mut self, operation: &'static str) -> Self {
        self.0.operation = Some(operation);
        self
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn why_given_up(&self) -> Option<&str> {
        self.0.given_up.as_deref()
    }

    /// The error, with the reason why the call was not sent again.
    pub(crate) fn given_up(mut self, reason: impl Into<Cow<'static, str>>) -> Self {
        self.0.given_up = Some(reason.into());
        self
    }

    /// The error, with the one that kept the call from being sent again.
    pub(crate) fn given_up_for(mut self, reason: Self) -> Self {
        self.0.source = reason.0.source.or(self.0.source);
        self.given_up(reason.0.message)
    }

    /// Joins two errors of bad input, so that a person is told of all violations at once. Where
    /// only one of them is [`ErrorKind::InvalidInput`] it is that one, else `self`.
    ///
    /// ```
    /// use enablex::{Client, TokenRequest};
    ///
    /// let client = Client::new("", "key").unwrap_err();
    /// let request = TokenRequest::new("", "viewer", "emp-1042").check().unwrap_err();
    /// assert_eq!(client.and(request).violations().len(), 2);
    /// ```
    pub fn and(mut self, mut other: Error) -> Self {
        match (self.kind(), other.kind()) {
            (ErrorKind::InvalidInput, _) => {
                self.0.violations.append(&mut other.0.violations);
                self
            }
            (_, ErrorKind::InvalidInput) => other,
            _ => self,
        }
    }

    /// Where the call failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// EnableX's operationId of the call that failed, `createToken` for example; `archiveFile` for a
    /// file of the archive, which is no operation of the API. `None` for bad input, of which no call
    /// comes.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation
    }

    /// The HTTP status of the answer, where there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// Why the service refused, where it said so.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.0.code.as_ref()
    }

    /// EnableX's id of the request, to be named in a support request.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The beginning of a body that could not be understood, at most 512 characters. The app key is
    /// taken out of it, and where the body may hold a token or a password there is no excerpt.
    pub fn body_excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }

    /// Every rule that the input breaks; empty unless the kind is [`ErrorKind::InvalidInput`].
    pub fn violations(&self) -> &[Violation] {
        &self.0.violations
    }

    /// What to do about it: by the code where it is a published one, else by the HTTP status. `INVALID_PARAM`
    /// and 50000 say little, so beside HTTP 409 the status decides: wait. HTTP 404 means the room
    /// where the call names one and the answer is [the service's](Self::is_not_found). For bad input it is
    /// to mend what the [violations](Self::violations) name. A connection that failed, or a call that got
    /// no answer in time, may work later, unless it may have been done, or the way to the service is set up
    /// wrong. `None` where the fault is on this side: a cap of the client, the target of a file.
    pub fn advice(&self) -> Option<Advice> {
        if self.may_be_done() {
            return Some(Advice::MayBeDone);
        }
        Some(match self.0.kind {
            ErrorKind::InvalidInput => Advice::FixRequest { field: None },
            ErrorKind::Setup => Advice::CheckSetup,
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => {
                if self.0.cause == Some(Cause::Final) { Advice::CheckSetup } else { Advice::Wait }
            }
            ErrorKind::Write => return None,
            ErrorKind::Api | ErrorKind::UnexpectedAnswer if self.0.is_own => return None,
            ErrorKind::Api | ErrorKind::UnexpectedAnswer => {
                let is_conflict = self.status() == Some(StatusCode::CONFLICT);
                let code = self.code().filter(|code| !(is_conflict && code.is_general()));
                let advice = code.and_then(ErrorCode::advice);
                match advice.or_else(|| Some(self.advice_by_status(self.status()?)))? {
                    Advice::CheckCredentials if self.0.elsewhere => Advice::ServiceFailed,
                    advice => advice,
                }
            }
        })
    }

    /// The advice, where the room's schedule is known: the codes 10112 and 10113 do not say whether it is
    /// too early or too late, the schedule and the time do.
    ///
    /// The schedule is that of a [`Room`](crate::Room), or start and duration as you keep them beside its id.
    /// `now` is [`SystemTime::now`], or what a sandbox shows whose clock was moved.
    ///
    /// ```no_run
    /// # use std::time::{Duration, SystemTime};
    /// # fn tell(error: enablex::Error, room: &enablex::Room, start: SystemTime) {
    /// let advice = error.advice_for(room, SystemTime::now());
    /// let advice = error.advice_for((start, Duration::from_secs(45 * 60)), SystemTime::now());
    /// # }
    /// ```
    pub fn advice_for(&self, schedule: impl Into<Schedule>, now: SystemTime) -> Option<Advice> {
        Some(self.advice()?.resolved(schedule.into(), now))
    }

    /// What was asked for does not exist (any more), by the service's own word: 40001, or HTTP 404 with
    /// a code that is not published, or with the newer failure form and no code. A published code that says
    /// something else is that. A 404 of any other form, a page or an empty one, is one of a gateway or of a
    /// server that the base URL leads to by mistake, and says nothing of a room; of a [file](crate::FileHandle) it is the word of the server that has it.
    pub fn is_not_found(&self) -> bool {
        self.0.by_service && self.is(ErrorCode::RoomNotFound, StatusCode::NOT_FOUND)
    }

    /// The credentials are not accepted or may not do this: a code that says so, or HTTP 401 or
    /// 403 with no published code.
    pub fn is_auth(&self) -> bool {
        self.advice() == Some(Advice::CheckCredentials)
    }

    /// Too many requests: `RATE_LIMITED`, or HTTP 429 with no published code.
    pub fn is_rate_limited(&self) -> bool {
        self.is(ErrorCode::RateLimited, StatusCode::TOO_MANY_REQUESTS)
    }

    /// The room is full: 10114.
    pub fn is_room_full(&self) -> bool {
        self.code() == Some(&ErrorCode::RoomFull)
    }

    /// No answer came in time, or not the whole of it.
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }

    /// The same call may succeed when it is sent again later, and sending it again does no harm: a
    /// room may have been created although the call failed, so its creation is retryable only
    /// where it cannot have taken effect. The call itself has been repeated already, as
    /// [`retry`](crate::retry) says.
    pub fn is_retryable(&self) -> bool {
        self.0.retryable
    }

    /// It may have been done, and to do it twice would do harm.
    fn may_be_done(&self) -> bool {
        self.0.cause == Some(Cause::InDoubt) && !self.0.retryable
    }

    /// What the last attempt's failure means for a repeat; `None` where nothing was to be sent. An
    /// attempt before it may have been of another kind, and have done what the call was made for.
    pub fn retry_cause(&self) -> Option<Cause> {
        self.0.cause
    }

    /// How many requests were begun; 0 where nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the service asked to wait before another request, by the `Retry-After` of its last
    /// answer.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Advice by the HTTP status alone.
    fn advice_by_status(&self, status: StatusCode) -> Advice {
        match status.as_u16() {
            // The service answers no operation of the API like this.
            300..=399 | 404 | 405 | 410 if !self.0.by_service => Advice::CheckSetup,
            200..=299 if self.0.is_page => Advice::CheckSetup,
            401 | 403 => Advice::CheckCredentials,
            404 if self.0.names_room => Advice::RoomGone,
            407 => Advice::CheckSetup,
            408 | 409 | 429 | 503 => Advice::Wait,
            400..=499 => Advice::FixRequest { field: None },
            _ => Advice::ServiceFailed,
        }
    }

    /// A published code decides; without one the status does.
    fn is(&self, code: ErrorCode, status: StatusCode) -> bool {
        match self.code() {
            Some(known) if known.meaning().is_some() => *known == code,
            _ => self.status() == Some(status),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.0.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(&self.0.message)?;
        for (i, violation) in self.0.violations.iter().enumerate() {
            write!(f, "{}{violation}", if i == 0 { ": " } else { "; " })?;
        }
        let facts = [
            self.0.code.as_ref().map(|code| match code.result() {
                Some(number) => format!("result {number}"),
                None => code.to_string(),
            }),
            self.0.status.map(|status| format!("HTTP {}", status.as_u16())),
            self.0.request_id.as_ref().map(|id| format!("request {id}")),
            (self.0.attempts > 1).then(|| format!("{} attempts", self.0.attempts)),
        ];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        if !facts.is_empty() {
            write!(f, " ({})", facts.join(", "))?;
        }
        if let Some(reason) = &self.0.given_up {
            write!(f, "; not sent again: {reason}")?;
        }
        if self.may_be_done() { f.write_str("; it may have been done all the same") } else { Ok(()) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            let line = self.to_string();
            f.write_str(&line)?;
            let sources = std::iter::successors(self.source(), |error| (*error).source());
            if let Some(source) = sources.last().map(ToString::to_string).filter(|it| !line.contains(it)) {
                write!(f, ": {source}")?;
            }
            return match &self.0.excerpt {
                Some(excerpt) => write!(f, "; the body begins {excerpt:?}"),
                None => Ok(()),
            };
        }
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("operation", &self.0.operation)
            .field("status", &self.0.status)
            .field("code", &self.0.code)
            .field("request_id", &self.0.request_id)
            .field("body_excerpt", &self.0.excerpt)
            .field("retry_cause", &self.0.cause)
            .field("retryable", &self.0.retryable)
            .field("attempts", &self.0.attempts)
            .field("retry_after", &self.0.retry_after)
            .field("violations", &self.0.violations)
            .field("given_up", &self.0.given_up)
            .field("source", &self.0.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
