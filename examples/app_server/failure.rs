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
    retry_after: Option<Duration>,
    body: Value,
}

impl Failure {
    pub fn new(status: StatusCode, reason: &str, text: &str) -> Self {
        let body = json!({"error": text, "reason": reason, "result": status.as_u16(), "desc": text});
        Self { status, retry_after: None, body }
    }

    /// Bad input: `field` breaks `rule`.
    pub fn invalid(field: &str, rule: &str) -> Self {
        let text = format!("The request is not valid: `{field}` {rule}.");
        let mut failure = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", &text);
        failure.body["fields"] = json!([{"field": field, "rule": rule}]);
        failure
    }

    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.body["retry_after_s"] = wait.as_secs().into();
        Self { retry_after: Some(wait), ..self }
    }

    /// The response to a failed call of the service. The error itself is for the log.
    pub fn of(error: &Error, response: HttpResponse) -> Self {
        if response.status.is_server_error() {
            tracing::error!(%error, status = response.status.as_u16(), "the service failed");
        } else {
            tracing::info!(%error, status = response.status.as_u16(), "refused");
        }
        let mut failure = Self::new(response.status, response.reason, &response.text);
        if let Some(result) = error.code().and_then(ErrorCode::result) {
            failure.body["result"] = result.into();
        }
        if !response.fields.is_empty() {
            failure.body["fields"] = json!(response.fields);
        }
        match response.retry_after {
            Some(wait) => failure.retry_after(wait + Duration::from_millis(999)),
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
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(wait) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait.as_secs()));
        }
        response
    }
}
