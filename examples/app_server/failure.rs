//! What a caller is told of a failure, and what only the log is told.

use std::time::Duration;

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use enablex::{Error, ErrorCode, HttpResponse};
use serde_json::{Value, json};

/// A response with the keys that EnableX's sample clients read: `error`, `desc` and a `result` that is not 0, which is
/// the service's code, or else the status. (Their browser pages read them in a response with status 200 alone.)
pub struct Failure {
    status: StatusCode,
    /// In seconds.
    retry_after: Option<u64>,
    body: Value,
    /// For the log. Empty where the caller is told everything.
    cause: String,
}

impl Failure {
    pub fn new(status: StatusCode, reason: &str, text: &str) -> Self {
        let body = json!({"error": text, "reason": reason, "result": status.as_u16(), "desc": text});
        Self { status, retry_after: None, body, cause: String::new() }
    }

    /// Bad input: `field` breaks `rule`.
    pub fn invalid(field: &str, rule: &str) -> Self {
        let text = format!("The request is not valid: `{field}` {rule}.");
        let mut failure = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", &text);
        failure.body["fields"] = json!([{"field": field, "rule": rule}]);
        failure
    }

    /// Rounded up: who comes earlier is refused again.
    pub fn retry_after(mut self, wait: Duration) -> Self {
        let seconds = wait.saturating_add(Duration::from_millis(999)).as_secs();
        self.body["retry_after_s"] = seconds.into();
        Self { retry_after: Some(seconds), ..self }
    }

    /// The response to a failed call of the service.
    pub fn of(error: &Error, response: HttpResponse) -> Self {
        let mut failure = Self::new(response.status, response.reason, &response.text);
        // The text of bad input has values of the caller, who may have put a token there.
        if error.violations().is_empty() {
            failure.cause = error.to_string();
        }
        let code = error.code().and_then(ErrorCode::result);
        // What is wrong here is nobody else's business.
        if let Some(result) = code.filter(|_| response.status.is_client_error()) {
            failure.body["result"] = result.into();
        }
        if !response.fields.is_empty() {
            failure.body["fields"] = json!(response.fields);
        }
        match response.retry_after {
            Some(wait) => failure.retry_after(wait),
            None => failure,
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::of(&error, error.http_response())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Self { status, retry_after, body, cause } = self;
        let (status_code, reason) = (status.as_u16(), body["reason"].as_str().unwrap_or_default());
        if status.is_server_error() {
            tracing::error!(status = status_code, reason, cause, "failed");
        } else {
            tracing::info!(status = status_code, reason, cause, "refused");
        }
        let mut response = (status, Json(body)).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
