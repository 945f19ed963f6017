//! What a handler responds to its own caller after a failed call.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use reqwest::StatusCode;
use serde::Serialize;

use super::{Advice, Error, ErrorCode, Violation};
use crate::{Schedule, transport::operations, wire::rfc3339_seconds};

/// What a handler of your application responds to its own caller, a browser or a phone, after a failed call:
/// an HTTP status, a wait, and a text for a person. From [`Error::http_response`] and
/// [`Error::http_response_for`].
///
/// It names no credentials, hosts, ids, codes or texts of the service, and no value of the request: these are
/// in the [`Error`], for your log.
///
/// It serializes without the status, as `{"error": "The room is full.…", "reason": "room_full"}`, with
/// `retry_after_s` and `fields` where there are any.
///
/// | status | `reason` | when |
/// |---|---|---|
/// | 404 | `room_gone` | the room does not exist (any more) |
/// | 409 | `room_full` | the room is full |
/// | 409 | `not_open` | too early or over; the schedule is not known |
/// | 409 | `busy` | the state of the room does not allow it now: a session is running |
/// | 410 | `over` | the meeting is over |
/// | 422 | `invalid` | bad input of a request; `fields` has the field and the rule of each violation |
/// | 425 | `early` | too early, with the wait |
/// | 500 | `internal` | credentials, settings, proxy, certificates or folders are wrong: sound an alarm |
/// | 502 | `failed` | the service failed, or its response could not be used |
/// | 502 | `may_be_done` | a room may have been created: look for it first |
/// | 503 | `unavailable` | the service or the network is down, or there are too many requests |
/// | 504 | `timeout` | no response in time |
///
/// With the feature `axum` it is an `IntoResponse`, and so is [`Error`]. For another framework:
///
/// ```
/// use enablex::{Error, Role, TokenRequest};
///
/// fn respond(error: &Error) -> (u16, String) {
///     let response = error.http_response();
///     (response.status.as_u16(), serde_json::to_string(&response).unwrap_or_default())
/// }
///
/// let error = TokenRequest::new(" ", Role::Viewer, "emp-1042").check().unwrap_err();
/// let (status, body) = respond(&error);
/// assert_eq!(status, 422);
/// assert_eq!(
///     body,
///     r#"{"error":"The request is not valid: `name` must not be empty or blank.","reason":"invalid","#.to_owned()
///         + r#""fields":[{"field":"name","rule":"must not be empty or blank"}]}"#
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct HttpResponse {
    /// The HTTP status.
    #[serde(skip)]
    pub status: StatusCode,
    /// What to tell a person, in English.
    #[serde(rename = "error")]
    pub text: String,
    /// The reason as one word, for a program.
    pub reason: &'static str,
    /// After which time to try again, where that is known: a value for the header `Retry-After`, in seconds.
    #[serde(rename = "retry_after_s", serialize_with = "seconds", skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<Duration>,
    /// The rules that the input breaks, for status 422.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<InvalidField>,
}

/// A field of bad input in a [`HttpResponse`], without its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InvalidField {
    /// The field in EnableX's spelling, as a path: `settings.moderators`.
    pub field: String,
    /// The rule that it breaks.
    pub rule: String,
}

impl Error {
    /// The HTTP status that a handler responds to its own caller: that of [`http_response`](Self::http_response).
    pub fn http_status(&self) -> StatusCode {
        self.http_response().status
    }

    /// The HTTP status where the room's schedule is known: 425 if it is too early, 410 if it is over. See
    /// [`http_response_for`](Self::http_response_for).
    pub fn http_status_for(&self, schedule: impl Into<Schedule>, now: SystemTime) -> StatusCode {
        self.http_response_for(schedule, now).status
    }

    /// What a handler responds to its own caller. The statuses are this crate's judgement; [`HttpResponse`]
    /// lists them.
    pub fn http_response(&self) -> HttpResponse {
        self.response_with(self.advice(), SystemTime::now())
    }

    /// The same where the room's schedule is known, as for [`advice_for`](Self::advice_for): with the wait
    /// until an early caller can come in.
    ///
    /// ```no_run
    /// # use std::time::SystemTime;
    /// use enablex::{Client, ExposedToken, HttpResponse, Room, TokenRequest};
    ///
    /// async fn join(client: &Client, room: &Room, user: TokenRequest) -> Result<ExposedToken, HttpResponse> {
    ///     let token = client.room(room).create_token(user).await;
    ///     let token = token.map_err(|error| error.http_response_for(room, SystemTime::now()))?;
    ///     Ok(token.into_exposed())
    /// }
    /// ```
    pub fn http_response_for(&self, schedule: impl Into<Schedule>, now: SystemTime) -> HttpResponse {
        self.response_with(self.advice_for(schedule, now), now)
    }

