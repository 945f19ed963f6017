//! The JSON of events.

use std::time::SystemTime;

use serde_json::{Value, json};

use crate::sandbox::archive::Entry;

/// A session, and the time of what happens to it.
pub(in crate::sandbox) struct Subject<'a> {
    pub app_id: &'a str,
    pub room_id: &'a str,
    pub conf_num: &'a str,
    pub now: SystemTime,
}

impl Subject<'_> {
    /// An event with the keys that all have.
    pub fn event(&self, kind: &str) -> Value {
        let seconds = self.now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        json!({
            "type": kind,
            "trans_date": seconds.to_string(),
            "app_id": self.app_id,
            "room_id": self.room_id,
            "conf_num": self.conf_num,
        })
    }
}

/// The events of an entry's files, which are below an origin.
pub(super) fn media(subject: &Subject<'_>, entry: &Entry, origin: &str) -> Vec<Value> {
    let recordings = entry.recordings(origin);
    let recording = (!recordings.is_empty()).then(|| {
        let mut event = subject.event("recording");
        event["recording"] = json!(recordings);
        event
    });
    let transcoded = entry.transcodings(origin).map(|(url, size)| {
        let mut event = subject.event("transcoded");
        event["recording"] = json!(url);
        event["stage"] = json!("1");
        event["file_size"] = json!(size.to_string());
        event
    });
    recording.into_iter().chain(transcoded).collect()
}
