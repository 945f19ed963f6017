//! Checks the raw JSON of a request against the vendored document and the rules that no schema can express.

use std::{collections::HashMap, sync::LazyLock, time::SystemTime};

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};

use super::{
    document::{self, REQUEST_SCHEMAS},
    refusal::Refusal,
};
use crate::{Error, RoomKind};

mod codes;
mod finding;
pub(super) mod rules;

use codes::{ROOM, TOKEN, refuse};
pub(super) use finding::Finding;

/// The compiled schemas of request bodies, each under its operation's method and path.
pub(super) struct Checks(HashMap<&'static str, Validator>);

static CHECKS: LazyLock<Result<Checks, String>> = LazyLock::new(Checks::compile);

impl Checks {
    /// Those of the vendored document, compiled once per process.
    pub fn get() -> Result<&'static Self, Error> {
        CHECKS.as_ref().map_err(|reason| {
            Error::setup("the vendored document has a fault", std::io::Error::other(reason.clone()))
        })
    }

    fn compile() -> Result<Self, String> {
        if REQUEST_SCHEMAS.is_empty() {
            return Err("no operation has a request body".into());
        }
        let compiled = REQUEST_SCHEMAS.iter().map(|(route, schema)| match validator(schema) {
            Ok(validator) => Ok((*route, validator)),
            Err(error) => Err(format!("{route}: {error}")),
        });
        compiled.collect::<Result<_, _>>().map(Self)
    }

    /// Everything in which a body departs from its operation's schema.
    pub fn findings(&self, route: &str, body: &Value) -> Vec<Finding> {
        self.0.get(route).map(|validator| Finding::of(validator, body)).unwrap_or_default()
    }
}

/// Compiles a schema. OpenAPI 3.0 schemas are close to JSON Schema draft 4. The document does not say
/// whether a body may hold keys that it does not name; here they are refused.
fn validator(schema: &Value) -> Result<Validator, String> {
    let mut closed = schema.clone();
    closed["additionalProperties"] = false.into();
    closed["components"] = document::components().clone();
    jsonschema::options().with_draft(Draft::Draft4).build(&closed).map_err(|error| error.to_string())
}

/// Refuses a new room that departs from the schema, as the findings say, or breaks a rule.
pub(super) fn new_room(body: &Value, mut findings: Vec<Finding>, now: SystemTime) -> Result<(), Refusal> {
    let settings = settings(body);
    rules::kind(settings, &mut findings);
    rules::settings(settings, now, &mut findings);
    refuse(&ROOM, findings)
}

/// The same for a change of a room of this kind. Limits that depend on the room's other settings are
/// checked by [`user_limits`].
pub(super) fn room_change(
    body: &Value,
    mut findings: Vec<Finding>,
    kind: RoomKind,
    now: SystemTime,
) -> Result<(), Refusal> {
    let settings = settings(body);
    rules::fixed(settings, kind, &mut findings);
    rules::settings(settings, now, &mut findings);
    refuse(&ROOM, findings)
}

/// The same for a new token.
pub(super) fn new_token(body: &Value, mut findings: Vec<Finding>) -> Result<(), Refusal> {
    rules::user_data(body, &mut findings);
    refuse(&TOKEN, findings)
}

/// Checks how many users the settings of a room allow after a change.
pub(super) fn user_limits(settings: Option<&Map<String, Value>>) -> Result<(), Refusal> {
    let mut findings = Vec::new();
    rules::user_limits(settings, &mut findings);
    refuse(&ROOM, findings)
}

/// The settings of a body; `None` unless they are an object, which the schema requires.
fn settings(body: &Value) -> Option<&Map<String, Value>> {
    body.get("settings")?.as_object()
}
