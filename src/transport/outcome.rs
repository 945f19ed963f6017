//! Every way in which an attempt can fail, as an [`Error`].

use std::{borrow::Cow, error::Error as StdError, time::Duration};

use reqwest::StatusCode;

use super::{Scrub, envelope::Failure, hook::Reply, operations::Operation};
use crate::{Error, ErrorCode, ErrorKind, bindings, error::Parts};

/// How much of a text of the service's is kept, in characters.
const LONGEST_TEXT: usize = 512;

/// Turns failures of one operation into errors.
#[derive(Clone, Copy)]
pub(super) struct Outcome<'a> {
    pub operation: &'static Operation,
    pub scrub: &'a Scrub,
}

impl Outcome<'_> {
    /// The deadline of the whole call has passed.
    pub fn deadline(self, deadline: Duration) -> Error {
        let message = format!("no answer within the call's {} s", deadline.as_secs_f64());
        self.error(Parts { retryable: self.operation.repeatable, ..Parts::new(ErrorKind::Timeout, message) })
    }

    /// The body is larger than the cap.
    pub fn too_large(self, reply: &Reply) -> Error {
        self.error(Parts {
            status: reply.status,
            ..Parts::new(ErrorKind::UnexpectedAnswer, "the answer is too large")
        })
    }

    /// No whole answer came.
    pub fn broken(self, error: bindings::Error<()>, reply: &Reply) -> Error {
        let error = match error {
            bindings::Error::CommunicationError(error)
            | bindings::Error::ResponseBodyError(error)
            | bindings::Error::InvalidUpgrade(error) => error.without_url(),
            other => {
                return self.error(Parts {
                    source: Some(Box::new(other.into_untyped())),
                    ..Parts::new(ErrorKind::Transport, "the request could not be built")
                });
            }
        };
        let tls = caused_by::<rustls::Error>(&error);
        let (kind, message) = if error.is_timeout() && error.is_connect() {
            (ErrorKind::Timeout, "no connection in time")
        } else if error.is_timeout() {
            (ErrorKind::Timeout, "no answer in time")
        } else if error.is_connect() && tls {
            (ErrorKind::Connect, "no secure connection could be made")
        } else if error.is_connect() {
            (ErrorKind::Connect, "no connection could be made")
        } else if reply.status.is_some() {
            (ErrorKind::Transport, "the connection broke within the answer")
        } else {
            (ErrorKind::Transport, "the connection broke before an answer came")
        };
        self.error(Parts {
            status: reply.status,
            retryable: if error.is_connect() { !tls } else { self.operation.repeatable },
            source: Some(Box::new(error)),
            ..Parts::new(kind, message)
        })
    }

    /// An answer came that is no success: the service refused, or it is not to be understood.
    pub fn refused(self, reply: &Reply, cause: Option<serde_json::Error>) -> Error {
        let failure = Failure::read(&reply.body);
        let text = |key| failure.text(key).map(|text| self.scrub.text(&text, LONGEST_TEXT));
        let result = failure.result().filter(|code| *code != 0);
        let code = result
            .map(ErrorCode::from)
            .or_else(|| text("error_code").map(|word| ErrorCode::from(word.as_str())));
        let status = reply.status.unwrap_or_default();

        let mut parts = if code.is_some() || !status.is_success() {
            let texts: Vec<_> = ["error", "desc", "msg", "message"].into_iter().filter_map(text).collect();
            // The service's own words, or else what its code is published to mean.
            let meaning = || code.as_ref().and_then(ErrorCode::meaning).unwrap_or("the service refused");
            let message = if texts.is_empty() { meaning().into() } else { Cow::from(texts.join(": ")) };
            Parts::new(ErrorKind::Api, message)
        } else {
            Parts::new(ErrorKind::UnexpectedAnswer, "the answer could not be understood")
        };
        parts.retryable = self.retryable(code.as_ref(), status);
        parts.excerpt = if code.is_none() { self.excerpt(&reply.body, status) } else { None };
        parts.status = reply.status;
        parts.code = code;
        parts.request_id = text("request_id");
        parts.source = cause.map(|cause| self.cause(&cause).into());
        self.error(parts)
    }

    fn error(self, parts: Parts) -> Error {
        let Operation { id, names_room, .. } = *self.operation;
        Parts { operation: Some(id), names_room, ..parts }.into()
    }

    /// A published code decides; without one the status does.
    fn retryable(self, code: Option<&ErrorCode>, status: StatusCode) -> bool {
        let repeatable = self.operation.repeatable;
        match code.filter(|code| code.meaning().is_some()) {
            Some(ErrorCode::ServerBusy | ErrorCode::RateLimited) => true,
            Some(code) => repeatable && code.advice() == Some(crate::Advice::ServiceFailed),
            None if status == StatusCode::TOO_MANY_REQUESTS => true,
            None => {
                let passing = matches!(status.as_u16(), 408 | 500 | 502 | 503 | 504);
                let garbled = status.is_success() && code.is_none();
                repeatable && (passing || garbled)
            }
        }
    }

    /// Why a body did not decode. The decoder quotes what it met, which may be a secret.
    fn cause(self, error: &serde_json::Error) -> String {
        if self.operation.secret {
            format!("{:?} error at line {} column {}", error.classify(), error.line(), error.column())
        } else {
            self.scrub.text(&error.to_string(), LONGEST_TEXT)
        }
    }

    /// The beginning of a body, where it can be quoted: of an operation that answers with a secret
    /// only a page is, as of a proxy, and only where the call failed.
    fn excerpt(self, body: &[u8], status: StatusCode) -> Option<String> {
        let page = body.trim_ascii_start().first() == Some(&b'<');
        if body.is_empty() || (self.operation.secret && (status.is_success() || !page)) {
            return None;
        }
        // The whole of it is searched, so that no secret is cut in two before it is found.
        Some(self.scrub.text(&String::from_utf8_lossy(body), LONGEST_TEXT))
    }
}

/// Whether an error of this type stands in the chain. An I/O error holds another one without
/// naming it as its source.
fn caused_by<T: StdError + 'static>(error: &(dyn StdError + 'static)) -> bool {
    let held = error.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref());
    error.is::<T>()
        || held.is_some_and(|held| caused_by::<T>(held))
        || error.source().is_some_and(caused_by::<T>)
}
