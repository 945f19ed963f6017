//! What to do about a failure.

use std::{fmt, time::SystemTime};

use reqwest::StatusCode;

use super::{ErrorCode, FailedResponse, Origin};
use crate::{Schedule, wire::rfc3339_seconds};

/// What to do about a failure: whether the room is full, the meeting over, or the service down.
///
/// The result codes and their meanings are EnableX's. The advice is this crate's judgement.
///
/// ```
/// use std::time::SystemTime;
/// use enablex::{Advice, Error, Schedule};
///
/// /// What to tell a person who cannot join.
/// fn notice(error: &Error, schedule: impl Into<Schedule>) -> String {
///     let text = match error.advice_for(schedule, SystemTime::now()) {
///         Some(early @ Advice::Early { .. }) => return early.to_string(), // with the time
///         Some(Advice::RoomFull) => "The room is full: try again when someone has left.",
///         Some(Advice::Over) => "This meeting is over.",
///         Some(Advice::RoomGone) => "This room is closed: ask for a new one.",
///         Some(Advice::WaitOrGone) => "The room is not open.",
///         Some(Advice::Wait | Advice::ServiceFailed) => "Not now: try again in a minute.",
///         // Request, credentials or setup: waiting mends nothing, your alarm may.
///         _ => "This does not work: call our support.",
///     };
///     text.into()
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// The request is wrong and will be refused again.
    FixRequest {
        /// The field to mend, where the code names one.
        field: Option<&'static str>,
    },
    /// The credentials are not accepted, or may not do this.
    CheckCredentials,
    /// The base URL, the proxy, the certificates or the credentials provider are wrong. Waiting does not
    /// help.
    CheckSetup,
    /// The same request may succeed later.
    Wait,
    /// The room is not open. The code does not say whether it is too early or too late. See
    /// [`Error::advice_for`](crate::Error::advice_for).
    WaitOrGone,
    /// Too early: the room opens at this time.
    Early {
        /// When tokens can be created.
        until: SystemTime,
    },
    /// Too late: the room's session or its time is over.
    Over,
    /// This room can no longer be used. Create another one.
    RoomGone,
    /// The room is full. The request may succeed when someone leaves.
    RoomFull,
    /// The service failed. The same request may succeed later.
    ServiceFailed,
    /// A room may have been created although the call failed. Look for it by its `owner_ref` or name in the
    /// [list](crate::Rooms::list) before you create it again.
    MayBeDone,
}

impl Advice {
    /// The advice as one word, in lower case with underscores.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::FixRequest { .. } => "fix_request",
            Self::CheckCredentials => "check_credentials",
            Self::CheckSetup => "check_setup",
            Self::Wait => "wait",
            Self::WaitOrGone => "wait_or_gone",
            Self::Early { .. } => "early",
            Self::Over => "over",
            Self::RoomGone => "room_gone",
            Self::RoomFull => "room_full",
            Self::ServiceFailed => "service_failed",
            Self::MayBeDone => "may_be_done",
        }
    }

    /// Decides between early and over by the room's schedule.
    pub(crate) fn resolved(self, schedule: Schedule, now: SystemTime) -> Self {
        if self != Self::WaitOrGone {
            return self;
        }
        match schedule.opens_at() {
            Some(until) if now < until => Self::Early { until },
            Some(_) if schedule.ends_at().is_some_and(|end| end <= now) => Self::Over,
            _ => self,
        }
    }
}

impl FailedResponse {
    /// The advice of a published code, or else of the status.
    pub(super) fn advice(&self, names_room: bool) -> Option<Advice> {
        if self.origin == Origin::Client {
            return None;
        }
        let is_conflict = self.status == StatusCode::CONFLICT;
        let code = self.code.as_ref().filter(|code| !(is_conflict && code.is_general()));
        let advice = code.and_then(ErrorCode::advice).unwrap_or_else(|| self.advice_by_status(names_room));
        // A host that got no credentials refused none.
        let is_refused = advice == Advice::CheckCredentials && self.origin == Origin::OtherHost;
        Some(if is_refused { Advice::ServiceFailed } else { advice })
    }

    fn advice_by_status(&self, names_room: bool) -> Advice {
        match (self.status.as_u16(), self.origin) {
            // The service responds to no operation of the API like this.
            (300..=399 | 404 | 405 | 410, Origin::Unknown { .. }) => Advice::CheckSetup,
            (200..=299, Origin::Unknown { is_page: true }) => Advice::CheckSetup,
            (401 | 403, _) => Advice::CheckCredentials,
            (404, _) if names_room => Advice::RoomGone,
            (407, _) => Advice::CheckSetup,
            (408 | 409 | 429 | 503, _) => Advice::Wait,
            (400..=499, _) => Advice::FixRequest { field: None },
            _ => Advice::ServiceFailed,
        }
    }
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FixRequest { field: Some(field) } => write!(f, "fix `{field}` in the request"),
            Self::FixRequest { field: None } => f.write_str("fix the request"),
            Self::CheckCredentials => f.write_str("check the credentials and what they may do"),
            Self::CheckSetup => f.write_str("check the base URL, the proxy and the certificates"),
            Self::Wait => f.write_str("wait and try again"),
            Self::WaitOrGone => f.write_str("the room is not open: too early, or already over"),
            Self::Early { until } => {
                write!(f, "early: the room opens at {}", rfc3339_seconds(*until))
            }
            Self::Over => f.write_str("it is over"),
            Self::RoomGone => f.write_str("the room is gone, use another one"),
            Self::RoomFull => f.write_str("the room is full, try again when someone has left"),
            Self::ServiceFailed => f.write_str("the service failed, try again later"),
            Self::MayBeDone => f.write_str("it may have been done, look before you do it again"),
        }
    }
}
