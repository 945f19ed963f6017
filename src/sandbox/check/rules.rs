//! The rules that no schema can express: those between keys and those that depend on the clock.
//!
//! A rule ignores values of the wrong type, which the schema refuses.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::departure::{Departure, Problem};
use crate::RoomKind;

/// How many moderators and participants a session can have together.
pub(in super::super) const MOST_USERS: u64 = 250;
const MOST_MODERATORS: u64 = 5;

const SCHEDULED_TIME: &str = "/settings/scheduled_time";
const ADHOC: &str = "/settings/adhoc";

type Settings<'a> = Option<&'a Map<String, Value>>;

/// The kind of a new room, and the keys that it requires or excludes.
pub(super) fn kind(settings: Settings, departures: &mut Vec<Departure>) {
    let Some(settings) = settings else { return };
    let set = |key| settings.get(key) == Some(&Value::Bool(true));
    if set("scheduled") && set("adhoc") {
        departures.push(Departure::new(ADHOC, Problem::Misplaced, "the room is scheduled"));
    }
    if set("scheduled") {
        for key in ["scheduled_time", "duration"] {
            if !settings.contains_key(key) {
                let pointer = format!("/settings/{key}");
                departures.push(Departure::new(&pointer, Problem::Absent, "the room is scheduled"));
            }
        }
    } else if settings.contains_key("scheduled_time") {
        replace(departures, not_scheduled());
    }
}

/// The keys of a change that are fixed when a room is created or that its kind excludes.
pub(super) fn fixed(settings: Settings, kind: RoomKind, departures: &mut Vec<Departure>) {
    let Some(settings) = settings else { return };
    let switches = [
        ("/settings/scheduled", "scheduled", kind == RoomKind::Scheduled),
        (ADHOC, "adhoc", kind == RoomKind::AdHoc),
    ];
    let fixed = "it is fixed when the room is created";
    for (pointer, key, set) in switches {
        let problem = match settings.get(key) {
            None => continue,
            Some(Value::Bool(flag)) if *flag == set => Problem::Misplaced,
            Some(Value::Bool(_)) => Problem::ChangesKind,
            Some(_) => Problem::Mistyped,
        };
        replace(departures, Departure::new(pointer, problem, fixed));
    }
    if settings.contains_key("mode") {
        replace(departures, Departure::new("/settings/mode", Problem::Misplaced, fixed));
    }
    if kind != RoomKind::Scheduled && settings.contains_key("scheduled_time") {
        replace(departures, not_scheduled());
    }
}

/// Replaces the schema's departures about the same key, which say less.
fn replace(departures: &mut Vec<Departure>, departure: Departure) {
    departures.retain(|other| other.pointer != departure.pointer);
    departures.push(departure);
}

fn not_scheduled() -> Departure {
    Departure::new(SCHEDULED_TIME, Problem::Misplaced, "the room is not scheduled")
}

/// The rules that a new room and a change have in common.
pub(super) fn settings(settings: Settings, now: SystemTime, departures: &mut Vec<Departure>) {
    time(settings, now, departures);
    duration(settings, departures);
    user_limits(settings, departures);
}

/// The start is an instant that has not passed, in whole seconds.
fn time(settings: Settings, now: SystemTime, departures: &mut Vec<Departure>) {
    let Some(Value::String(text)) = settings.and_then(|settings| settings.get("scheduled_time")) else {
        return;
    };
    if departures.iter().any(|departure| departure.pointer == SCHEDULED_TIME) {
        return;
    }
    let before_1970 = text.get(..4).is_some_and(|year| year < "1970");
    match instant(text) {
        Some(start) if start.checked_add(Duration::from_secs(1)).is_some_and(|end| end > now) => {}
        None if !before_1970 => {
            departures.push(Departure::new(SCHEDULED_TIME, Problem::Invalid, "there is no such date"));
        }
        _ => departures.push(Departure::new(SCHEDULED_TIME, Problem::Refused, "it has passed")),
    }
}

/// Reads an instant in the documented form, `YYYY-MM-DD HH:MM:SS` in UTC.
pub(in super::super) fn instant(text: &str) -> Option<SystemTime> {
    humantime::parse_rfc3339_weak(text).ok()
}

/// The duration is an integer; JSON Schema counts `1e30` as one.
fn duration(settings: Settings, departures: &mut Vec<Departure>) {
    let duration = settings.and_then(|settings| settings.get("duration"));
    if matches!(duration, Some(Value::Number(minutes)) if minutes.is_f64()) {
        let rule = "must be an integer";
        departures.push(Departure::new("/settings/duration", Problem::Mistyped, rule));
    }
}

/// The numbers of moderators and participants, each alone and together.
pub(super) fn user_limits(settings: Settings, departures: &mut Vec<Departure>) {
    let count = |key| settings?.get(key)?.as_str().and_then(count);
    let moderators = count("moderators").unwrap_or(1);
    if moderators > MOST_MODERATORS {
        let rule = "must be at most 5";
        replace(departures, Departure::new("/settings/moderators", Problem::Refused, rule));
    }
    let together = moderators.saturating_add(count("participants").unwrap_or(0));
    if together > MOST_USERS {
        let rule = "must be at most 250 together with the moderators";
        departures.push(Departure::new("/settings/participants", Problem::Refused, rule));
    }
}

/// Reads a string of digits; [`u64::MAX`] if it has too many.
pub(in super::super) fn count(digits: &str) -> Option<u64> {
    let numeric = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    numeric.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// No key of the user's data is blank.
pub(super) fn user_data(body: &Value, departures: &mut Vec<Departure>) {
    let data = body.get("data").and_then(Value::as_object);
    if data.is_some_and(|data| data.keys().any(|key| key.trim().is_empty())) {
        departures.push(Departure::new("/data", Problem::Invalid, "must have no blank key"));
    }
}
