//! Chooses the code of a refusal.

use std::ops::RangeInclusive;

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

/// Refuses a request that has departures: with the lowest code, or with `INVALID_PARAM` if no departure has one.
pub(super) fn refuse(codes: &RangeInclusive<i64>, departures: Vec<Departure>) -> Result<(), Refusal> {
    let result =
        |departure: &Departure| code(codes, departure).and_then(|code| code.result()).unwrap_or(i64::MAX);
    let Some(departure) =
        departures.into_iter().min_by_key(|departure| (result(departure), departure.problem))
    else {
        return Ok(());
    };
    let code = code(codes, &departure).unwrap_or(ErrorCode::InvalidParam);
    Err(Refusal::new(status(departure.problem), code, departure.sentence()))
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
