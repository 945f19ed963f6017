//! Join tokens: who may have one, and in which role.

use std::{collections::BTreeMap, sync::Arc};

use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use enablex::{Advice, AnswerSlot, CallOptions, Error, TokenRequest, wire::Text};
use serde::Deserialize;

use crate::{
    app::App,
    bodies,
    failure::Failure,
    rooms::{as_the_service_sent_it, text},
};

#[derive(Deserialize)]
struct Asked {
    name: Option<Text>,
    role: Option<Text>,
    #[serde(rename = "roomId")]
    room_id: Option<Text>,
    user_ref: Option<Text>,
    data: Option<BTreeMap<String, Text>>,
}

/// Returns `{"result": 0, "token": "…"}`. The token is in this response and nowhere else.
pub async fn create(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let asked: Asked = bodies::json(body).await?;
    let role = text("role", asked.role)?.unwrap_or_default();
    // In any spelling: what the service takes for a moderator is its own business.
    if role.eq_ignore_ascii_case("moderator") {
        app.moderators.check(&headers)?;
    }
    let room_id = text("roomId", asked.room_id)?.unwrap_or_default();
    let name = text("name", asked.name)?.unwrap_or_default();
    let user_ref = text("user_ref", asked.user_ref)?.unwrap_or_default();
    let mut request = TokenRequest::new(name, role, user_ref);
    for (key, value) in asked.data.unwrap_or_default() {
        let value = text("data", Some(value))?.unwrap_or_default();
        request = request.data(text("data", Some(Text::Read(key)))?.unwrap_or_default(), value);
    }

    let slot = AnswerSlot::new();
    let options = CallOptions::new().keep_answer(&slot);
    match app.client.room(&*room_id).with(options).create_token(request).await {
        Ok(_) => Ok(as_the_service_sent_it(&slot)),
        Err(error) => Err(why(&app, &room_id, error).await),
    }
}

/// Tells early from over by the schedule of the room, where the service's code does not.
async fn why(app: &App, room_id: &str, error: Error) -> Failure {
    if error.advice() == Some(Advice::WaitOrGone)
        && let Ok(room) = app.client.room(room_id).get().await
    {
        return Failure::of(&error, error.http_response_for(&room, app.now()));
    }
    error.into()
}
