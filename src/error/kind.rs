//! Kinds of failures.

use std::fmt;

/// What kind of failure it is: which part of a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input breaks a rule. Nothing was sent. See [`Error::violations`](crate::Error::violations).
    InvalidInput,
    /// The client could not be built (for lack of CA certificates, for example), its provider returned no
    /// credentials, there is no Tokio runtime, or the sandbox could not be started. Nothing was sent.
    Setup,
    /// No connection could be made. The request was not sent.
    Connect,
    /// No response in time. The request may have been carried out, unless
    /// [`Error::attempts`](crate::Error::attempts) is 0 or
    /// [`Error::retry_cause`](crate::Error::retry_cause) is [`NotSent`](crate::retry::Cause::NotSent).
    Timeout,
    /// The connection broke. The request may have been carried out.
    Transport,
    /// The service refused. See [`Error::code`](crate::Error::code),
    /// [`Error::status`](crate::Error::status) and [`Error::advice`](crate::Error::advice).
    Api,
    /// The response could not be understood. The request may have been carried out.
    UnexpectedAnswer,
    /// A file could not be written to its target.
    Write,
}

impl ErrorKind {
    /// The kind as one word, in lower case with underscores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidInput => "invalid_input",
            Self::Setup => "setup",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Transport => "transport",
            Self::Api => "api",
            Self::UnexpectedAnswer => "unexpected_answer",
            Self::Write => "write",
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
