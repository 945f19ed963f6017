//! What an archive entry links to.

use std::{fmt, time::SystemTime};

use reqwest::Url;

use super::ConfNum;
use crate::{
    Archive, Error, RoomId, Violation,
    bindings::types::ArchiveFile,
    client::printable_url,
    files::name::{is_plain, last_segment},
    wire::{Lenient, Link},
};

/// What is behind a link of the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ArchiveKind {
    /// A media file of one published stream.
    Recording,
    /// A media file of the session, made from the recordings by transcoding.
    Transcoded,
    /// The chat, as a JSON file.
    Chat,
    /// About the session, as a JSON file.
    Metadata,
}

impl ArchiveKind {
    /// One word for it, in lower case.
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

/// A link of the archive, as it came: [`Client::file`](crate::Client::file) fetches what is behind it.
/// The extension says nothing certain about the format.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ArchiveLink<'a> {
    /// What is behind it.
    pub kind: ArchiveKind,
    /// Where it lies; not looked at yet.
    pub url: &'a str,
}

impl ArchiveLink<'_> {
    /// The last part of the path, percent-decoded, where it can be the name of one plain file on every
    /// system as it is: no separator, nothing that Windows forbids or reserves, no control or invisible
    /// character, no dot or blank at either end, UTF-8 of at most 255 bytes. `None` otherwise. Entries
    /// have files of the same names: [`FileHandle::save_in`](crate::FileHandle::save_in) finds one that
    /// is free.
    pub fn file_name(&self) -> Option<String> {
        let name = last_segment(&self.parse_url().ok()?);
        // What was no UTF-8 is no name.
        (is_plain(&name) && !name.contains(char::REPLACEMENT_CHARACTER)).then_some(name)
    }

    /// Reads the URL.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where it is none.
    pub fn parse_url(&self) -> Result<Url, Error> {
        let none = |_| Violation::new("url", "must be a URL", Some(&printable_url(self.url)));
        Ok(Url::parse(self.url).map_err(none)?)
    }
}

/// Without what may let anybody in.
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
        self.id.as_ref()?.get().map(String::as_str)
    }

    /// The number of the session.
    pub fn conf_num(&self) -> Option<&ConfNum> {
        self.conf_num.as_ref()?.get()
    }

    /// The room.
    pub fn room_id(&self) -> Option<&RoomId> {
        self.room_id.as_ref()?.get()
    }

    /// The time of the entry; which moment it marks is not documented.
    pub fn trans_date(&self) -> Option<SystemTime> {
        self.trans_date.as_ref().and_then(Lenient::get).copied()
    }

    /// All links that the entry has, which are those of features that were on: recordings, transcoded
    /// files, chat and metadata.
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

/// A link that is empty leads nowhere.
fn link(link: &Option<Lenient<Link>>) -> Option<&str> {
    link.as_ref()?.get().map(Link::as_str).filter(|link| !link.is_empty())
}
