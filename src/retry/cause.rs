//! The table of what may be retried.

use std::fmt;

use reqwest::StatusCode;

use crate::{Advice, ErrorCode};

/// One line for each cause: variant, word, when it is retried, cost of a retry, description. The enum,
/// its methods and the table in its documentation come from these lines.
macro_rules! causes {
    ($($name:ident, $word:literal, $when:ident, $cost:literal, $what:literal;)+) => {
        /// What a failure means for a retry.
        ///
        /// | cause | what happened | retried | cost |
        /// |---|---|---|---|
        $(#[doc = concat!(
            "| [`", stringify!($name), "`](Self::", stringify!($name), ") | ", $what,
            " | [`", stringify!($when), "`](RetryWhen::", stringify!($when), ") | ", stringify!($cost), " |"
        )])+
        ///
        /// A published code decides over the HTTP status. With another code, or none, the status decides.
        /// [`Error::retry_cause`](crate::Error::retry_cause) returns the cause of a failure.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $(#[doc = concat!($what, ".")] $name,)+
        }

        impl Cause {
            /// Every cause, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The cause as one word, in lower case with underscores.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// What happened.
            pub fn description(self) -> &'static str {
                match self { $(Self::$name => $what,)+ }
            }

            /// Which operations are retried after it.
            pub fn retry(self) -> RetryWhen {
                match self { $(Self::$name => RetryWhen::$when,)+ }
            }

            /// What a retry draws from the client's budget of 500.
            pub fn cost(self) -> u32 {
                match self { $(Self::$name => $cost,)+ }
            }
        }
    };
}

causes! {
    NotSent, "not_sent", Always, 14, "the request was not sent: no connection could be made, or the client's own limits gave no permit in time";
    Busy, "busy", Always, 5, "the service was too busy to do it: 10105, `RATE_LIMITED` or HTTP 429";
    InDoubt, "in_doubt", IfIdempotent, 14, "it may have been done: no answer in time, a broken connection, a 2XX that cannot be understood or contradicts itself, 50000 to 50005, or HTTP 408, 500, 502, 503 or 504";
    Credentials, "credentials", WithNewCredentials, 0, "the credentials were not accepted: `UNAUTHORIZED`, `CREDENTIAL_EXPIRED` or HTTP 401";
    Final, "final", Never, 0, "anything else: the request was refused or redirected, the certificate is not trusted, the proxy wants credentials, the answer is too large, a row of a report cannot be decoded";
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which operations are retried after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryWhen {
    /// Every operation: the request was not carried out.
    Always,
    /// Idempotent operations: all except `createRoom`, which would create a second room.
    IfIdempotent,
    /// Every operation, once, if the credentials provider returns another pair.
    WithNewCredentials,
    /// No operation: a retry would fail in the same way.
    Never,
}

impl RetryWhen {
    pub(crate) fn allows(self, is_idempotent: bool) -> bool {
        self == Self::Always || (self == Self::IfIdempotent && is_idempotent)
    }
}

impl Cause {
    /// The cause of a refusal, or of a 2XX that could not be understood.
    pub(crate) fn of_response(code: Option<&ErrorCode>, status: StatusCode) -> Self {
        match code.filter(|code| code.meaning().is_some()) {
            Some(ErrorCode::ServerBusy | ErrorCode::RateLimited) => Self::Busy,
            Some(ErrorCode::Unauthorized | ErrorCode::CredentialExpired) => Self::Credentials,
            Some(code) if code.advice() == Some(Advice::ServiceFailed) => Self::InDoubt,
            Some(_) => Self::Final,
            None if code.is_none() && status.is_success() => Self::InDoubt,
            None => match status.as_u16() {
                429 => Self::Busy,
                401 => Self::Credentials,
                408 | 500 | 502 | 503 | 504 => Self::InDoubt,
                _ => Self::Final,
            },
        }
    }
}
