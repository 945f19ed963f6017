//! Connections that failed.

use std::error::Error as StdError;

use super::{super::response::RawResponse, Classifier, MAX_TEXT};
use crate::{
    Error, bindings,
    error::{Failure, Parts, sources},
    retry::Cause,
};

const PROXY_WANTS_CREDENTIALS: &str = "the proxy wants credentials, or other ones (HTTP 407)";

impl Classifier<'_> {
    /// No whole response came.
    pub fn disconnected(self, error: bindings::Error<()>, response: &RawResponse) -> Error {
        let error = match error {
            bindings::Error::CommunicationError(error)
            | bindings::Error::ResponseBodyError(error)
            | bindings::Error::InvalidUpgrade(error) => error,
            other => {
                let parts = Parts::new(Failure::Transport(response.status), "the request could not be built");
                return self.error(Cause::Final, parts.with_source(other.into_untyped()));
            }
        };
        let host = error.url().map_or(String::new(), |url| format!(" to {}", url.authority()));
        let error = error.without_url();
        let why = explain(&error);
        let tls = caused_by::<rustls::Error>(&error);
        let (failure, message) = if error.is_timeout() && error.is_connect() {
            (Failure::Timeout(response.status), "no connection in time")
        } else if error.is_timeout() {
            (Failure::Timeout(response.status), "no answer in time")
        } else if error.is_connect() && tls {
            (Failure::Connect, "no secure connection could be made")
        } else if error.is_connect() {
            (Failure::Connect, "no connection could be made")
        } else if response.status.is_some() {
            (Failure::Transport(response.status), "the connection broke within the answer")
        } else {
            (Failure::Transport(None), "the connection broke before an answer came")
        };
        let cause = match (error.is_connect(), tls || why.contains(PROXY_WANTS_CREDENTIALS)) {
            (true, true) => Cause::Final,
            (true, false) => Cause::NotSent,
            (false, _) => Cause::InDoubt,
        };
        let why = self.scrub.text(&why, MAX_TEXT);
        let host = if error.is_connect() { &*host } else { "" };
        let colon = if why.is_empty() { "" } else { ": " };
        let parts = Parts::new(failure, format!("{message}{host}{colon}{why}"));
        self.error(cause, parts.with_source(error))
    }
}

/// Why a connection failed: the errors below those of reqwest and hyper, which say no more than that.
fn explain(error: &reqwest::Error) -> String {
    let mut causes: Vec<_> = sources(error).map(ToString::to_string).collect();
    causes.retain(|cause| !cause.starts_with("client error ("));
    causes.dedup_by(|cause, before| before.contains(&**cause));
    // hyper-util keeps the types of these errors private.
    causes
        .join(": ")
        .replace("tunnel error: proxy authorization required", PROXY_WANTS_CREDENTIALS)
        .replace("tunnel error: unsuccessful", "the proxy refused the tunnel")
        .replace("tunnel error: failed to create underlying connection", "the proxy cannot be reached")
        .replace("tunnel error", "the tunnel of the proxy")
        .replace("received corrupt message of type InvalidContentType", "the other side speaks no TLS")
}

/// Whether an error of this type is in the chain. An I/O error holds another one without naming it as
/// its source.
fn caused_by<T: StdError + 'static>(error: &(dyn StdError + 'static)) -> bool {
    let held = error.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref());
    error.is::<T>()
        || held.is_some_and(|held| caused_by::<T>(held))
        || error.source().is_some_and(caused_by::<T>)
}
