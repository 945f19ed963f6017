//! Chooses the code of a refusal.

use std::{collections::HashSet, ops::RangeInclusive};

use http::StatusCode;

use super::{
    super::refusal::Refusal,
    departure::{Departure, Problem},
};
use crate::{Advice, ErrorCode};

/// The codes of rooms among the published ones.
pub(super) const ROOM: RangeInclusive<i64> = 10001..=10099;
/// The codes of tokens among the published ones.
pub(super) const TOKEN: RangeInclusive<i64> = 10101..=10199;

/// The most departures that a refusal names.
const MOST_NAMED: usize = 10;

/// Refuses a request that has departures: with the lowest code, or with `INVALID_PARAM` if no departure has
/// one. The others are named after the one that has the code.
pub(super) fn refuse(codes: &RangeInclusive<i64>, mut departures: Vec<Departure>) -> Result<(), Refusal> {
    let result =
        |departure: &Departure| code(codes, departure).and_then(|code| code.result()).unwrap_or(i64::MAX);
    departures.sort_by_cached_key(|departure| (result(departure), departure.problem));
    let mut named = HashSet::new();
    departures.retain(|departure| named.insert(departure.pointer.clone()));
    let Some(first) = departures.first() else { return Ok(()) };
    let code = code(codes, first).unwrap_or(ErrorCode::InvalidParam);
    let sentences: Vec<_> = departures.iter().take(MOST_NAMED).map(Departure::sentence).collect();
    Err(Refusal::new(status(first.problem), code, sentences.join(" ")))
}

fn code(codes: &RangeInclusive<i64>, departure: &Departure) -> Option<ErrorCode> {
    Some(match (departure.pointer.as_str(), departure.problem) {
        (pointer, Problem::Unknown) => {
            let key = pointer.strip_prefix("/settings/")?;
            (!key.contains('/')).then_some(ErrorCode::SettingUnknown)?
        }
        ("/settings/scheduled" | "/settings/adhoc", Problem::ChangesKind)
        | ("/settings/scheduled", Problem::Misplaced) => ErrorCode::KindFixed,
        ("/settings/adhoc", Problem::Misplaced) => ErrorCode::AdhocRefused,
        ("/settings/mode", Problem::Misplaced) => ErrorCode::ModeRefused,
        ("/settings/scheduled_time", Problem::Misplaced) => ErrorCode::NotForThisKind,
        ("/settings/scheduled_time", Problem::Refused) => ErrorCode::ScheduledTimeRefused,
        ("/settings/scheduled_time", Problem::Mistyped | Problem::Invalid) => {
            ErrorCode::ScheduledTimeMalformed
        }
        ("/settings/moderators", Problem::Refused) => ErrorCode::ModeratorsRefused,
        ("/role", Problem::Mistyped | Problem::Invalid) => ErrorCode::RoleBad,
        // The published code for `settings` is about its keys alone.
        ("/settings", _) => return None,
        _ => first_of_field(codes, &departure.field())?,
    })
}

/// The first published code that is about a field.
fn first_of_field(codes: &RangeInclusive<i64>, field: &str) -> Option<ErrorCode> {
    let published = ErrorCode::PUBLISHED_RESULTS.iter().filter(|result| codes.contains(result));
    let is_of_field = |code: &ErrorCode| match code.advice() {
        Some(Advice::FixRequest { field: Some(known) }) => known == field,
        _ => false,
    };
    published.map(|result| ErrorCode::from(*result)).find(is_of_field)
}

/// 400 for a malformed request, 422 for a well-formed one with a bad value.
fn status(problem: Problem) -> StatusCode {
    match problem {
        Problem::Absent | Problem::Mistyped | Problem::Unknown => StatusCode::BAD_REQUEST,
        Problem::Invalid | Problem::Refused | Problem::Misplaced | Problem::ChangesKind => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}
