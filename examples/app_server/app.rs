//! What all requests share, and where they go.

use std::{sync::Arc, time::SystemTime};

use axum::{
    Router,
    extract::FromRef,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, post},
};
use enablex::{Client, sandbox::Sandbox, webhooks::Webhooks};
use tower_http::services::ServeDir;

use crate::{
    bodies, events, events::Events, failure::Failure, headers, limits, limits::Limits, moderator::Moderators,
    options::Options, page, reconcile, reconcile::Sessions, rooms, seen::SeenEvents, tokens, webhooks,
};

pub struct App {
    pub client: Client,
    /// `None` on EnableX.
    pub sandbox: Option<Sandbox>,
    pub moderators: Moderators,
    pub limits: Limits,
    pub events: Events,
    pub seen: SeenEvents,
    pub sessions: Sessions,
    /// `None` where webhooks are taken from nobody.
    pub webhooks: Option<Webhooks>,
}

impl App {
    /// The time: the sandbox has a clock that can be moved.
    pub fn now(&self) -> SystemTime {
        self.sandbox.as_ref().map_or_else(SystemTime::now, Sandbox::now)
    }
}

/// The state of the router, as its handlers take it.
#[derive(Clone)]
struct State(Arc<App>, Webhooks);

impl FromRef<State> for Arc<App> {
    fn from_ref(state: &State) -> Self {
        state.0.clone()
    }
}

impl FromRef<State> for Webhooks {
    fn from_ref(state: &State) -> Self {
        state.1.clone()
    }
}

/// The routes are those of EnableX's sample servers. Browsers use the ones with hyphens, phones the others,
/// below a base URL of their own.
pub fn router(app: Arc<App>, options: &Options) -> Router {
    let api = Router::new()
        .route("/api/get-all-rooms", get(rooms::list))
        .route("/api/get-room/{room_id}", get(rooms::get))
        .route("/api/create-room", post(rooms::create))
        .route("/api/room/multi", post(rooms::create))
        .route("/api/create-token", post(tokens::create))
        .route("/getRoom/{room_id}", get(rooms::get))
        .route("/createRoom", post(rooms::create))
        .route("/createToken", post(tokens::create))
        .route("/api/getRoom/{room_id}", get(rooms::get))
        .route("/api/createRoom", post(rooms::create))
        .route("/api/createToken", post(tokens::create))
        .route("/api/reconcile/{day}", post(reconcile::by_hand))
        .route_layer(from_fn_with_state(app.clone(), limits::check))
        .route("/api/events", get(events::stream));
    let router = match app.webhooks.clone() {
        Some(webhooks) => Router::new()
            .route("/webhooks", post(webhooks::receive))
            .with_state(State(app.clone(), webhooks))
            .merge(api.with_state(app.clone())),
        None => api.route("/webhooks", post(webhooks::refuse)).with_state(app.clone()),
    };
    let router = match &options.pages {
        Some(folder) => router.fallback_service(ServeDir::new(folder).fallback(any(not_found))),
        None => router.merge(page::router(&app, options).with_state(app)).fallback(not_found),
    };
    router
        .method_not_allowed_fallback(wrong_method)
        .layer(headers::cors(&options.origins))
        .layer(headers::no_store())
        .layer(from_fn(headers::preferred_status))
        .layer(from_fn(bodies::read_the_rest))
}

async fn not_found() -> Failure {
    Failure::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here.")
}

async fn wrong_method() -> Failure {
    Failure::new(StatusCode::METHOD_NOT_ALLOWED, "method", "This path takes another method.")
}
