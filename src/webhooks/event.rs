//! An event.

use std::{fmt, time::SystemTime};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Refusal, dedup, time};
use crate::{
    ArchiveKind, ArchiveLink, ConfNum, RoomId,
    error::clip,
    wire::{Scalar, open_enum},
};

/// How many characters of a type are printed.
const LONGEST_KIND: usize = 100;
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

open_enum! {
    /// The type of an event. EnableX names others (a user joined or left, a CDR is ready) and does not publish
    /// their words.
    pub enum EventKind as "type" {
        /// A session has ended.
        RoomDrop = "roomdrop",
        /// The recorded files of an ended session are ready.
        Recording = "recording",
        /// A transcoded file is ready.
        Transcoded = "transcoded",
        /// Files were moved to your own store.
        FileTransfer = "file-transfer",
        /// A session has begun. Seen in the field, not documented.
        SessionStart = "session_start",
        /// A session has ended. Seen in the field, not documented; a [`RoomDrop`](Self::RoomDrop) comes, too.
        SessionStop = "session_stop",
    }
}

/// An event that EnableX posted.
///
/// Its accessors read the documented keys, `None` where one is missing or cannot be read. [`keys`](Self::keys)
/// has the whole body, unknown keys and types included.
///
/// `Serialize` and `Deserialize` are those of the body, for a queue or a database. Links in it may be enough to
/// fetch a file; `Debug` prints no values of other keys than the common ones.
///
/// ```
/// use enablex::webhooks::{Event, EventKind};
///
/// let event: Event = serde_json::from_str(
///     r#"{"type": "transcoded", "trans_date": 1721900040000, "conf_num": "66a20b4e91",
///         "recording": "https://files.example.com/session-1.mp4", "file_size": "48233910"}"#,
/// )?;
/// assert_eq!(event.kind(), &EventKind::Transcoded);
/// assert_eq!(event.links().next().unwrap().url, "https://files.example.com/session-1.mp4");
/// assert_eq!(event.file_size(), Some(48_233_910));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Map<String, Value>", into = "Map<String, Value>")]
pub struct Event {
    kind: EventKind,
    room_id: Option<RoomId>,
    conf_num: Option<ConfNum>,
    time: Option<SystemTime>,
    keys: Map<String, Value>,
}

impl Event {
    /// Reads a body.
    pub(super) fn from_slice(body: &[u8]) -> Result<Self, Refusal> {
        let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
        // Not its text, which may have values.
        let place =
            |error: serde_json::Error| Refusal::Malformed { line: error.line(), column: error.column() };
        match serde_json::from_slice(body).map_err(place)? {
            Value::Object(keys) => Ok(keys.into()),
            _ => Err(Refusal::Malformed { line: 0, column: 0 }),
        }
    }

    /// The type; an [`EventKind::Other`] with an empty word where it is missing.
    pub fn kind(&self) -> &EventKind {
        &self.kind
    }

    /// The id of the room.
    pub fn room_id(&self) -> Option<&RoomId> {
        self.room_id.as_ref()
    }

    /// The conference number of the session, by which reports are [selected](crate::Reports::conf), too.
    pub fn conf_num(&self) -> Option<&ConfNum> {
        self.conf_num.as_ref()
    }

    /// The project's `APP_ID`.
    pub fn app_id(&self) -> Option<&str> {
        self.text("app_id")
    }

    /// The time of the event (`trans_date`). EnableX calls it a Unix timestamp in UTC and does not say in which
    /// unit: numbers from 100,000,000,000 on are read as milliseconds, smaller ones as seconds, also in
    /// strings. RFC 3339 is read, too.
    pub fn time(&self) -> Option<SystemTime> {
        self.time
    }

