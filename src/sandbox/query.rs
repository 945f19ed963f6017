//! What a report is asked for.

use std::time::{Duration, SystemTime};

use http::StatusCode;

use super::refusal::Refusal;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Which rows or entries: those that fit all that is said.
#[derive(Clone, Copy, Default)]
pub(super) struct Query<'a> {
    pub room_id: Option<&'a str>,
    pub conf_num: Option<&'a str>,
    pub period: Option<Period>,
}

impl Query<'_> {
    /// Whether it asks for what has these.
    pub fn takes(&self, room_id: &str, conf_num: &str, trans_date: SystemTime) -> bool {
        self.takes_room(room_id)
            && self.conf_num.is_none_or(|asked| asked == conf_num)
            && self.period.as_ref().is_none_or(|period| period.holds(trans_date))
    }

    /// Whether it asks for anything of this room.
    pub fn takes_room(&self, room_id: &str) -> bool {
        self.room_id.is_none_or(|asked| asked == room_id)
    }
}

/// Whether the last day of a period belongs to it, which EnableX leaves open.
#[derive(Clone, Copy)]
pub(super) enum LastDay {
    Included,
    Excluded,
}

/// Days in UTC.
#[derive(Clone, Copy)]
pub(super) struct Period {
    pub start: SystemTime,
    /// The first moment that is no longer in it.
    pub end: SystemTime,
}

impl Period {
    /// From two dates of a path.
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

    fn holds(&self, time: SystemTime) -> bool {
        (self.start..self.end).contains(&time)
    }
}

/// When a day begins.
fn day(name: &str, date: &str) -> Result<SystemTime, Refusal> {
    humantime::parse_rfc3339_weak(&format!("{date} 00:00:00"))
        .map_err(|_| refused(format!("{name} must be a day since 1970 as YYYY-MM-DD.")))
}

fn refused(reason: String) -> Refusal {
    Refusal::invalid_param(StatusCode::UNPROCESSABLE_ENTITY, reason)
}
