//! Made-up rows of a call report, generated while they are sent.

use std::{
    ops::Range,
    time::{Duration, SystemTime},
};

use super::{digits::put, json, row::Row};
use crate::sandbox::{ids::Ids, query::Period};

/// Each row is this much earlier than the one before it.
const STEP: Duration = Duration::from_secs(5);

/// The made-up rows of a room. None is kept in memory.
pub(super) struct Fill {
    /// A JSON string.
    room_id: String,
    /// A JSON string.
    app_id: String,
    /// Unique, and part of the ids of its rows.
    number: u64,
    rows: u64,
    /// When the user of the first row joined. No user leaves later, and none joins before 1970.
    latest: SystemTime,
}

impl Fill {
    pub fn new(room_id: &str, rows: u64, app_id: &str, now: SystemTime, ids: &mut Ids) -> Self {
        Self { room_id: json(room_id), app_id: json(app_id), number: ids.count(), rows, latest: now }
    }

    /// The indices of the rows in a period.
    pub fn rows(&self, period: Option<Period>) -> Range<u64> {
        let Some(Period { start, end }) = period else { return 0..self.rows };
        // How many rows are not earlier than a time.
        let since = |time| match self.latest.duration_since(time) {
            _ if time == SystemTime::UNIX_EPOCH => self.rows,
            Ok(ahead) => (ahead.as_nanos() / STEP.as_nanos() + 1).min(self.rows.into()) as u64,
            Err(_) => 0,
        };
        since(end)..since(start)
    }

    /// Writes the row at an index.
    pub fn write(&self, index: u64, out: &mut Vec<u8>) {
        let first = SystemTime::UNIX_EPOCH;
        let age = Duration::from_secs(index.saturating_mul(STEP.as_secs()));
        let connected = self.latest.checked_sub(age).map_or(first, |time| time.max(first));
        let stay = Duration::from_millis(60_000 + index.wrapping_mul(7919) % 3_540_000);
        let [log, cdr, conf] = [b'a', b'b', b'c'].map(|kind| self.id(kind, index));
        let (mut name, mut user_ref) = (*b"\"User 0000000\"", *b"\"ref-0000000\"");
        put::<10>(index, &mut name[6..13]);
        put::<10>(index, &mut user_ref[5..12]);
        let publishes = index % 4 != 3;
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

    /// A unique id of 24 hexadecimal digits: 7 of the number, one of the kind, 16 of the index.
    fn id(&self, kind: u8, index: u64) -> [u8; 24] {
        let mut id = [kind; 24];
        put::<16>(self.number, &mut id[..7]);
        put::<16>(index, &mut id[8..]);
        id
    }
}