    /// The links of a [`Recording`](EventKind::Recording) or a [`Transcoded`](EventKind::Transcoded), for
    /// [`Client::file`](crate::Client::file). For another type there are none.
    pub fn links(&self) -> impl Iterator<Item = ArchiveLink<'_>> {
        let kind = match self.kind {
            EventKind::Recording => Some(ArchiveKind::Recording),
            EventKind::Transcoded => Some(ArchiveKind::Transcoded),
            _ => None,
        };
        kind.into_iter().flat_map(|kind| self.urls("recording").map(move |url| ArchiveLink { kind, url }))
    }

    /// The addresses of the files that a [`FileTransfer`](EventKind::FileTransfer) has moved, in your own store:
    /// the recording credentials do not fetch them.
    pub fn transferred(&self) -> impl Iterator<Item = &str> {
        let is_transfer = self.kind == EventKind::FileTransfer;
        is_transfer.then(|| self.urls("files")).into_iter().flatten()
    }

    /// Where a [`FileTransfer`](EventKind::FileTransfer) has moved the files to.
    pub fn destination(&self) -> Option<Destination<'_>> {
        let destination = self.keys.get("destination")?.as_object()?;
        let text = |key| destination.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
        Some(Destination { name: text("name"), host: text("host"), account: text("account") })
    }

    /// The stage of a [`Transcoded`](EventKind::Transcoded). EnableX does not say what it means.
    pub fn stage(&self) -> Option<&str> {
        self.text("stage")
    }

    /// The size in bytes of the file of a [`Transcoded`](EventKind::Transcoded).
    pub fn file_size(&self) -> Option<u64> {
        i64::read(self.keys.get("file_size")?)?.try_into().ok()
    }

    /// A key that is the same for each delivery of this event, since EnableX sends no id: at most 300
    /// characters, letters, digits and `-_.:`.
    ///
    /// It is made of the type, the room, the conference number, the time in milliseconds, and a digest
    /// (SHA-256) of all keys and values. The order of keys, blanks, and the unit of `trans_date` do not matter,
    /// and of numbers with decimals or beyond 64 bits 15 digits count. Two deliveries that differ in anything
    /// else count as two events, since to miss one is worse than to take it twice.
    ///
    /// ```
    /// # use enablex::webhooks::Event;
    /// let event = |body| serde_json::from_str::<Event>(body);
    /// let one = event(r#"{"type": "roomdrop", "trans_date": "1721900040", "room_id": "66a1f0c2", "conf_num": "66a2"}"#)?;
    /// let again = event(r#"{"conf_num": "66a2", "room_id": "66a1f0c2", "trans_date": 1721900040000, "type": "roomdrop"}"#)?;
    /// assert_eq!(one.dedup_key(), again.dedup_key());
    /// assert!(one.dedup_key().starts_with("roomdrop:66a1f0c2:66a2:1721900040000:"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn dedup_key(&self) -> String {
        dedup::key(self)
    }

    /// The whole body.
    pub fn keys(&self) -> &Map<String, Value> {
        &self.keys
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.keys.get(key)?.as_str()
    }

    /// The addresses of a key: one string or a list, each a string or an object with a `url`.
    fn urls(&self, key: &str) -> impl Iterator<Item = &str> {
        let values = match self.keys.get(key) {
            Some(Value::Array(list)) => list.as_slice(),
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        values
            .iter()
            .filter_map(|value| value.as_str().or_else(|| value.get("url")?.as_str()))
            .filter(|url| !url.is_empty())
    }
}

impl From<Map<String, Value>> for Event {
    fn from(keys: Map<String, Value>) -> Self {
        let word = keys.get("type").and_then(String::read).unwrap_or_default();
        Self {
            kind: EventKind::from_word(&word),
            room_id: keys.get("room_id").and_then(RoomId::read),
            conf_num: keys.get("conf_num").and_then(ConfNum::read),
            time: keys.get("trans_date").and_then(time::read),
            keys,
        }
    }
}

impl From<Event> for Map<String, Value> {
    fn from(event: Event) -> Self {
        event.keys
    }
}

/// Where files were moved to. Missing and empty texts are `None`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Destination<'a> {
    /// The kind of store: `awss3`, `ftp`, `sftp`, `ssh` and others.
    pub name: Option<&'a str>,
    /// The host.
    pub host: Option<&'a str>,
    /// The account or bucket.
    pub account: Option<&'a str>,
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event")
            .field("kind", &clip(self.kind.as_str(), LONGEST_KIND))
            .field("room_id", &self.room_id)
            .field("conf_num", &self.conf_num)
            .field("time", &self.time.map(crate::wire::rfc3339))
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Destination<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Destination").field("name", &self.name).finish_non_exhaustive()
    }
}
