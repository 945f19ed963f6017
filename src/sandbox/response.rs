//! The responses of the API, the controls and the files.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde::Serialize;

use super::{cdr::Report, content::Content, refusal::Refusal};

/// The media type of every response of the API.
pub(super) const JSON: &str = "application/json";

pub(super) struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Content,
}

impl Response {
    pub fn new(status: StatusCode, media_type: &'static str, body: impl Into<Content>) -> Self {
        let media_type = HeaderValue::from_static(media_type);
        Self { status, headers: HeaderMap::from_iter([(CONTENT_TYPE, media_type)]), body: body.into() }
    }

    pub fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Content::Whole(Bytes::new()) }
    }

    pub fn json(status: StatusCode, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => Self::new(status, JSON, body),
            Err(_) => Self::empty(StatusCode::INTERNAL_SERVER_ERROR),
        }
    }

    pub fn report(report: Report) -> Self {
        Self::new(StatusCode::OK, JSON, Content::report(report))
    }

    pub fn refusal(refusal: Refusal, request_id: &str) -> Self {
        let mut response = Self::json(refusal.status, &refusal.body(request_id));
        if let Some((name, value)) = refusal.header {
            set(&mut response.headers, name, &value);
        }
        response
    }

    pub fn into_http(self) -> http::Response<Content> {
        let mut response = http::Response::new(self.body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// Sets a header whose value is valid in HTTP.
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
