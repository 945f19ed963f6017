//! Why a request is refused.

use http::{
    HeaderName, StatusCode,
    header::{ALLOW, WWW_AUTHENTICATE},
};
use serde_json::{Value, json};

use crate::ErrorCode;

/// A failure of the API: a `result` is answered in the older envelope, a word in the newer one.
pub(super) struct Refusal {
    pub status: StatusCode,
    pub header: Option<(HeaderName, &'static str)>,
    code: ErrorCode,
    reason: String,
}

impl Refusal {
    pub fn new(status: StatusCode, code: ErrorCode, reason: impl Into<String>) -> Self {
        Self { status, header: None, code, reason: reason.into() }
    }

    /// For what the table of codes has no line for.
    pub fn invalid_param(status: StatusCode, reason: impl Into<String>) -> Self {
        Self::new(status, ErrorCode::InvalidParam, reason)
    }

    pub fn unauthorized() -> Self {
        Self {
            header: Some((WWW_AUTHENTICATE, "Basic realm=\"EnableX\"")),
            ..Self::new(
                StatusCode::UNAUTHORIZED,
                ErrorCode::Unauthorized,
                "The credentials were not accepted.",
            )
        }
    }

    pub fn method(allowed: &'static str) -> Self {
        Self {
            header: Some((ALLOW, allowed)),
            ..Self::invalid_param(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("This address takes {allowed} alone."),
            )
        }
    }

    pub fn no_room() -> Self {
        Self::new(StatusCode::NOT_FOUND, ErrorCode::RoomNotFound, "No room has this id.")
    }

    pub fn internal(reason: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, ErrorCode::InternalError, reason)
    }

    pub fn body(&self, request_id: &str) -> Value {
        match self.code.result() {
            Some(result) => {
                let error = self.code.meaning().unwrap_or_default();
                json!({"result": result, "error": error, "desc": self.reason})
            }
            None => json!({
                "status": "error",
                "error_code": self.code.to_string(),
                "message": self.reason,
                "request_id": request_id,
            }),
        }
    }
}
