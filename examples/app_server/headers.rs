//! Who may call from a page of another origin, what a cache may keep (nothing), and the status of failures.

use axum::{
    extract::Request,
    http::{
        HeaderName, HeaderValue, Method, StatusCode,
        header::{ACCESS_CONTROL_ALLOW_ORIGIN, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE},
    },
    middleware::Next,
    response::Response,
};
use tower_http::{cors::CorsLayer, set_header::SetResponseHeaderLayer};

/// CORS for these origins: browsers show responses to their pages. To pages of others they show none, but may send
/// their requests all the same, so a login must not be a cookie alone.
pub fn cors(origins: &[HeaderValue]) -> CorsLayer {
    let allowed: [HeaderName; 4] = [
        AUTHORIZATION,
        CONTENT_TYPE,
        HeaderName::from_static("prefer"),
        // A sample client of EnableX sends this as a header of its requests.
        ACCESS_CONTROL_ALLOW_ORIGIN,
    ];
    if origins.is_empty() {
        return CorsLayer::new();
    }
    CorsLayer::new()
        .allow_origin(origins.to_vec())
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(allowed)
}

/// A token is a credential, and everything else here is about people.
pub fn no_store() -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

/// Sends failures with status 200 to who prefers that: a browser reports any other one as an error of its page, where
/// nothing is wrong with the page. What has failed is in the body.
pub async fn preferred_status(request: Request, next: Next) -> Response {
    let prefers = request.headers().get("prefer").is_some_and(|preference| preference == "status=200");
    let mut response = next.run(request).await;
    let has_failed = response.status().is_client_error() || response.status().is_server_error();
    if prefers && has_failed {
        *response.status_mut() = StatusCode::OK;
    }
    response
}
