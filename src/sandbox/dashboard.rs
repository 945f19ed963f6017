//! The dashboard: a static page that shows the state of the sandbox, and follows it.

use http::{
    HeaderName, HeaderValue, StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
};

use super::{
    body::Body,
    content::Content,
    response::{JSON, Response},
    shared::Shared,
};

mod calls;
mod events;
mod state;

pub(super) use calls::{Call, Calls, Open};

const HEADERS: [(HeaderName, HeaderValue); 4] = [
    (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
             base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ),
    ),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
];

pub(super) fn page(_: &Shared, _: &Body) -> Result<Response, String> {
    respond("text/html; charset=utf-8", include_str!("dashboard/index.html"))
}

pub(super) fn style(_: &Shared, _: &Body) -> Result<Response, String> {
    respond("text/css; charset=utf-8", include_str!("dashboard/style.css"))
}

pub(super) fn script(_: &Shared, _: &Body) -> Result<Response, String> {
    respond("text/javascript; charset=utf-8", include_str!("dashboard/dashboard.js"))
}

pub(super) fn state(shared: &Shared, _: &Body) -> Result<Response, String> {
    respond(JSON, state::json(shared).to_string())
}

pub(super) fn events(shared: &Shared, _: &Body) -> Result<Response, String> {
    respond("text/event-stream", Content::Events(Box::pin(events::of(shared.state.version()))))
}

fn respond(media_type: &'static str, body: impl Into<Content>) -> Result<Response, String> {
    let mut response = Response::new(StatusCode::OK, media_type, body);
    response.headers.extend(HEADERS);
    Ok(response)
}
