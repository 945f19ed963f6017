//! The rules that no schema can tell: between keys, and by the clock.
//!
//! A rule passes over values of the wrong type, which are the schema's to find.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use super::finding::{Finding, Wrong};
use crate::RoomKind;

/// The most users of a session that publish, moderators and participants together.
pub(in super::super) const MOST_USERS: u64 = 250;
const MOST_MODERATORS: u64 = 5;

const SCHEDULED_TIME: &str = "/settings/scheduled_time";
const ADHOC: &str = "/settings/adhoc";

type Settings<'a> = Option<&'a Map<String, Value>>;

/// The kind of a new room, and what it needs for it.
pub(super) fn kind(settings: Settings, findings: &mut Vec<Finding>) {
    let Some(settings) = settings else { return };
    let set = |key| settings.get(key) == Some(&Value::Bool(true));
    if set("scheduled") && set("adhoc") {
        findings.push(Finding::new(ADHOC, Wrong::Misplaced, "the room is scheduled"));
    }
    if set("scheduled") {
        for key in ["scheduled_time", "duration"] {
            if !settings.contains_key(key) {
                let pointer = format!("/settings/{key}");
                findings.push(Finding::new(&pointer, Wrong::Absent, "the room is scheduled"));
            }
        }
    } else if settings.contains_key("scheduled_time") {
        findings.push(not_scheduled());
    }
}

/// What is fixed when a room is created, and what its kind leaves no place for.
pub(super) fn fixed(settings: Settings, kind: RoomKind, findings: &mut Vec<Finding>) {
    let Some(settings) = settings else { return };
    let switches = [
        ("/settings/scheduled", "scheduled", kind == RoomKind::Scheduled),
        (ADHOC, "adhoc", kind == RoomKind::AdHoc),
    ];
    let fixed = "it is fixed when the room is created";
    for (pointer, key, set) in switches {
        let wrong = match settings.get(key) {
            None => continue,
            Some(Value::Bool(flag)) if *flag == set => Wrong::Misplaced,
            Some(Value::Bool(_)) => Wrong::ChangesKind,
            Some(_) => Wrong::Mistyped,
        };
        settle(findings, Finding::new(pointer, wrong, fixed));
    }
    if settings.contains_key("mode") {
        settle(findings, Finding::new("/settings/mode", Wrong::Misplaced, fixed));
    }
    if kind != RoomKind::Scheduled && settings.contains_key("scheduled_time") {
        findings.push(not_scheduled());
    }
}

/// Puts a finding in the place of the schema's, to which these keys are merely unknown.
fn settle(findings: &mut Vec<Finding>, finding: Finding) {
    findings.retain(|other| other.pointer != finding.pointer);
    findings.push(finding);
}

fn not_scheduled() -> Finding {
    Finding::new(SCHEDULED_TIME, Wrong::Misplaced, "the room is not scheduled")
}

/// That the start is an instant and lies ahead, in whole seconds.
pub(super) fn time(settings: Settings, now: SystemTime, findings: &mut Vec<Finding>) {
    let Some(Value::String(text)) = settings.and_then(|settings| settings.get("scheduled_time")) else {
        return;
    };
    if findings.iter().any(|finding| finding.pointer == SCHEDULED_TIME) {
        return;
    }
    let before_1970 = text.get(..4).is_some_and(|year| year < "1970");
    match instant(text) {
        Some(start) if start.checked_add(Duration::from_secs(1)).is_some_and(|end| end > now) => {}
        None if !before_1970 => {
            findings.push(Finding::new(SCHEDULED_TIME, Wrong::Invalid, "there is no such date"));
        }
        _ => findings.push(Finding::new(SCHEDULED_TIME, Wrong::Refused, "it has passed")),
    }
}

/// An instant in its documented spelling, `YYYY-MM-DD HH:MM:SS` in UTC.
pub(in super::super) fn instant(text: &str) -> Option<SystemTime> {
    humantime::parse_rfc3339_weak(text).ok()
}

/// That the duration is an integer: to the schema, `1e30` is one too.
pub(super) fn duration(settings: Settings, findings: &mut Vec<Finding>) {
    let duration = settings.and_then(|settings| settings.get("duration"));
    if matches!(duration, Some(Value::Number(minutes)) if minutes.is_f64()) {
        let rule = "must be an integer";
        findings.push(Finding::new("/settings/duration", Wrong::Mistyped, rule));
    }
}

/// How many users the settings allow, each alone and together.
pub(super) fn limits(settings: Settings, findings: &mut Vec<Finding>) {
    let count = |key| settings?.get(key)?.as_str().and_then(count);
    let moderators = count("moderators").unwrap_or(1);
    if moderators > MOST_MODERATORS {
        let rule = "must be at most 5";
        findings.push(Finding::new("/settings/moderators", Wrong::Refused, rule));
    }
    let together = moderators.saturating_add(count("participants").unwrap_or(0));
    if together > MOST_USERS {
        let rule = "must be at most 250 together with the moderators";
        findings.push(Finding::new("/settings/participants", Wrong::Refused, rule));
    }
}

/// What a numeric string counts. One too long for any number counts as very many.
pub(in super::super) fn count(digits: &str) -> Option<u64> {
    let numeric = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    numeric.then(|| digits.parse().unwrap_or(u64::MAX))
}

/// That no key of the user's data is blank.
pub(super) fn user_data(body: &Value, findings: &mut Vec<Finding>) {
    let data = body.get("data").and_then(Value::as_object);
    if data.is_some_and(|data| data.keys().any(|key| key.trim().is_empty())) {
        findings.push(Finding::new("/data", Wrong::Invalid, "must have no blank key"));
    }
}
