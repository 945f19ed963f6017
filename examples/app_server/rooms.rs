//! Rooms: those that there are, and one for each owner, which is reused and not made per token.
//!
//! Whoever reaches this server may see all rooms, with their owners and PINs, and get a token for each of them: an
//! application puts its own login in front of it, and shows people their own rooms.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use enablex::{
    AnswerSlot, CallOptions, Mode, NewRoom, Quality, RoomHandle, Settings,
    wire::{Flag, Integer, Text},
};
use serde::Deserialize;

use crate::{app::App, bodies, failure::Failure};

/// The longest text that a caller may send as a name or a reference.
const LONGEST: usize = 256;

pub async fn list(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    let slot = AnswerSlot::new();
    app.client.rooms().with(CallOptions::new().keep_answer(&slot)).list().await?;
    Ok(as_the_service_sent_it(&slot))
}

pub async fn get(
    State(app): State<Arc<App>>,
    room_id: Result<Path<String>, PathRejection>,
) -> Result<Response, Failure> {
    let Path(room_id) = room_id.map_err(|_| Failure::invalid("room_id", "must be UTF-8"))?;
    fetched(app.client.room(room_id)).await
}

/// Returns the room of the owner, and creates it where there is none.
pub async fn create(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let asked: Asked = bodies::json(body).await?;
    // To record is a moderator's right.
    if asked.settings.as_ref().and_then(|settings| settings.auto_recording.as_ref()?.get()) == Some(&true) {
        app.moderators.check(&headers)?;
    }
    let new = asked.room()?;
    let room = app.client.rooms().get_or_create(new).await?;
    fetched(app.client.room(&room)).await
}

async fn fetched(room: RoomHandle<'_>) -> Result<Response, Failure> {
    let slot = AnswerSlot::new();
    room.with(CallOptions::new().keep_answer(&slot)).get().await?;
    Ok(as_the_service_sent_it(&slot))
}

/// The body of a response, byte for byte.
pub fn as_the_service_sent_it(slot: &AnswerSlot) -> Response {
    let body = slot.take().map(|response| response.body().to_vec()).unwrap_or_default();
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}

/// What a caller asks for. Numbers and booleans may be text, as in EnableX's own samples; other keys are ignored.
#[derive(Deserialize)]
struct Asked {
    name: Option<Text>,
    owner_ref: Option<Text>,
    settings: Option<AskedSettings>,
}

#[derive(Default, Deserialize)]
struct AskedSettings {
    description: Option<Text>,
    mode: Option<Text>,
    quality: Option<Text>,
    scheduled_time: Option<Text>,
    scheduled: Option<Flag>,
    adhoc: Option<Flag>,
    auto_recording: Option<Flag>,
    moderators: Option<Integer>,
    participants: Option<Integer>,
    duration: Option<Integer>,
}

impl Asked {
    fn room(self) -> Result<NewRoom, Failure> {
        let name = text("name", self.name)?;
        let owner_ref = text("owner_ref", self.owner_ref)?;
        let owner_ref = owner_ref.or_else(|| name.clone()).unwrap_or_else(|| "app-server".into());
        let name = name.unwrap_or_else(|| "A room of the application server".into());
        let asked = self.settings.unwrap_or_default();
        let mut settings = Settings::new();
        if let Some(description) = text("settings.description", asked.description)? {
            settings = settings.description(description);
        }
        if let Some(quality) = word("settings.quality", asked.quality)? {
            settings = settings.quality(quality.parse::<Quality>()?);
        }
        if let Some(recording) = flag("settings.auto_recording", asked.auto_recording)? {
            settings = settings.auto_recording(recording);
        }
        if let Some(moderators) = number("settings.moderators", asked.moderators)? {
            settings = settings.moderators(moderators);
        }
        if let Some(participants) = number("settings.participants", asked.participants)? {
            settings = settings.participants(participants);
        }
        let duration = number("settings.duration", asked.duration)?;
        let scheduled = flag("settings.scheduled", asked.scheduled)? == Some(true);
        let adhoc = flag("settings.adhoc", asked.adhoc)? == Some(true);
        let mut room = match (scheduled, adhoc) {
            (true, true) => {
                return Err(Failure::invalid("settings.adhoc", "must be false in a scheduled room"));
            }
            (true, false) => {
                let time = word("settings.scheduled_time", asked.scheduled_time)?.unwrap_or_default();
                NewRoom::scheduled(name, owner_ref, time, duration.unwrap_or_default())
            }
            (false, true) => NewRoom::ad_hoc(name, owner_ref),
            (false, false) => NewRoom::permanent(name, owner_ref),
        };
        if let Some(minutes) = duration.filter(|_| scheduled || adhoc) {
            settings = settings.duration(minutes);
        }
        if let Some(mode) = word("settings.mode", asked.mode)? {
            room = room.mode(mode.parse::<Mode>()?);
        }
        Ok(room.settings(settings))
    }
}

/// A text, where it is neither absent nor empty.
fn word(field: &str, given: Option<Text>) -> Result<Option<String>, Failure> {
    match given {
        None => Ok(None),
        Some(Text::Read(text) | Text::ReadFrom(text, _)) => Ok(Some(text).filter(|text| !text.is_empty())),
        Some(Text::Raw(raw)) if raw.is_null() => Ok(None),
        Some(Text::Raw(_)) => Err(Failure::invalid(field, "must be text")),
    }
}

/// A name or a reference of moderate length.
pub fn text(field: &str, given: Option<Text>) -> Result<Option<String>, Failure> {
    let text = word(field, given)?;
    if text.as_ref().is_some_and(|text| text.chars().count() > LONGEST) {
        return Err(Failure::invalid(field, "must have at most 256 characters"));
    }
    if text.as_ref().is_some_and(|text| text.contains(char::is_control)) {
        return Err(Failure::invalid(field, "must have no control characters"));
    }
    Ok(text)
}

fn number(field: &str, given: Option<Integer>) -> Result<Option<u32>, Failure> {
    let Some(given) = given.filter(|given| given.raw() != Some(&"".into())) else { return Ok(None) };
    let number = given.get().and_then(|number| u32::try_from(*number).ok());
    number.map(Some).ok_or_else(|| Failure::invalid(field, "must be a number"))
}

fn flag(field: &str, given: Option<Flag>) -> Result<Option<bool>, Failure> {
    let Some(given) = given else { return Ok(None) };
    given.get().copied().map(Some).ok_or_else(|| Failure::invalid(field, "must be true or false"))
}
