//! What an error is made of.

use std::{borrow::Cow, error::Error as StdError, sync::Arc, time::Duration};

use reqwest::StatusCode;

use super::{ErrorCode, ErrorKind, Violation};
use crate::{retry::Cause, transport::Operation};

/// What is known of a failure.
#[derive(Clone)]
pub(crate) struct Parts {
    pub failure: Failure,
    pub message: Cow<'static, str>,
    /// `None` for bad input, and for a client that could not be built.
    pub operation: Option<&'static Operation>,
    /// `None` where no request was to be sent.
    pub attempts: Option<Attempts>,
    pub source: Option<Arc<dyn StdError + Send + Sync>>,
}

/// What failed, with what belongs to this kind of failure alone.
#[derive(Clone)]
pub(crate) enum Failure {
    InvalidInput(Vec<Violation>),
    Setup,
    Connect,
    /// The status is that of a response whose body did not come in time.
    Timeout(Option<StatusCode>),
    /// The status is that of a response whose body broke off.
    Transport(Option<StatusCode>),
    /// The service, or something before it, refused.
    Refused(FailedResponse),
    /// A response that could not be understood.
    UnexpectedResponse(FailedResponse),
    /// The target of a file. The status is that of the response that brought it.
    Write(Option<StatusCode>),
}

/// A response that is no success.
#[derive(Clone, Debug)]
pub(crate) struct FailedResponse {
    pub status: StatusCode,
    pub origin: Origin,
    pub code: Option<ErrorCode>,
    pub request_id: Option<String>,
    pub excerpt: Option<String>,
    pub retry_after: Option<Duration>,
}

/// Who sent a failed response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Origin {
    /// The service, by the form of the response, or the server that has the file.
    Service,
    /// A gateway or another server: a page, or something else.
    Unknown { is_page: bool },
    /// A host that a redirect led to, and that got no credentials.
    OtherHost,
    /// The service, but this crate refused the response: it exceeds the cap, or the file has changed.
    Client,
}

/// The requests of a failed call.
#[derive(Clone)]
pub(crate) struct Attempts {
    /// How many were begun.
    pub count: u32,
    /// What the last failure means for a retry.
    pub cause: Cause,
    /// Why no retry followed, if one was possible.
    pub given_up: Option<Cow<'static, str>>,
}

impl Parts {
    pub fn new(failure: Failure, message: impl Into<Cow<'static, str>>) -> Self {
        Self { failure, message: message.into(), operation: None, attempts: None, source: None }
    }

    pub fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { source: Some(Arc::from(source.into())), ..self }
    }

    pub fn with_cause(self, cause: Option<Cow<'static, str>>) -> Self {
        match cause {
            Some(cause) => self.with_source(cause),
            None => self,
        }
    }

    /// The target of a file failed.
    pub fn not_written(source: std::io::Error, status: Option<StatusCode>) -> Self {
        Self::new(Failure::Write(status), "the file could not be written to its target").with_source(source)
    }

    pub fn cause(&self) -> Option<Cause> {
        self.attempts.as_ref().map(|attempts| attempts.cause)
    }

    /// Whether the request may be sent again without doing anything twice.
    pub fn is_retryable(&self) -> bool {
        let is_idempotent = self.operation.is_some_and(|operation| operation.idempotent);
        self.cause().is_some_and(|cause| cause.retry().allows(is_idempotent))
    }
}

impl Failure {
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::InvalidInput(_) => ErrorKind::InvalidInput,
            Self::Setup => ErrorKind::Setup,
            Self::Connect => ErrorKind::Connect,
            Self::Timeout(_) => ErrorKind::Timeout,
            Self::Transport(_) => ErrorKind::Transport,
            Self::Refused(_) => ErrorKind::Api,
            Self::UnexpectedResponse(_) => ErrorKind::UnexpectedAnswer,
            Self::Write(_) => ErrorKind::Write,
        }
    }

    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Timeout(status) | Self::Transport(status) | Self::Write(status) => *status,
            Self::Refused(response) | Self::UnexpectedResponse(response) => Some(response.status),
            Self::InvalidInput(_) | Self::Setup | Self::Connect => None,
        }
    }

    pub fn response(&self) -> Option<&FailedResponse> {
        match self {
            Self::Refused(response) | Self::UnexpectedResponse(response) => Some(response),
            _ => None,
        }
    }

    pub fn response_mut(&mut self) -> Option<&mut FailedResponse> {
        match self {
            Self::Refused(response) | Self::UnexpectedResponse(response) => Some(response),
            _ => None,
        }
    }
}

impl FailedResponse {
    /// One of which no more is known than this.
    pub fn new(status: StatusCode, origin: Origin) -> Self {
        Self { status, origin, code: None, request_id: None, excerpt: None, retry_after: None }
    }
}
