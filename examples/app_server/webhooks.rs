//! Webhooks: each event is taken once, whatever EnableX repeats.

use std::sync::Arc;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use enablex::webhooks::{Event, Refusal};
use tracing::Instrument;

use crate::{app::App, failure::Failure};

/// Rooms and apps that are not known here are taken, too: an event may come before its session is known, and
/// the credentials say who sent it.
pub async fn receive(State(app): State<Arc<App>>, event: Result<Event, Refusal>) -> Response {
    let event = match event {
        Ok(event) => event,
        Err(refusal) => {
            tracing::warn!(%refusal, "a webhook was refused");
            return refusal.into_response();
        }
    };
    // In a task: who posts may go away, and the event must not be lost then.
    match tokio::spawn(take(app, event).in_current_span()).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn take(app: Arc<App>, event: Event) {
    let is_new = app.seen.is_new(&event.dedup_key()).await;
    tracing::info!(?event, is_new, "webhook");
    if is_new {
        app.sessions.note(&event);
        app.events.publish(event.kind().as_str(), event.room_id(), event.conf_num());
    }
}

/// Without credentials anyone could invent events.
pub async fn refuse() -> Failure {
    let text = "Webhooks are off: the server has no user and password for them.";
    Failure::new(StatusCode::UNAUTHORIZED, "no_credentials", text)
}
