//! One span for a call and one event for each attempt (feature `tracing`).
//!
//! The names are OpenTelemetry's for HTTP clients. None of the values is a secret: no header, no body,
//! and of the path only its template.

use std::{future::Future, time::Duration};

use reqwest::StatusCode;
use tracing::{
    Instrument, Span, debug,
    field::{self, Empty},
    info, info_span,
};

use super::{Server, operations::Operation, retry_state::Decision};
use crate::{Error, retry::Cause};

const TARGET: &str = "enablex";

/// The dependency costs nothing, since hyper-util has it anyway. The feature turns spans and events on.
const ENABLED: bool = cfg!(feature = "tracing");

/// The span of a call.
pub(super) struct Trace(Span);

impl Trace {
    pub fn new(operation: &Operation, server: &Server) -> Self {
        if !ENABLED {
            return Self(Span::none());
        }
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

    /// Runs the call inside its span.
    pub fn around<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
        call.instrument(self.0.clone())
    }

    pub fn call_succeeded(&self, status: Option<StatusCode>, attempts: u32) {
        if !ENABLED {
            return;
        }
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

    pub fn attempt_failed(&self, error: &Error, decision: &Decision) {
        if !ENABLED {
            return;
        }
        let (wait, reason) = match decision {
            Decision::Retry { after } => (Some(*after), None),
            Decision::GiveUp { reason } => (None, reason.as_deref()),
        };
        let seconds = |wait: Duration| wait.as_secs_f64();
        // A report or file may fail outside of the span.
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
                enablex.given_up = reason.or(error.why_given_up()),
                enablex.retry_after_s = error.retry_after().map(seconds),
                enablex.repeated_after_s = wait.map(seconds),
            },
            "the attempt failed"
        );
    }

    pub fn call_failed(&self, error: &Error) {
        if !ENABLED {
            return;
        }
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

/// How often the request was sent again; `None` for the first one.
fn resend_count(attempts: u32) -> Option<u32> {
    attempts.checked_sub(1).filter(|count| *count > 0)
}
