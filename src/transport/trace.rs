//! What is told of a call while it runs (feature `tracing`): one span, and one event an attempt.
//!
//! The names are those of OpenTelemetry's HTTP clients. Nothing in it is a secret: no header, no
//! body, and of the path only its template.

use std::{future::Future, time::Duration};

use reqwest::{StatusCode, Url};
use tracing::{
    Instrument, Span, debug,
    field::{self, Empty},
    info, info_span,
};

use super::operations::Operation;
use crate::{Error, retry::Cause};

/// What filters go by.
const TARGET: &str = "enablex";

/// Where a client's requests go.
pub(crate) struct Server {
    address: String,
    port: Option<u16>,
}

impl Server {
    pub fn of(url: &Url) -> Self {
        Self { address: url.host_str().unwrap_or_default().to_owned(), port: url.port_or_known_default() }
    }
}

/// The span of a call.
pub(super) struct Trace(Span);

impl Trace {
    pub fn new(operation: &Operation, server: &Server) -> Self {
        let (method, path) = operation.route.split_once(' ').unwrap_or_default();
        Self(info_span!(
            target: TARGET,
            "enablex",
            otel.name = operation.route,
            otel.kind = "client",
            enablex.operation = operation.id,
            http.request.method = method,
            server.address = server.address,
            server.port = server.port,
            url.template = path,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            "error.type" = Empty,
            enablex.code = Empty,
            enablex.request_id = Empty,
            otel.status_code = Empty,
        ))
    }

    /// Runs the call inside of its span.
    pub fn around<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
        call.instrument(self.0.clone())
    }

    /// The last attempt did what the call was made for.
    pub fn answered(&self, status: Option<StatusCode>, attempts: u32) {
        let status = status_code(status);
        let resend_count = resend_count(attempts);
        self.0.record("http.response.status_code", status);
        self.0.record("http.request.resend_count", resend_count);
        debug!(
            target: TARGET,
            {
                http.response.status_code = status,
                http.request.resend_count = resend_count,
            },
            "the service answered"
        );
    }

    /// The last attempt failed; where it is repeated, after this wait.
    pub fn failed(&self, error: &Error, repeated_after: Option<Duration>) {
        // What fails late fails outside of the span.
        info!(
            target: TARGET,
            parent: &self.0,
            {
                http.response.status_code = status_code(error.status()),
                http.request.resend_count = resend_count(error.attempts()),
                "error.type" = error.kind().as_str(),
                enablex.code = error.code().map(field::display),
                enablex.request_id = error.request_id(),
                enablex.retry_cause = error.retry_cause().map(Cause::as_str),
                enablex.given_up = error.why_given_up(),
                enablex.retry_after_s = error.retry_after().map(|wait| wait.as_secs_f64()),
                enablex.repeated_after_s = repeated_after.map(|wait| wait.as_secs_f64()),
            },
            "the attempt failed"
        );
    }

    /// The call failed.
    pub fn gave_up(&self, error: &Error) {
        self.0.record("http.response.status_code", status_code(error.status()));
        self.0.record("http.request.resend_count", resend_count(error.attempts()));
        self.0.record("error.type", error.kind().as_str());
        self.0.record("enablex.code", error.code().map(field::display));
        self.0.record("enablex.request_id", error.request_id());
        self.0.record("otel.status_code", "ERROR");
    }
}

fn status_code(status: Option<StatusCode>) -> Option<u16> {
    status.map(|status| status.as_u16())
}

/// Only a request that was sent again has one.
fn resend_count(attempts: u32) -> Option<u32> {
    attempts.checked_sub(1).filter(|count| *count > 0)
}