    fn response_with(&self, advice: Option<Advice>, now: SystemTime) -> HttpResponse {
        let fields: Vec<_> = self.violations().iter().map(InvalidField::from).collect();
        let (status, reason, text) = match advice {
            Some(Advice::FixRequest { field }) if self.is_of_request() => {
                (422, "invalid", invalid_text(field, &fields))
            }
            Some(Advice::FixRequest { .. }) if fields.is_empty() => failed(),
            Some(Advice::RoomFull) => {
                (409, "room_full", "The room is full. Try again when someone has left.".into())
            }
            Some(Advice::WaitOrGone) => (409, "not_open", "The room is not open.".into()),
            Some(Advice::Early { until }) => {
                (425, "early", format!("The room is not open yet. It opens at {}.", rfc3339_seconds(until)))
            }
            Some(Advice::Over) => (410, "over", "The meeting is over.".into()),
            Some(Advice::RoomGone) => (404, "room_gone", "This room does not exist any more.".into()),
            Some(Advice::Wait) if self.is_conflict() => {
                (409, "busy", "This is not possible while the room is in use.".into())
            }
            Some(Advice::Wait) if self.is_timeout() => {
                (504, "timeout", "This takes too long. Try again later.".into())
            }
            Some(Advice::Wait) => {
                (503, "unavailable", "The video service is not available. Try again later.".into())
            }
            Some(Advice::ServiceFailed) => failed(),
            // A response larger than the client's cap, or a file that has changed.
            None if self.response().is_some() => failed(),
            Some(Advice::MayBeDone) => {
                (502, "may_be_done", "The video service failed, and the room may exist.".into())
            }
            _ => (500, "internal", "This does not work at the moment. It is not your fault.".into()),
        };
        let retry_after = match advice {
            Some(Advice::Early { until }) => until.duration_since(now).ok(),
            Some(Advice::Wait | Advice::ServiceFailed) => self.retry_after(),
            _ => None,
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let fields = if reason == "invalid" { fields } else { Vec::new() };
        HttpResponse { status, text, reason, retry_after, fields }
    }

    /// What is wrong was in the request of the handler's caller: not in the settings of the client, and not
    /// something that this crate has put together.
    fn is_of_request(&self) -> bool {
        match self.response() {
            None => self.violations().iter().all(|violation| is_input(violation.field())),
            Some(response) => {
                let is_said = self.code().is_some_and(|code| code.advice().is_some());
                let is_api = self.0.operation.is_some_and(|operation| operation.id != operations::FILE.id);
                is_api && (is_said || matches!(response.status.as_u16(), 400 | 422))
            }
        }
    }

    /// The state of the room does not allow it: waiting alone does not help.
    fn is_conflict(&self) -> bool {
        match self.code() {
            Some(ErrorCode::SessionOn) => true,
            Some(ErrorCode::ServerBusy | ErrorCode::RateLimited) => false,
            _ => self.status() == Some(StatusCode::CONFLICT),
        }
    }
}

/// A field of a room, a token or a report, which people fill in.
fn is_input(field: &str) -> bool {
    let of_settings = field.starts_with("settings.");
    of_settings
        || matches!(
            field,
            "name"
                | "owner_ref"
                | "role"
                | "user_ref"
                | "data"
                | "room_id"
                | "conf_num"
                | "date"
                | "from_date"
                | "to_date"
                | "days"
        )
}

fn failed() -> (u16, &'static str, String) {
    (502, "failed", "The video service failed. Try again later.".into())
}

fn invalid_text(field: Option<&str>, fields: &[InvalidField]) -> String {
    let refused = field.map(|field| format!("`{field}` is refused"));
    let faults: Vec<_> = fields.iter().map(InvalidField::to_string).chain(refused).collect();
    if faults.is_empty() {
        return "The request is not valid.".into();
    }
    format!("The request is not valid: {}.", faults.join("; "))
}

impl From<Error> for HttpResponse {
    fn from(error: Error) -> Self {
        error.http_response()
    }
}

impl From<&Violation> for InvalidField {
    fn from(violation: &Violation) -> Self {
        Self { field: violation.field().into(), rule: violation.rule().into() }
    }
}

impl fmt::Display for InvalidField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.field, self.rule)
    }
}

/// Seconds, rounded up: a caller that waits less comes too early again.
fn rounded_up(wait: Duration) -> u64 {
    wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0))
}

fn seconds<S: serde::Serializer>(wait: &Option<Duration>, serializer: S) -> Result<S::Ok, S::Error> {
    wait.map(rounded_up).serialize(serializer)
}

#[cfg(feature = "axum")]
mod axum {
    use axum_core::{
        body::Body,
        response::{IntoResponse, Response},
    };
    use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, RETRY_AFTER};

    use super::{HttpResponse, rounded_up};
    use crate::Error;

    /// The JSON of the response, with `Retry-After` where the wait is known, and `Cache-Control: no-store`.
    impl IntoResponse for HttpResponse {
        fn into_response(self) -> Response {
            let body = serde_json::to_vec(&self).unwrap_or_default();
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = self.status;
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            if let Some(wait) = self.retry_after {
                headers.insert(RETRY_AFTER, rounded_up(wait).into());
            }
            response
        }
    }

    /// The same as [`Error::http_response`]. The error itself is lost by that: log it first.
    impl IntoResponse for Error {
        fn into_response(self) -> Response {
            self.http_response().into_response()
        }
    }
}
