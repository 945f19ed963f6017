//! Accessors of an archive entry, and the links to its files.

use std::{fmt, time::SystemTime};

use reqwest::Url;

use super::ConfNum;
use crate::{
    Archive, Error, RoomId, Violation,
    accessors::{copied, text, value},
    bindings::types::ArchiveFile,
    client::printable_url,
    files::name::{is_plain, last_segment},
    wire::{Lenient, Link},
};

/// The kind of file that a link of the archive leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ArchiveKind {
    /// A media file of one published stream.
    Recording,
    /// A media file of the whole session, transcoded from the recordings.
    Transcoded,
    /// The chat, a JSON file.
    Chat,
    /// Data about the session, a JSON file.
    Metadata,
}

impl ArchiveKind {
    /// The kind as one word in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recording => "recording",
            Self::Transcoded => "transcoded",
            Self::Chat => "chat",
            Self::Metadata => "metadata",
        }
    }
}

impl fmt::Display for ArchiveKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A link of the archive, as the service sent it. [`Client::file`](crate::Client::file) fetches the file.
/// EnableX does not say whether the extension matches the format.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ArchiveLink<'a> {
    /// The kind of file.
    pub kind: ArchiveKind,
    /// The address of the file. Not validated.
    pub url: &'a str,
}

impl ArchiveLink<'_> {
    /// The last segment of the path, percent-decoded, where it is a safe file name on every operating
    /// system: no separator, nothing that Windows forbids or reserves, no control or invisible character,
    /// no dot or blank at either end, UTF-8 of at most 255 bytes. `None` otherwise.
    ///
    /// Files of several entries may have the same name:
    /// [`FileHandle::save_in`](crate::FileHandle::save_in) finds one that is free.
    pub fn file_name(&self) -> Option<String> {
        let name = last_segment(&self.parse_url().ok()?);
        // The replacement character stands for bytes that are not UTF-8.
        (is_plain(&name) && !name.contains(char::REPLACEMENT_CHARACTER)).then_some(name)
    }

    /// Parses the URL.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where it is not a URL.
    pub fn parse_url(&self) -> Result<Url, Error> {
        let none = |_| Violation::new("url", "must be a URL", Some(&printable_url(self.url)));
        Ok(Url::parse(self.url).map_err(none)?)
    }
}

/// Without the query and credentials of the URL, which may be enough to fetch the file.
impl fmt::Debug for ArchiveLink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArchiveLink")
            .field("kind", &self.kind)
            .field("url", &printable_url(self.url))
            .finish()
    }
}

impl AsRef<str> for ArchiveLink<'_> {
    fn as_ref(&self) -> &str {
        self.url
    }
}

impl Archive {
    /// The id of the entry.
    pub fn id(&self) -> Option<&str> {
        text(&self.id)
    }

    /// The conference number of the session.
    pub fn conf_num(&self) -> Option<&ConfNum> {
        value(&self.conf_num)
    }

    /// The id of the room.
    pub fn room_id(&self) -> Option<&RoomId> {
        value(&self.room_id)
    }

    /// The time of the entry. EnableX does not say which moment it marks.
    pub fn trans_date(&self) -> Option<SystemTime> {
        copied(&self.trans_date)
    }

    /// The links of the entry: recordings, transcoded files, chat and metadata. An entry has links for the
    /// features that were on in the session.
    ///
    /// ```no_run
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// for entry in client.archive().room("5b473a40ad3c0a58a4e0e5c1").list().await? {
    ///     for link in entry.links() {
    ///         println!("{} {}", link.kind, link.url);
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn links(&self) -> impl Iterator<Item = ArchiveLink<'_>> {
        let of = |kind| move |url| ArchiveLink { kind, url };
        urls(&self.recording)
            .map(of(ArchiveKind::Recording))
            .chain(urls(&self.transcoded).map(of(ArchiveKind::Transcoded)))
            .chain(link(&self.chatdata).map(of(ArchiveKind::Chat)))
            .chain(link(&self.metadata).map(of(ArchiveKind::Metadata)))
    }
}

fn urls(files: &Option<Vec<ArchiveFile>>) -> impl Iterator<Item = &str> {
    files.as_deref().unwrap_or_default().iter().filter_map(|file| link(&file.url))
}

/// The address, unless it is empty.
fn link(link: &Option<Lenient<Link>>) -> Option<&str> {
    value(link).map(Link::as_str).filter(|link| !link.is_empty())
}
