//! Rows that are made up while they are sent.

use std::{
    ops::Range,
    time::{Duration, SystemTime},
};

use super::{json, row::Row};
use crate::sandbox::{ids::Ids, query::Period};

/// How much earlier than the row before it a row is.
const STEP: Duration = Duration::from_secs(5);

/// So many rows of one room, of which none is held.
pub(super) struct Fill {
    pub room_id: String,
    rows: u64,
    /// When the user of the first row came, and by when all have gone. None came before 1970.
    latest: SystemTime,
    room_id_json: String,
    app_id_json: String,
    /// What its ids begin with.
    prefix: u64,
}

impl Fill {
    pub fn new(room_id: &str, rows: u64, app_id: &str, now: SystemTime, ids: &mut Ids) -> Self {
        Self {
            room_id: room_id.to_owned(),
            rows,
            latest: now,
            room_id_json: json(room_id),
            app_id_json: json(app_id),
            prefix: ids.count(),
        }
    }

    /// Which of its rows are asked for.
    pub fn rows(&self, period: Option<Period>) -> Range<u64> {
        let Some(Period { start, end }) = period else { return 0..self.rows };
        // How many rows are no earlier than this.
        let since = |time| match self.latest.duration_since(time) {
            _ if time == SystemTime::UNIX_EPOCH => self.rows,
            Ok(ahead) => (ahead.as_nanos() / STEP.as_nanos() + 1).min(self.rows.into()) as u64,
            Err(_) => 0,
        };
        since(end)..since(start)
    }

    /// Writes one, by its place.
    pub fn write(&self, place: u64, out: &mut Vec<u8>) {
        let connected = Duration::from_secs(place.saturating_mul(STEP.as_secs()));
        let connected = self.latest.checked_sub(connected).unwrap_or(SystemTime::UNIX_EPOCH);
        let connected = connected.max(SystemTime::UNIX_EPOCH);
        let stay = Duration::from_millis(60_000 + place.wrapping_mul(7919) % 3_540_000);
        let number = place % 10_000_000;
        let id = |kind| format!("{:07x}{kind}{place:016x}", self.prefix & 0xfff_ffff);
        let publishes = place % 4 != 3;
        Row {
            room_id: &self.room_id_json,
            app_id: &self.app_id_json,
            conf_num: &id('a'),
            call_num: 1,
            call_log_id: &id('b'),
            cdr_id: &id('c'),
            name: &format!("\"User {number:07}\""),
            user_ref: &format!("\"ref-{number:07}\""),
            role: if publishes { "participant" } else { "viewer" },
            publishes,
            connected,
            disconnected: (connected + stay).min(self.latest),
        }
        .write(out);
    }
}
