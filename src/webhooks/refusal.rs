//! Why a webhook is not taken.

use std::{error::Error as StdError, fmt};

use reqwest::StatusCode;

/// Why a request is not taken as a webhook. Its text is for your log, and holds nothing of the request.
///
/// With the feature `axum` it is an `IntoResponse`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// It has no credentials: 401, to be sent with `WWW-Authenticate: Basic`.
    NoCredentials,
    /// It has others than those that are accepted, or cannot be read: 401.
    WrongCredentials,
    /// Its body is too large: 413.
    TooLarge {
        /// The longest body in bytes.
        cap: usize,
    },
    /// Its body is no JSON object that can be read: 400. A number beyond the range of an `f64`, or half of a
    /// surrogate pair, cannot.
    Malformed {
        /// The line where it ends to be one, from 1; 0 where it is JSON, but no object.
        line: usize,
        /// The column in bytes.
        column: usize,
    },
    /// Its body did not arrive whole: 400.
    Incomplete,
}

impl Refusal {
    /// The HTTP status to respond with.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NoCredentials | Self::WrongCredentials => StatusCode::UNAUTHORIZED,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed { .. } | Self::Incomplete => StatusCode::BAD_REQUEST,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCredentials => f.write_str("the webhook has no credentials"),
            Self::WrongCredentials => f.write_str("the webhook has wrong credentials"),
            Self::TooLarge { cap } => write!(f, "the webhook has more than {cap} bytes"),
            Self::Malformed { line: 0, .. } => f.write_str("the webhook is no JSON object"),
            Self::Malformed { line, column } => {
                write!(f, "the webhook is no JSON: line {line}, column {column}")
            }
            Self::Incomplete => f.write_str("the webhook did not arrive whole"),
        }
    }
}

impl StdError for Refusal {}
