//! Checks the raw JSON of a request against the vendored document and the rules that no schema can express.

use std::{collections::HashMap, sync::LazyLock, time::SystemTime};

use http::StatusCode;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value};

use super::{
    document::{self, REQUEST_SCHEMAS},
    refusal::Refusal,
    route::Params,
};
use crate::{Error, RoomKind};

mod codes;
mod departure;
pub(super) mod lenient;
pub(super) mod rules;

use codes::{ROOM, TOKEN, refuse};
pub(super) use departure::Departure;

/// The compiled schemas of requests.
pub(super) struct Checks {
    /// Each under its operation's method and path.
    bodies: HashMap<&'static str, Validator>,
    /// Those of the parameters of paths, by their names.
    parameters: HashMap<&'static str, Validator>,
}

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
        let bodies = REQUEST_SCHEMAS.iter().map(|(route, schema)| (*route, closed(schema)));
        Ok(Self { bodies: compiled(bodies)?, parameters: compiled(document::path_parameters())? })
    }

    /// Refuses a path whose parameters have forbidden values.
    pub fn path(&self, params: &Params<'_>) -> Result<(), Refusal> {
        let is_valid = |name: &str, value: &str| {
            self.parameters.get(name).is_none_or(|validator| validator.is_valid(&value.into()))
        };
        match params.given().find(|(name, value)| !is_valid(name, value)) {
            Some((name, _)) => {
                let reason = format!("The path holds a {name} that is not allowed.");
                Err(Refusal::invalid_param(StatusCode::UNPROCESSABLE_ENTITY, reason))
            }
            None => Ok(()),
        }
    }

    /// Everything in which a body departs from its operation's schema.
    pub fn departures(&self, route: &str, body: &Value) -> Vec<Departure> {
        self.bodies.get(route).map(|validator| Departure::of(validator, body)).unwrap_or_default()
    }
}

/// The schema of a body. The document does not say whether one may hold keys that it does not name; here they
/// are departures.
fn closed(schema: &Value) -> Value {
    let mut closed = schema.clone();
    closed["additionalProperties"] = false.into();
    closed["components"] = document::components().clone();
    closed
}

/// Compiles schemas. Those of OpenAPI 3.0 are close to JSON Schema draft 4.
fn compiled(
    schemas: impl Iterator<Item = (&'static str, Value)>,
) -> Result<HashMap<&'static str, Validator>, String> {
    let compiled = schemas.map(|(name, schema)| {
        let built = jsonschema::options().with_draft(Draft::Draft4).build(&schema);
        Ok((name, built.map_err(|error| format!("{name}: {error}"))?))
    });
    compiled.collect()
}

/// Refuses a new room that departs from the schema, as the departures say, or breaks a rule.
pub(super) fn new_room(body: &Value, mut departures: Vec<Departure>, now: SystemTime) -> Result<(), Refusal> {
    let settings = settings(body);
    rules::kind(settings, &mut departures);
    rules::settings(settings, now, &mut departures);
    refuse(&ROOM, departures)
}

/// The same for a change of a room of this kind. Limits that depend on the room's other settings are
/// checked by [`user_limits`].
pub(super) fn room_change(
    body: &Value,
    mut departures: Vec<Departure>,
    kind: RoomKind,
    now: SystemTime,
) -> Result<(), Refusal> {
    let settings = settings(body);
    rules::fixed(settings, kind, &mut departures);
    rules::settings(settings, now, &mut departures);
    refuse(&ROOM, departures)
}

/// The same for a new token.
pub(super) fn new_token(body: &Value, mut departures: Vec<Departure>) -> Result<(), Refusal> {
    rules::user_data(body, &mut departures);
    refuse(&TOKEN, departures)
}

/// Checks how many users the settings of a room allow after a change.
pub(super) fn user_limits(settings: Option<&Map<String, Value>>) -> Result<(), Refusal> {
    let mut departures = Vec::new();
    rules::user_limits(settings, &mut departures);
    refuse(&ROOM, departures)
}

/// The settings of a body; `None` unless they are an object, which the schema requires.
fn settings(body: &Value) -> Option<&Map<String, Value>> {
    body.get("settings")?.as_object()
}
