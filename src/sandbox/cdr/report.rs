//! A call report on its way out.

use std::{mem, ops::Range, sync::Arc};

use bytes::Bytes;

use super::fill::Fill;

/// How many bytes are made at a time; the last row goes a little beyond.
const CHUNK: usize = 32 * 1024;
const BEYOND: usize = 1024;
/// After how many bytes other calls have their turn.
const TURN: usize = 512 * 1024;

/// An answer that is made as it is sent.
pub(in crate::sandbox) struct Report {
    /// What there is to send before any more is made.
    written: Vec<u8>,
    any: bool,
    /// The places of the rows that are still to be made, the next ones last.
    fills: Vec<(Arc<Fill>, Range<u64>)>,
    ended: bool,
    /// How many bytes were made in this turn.
    turn: usize,
}

impl Report {
    /// Of rows that are held and of others.
    pub(super) fn new<'a>(
        held: impl Iterator<Item = &'a [u8]>,
        mut fills: Vec<(Arc<Fill>, Range<u64>)>,
    ) -> Self {
        fills.retain(|(_, rows)| !rows.is_empty());
        fills.reverse();
        let mut written = br#"{"result":"0","cdr":["#.to_vec();
        let mut any = false;
        for row in held {
            separate(&mut any, &mut written);
            written.extend_from_slice(row);
        }
        Self { written, any, fills, ended: false, turn: 0 }
    }

    /// Nothing of it is still to be made.
    pub fn is_written(&self) -> bool {
        self.fills.is_empty()
    }

    /// Whether it is the turn of other calls; the next turn is this one's again.
    pub fn yields(&mut self) -> bool {
        let yields = self.turn >= TURN;
        if yields {
            self.turn = 0;
        }
        yields
    }

    /// The next bytes; `None` after the last.
    pub fn next(&mut self) -> Option<Bytes> {
        if self.ended {
            return None;
        }
        let mut chunk = mem::take(&mut self.written);
        if !self.fills.is_empty() {
            chunk.reserve((CHUNK + BEYOND).saturating_sub(chunk.len()));
        }
        while chunk.len() < CHUNK
            && let Some((fill, rows)) = self.fills.last_mut()
        {
            match rows.next() {
                Some(place) => {
                    separate(&mut self.any, &mut chunk);
                    fill.write(place, &mut chunk);
                }
                None => _ = self.fills.pop(),
            }
        }
        if self.fills.is_empty() {
            chunk.extend_from_slice(b"]}");
            self.ended = true;
        }
        self.turn += chunk.len();
        Some(chunk.into())
    }
}

/// A comma, but for the first row.
fn separate(any: &mut bool, out: &mut Vec<u8>) {
    if mem::replace(any, true) {
        out.push(b',');
    }
}
