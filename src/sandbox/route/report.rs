//! The four ways to ask for a report.

use http::{Method, StatusCode};

use super::nowhere;
use crate::{
    ErrorCode,
    sandbox::{
        query::{LastDay, Period, Query},
        refusal::Refusal,
    },
};

/// What is answered where the path lacks something.
pub(super) struct Absent {
    conf_num: ErrorCode,
    room_id: ErrorCode,
    /// Where a period is asked for as well.
    period_room_id: ErrorCode,
    to_date: ErrorCode,
}

pub(super) const CDR: Absent = Absent {
    conf_num: ErrorCode::ConfNumAbsent,
    room_id: ErrorCode::ReportRoomIdAbsent,
    period_room_id: ErrorCode::PeriodRoomIdAbsent,
    to_date: ErrorCode::ToDateAbsent,
};

/// The archive has no table of codes.
pub(super) const ARCHIVE: Absent = Absent {
    conf_num: ErrorCode::InvalidParam,
    room_id: ErrorCode::InvalidParam,
    period_room_id: ErrorCode::InvalidParam,
    to_date: ErrorCode::InvalidParam,
};

impl Absent {
    /// Reads what comes after `/cdr` or `/archive`.
    pub fn query<'a>(
        self,
        method: &Method,
        rest: &[&'a str],
        last_day: LastDay,
    ) -> Result<Query<'a>, Refusal> {
        let Some((&kind @ ("period" | "room" | "room-period" | "conf"), rest)) = rest.split_first() else {
            return Err(nowhere());
        };
        if *method != Method::GET {
            return Err(Refusal::method("GET"));
        }
        match (kind, rest) {
            ("conf", [] | [""]) => Err(absent(self.conf_num, "conference number")),
            ("conf", [conf_num]) => Ok(Query { conf_num: Some(conf_num), ..Query::default() }),
            ("room", [] | [""]) => Err(absent(self.room_id, "room id")),
            ("room", [id]) => Ok(Query { room_id: Some(id), ..Query::default() }),
            ("room-period", [] | ["", ..]) => Err(absent(self.period_room_id, "room id")),
            ("room-period", [id, dates @ ..]) => {
                Ok(Query { room_id: Some(id), ..self.period(dates, last_day)? })
            }
            ("period", dates) => self.period(dates, last_day),
            _ => Err(nowhere()),
        }
    }

    fn period(self, dates: &[&str], last_day: LastDay) -> Result<Query<'static>, Refusal> {
        match dates {
            [] | [_] | [_, ""] => Err(absent(self.to_date, "to_date")),
            [from_date, to_date] => {
                Ok(Query { period: Some(Period::new(from_date, to_date, last_day)?), ..Query::default() })
            }
            _ => Err(nowhere()),
        }
    }
}

fn absent(code: ErrorCode, what: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, code, format!("The path holds no {what}."))
}
