//! The failure responses of the API.

use http::{
    HeaderName, StatusCode,
    header::{ALLOW, WWW_AUTHENTICATE},
};
use serde_json::{Value, json};

use crate::ErrorCode;

/// A failure: a code with a `result` is sent in the older envelope, one with an `error_code` in the newer
/// one.
pub(super) struct Refusal {
    pub status: StatusCode,
    pub header: Option<(HeaderName, String)>,
    code: ErrorCode,
    reason: String,
}

impl Refusal {
    pub fn new(status: StatusCode, code: ErrorCode, reason: impl Into<String>) -> Self {
        Self { status, header: None, code, reason: reason.into() }
    }

    /// A failure that has no published code of its own.
    pub fn invalid_param(status: StatusCode, reason: impl Into<String>) -> Self {
        Self::new(status, ErrorCode::InvalidParam, reason)
    }

    pub fn unauthorized() -> Self {
        let reason = "The credentials were not accepted.";
        let refusal = Self::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthorized, reason);
        Self { header: Some((WWW_AUTHENTICATE, "Basic realm=\"EnableX\"".into())), ..refusal }
    }

    /// The path has operations, but none with the method of the request.
    pub fn method(allowed: String) -> Self {
        let reason = format!("This address accepts {allowed} only.");
        let refusal = Self::invalid_param(StatusCode::METHOD_NOT_ALLOWED, reason);
        Self { header: Some((ALLOW, allowed)), ..refusal }
    }

    /// The document has the operation, and the sandbox does not serve it.
    pub fn not_implemented(operation: &str) -> Self {
        let reason = format!("{operation} is an operation of EnableX that the sandbox does not serve.");
        let code = ErrorCode::OtherWord("NOT_IMPLEMENTED".to_owned());
        Self::new(StatusCode::NOT_IMPLEMENTED, code, reason)
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
