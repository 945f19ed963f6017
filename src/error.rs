//! The one error of this crate.

use std::{
    borrow::Cow,
    error::Error as StdError,
    time::{Duration, SystemTime},
};

use reqwest::StatusCode;

use crate::{Schedule, retry::Cause, transport::Operation};

mod advice;
mod code;
mod format;
mod http;
mod kind;
mod parts;
mod violation;

pub use advice::Advice;
pub use code::ErrorCode;
pub(crate) use format::sources;
pub use http::{HttpResponse, InvalidField};
pub use kind::ErrorKind;
pub(crate) use parts::{Attempts, FailedResponse, Failure, Origin, Parts};
pub use violation::Violation;
pub(crate) use violation::clip;

/// Every failure of every layer.
///
/// Ask it questions instead of matching it: what happened, and what to do about it. It never holds an app
/// key or a token.
///
/// | situation | question | [`advice`](Self::advice) | [`http_status`](Self::http_status) |
/// |---|---|---|---|
/// | bad input, nothing was sent | [`violations`](Self::violations) | [`FixRequest`](Advice::FixRequest) | 422 |
/// | the room is full | [`is_room_full`](Self::is_room_full) | [`RoomFull`](Advice::RoomFull) | 409 |
/// | too early | [`advice_for`](Self::advice_for) | [`Early`](Advice::Early) | 425 |
/// | too late | [`advice_for`](Self::advice_for) | [`Over`](Advice::Over) | 410 |
/// | the room does not exist (any more) | [`is_not_found`](Self::is_not_found) | [`RoomGone`](Advice::RoomGone) | 404 |
/// | too many requests | [`is_rate_limited`](Self::is_rate_limited) | [`Wait`](Advice::Wait) | 503 |
/// | the service failed | [`advice`](Self::advice) | [`ServiceFailed`](Advice::ServiceFailed) | 502 |
/// | no response in time | [`is_timeout`](Self::is_timeout) | [`Wait`](Advice::Wait) | 504 |
/// | a room may have been created | [`advice`](Self::advice) | [`MayBeDone`](Advice::MayBeDone) | 502 |
/// | the credentials were refused | [`is_auth`](Self::is_auth) | [`CheckCredentials`](Advice::CheckCredentials) | 500 |
/// | base URL, proxy or certificates | [`kind`](Self::kind) | [`CheckSetup`](Advice::CheckSetup) | 500 |
///
/// # Format
///
/// `{}` prints one line: the operation, what happened, why a connection failed, the code, the status and the
/// number of attempts. The [sources](std::error::Error::source) add where a body could not be decoded, the
/// error of a credentials provider, and the operating system's error for a file or a certificate. `{:?}`,
/// which `main` prints for a returned error, is the same line with the innermost source and the
/// [excerpt](Self::body_excerpt); `{:#?}` prints every part.
///
/// ```
/// use enablex::{ErrorKind, TokenRequest};
///
/// let error = TokenRequest::new(" ", "Host", "emp-1042").check().unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::InvalidInput);
/// let fields: Vec<_> = error.violations().iter().map(|violation| violation.field()).collect();
/// assert_eq!(fields, ["name", "role"]);
/// ```
#[derive(Clone)]
pub struct Error(Box<Parts>);

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
        Parts::new(Failure::InvalidInput(violations), "the input breaks a rule").into()
    }

    /// The violations of bad input; none for another kind.
    pub(crate) fn into_violations(self) -> Vec<Violation> {
        match self.0.failure {
            Failure::InvalidInput(violations) => violations,
            _ => Vec::new(),
        }
    }

    /// `Ok` where there is no violation.
    pub(crate) fn check(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self::invalid(violations)) }
    }

    pub(crate) fn setup(
        message: impl Into<Cow<'static, str>>,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Parts::new(Failure::Setup, message).with_source(source).into()
    }

    pub(crate) fn setup_failed(message: &'static str) -> Self {
        Parts::new(Failure::Setup, message).into()
    }

    /// Puts this text before that of the service, or in place of the crate's own.
    pub(crate) fn prefixed(mut self, words: &'static str) -> Self {
        let service_said = self.code().is_some().then(|| format!("{words}: {}", self.0.message));
        self.0.message = service_said.map_or(words.into(), Cow::from);
        self
    }

    /// Names the host that a redirect led to. A host that the caller has not named for the recording
    /// credentials got none, and so refused none.
    pub(crate) fn redirected_to(mut self, location: &str, is_named: bool) -> Self {
        self.0.message = format!("{}, after a redirect to {location}", self.0.message).into();
        if is_named {
            return self;
        }
        if let Some(response) = self.0.failure.response_mut()
            && response.origin != Origin::Client
        {
            response.origin = Origin::OtherHost;
        }
        if let Some(attempts) = &mut self.0.attempts
            && attempts.cause == Cause::Credentials
        {
            attempts.cause = Cause::Final;
        }
        self
    }

    pub(crate) fn in_operation(mut self, operation: &'static Operation) -> Self {
        self.0.operation = Some(operation);
        self
    }

    pub(crate) fn why_given_up(&self) -> Option<&str> {
        self.0.attempts.as_ref()?.given_up.as_deref()
    }

    /// Adds why no other attempt followed.
    pub(crate) fn given_up(mut self, reason: impl Into<Cow<'static, str>>) -> Self {
        if let Some(attempts) = &mut self.0.attempts {
            attempts.given_up = Some(reason.into());
        }
        self
    }

    /// Adds the error that kept another attempt from being made.
    pub(crate) fn given_up_for(mut self, reason: Self) -> Self {
        self.0.source = reason.0.source.or(self.0.source);
        self.given_up(reason.0.message)
    }

    /// Joins two errors of bad input, so that all violations are reported at once. If only one of them is
    /// [`ErrorKind::InvalidInput`] the result is that one, otherwise `self`.
    ///
    /// ```
    /// use enablex::{Client, TokenRequest};
    ///
    /// let client = Client::new("", "key").unwrap_err();
    /// let request = TokenRequest::new("", "viewer", "emp-1042").check().unwrap_err();
    /// assert_eq!(client.and(request).violations().len(), 2);
    /// ```
    pub fn and(mut self, mut other: Error) -> Self {
        match (&mut self.0.failure, &mut other.0.failure) {
            (Failure::InvalidInput(violations), Failure::InvalidInput(others)) => {
                violations.append(others);
                self
            }
            (Failure::InvalidInput(_), _) => self,
            (_, Failure::InvalidInput(_)) => other,
            _ => self,
        }
    }

    /// What kind of failure it is: by the layer that failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.failure.kind()
    }

    /// EnableX's operationId of the call that failed, for example `createToken`. `archiveFile` for a file of
    /// the archive, which is not an operation of the API. `None` for bad input.
    pub fn operation(&self) -> Option<&'static str> {
        self.0.operation.map(|operation| operation.id)
    }

    /// The HTTP status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.failure.status()
    }

    /// The service's code for why it refused, if its response has one.
    pub fn code(&self) -> Option<&ErrorCode> {
        self.response()?.code.as_ref()
    }

    /// EnableX's id of the request. Name it in a support request.
    pub fn request_id(&self) -> Option<&str> {
        self.response()?.request_id.as_deref()
    }

    /// The beginning of a body that could not be understood, at most 512 characters. The app key is redacted
    /// in it; a body that may hold a token or a password has no excerpt.
    pub fn body_excerpt(&self) -> Option<&str> {
        self.response()?.excerpt.as_deref()
    }

    /// Every rule that the input breaks. Empty unless the kind is [`ErrorKind::InvalidInput`].
    pub fn violations(&self) -> &[Violation] {
        match &self.0.failure {
            Failure::InvalidInput(violations) => violations,
            _ => &[],
        }
    }

    /// What to do about it. `None` where nothing helps: a body over the client's cap, the target of a file.
    ///
    /// A published code decides, otherwise the HTTP status does. `INVALID_PARAM` and 50000 say little: if they
    /// come with HTTP 409, the status decides, and the advice is to wait. HTTP 404 means that the room is gone where the call
    /// names one and the response is [the service's](Self::is_not_found). A failed connection or a missing
    /// response is worth waiting for, unless the request may have been carried out
    /// ([`Advice::MayBeDone`]) or the proxy or the certificates are wrong.
    pub fn advice(&self) -> Option<Advice> {
        if self.may_be_done() {
            return Some(Advice::MayBeDone);
        }
        match &self.0.failure {
            Failure::InvalidInput(_) => Some(Advice::FixRequest { field: None }),
            Failure::Setup => Some(Advice::CheckSetup),
            Failure::Connect | Failure::Timeout(_) | Failure::Transport(_) => {
                Some(if self.retry_cause() == Some(Cause::Final) { Advice::CheckSetup } else { Advice::Wait })
            }
            Failure::Write(_) => None,
            Failure::Refused(response) | Failure::UnexpectedResponse(response) => {
                let names_room = self.0.operation.is_some_and(Operation::names_room);
                response.advice(names_room)
            }
        }
    }

    /// The advice for a room with this schedule. The codes 10112 and 10113 do not say whether it is too early
    /// or too late; the schedule and the time do.
    ///
    /// The schedule is that of a [`Room`](crate::Room), or start and duration as you keep them beside its id.
    /// `now` is [`SystemTime::now`], or the time of a sandbox whose clock was moved.
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

    /// The room or file does not exist (any more), by the service's own word: code 40001, or HTTP 404 with an
    /// unpublished code, or with the newer failure form and no code.
    ///
    /// A 404 in any other form comes from a gateway, or from a server that the base URL leads to by mistake,
    /// and is `false`. For a [file](crate::FileHandle) the server that has it decides.
    pub fn is_not_found(&self) -> bool {
        let is_service = |response: &FailedResponse| !matches!(response.origin, Origin::Unknown { .. });
        self.response().is_some_and(is_service) && self.is(ErrorCode::RoomNotFound, StatusCode::NOT_FOUND)
    }

    /// The credentials were refused, or do not allow this: a code that says so, or HTTP 401 or 403 without a
    /// published code.
    pub fn is_auth(&self) -> bool {
        self.advice() == Some(Advice::CheckCredentials)
    }

    /// Too many requests: `RATE_LIMITED`, or HTTP 429 without a published code.
    pub fn is_rate_limited(&self) -> bool {
        self.is(ErrorCode::RateLimited, StatusCode::TOO_MANY_REQUESTS)
    }

    /// The room is full: 10114.
    pub fn is_room_full(&self) -> bool {
        self.code() == Some(&ErrorCode::RoomFull)
    }

    /// No response came in time, or not all of it.
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// The same call may succeed later, and sending it again does nothing twice. Creating a room is retryable
    /// only if the request was not carried out.
    ///
    /// Where something has to change first, it is not: a [full](Self::is_room_full) room has to be left, one that
    /// is not open yet has to open. [`advice`](Self::advice) tells.
    ///
    /// The call itself has been retried already, see [`retry`](crate::retry).
    pub fn is_retryable(&self) -> bool {
        self.0.is_retryable()
    }

    /// The request may have been carried out, and sending it again would do it twice.
    fn may_be_done(&self) -> bool {
        self.retry_cause() == Some(Cause::InDoubt) && !self.is_retryable()
    }

    /// What the failure of the last attempt means for a retry. `None` where no request was to be sent. An
    /// earlier attempt may have failed for another cause, and may have been carried out.
    pub fn retry_cause(&self) -> Option<Cause> {
        self.0.cause()
    }

    /// How many requests were begun. 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts.as_ref().map_or(0, |attempts| attempts.count)
    }

    /// How long the service asks to wait before the next request, by the `Retry-After` header of its last
    /// response.
    pub fn retry_after(&self) -> Option<Duration> {
        self.response()?.retry_after
    }

    fn response(&self) -> Option<&FailedResponse> {
        self.0.failure.response()
    }

    /// A published code decides, otherwise the status does.
    fn is(&self, code: ErrorCode, status: StatusCode) -> bool {
        match self.code() {
            Some(known) if known.meaning().is_some() => *known == code,
            _ => self.status() == Some(status),
        }
    }
}
