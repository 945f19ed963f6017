//! Rows that are made up while they are sent.

use std::{
    ops::Range,
    time::{Duration, SystemTime},
};

use super::{digits::put, json, row::Row};
use crate::sandbox::{ids::Ids, query::Period};

/// How much earlier than the row before it a row is.
const STEP: Duration = Duration::from_secs(5);

/// So many rows of one room, of which none is held.
pub(super) struct Fill {
    /// As JSON, in quotes.
    room_id: String,
    /// As JSON, in quotes.
    app_id: String,
    /// What tells it from others.
    number: u64,
    rows: u64,
    /// When the user of the first row came, and by when all have gone. None came before 1970.
    latest: SystemTime,
}

impl Fill {
    pub fn new(room_id: &str, rows: u64, app_id: &str, now: SystemTime, ids: &mut Ids) -> Self {
        Self { room_id: json(room_id), app_id: json(app_id), number: ids.count(), rows, latest: now }
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
        let first = SystemTime::UNIX_EPOCH;
        let age = Duration::from_secs(place.saturating_mul(STEP.as_secs()));
        let connected = self.latest.checked_sub(age).map_or(first, |time| time.max(first));
        let stay = Duration::from_millis(60_000 + place.wrapping_mul(7919) % 3_540_000);
        let [log, cdr, conf] = [b'a', b'b', b'c'].map(|kind| self.id(kind, place));
        let (mut name, mut user_ref) = (*b"\"User 0000000\"", *b"\"ref-0000000\"");
        put::<10>(place, &mut name[6..13]);
        put::<10>(place, &mut user_ref[5..12]);
        let publishes = place % 4 != 3;
        Row {
            room_id: self.room_id.as_bytes(),
            app_id: self.app_id.as_bytes(),
            conf_num: &conf,
            call_num: b"1",
            call_log_id: &log,
            cdr_id: &cdr,
            name: &name,
            user_ref: &user_ref,
            role: if publishes { b"participant" } else { b"viewer" },
            publishes,
            connected,
            disconnected: (connected + stay).min(self.latest),
        }
        .write(out);
    }

    /// 24 hexadecimal digits, which no other row has: 7 of the fill, one of the kind, 16 of the place.
    fn id(&self, kind: u8, place: u64) -> [u8; 24] {
        let mut id = [kind; 24];
        put::<16>(self.number, &mut id[..7]);
        put::<16>(place, &mut id[8..]);
        id
    }
}
