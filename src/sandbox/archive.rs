//! The archive: an entry for each recorded session.

use std::{collections::BTreeMap, sync::Arc, time::SystemTime};

use serde_json::{Value, json};

use super::{ids::Ids, query::Query, session::Session};
use crate::wire::rfc3339_millis;

mod file;
mod range;
pub(super) mod serve;

/// The entries of all rooms, including deleted ones.
#[derive(Default)]
pub(super) struct Archive {
    /// By id, and thereby in the order in which the sessions ended.
    entries: BTreeMap<String, Arc<Entry>>,
}

/// A recorded session.
pub(super) struct Entry {
    id: String,
    room_id: String,
    conf_num: String,
    ended: SystemTime,
    /// How many recordings there are: one for each connection that published.
    streams: u64,
}

impl Archive {
    /// Adds a session that has ended, and returns its entry.
    pub fn record(
        &mut self,
        session: Session,
        room_id: &str,
        ended: SystemTime,
        ids: &mut Ids,
    ) -> Arc<Entry> {
        let Session { conf_num, published: streams, .. } = session;
        let entry = Entry { id: ids.short(), room_id: room_id.to_owned(), conf_num, ended, streams };
        self.entries.entry(entry.id.clone()).or_insert(Arc::new(entry)).clone()
    }

    pub fn entry(&self, id: &str) -> Option<Arc<Entry>> {
        self.entries.get(id).cloned()
    }

    /// The entries that a query selects.
    pub fn entries(&self, query: Query<'_>) -> Vec<Arc<Entry>> {
        let selected = |entry: &&Arc<Entry>| query.matches(&entry.room_id, &entry.conf_num, entry.ended);
        self.entries.values().filter(selected).cloned().collect()
    }
}

impl Entry {
    /// The entry as the API returns it, with the addresses of its files below an origin.
    pub fn json(&self, origin: &str, app_id: &str) -> Value {
        let url = |name: &str| self.url(origin, name);
        let file = |name: &str| json!({"url": url(name)});
        json!({
            "_id": self.id,
            "trans_date": rfc3339_millis(self.ended),
            "conf_num": self.conf_num,
            "app_id": app_id,
            "room_id": self.room_id,
            "recording": self.recorded().map(|name| file(&name)).collect::<Vec<_>>(),
            "transcoded": self.transcoded().map(file).collect::<Vec<_>>(),
            "chatdata": url(file::CHATDATA),
            "metadata": url(file::METADATA),
        })
    }

    /// The addresses of the media files.
    pub fn recordings(&self, origin: &str) -> Vec<String> {
        self.recorded().map(|name| self.url(origin, &name)).collect()
    }

    /// The addresses of the transcoded files, with their sizes in bytes.
    pub fn transcodings(&self, origin: &str) -> impl Iterator<Item = (String, usize)> {
        let size = |name| self.file(name).map(|file| file.body.len());
        self.transcoded().filter_map(move |name| Some((self.url(origin, name), size(name)?)))
    }

    fn url(&self, origin: &str, name: &str) -> String {
        format!("{origin}{}/{}/{name}", serve::PATH, self.id)
    }
}
