//! Which rows or entries a report holds.

use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::{refusal::Refusal, route::Params};
use crate::ErrorCode;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Selects the rows or entries that match all the fields that are given.
#[derive(Clone, Copy)]
pub(super) struct Query<'a> {
    pub room_id: Option<&'a str>,
    pub conf_num: Option<&'a str>,
    pub period: Option<Period>,
}

impl<'a> Query<'a> {
    /// Reads the parameters of a path. `code` chooses the code for one that is absent, given the one that is
    /// published for call reports.
    pub fn new(
        params: &'a Params<'_>,
        last_day: LastDay,
        code: fn(ErrorCode) -> ErrorCode,
    ) -> Result<Self, Refusal> {
        let room_code = match params.get("to_date") {
            Some(_) => ErrorCode::PeriodRoomIdAbsent,
            None => ErrorCode::ReportRoomIdAbsent,
        };
        let room_id = params.required("room_id", code(room_code))?;
        let conf_num = params.required("conf_num", code(ErrorCode::ConfNumAbsent))?;
        let to_date = params.required("to_date", code(ErrorCode::ToDateAbsent))?;
        let period = match params.get("from_date").zip(to_date) {
            Some((from_date, to_date)) => Some(Period::new(from_date, to_date, last_day)?),
            None => None,
        };
        Ok(Self { room_id, conf_num, period })
    }

    /// Whether it selects a row or entry with these values.
    pub fn matches(&self, room_id: &str, conf_num: &str, trans_date: SystemTime) -> bool {
        self.matches_room(room_id)
            && self.conf_num.is_none_or(|wanted| wanted == conf_num)
            && self.period.as_ref().is_none_or(|period| period.contains(trans_date))
    }

    pub fn matches_room(&self, room_id: &str) -> bool {
        self.room_id.is_none_or(|wanted| wanted == room_id)
    }
}

/// Whether a period includes its last day, which EnableX does not document.
#[derive(Clone, Copy)]
pub(super) enum LastDay {
    Included,
    Excluded,
}

/// A period of whole days in UTC.
#[derive(Clone, Copy)]
pub(super) struct Period {
    pub start: SystemTime,
    /// Exclusive.
    pub end: SystemTime,
}

impl Period {
    /// From two dates, `YYYY-MM-DD`.
    pub fn new(from_date: &str, to_date: &str, last_day: LastDay) -> Result<Self, Refusal> {
        let start = day("from_date", from_date)?;
        let last = day("to_date", to_date)?;
        if start > last {
            return Err(refused("from_date is later than to_date.".to_owned()));
        }
        let end = match last_day {
            LastDay::Included => last + DAY,
            LastDay::Excluded => last,
        };
        Ok(Self { start, end })
    }

    fn contains(&self, time: SystemTime) -> bool {
        (self.start..self.end).contains(&time)
    }
}

/// The start of a day.
fn day(name: &str, date: &str) -> Result<SystemTime, Refusal> {
    humantime::parse_rfc3339_weak(&format!("{date} 00:00:00"))
        .map_err(|_| refused(format!("{name} must be a day since 1970 as YYYY-MM-DD.")))
}

fn refused(reason: String) -> Refusal {
    Refusal::invalid_param(StatusCode::UNPROCESSABLE_ENTITY, reason)
}
