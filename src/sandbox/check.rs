//! Whether the raw JSON of a request is what the vendored document asks for.

use std::{sync::LazyLock, time::SystemTime};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use super::refusal::Refusal;
use crate::{Error, RoomKind};

mod codes;
mod finding;
pub(super) mod rules;

use codes::{refuse_room, refuse_token};
use finding::Finding;

const DOCUMENT: &str = include_str!("../../openapi/video.json");

/// The document's schemas of requests, compiled.
pub(super) struct Checks {
    create_room: Validator,
    update_room: Validator,
    create_token: Validator,
}

static CHECKS: LazyLock<Result<Checks, String>> = LazyLock::new(Checks::compile);

impl Checks {
    /// Those of the vendored document, compiled once.
    pub fn get() -> Result<&'static Self, Error> {
        CHECKS.as_ref().map_err(|reason| {
            Error::setup("the vendored document has a fault", std::io::Error::other(reason.clone()))
        })
    }

    fn compile() -> Result<Self, String> {
        let mut document: Value = serde_json::from_str(DOCUMENT).map_err(|error| error.to_string())?;
        Ok(Self {
            create_room: validator(&mut document, "CreateRoomRequest")?,
            update_room: validator(&mut document, "UpdateRoomRequest")?,
            create_token: validator(&mut document, "CreateTokenRequest")?,
        })
    }

    pub fn create_room(&self, body: &Value, now: SystemTime) -> Result<(), Refusal> {
        let mut findings = Finding::of(&self.create_room, body);
        let settings = settings(body);
        rules::kind(settings, &mut findings);
        rules::time(settings, now, &mut findings);
        rules::duration(settings, &mut findings);
        rules::limits(settings, &mut findings);
        refuse_room(findings)
    }

    /// Checks a change of a room of this kind, but for what the room's own settings decide.
    pub fn update_room(&self, body: &Value, kind: RoomKind, now: SystemTime) -> Result<(), Refusal> {
        let mut findings = Finding::of(&self.update_room, body);
        let settings = settings(body);
        rules::fixed(settings, kind, &mut findings);
        rules::time(settings, now, &mut findings);
        rules::duration(settings, &mut findings);
        rules::limits(settings, &mut findings);
        refuse_room(findings)
    }

    pub fn create_token(&self, body: &Value) -> Result<(), Refusal> {
        let mut findings = Finding::of(&self.create_token, body);
        rules::user_data(body, &mut findings);
        refuse_token(findings)
    }
}

/// Checks how many users the settings of a room allow, after a change of them.
pub(super) fn limits(settings: Option<&Map<String, Value>>) -> Result<(), Refusal> {
    let mut findings = Vec::new();
    rules::limits(settings, &mut findings);
    refuse_room(findings)
}

/// OpenAPI 3.0 writes its schemas much as draft 4 does. The document leaves open what else a body
/// may hold; here that is refused.
fn validator(document: &mut Value, name: &str) -> Result<Validator, String> {
    let schema = document.pointer_mut(&format!("/components/schemas/{name}"));
    let schema = schema.and_then(Value::as_object_mut).ok_or_else(|| format!("no schema {name}"))?;
    schema.insert("additionalProperties".into(), false.into());
    let root = json!({
        "$ref": format!("#/components/schemas/{name}"),
        "components": document.get("components"),
    });
    jsonschema::options().with_draft(Draft::Draft4).build(&root).map_err(|error| format!("{name}: {error}"))
}

/// The settings of a body; none where they are no object, which the schema finds.
fn settings(body: &Value) -> Option<&Map<String, Value>> {
    body.get("settings")?.as_object()
}
