//! Where the files of an entry go. The ids and links of a response may be any text.

use std::collections::BTreeMap;

use reqwest::Url;
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    Archive, ArchiveKind, digest,
    files::name::{LONGEST_OF_SOME, Name, last_segment},
};

/// The longest id that a folder's name has in full, in bytes.
const LONGEST_ID: usize = 40;

/// The name of an entry's folder: `{conf_num}-{id}` where both are of the form that was always seen. Otherwise
/// the nearest safe text of both and a hash of them follow each other, since ids that differ may have the same
/// safe text, and a file system may take `A` for `a`. The two forms never give the same name: the first one has
/// one hyphen.
pub(super) fn folder(entry: &Archive) -> String {
    let (conf_num, id) = (spelled(&entry.conf_num), spelled(&entry.id));
    if let (Some(conf_num), Some(id)) = (&conf_num, &id)
        && is_usual(conf_num)
        && is_usual(id)
    {
        return format!("{conf_num}-{id}");
    }
    // What tells entries without an id apart and stays the same when files are added.
    let others = id.is_none().then(|| {
        let link = entry.links().next().map(|link| lasting(link.url));
        json!([entry.room_id, entry.trans_date, link])
    });
    let hash = digest::hex(&json!([conf_num, id, others]).to_string());
    format!("{}-{}-{hash}", nearest(conf_num), nearest(id))
}

/// The names of the files, in the order of their links: `{kind}-{n}-{name}`.
pub(super) fn files<'a>(
    links: impl IntoIterator<Item = (ArchiveKind, &'a str)>,
) -> impl Iterator<Item = String> {
    let mut counts = BTreeMap::<ArchiveKind, u32>::new();
    links.into_iter().map(move |(kind, url)| {
        let n = counts.entry(kind).or_default();
        *n += 1;
        let prefix = format!("{kind}-{n}-");
        let last = Url::parse(url).map(|url| last_segment(&url)).unwrap_or_default();
        let name = Name::nearest(&last).with("", LONGEST_OF_SOME - prefix.len());
        prefix + &name
    })
}

/// The link without what may be another in the next report.
fn lasting(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

fn is_usual(id: &str) -> bool {
    id.len() <= LONGEST_ID && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9'))
}

fn nearest(id: Option<String>) -> String {
    id.map_or_else(|| "none".into(), |id| Name::nearest(&id).with("", LONGEST_ID))
}

/// The text of an id, or its JSON where it is none. `None` where it is missing or empty.
fn spelled(id: &Option<impl Serialize>) -> Option<String> {
    match json!(id) {
        Value::Null => None,
        Value::String(text) => Some(text).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    }
}
