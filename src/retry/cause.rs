//! The one table of what may be sent again.

use std::fmt;

use reqwest::StatusCode;

use crate::{Advice, ErrorCode};

/// One line a cause: variant, its word, what may be repeated after it, what a repeat costs, what it
/// is. From it come the variants of [`Cause`], every question about them and the table in their
/// documentation.
macro_rules! causes {
    ($($name:ident, $word:literal, $repeat:ident, $cost:literal, $what:literal;)+) => {
        /// What a failure means for a repeat.
        ///
        /// | cause | what happened | repeated | cost |
        /// |---|---|---|---|
        $(#[doc = concat!(
            "| [`", stringify!($name), "`](Self::", stringify!($name), ") | ", $what,
            " | [`", stringify!($repeat), "`](Repeat::", stringify!($repeat), ") | ", stringify!($cost), " |"
        )])+
        ///
        /// A published code decides, whatever the HTTP status is; with another code or none the
        /// status does. [`Error::retry_cause`](crate::Error::retry_cause) tells which one a failure was.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Cause {
            $(#[doc = concat!($what, ".")] $name,)+
        }

        impl Cause {
            /// Every cause, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// One word for it, in lower case with underscores.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// What happened, in words.
            pub fn description(self) -> &'static str {
                match self { $(Self::$name => $what,)+ }
            }

            /// What may be repeated after it.
            pub fn repeat(self) -> Repeat {
                match self { $(Self::$name => Repeat::$repeat,)+ }
            }

            /// What a repeat draws from the budget of the client.
            pub fn cost(self) -> u32 {
                match self { $(Self::$name => $cost,)+ }
            }
        }
    };
}

causes! {
    NotSent, "not_sent", Any, 14, "the request was not sent: no connection came about, or the client's own limits left no place for it in time";
    Busy, "busy", Any, 5, "the service was too busy to do it: 10105, `RATE_LIMITED` or HTTP 429";
    InDoubt, "in_doubt", Harmless, 14, "it may have been done: no answer in time, a broken connection, a 2XX that cannot be understood or contradicts itself, 50000 to 50005, or HTTP 408, 500, 502, 503 or 504";
    Credentials, "credentials", WithOthers, 0, "the credentials were not accepted: `UNAUTHORIZED`, `CREDENTIAL_EXPIRED` or HTTP 401";
    Final, "final", Nothing, 0, "anything else: the request was refused or redirected, the certificate is not trusted, the proxy wants credentials, the answer is too large, a row of a report is none";
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What may be repeated after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Repeat {
    /// Any operation: it was surely not done.
    Any,
    /// Any operation but `createRoom`: to do it twice does no harm.
    Harmless,
    /// Any operation, once, where the provider of credentials has another pair now.
    WithOthers,
    /// No operation: the answer will be the same.
    Nothing,
}

impl Repeat {
    /// `harmless` is the operation's: whether it does no harm to do it twice.
    pub(crate) fn allows(self, harmless: bool) -> bool {
        self == Self::Any || (self == Self::Harmless && harmless)
    }
}

impl Cause {
    /// The cause of a refusal, or of a 2XX without a code, which could not be understood.
    pub(crate) fn of_answer(code: Option<&ErrorCode>, status: StatusCode) -> Self {
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
