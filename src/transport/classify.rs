//! Classifies the outcome of an attempt: a payload or an [`Error`].

use std::{borrow::Cow, time::Duration};

use super::{Scrub, attempt::TimeLimit, operations::Operation, response::RawResponse};
use crate::{
    Error, bindings,
    clock::Time,
    error::{Attempts, FailedResponse, Failure, Origin, Parts},
    retry::Cause,
};
use progenitor_client::ResponseValue;

mod connection;
mod refusal;

/// How much of a text of the service is kept, in characters.
const MAX_TEXT: usize = 512;

/// The call's time passed before any request could be sent.
pub(super) fn not_sent(operation: &'static Operation, message: &'static str) -> Error {
    error(operation, 0, Cause::NotSent, Parts::new(Failure::Timeout(None), message))
}

fn error(operation: &'static Operation, count: u32, cause: Cause, parts: Parts) -> Error {
    let attempts = Some(Attempts { count, cause, given_up: None });
    Parts { operation: Some(operation), attempts, ..parts }.into()
}

/// Classifies the failures of one attempt.
#[derive(Clone, Copy)]
pub(super) struct Classifier<'a> {
    pub operation: &'static Operation,
    pub scrub: &'a Scrub,
    /// How many requests were begun.
    pub attempts: u32,
    pub time: &'a Time,
}

impl Classifier<'_> {
    /// The attempt's time passed. A refusal is known by its status, even if its body did not come.
    pub fn timed_out(self, limit: &TimeLimit, response: &RawResponse) -> Error {
        if response.status.is_some_and(|status| !status.is_success()) {
            return self.refused(response, None);
        }
        let what = if response.status.is_some() { "no whole answer" } else { "no answer" };
        let message = format!("{what} within {limit}");
        self.error(Cause::InDoubt, Parts::new(Failure::Timeout(response.status), message))
    }

    /// The rest of a body did not come.
    pub fn stalled(self, idle: Duration, response: &RawResponse) -> Error {
        let seconds = (idle.as_secs_f64() * 10.).round() / 10.;
        let message = format!("nothing more came for {seconds} s");
        self.error(Cause::InDoubt, Parts::new(Failure::Timeout(response.status), message))
    }

    /// What the bindings received, if it is a 2XX within the cap.
    pub fn received<T>(
        self,
        sent: Result<ResponseValue<T>, bindings::Error<()>>,
        response: &RawResponse,
    ) -> Result<T, Error> {
        match sent {
            _ if response.over_cap && response.status.is_some_and(|status| status.is_success()) => {
                Err(self.too_large("the answer", response))
            }
            Ok(value) => Ok(value.into_inner()),
            Err(bindings::Error::UnexpectedResponse(_)) => Err(self.refused(response, None)),
            Err(error) => Err(self.disconnected(error, response)),
        }
    }

    /// The response is not the one that was requested. A retry may get it.
    pub fn unexpected(self, why: impl Into<Cow<'static, str>>, response: &RawResponse) -> Error {
        self.unexpected_response(Cause::InDoubt, self.origin(), why, response)
    }

    /// The file is another one than the one whose beginning was written.
    pub fn changed(self, response: &RawResponse) -> Error {
        let message = "the file has changed while it was fetched";
        self.unexpected_response(Cause::Final, Origin::Client, message, response)
    }

    /// This exceeds the cap.
    pub fn too_large(self, what: &str, response: &RawResponse) -> Error {
        let message = format!("{what} is too large for the client's cap, see `body_cap`");
        self.unexpected_response(Cause::Final, Origin::Client, message, response)
    }

    /// A row of a report cannot be read. A retry would get the same rows.
    pub fn bad_row(
        self,
        number: u64,
        what: &str,
        cause: Option<Cow<'static, str>>,
        response: &RawResponse,
    ) -> Error {
        let failed = FailedResponse::new(response.status.unwrap_or_default(), self.origin());
        let message = format!("row {number} of the report {what}");
        let parts = Parts::new(Failure::UnexpectedResponse(failed), message);
        self.error(Cause::Final, parts.with_cause(cause))
    }

    /// The target of a file failed.
    pub fn not_written(self, source: std::io::Error, response: &RawResponse) -> Error {
        self.error(Cause::Final, Parts::not_written(source, response.status))
    }

    /// A 2XX that did not decode.
    pub fn undecodable(self, response: &RawResponse, error: &serde_json::Error) -> Error {
        self.refused(response, Some(self.decode_error(error).into()))
    }

    /// The decoder's error. It quotes the value, which may be a secret.
    pub fn decode_error(self, error: &serde_json::Error) -> String {
        if self.operation.secret {
            format!("{:?} error at line {} column {}", error.classify(), error.line(), error.column())
        } else {
            self.scrub.text(&error.to_string(), MAX_TEXT)
        }
    }

    fn unexpected_response(
        self,
        cause: Cause,
        origin: Origin,
        message: impl Into<Cow<'static, str>>,
        response: &RawResponse,
    ) -> Error {
        let failed = FailedResponse::new(response.status.unwrap_or_default(), origin);
        self.error(cause, Parts::new(Failure::UnexpectedResponse(failed), message))
    }

    /// Any form of response is the word of the server that has a file.
    fn origin(self) -> Origin {
        if self.operation.is_file() { Origin::Service } else { Origin::Unknown { is_page: false } }
    }

    fn error(self, cause: Cause, parts: Parts) -> Error {
        error(self.operation, self.attempts, cause, parts)
    }
}
