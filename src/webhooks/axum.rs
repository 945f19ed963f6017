//! Webhooks in axum.

use std::error::Error as StdError;

use axum_core::{
    body::Body,
    extract::{FromRef, FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::header::{CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde_json::json;

use super::{Event, Refusal, Webhooks};

/// Reads a webhook whose credentials are those of the [`Webhooks`] in the router's state.
///
/// The credentials are checked before the body is read. The rejection responds with 401, 413 or 400; an event of
/// an unknown type is none. The cap of the body is [`Webhooks::body_cap`], and not axum's. What the handler returns
/// is the response: a 200 for everything that was taken. A router with more state needs a `FromRef`:
///
/// ```
/// use axum::extract::FromRef;
/// use enablex::webhooks::Webhooks;
///
/// #[derive(Clone)]
/// struct App {
///     webhooks: Webhooks,
/// }
///
/// impl FromRef<App> for Webhooks {
///     fn from_ref(app: &App) -> Self {
///         app.webhooks.clone()
///     }
/// }
/// ```
///
/// ```
/// use axum::{Router, http::StatusCode, routing::post};
/// use enablex::webhooks::{Event, Webhooks};
///
/// async fn webhook(event: Event) -> StatusCode {
///     println!("{} {:?}", event.kind(), event.conf_num());
///     StatusCode::OK
/// }
///
/// let webhooks = Webhooks::basic("enablex", "wKfQ1vJz")?;
/// let router: Router = Router::new().route("/webhooks", post(webhook)).with_state(webhooks);
/// # Ok::<(), enablex::Error>(())
/// ```
impl<S> FromRequest<S> for Event
where
    Webhooks: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let webhooks = Webhooks::from_ref(state);
        let (head, body) = request.into_parts();
        webhooks.authorize(&head.headers)?;
        let body = Limited::new(body, webhooks.0.body_cap).collect().await;
        webhooks.event(&body.map_err(|error| why_incomplete(&*error, &webhooks))?.to_bytes())
    }
}

fn why_incomplete(error: &(dyn StdError + 'static), webhooks: &Webhooks) -> Refusal {
    if error.is::<LengthLimitError>() { webhooks.too_large() } else { Refusal::Incomplete }
}

/// A JSON object with the text in `error`.
impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({"error": self.to_string()}).to_string();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if matches!(self, Self::NoCredentials | Self::WrongCredentials) {
            let challenge = HeaderValue::from_static("Basic realm=\"webhooks\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
