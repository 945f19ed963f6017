//! The files of an entry, generated when they are fetched.

use std::hash::{DefaultHasher, Hash, Hasher};

use fastrand::Rng;
use serde_json::{Value, json};

use super::Entry;
use crate::{sandbox::response::JSON, wire::rfc3339_millis};

pub(super) const CHATDATA: &str = "chatdata.json";
pub(super) const METADATA: &str = "metadata.json";
const TRANSCODED: &str = "session.mp4";

/// A media file has at least this many bytes, and less than twice as many.
const MEDIA: usize = 24 * 1024;

/// A file. The same address always has the same content.
pub(super) struct File {
    pub media_type: &'static str,
    pub body: Vec<u8>,
}

impl Entry {
    /// The names of the media files, one for each connection that published.
    pub(super) fn recorded(&self) -> impl Iterator<Item = String> {
        (1..=self.streams).map(|number| format!("stream-{number}.mkv"))
    }

    /// The names of the transcoded files; none without a media file.
    pub(super) fn transcoded(&self) -> impl Iterator<Item = &'static str> {
        (self.streams > 0).then_some(TRANSCODED).into_iter()
    }

    pub(super) fn file(&self, name: &str) -> Option<File> {
        if name == CHATDATA {
            return Some(File::json(&json!({"conf_num": self.conf_num, "messages": []})));
        }
        if name == METADATA {
            return Some(File::json(&self.metadata()));
        }
        if self.transcoded().any(|transcoded| transcoded == name) {
            return Some(File::media("video/mp4", &self.id, name));
        }
        let recorded = self.recorded().any(|recorded| recorded == name);
        recorded.then(|| File::media("video/x-matroska", &self.id, name))
    }

    fn metadata(&self) -> Value {
        json!({
            "room_id": self.room_id,
            "conf_num": self.conf_num,
            "ended": rfc3339_millis(self.ended),
            "streams": self.recorded().collect::<Vec<_>>(),
        })
    }
}

impl File {
    fn json(value: &Value) -> Self {
        Self { media_type: JSON, body: value.to_string().into() }
    }

    fn media(media_type: &'static str, id: &str, name: &str) -> Self {
        let mut bytes = Rng::with_seed(hash(&(id, name)));
        let mut body = vec![0; MEDIA + bytes.usize(..MEDIA)];
        bytes.fill(&mut body);
        Self { media_type, body }
    }

    /// The `ETag`.
    pub fn tag(&self) -> String {
        format!("\"{:016x}\"", hash(&self.body))
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
