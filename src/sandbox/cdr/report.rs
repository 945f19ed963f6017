//! The body of a call report, generated while it is sent.

use std::{mem, ops::Range, sync::Arc};

use bytes::Bytes;

use super::fill::Fill;

/// The bytes of a chunk. Its last row may exceed it, by less than `BEYOND`.
const CHUNK: usize = 32 * 1024;
const BEYOND: usize = 1024;
/// After this many bytes other calls are served.
const TURN: usize = 512 * 1024;

pub(in crate::sandbox) struct Report {
    /// The bytes to send before any generated row.
    written: Vec<u8>,
    /// Whether a row has been written.
    any: bool,
    /// The indices of the rows that remain to be generated, the next ones last.
    fills: Vec<(Arc<Fill>, Range<u64>)>,
    ended: bool,
    /// The bytes since other calls were served.
    turn: usize,
}

impl Report {
    pub(super) fn new<'a>(
        stored: impl Iterator<Item = &'a [u8]>,
        mut fills: Vec<(Arc<Fill>, Range<u64>)>,
    ) -> Self {
        fills.retain(|(_, rows)| !rows.is_empty());
        fills.reverse();
        let mut written = br#"{"result":"0","cdr":["#.to_vec();
        let mut any = false;
        for row in stored {
            separate(&mut any, &mut written);
            written.extend_from_slice(row);
        }
        Self { written, any, fills, ended: false, turn: 0 }
    }

    /// Whether no row remains to be generated.
    pub fn is_complete(&self) -> bool {
        self.fills.is_empty()
    }

    /// Whether other calls are to be served before the next chunk.
    pub fn must_yield(&mut self) -> bool {
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
                Some(index) => {
                    separate(&mut self.any, &mut chunk);
                    fill.write(index, &mut chunk);
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

/// Writes a comma before every row but the first.
fn separate(any: &mut bool, out: &mut Vec<u8>) {
    if mem::replace(any, true) {
        out.push(b',');
    }
}
