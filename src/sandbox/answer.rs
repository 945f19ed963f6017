//! What is sent back.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header::CONTENT_TYPE};
use http_body_util::Full;
use serde::Serialize;

use super::refusal::Refusal;

/// An answer of API or controls.
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn json(status: StatusCode, body: &impl Serialize) -> Self {
        let json = HeaderValue::from_static("application/json");
        match serde_json::to_vec(body) {
            Ok(body) => {
                Self { status, headers: HeaderMap::from_iter([(CONTENT_TYPE, json)]), body: body.into() }
            }
            Err(_) => Self {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                headers: HeaderMap::new(),
                body: Bytes::new(),
            },
        }
    }

    pub fn refusal(refusal: Refusal, request_id: &str) -> Self {
        let mut answer = Self::json(refusal.status, &refusal.body(request_id));
        if let Some((name, value)) = refusal.header {
            answer.headers.insert(name, HeaderValue::from_static(value));
        }
        answer
    }

    pub fn into_response(self) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::new(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}
