//! Which result code stands for what.

use http::StatusCode;

use super::{
    super::refusal::Refusal,
    finding::{Finding, Wrong},
};
use crate::ErrorCode;

/// A line of a table: where, in which way (any, where it is not said), and the `result`.
type Line = (&'static str, Option<Wrong>, i64);

const ANY: Option<Wrong> = None;
const ABSENT: Option<Wrong> = Some(Wrong::Absent);
const REFUSED: Option<Wrong> = Some(Wrong::Refused);
const MISPLACED: Option<Wrong> = Some(Wrong::Misplaced);
const CHANGES_KIND: Option<Wrong> = Some(Wrong::ChangesKind);
const UNKNOWN: Option<Wrong> = Some(Wrong::Unknown);

/// Of a room's creation and change. The first line that fits decides; of several findings, the one
/// with the earliest line. What has no line is answered with `INVALID_PARAM`.
const ROOM: &[Line] = &[
    ("/name", ANY, 10002),
    ("/owner_ref", ANY, 10010),
    // A change may hold neither switch of the kind, nor the mode: what the room is already is
    // "not allowed here", what it is not would "change the kind".
    ("/settings/scheduled", MISPLACED, 10106),
    ("/settings/scheduled", CHANGES_KIND, 10106),
    ("/settings/scheduled", ANY, 10003),
    ("/settings/adhoc", CHANGES_KIND, 10106),
    // Also: true together with `scheduled`.
    ("/settings/adhoc", MISPLACED, 10017),
    ("/settings/adhoc", ANY, 10016),
    ("/settings/mode", MISPLACED, 10020),
    ("/settings/mode", ANY, 10019),
    // In a room that is not scheduled.
    ("/settings/scheduled_time", MISPLACED, 10018),
    ("/settings/scheduled_time", ABSENT, 10004),
    // In the past.
    ("/settings/scheduled_time", REFUSED, 10006),
    ("/settings/scheduled_time", ANY, 10005),
    ("/settings/duration", ANY, 10011),
    // Over 5.
    ("/settings/moderators", REFUSED, 10023),
    ("/settings/moderators", ANY, 10022),
    // Also: over 250 together with the moderators.
    ("/settings/participants", ANY, 10007),
    ("/settings/auto_recording", ANY, 10008),
    ("/settings/max_active_talkers", ANY, 10012),
    ("/settings/wait_for_moderator", ANY, 10013),
    ("/settings/quality", ANY, 10014),
    ("/settings/knock", ANY, 10025),
    // `*` is any one key.
    ("/settings/*", UNKNOWN, 10009),
];

/// Of a token's creation.
const TOKEN: &[Line] =
    &[("/name", ANY, 10101), ("/user_ref", ANY, 10102), ("/role", ABSENT, 10103), ("/role", ANY, 10104)];

/// Refuses a room, or a change of one, where there is a finding.
pub(super) fn refuse_room(findings: Vec<Finding>) -> Result<(), Refusal> {
    refuse(ROOM, findings)
}

/// Refuses a token where there is a finding.
pub(super) fn refuse_token(findings: Vec<Finding>) -> Result<(), Refusal> {
    refuse(TOKEN, findings)
}

fn refuse(table: &[Line], findings: Vec<Finding>) -> Result<(), Refusal> {
    let placed = findings.into_iter().map(|finding| {
        let line = table.iter().position(|line| fits(line, &finding)).unwrap_or(table.len());
        (line, finding)
    });
    let Some((line, finding)) = placed.min_by_key(|(line, finding)| (*line, finding.wrong)) else {
        return Ok(());
    };
    let code = match table.get(line) {
        Some((_, _, result)) => ErrorCode::from(*result),
        None => ErrorCode::InvalidParam,
    };
    Err(Refusal::new(status(finding.wrong), code, finding.sentence()))
}

fn fits((pointer, wrong, _): &Line, finding: &Finding) -> bool {
    let here = match pointer.strip_suffix('*') {
        Some(parent) => finding.pointer.strip_prefix(parent).is_some_and(|key| !key.contains('/')),
        None => finding.pointer == *pointer,
    };
    here && wrong.is_none_or(|wrong| wrong == finding.wrong)
}

/// Malformed, or well formed with a bad value.
fn status(wrong: Wrong) -> StatusCode {
    match wrong {
        Wrong::Absent | Wrong::Mistyped | Wrong::Unknown => StatusCode::BAD_REQUEST,
        Wrong::Invalid | Wrong::Refused | Wrong::Misplaced | Wrong::ChangesKind => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }
}
