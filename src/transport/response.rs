//! The raw response of one attempt, read up to the client's cap.

use std::time::Instant;

use bytes::{Bytes, BytesMut};
use reqwest::{Response, StatusCode, header::HeaderMap};

use super::attempt::Attempt;

/// A JSON object counts as this many bytes of the cap, and a value as that many, so that a body of
/// tiny nodes cannot take many times the cap in memory. Objects of EnableX's own samples have 60
/// bytes and more, values 19 and more.
const BYTES_PER_OBJECT: usize = 48;
const BYTES_PER_VALUE: usize = 8;
/// A smaller cap limits bytes alone.
const MIN_COUNTED_CAP: usize = 64 * 1024;
/// Fewer bytes cannot hold that many nodes.
const MIN_COUNTED_BYTES: usize = MIN_COUNTED_CAP / BYTES_PER_OBJECT;

/// The response of one attempt, as far as it was received.
#[derive(Default)]
pub(crate) struct RawResponse {
    pub(super) status: Option<StatusCode>,
    pub(super) headers: HeaderMap,
    /// `Some` for a redirect: its target, where it names one, without query, fragment and credentials.
    pub(super) redirect: Option<Option<String>>,
    pub(super) body: Bytes,
    /// The body exceeds the cap and was not read to its end.
    pub(super) over_cap: bool,
    /// The body was read to its end.
    pub(super) is_whole: bool,
    /// When the last byte arrived that the next attempt need not fetch again.
    pub(super) progress: Option<Instant>,
    /// The nodes in the first so many bytes of the body.
    nodes: Nodes,
    counted: usize,
}

#[derive(Default)]
struct Nodes {
    objects: usize,
    values: usize,
}

impl Nodes {
    fn add(&mut self, json: &[u8]) {
        let count = |marks: &[u8]| json.iter().filter(|byte| marks.contains(byte)).count();
        self.objects += count(b"{");
        self.values += count(b"[,");
    }

    fn exceed(&self, cap: usize) -> bool {
        let cap = cap.max(MIN_COUNTED_CAP);
        self.objects > cap / BYTES_PER_OBJECT || self.values > cap / BYTES_PER_VALUE
    }
}

/// Whether these bytes hold more JSON nodes than the cap allows.
pub(super) fn exceeds_node_limit(bytes: &[u8], cap: usize) -> bool {
    let mut nodes = Nodes::default();
    if bytes.len() > MIN_COUNTED_BYTES {
        nodes.add(bytes);
    }
    nodes.exceed(cap)
}

impl RawResponse {
    /// The same status and headers with this body.
    pub(super) fn with_body(&self, body: Bytes) -> Self {
        Self { status: self.status, headers: self.headers.clone(), body, ..Self::default() }
    }

    /// The body; empty where it exceeds the cap: the beginning of it is not worth decoding.
    pub(super) fn whole_body(&self) -> Bytes {
        if self.over_cap { Bytes::new() } else { self.body.clone() }
    }

    /// Appends a chunk to the body. `false`: the body exceeds the cap, in bytes or in JSON nodes.
    fn push(&mut self, mut chunk: Bytes, cap: usize) -> bool {
        let left = cap - self.body.len();
        let is_within_cap = chunk.len() <= left;
        chunk.truncate(left);
        // Most bodies come in one chunk, which is not copied.
        if self.body.is_empty() {
            self.body = chunk;
        } else {
            let mut joined = BytesMut::from(std::mem::take(&mut self.body));
            joined.extend_from_slice(&chunk);
            self.body = joined.freeze();
        }
        // Most are too small to be counted.
        if self.body.len() > MIN_COUNTED_BYTES {
            self.nodes.add(&self.body[self.counted..]);
            self.counted = self.body.len();
        }
        is_within_cap && !self.nodes.exceed(cap)
    }
}

/// How reading a body ended.
pub(super) enum BodyEnd {
    Whole,
    OverCap,
    Broken(reqwest::Error),
}

/// Reads the body into the attempt's response, up to the cap. A success whose `Content-Length`
/// exceeds the cap is not read at all.
pub(super) async fn read_body(attempt: &Attempt, response: &mut Response, cap: usize) -> BodyEnd {
    let announced = response.content_length().is_some_and(|length| length > cap as u64);
    if announced && response.status().is_success() {
        return BodyEnd::OverCap;
    }
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                if !attempt.response().push(chunk, cap) {
                    return BodyEnd::OverCap;
                }
            }
            Ok(None) => return BodyEnd::Whole,
            Err(error) => return BodyEnd::Broken(error),
        }
    }
}
