//! Saving all files that an archive report leads to.

use std::{
    collections::{HashMap, HashSet, hash_map},
    fmt,
    future::ready,
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_util::{
    FutureExt, Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};

use super::{ArchiveKind, ConfNum, Report, ReportRows};
use crate::{
    Archive, CallOptions, Error, FileHandle, RoomId, Violation,
    client::printable_url,
    files::{NO_CREDENTIALS, Place, check_folder},
    transport::Transport,
};

mod paths;

/// The files of an archive report, saved into a folder; from [`Report::save_in`].
///
/// It is a [`futures_core::Stream`] that borrows nothing: it may outlive the client, and be sent to another
/// task.
///
/// [`futures_core::Stream`]: https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html
///
/// ```no_run
/// # use enablex::{Client, Saved};
/// # async fn run(client: Client) -> Result<(), enablex::Error> {
/// let mut files = client.archive().day("2026-03-31").save_in("recordings").concurrency(8);
/// let mut failed = 0;
/// while let Some(file) = files.next().await {
///     let file = file?; // the report failed: nothing was saved
///     match file.result {
///         Ok(Saved::Now { bytes }) => println!("{} {bytes} bytes", file.path.display()),
///         Ok(_) => {} // an earlier run has saved it
///         Err(error) => {
///             failed += 1;
///             eprintln!("{}: {error}", file.path.display());
///         }
///     }
/// }
/// println!("{failed} files are missing: run it again");
/// # Ok(())
/// # }
/// ```
///
/// **Paths.** A file is at `FOLDER/{conf_num}-{id}/{kind}-{n}-{name}`: conference number and id of its entry,
/// its [kind](ArchiveKind), its number among the entry's files of that kind, from 1 and in the order of the
/// report, and the last segment of its link. Every part is made a safe name as by
/// [`FileHandle::save_in`], with at most 128 bytes. Where an id is missing, is longer than 40 bytes, or has
/// other characters than `a` to `z` and digits, the folder is `{conf_num}-{id}-{hash}`, with `none` for a
/// missing one, so that different entries have different folders; without an id, the hash is also of the
/// room, the time and the first link without its query. Rows with the same ids are one entry,
/// whose links are all that differ. These names are this crate's choice, and stable.
///
/// **Another run** skips what is there, without a request for it: a file has its name only when it is
/// complete. So a run that was interrupted or had failures is just repeated, as is one that came before the
/// last files were transcoded; it has new links, too, where those of the report expire. What is there is not
/// compared: delete a file to fetch it again. If EnableX put a file before others of the same kind and name, it
/// would count as one of those.
///
/// **Files.** Each is fetched like one of [`FileHandle::save`], with its recording credentials, resumption,
/// retries and errors. Up to [`concurrency`](Self::concurrency) run at once, and results come as they end. Keep
/// the concurrency below [`max_calls_in_flight`](crate::ClientBuilder::max_calls_in_flight), where that is set:
/// the others wait for their permits within their timeouts. A killed process may leave files
/// `.enablex-….part`, which no run uses.
///
/// **Errors.** A file that fails has the error in its [`result`](SavedFile::result), and the others go on; its
/// folder may stay empty. If all of them would fail, for example because the disk is full, drop the stream.
/// An error of the report itself, or input that breaks a rule, is the only item, and no file was requested:
/// the report is read to its end before the first file.
///
/// **Links.** FOLDER may be a symbolic link. Inside of it none is followed: one in the place of an entry's
/// folder or of a file is an error of that file. That does not hold against somebody who may write in FOLDER
/// and exchanges a folder for a link during the run.
///
/// **Progress.** Count the results. How many files there will be, or how large they are, is not known before.
///
/// **Memory.** The stream keeps some hundred bytes for each file of the report.
///
/// **Runtime.** Downloads advance only while the stream is polled, on one Tokio runtime, but their timeouts
/// always count: do slow work with a file in another task. Dropping the stream cancels the downloads and
/// removes their temporary files.
///
/// The calls share the slot of [`keep_answer`](CallOptions::keep_answer), which holds the response that came
/// last.
#[must_use = "a stream does nothing unless it is polled"]
pub struct SavedFiles {
    /// The downloads, until the first poll.
    downloads: Option<BoxStream<'static, Download>>,
    results: BoxStream<'static, Result<SavedFile, Error>>,
    concurrency: usize,
}

type Download = BoxFuture<'static, Result<SavedFile, Error>>;

/// A file of the archive, and whether it was saved; from [`SavedFiles`].
#[non_exhaustive]
pub struct SavedFile {
    /// What the link leads to.
    pub kind: ArchiveKind,
    /// The link, as the service sent it.
    pub url: String,
    /// Where the file is, or would be: below the folder that was given.
    pub path: PathBuf,
    /// The room.
    pub room_id: Option<RoomId>,
    /// The conference number of the session.
    pub conf_num: Option<ConfNum>,
    /// The id of the archive's entry.
    pub entry_id: Option<String>,
    /// How it went.
    pub result: Result<Saved, Error>,
}

/// How a file came to its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Saved {
    /// It was fetched now.
    Now {
        /// Its length.
        bytes: u64,
    },
    /// A file was there already, and nothing was sent.
    Before,
}

impl Report<'_, Archive> {
    /// Saves all files of the selected entries into an existing folder, several at once, in folders of their
    /// own for each entry. What an earlier run has saved is skipped. Nothing is sent before the stream is
    /// polled.
    ///
    /// ```no_run
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// let mut files = client.archive().day("2026-03-31").save_in("recordings");
    /// while let Some(file) = files.next().await {
    ///     let file = file?;
    ///     println!("{} {:?}", file.path.display(), file.result);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The [`CallOptions`] of the report are those of each download, too. [`SavedFiles`] explains paths,
    /// errors and repetition.
    pub fn save_in(&self, folder: impl AsRef<Path>) -> SavedFiles {
        let (rows, refused) = (self.rows(), self.checked().err());
        let run = Run {
            transport: self.transport.clone(),
            options: self.options.clone(),
            folder: folder.as_ref().into(),
        };
        let run = Arc::new(run);
        let read = run.clone();
        let entries = async move {
            read.check(refused).await?;
            all(rows).await
        };
        let downloads = entries.into_stream().flat_map(move |entries| match entries {
            Ok(entries) => {
                let run = run.clone();
                stream::iter(entries).flat_map(move |entry| stream::iter(run.downloads(entry))).boxed()
            }
            Err(error) => stream::iter([ready(Err(error)).boxed()]).boxed(),
        });
        let (downloads, results) = (Some(downloads.boxed()), stream::empty().boxed());
        SavedFiles { downloads, results, concurrency: 4 }
    }
}

/// What the downloads have in common.
struct Run {
    transport: Arc<Transport>,
    options: CallOptions,
    folder: PathBuf,
}

/// What is needed of an entry of the archive.
struct Entry {
    folder: String,
    room_id: Option<RoomId>,
    conf_num: Option<ConfNum>,
    id: Option<String>,
    links: Vec<(ArchiveKind, String)>,
}

/// All entries of a report.
async fn all(mut rows: ReportRows<Archive>) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::<Entry>::new();
    let mut known = HashMap::new();
    while let Some(row) = rows.next().await {
        let row = row?;
        let folder = paths::folder(&row);
        let links = row.links().map(|link| (link.kind, link.url.to_owned()));
        match known.entry(folder.clone()) {
            hash_map::Entry::Vacant(place) => {
                place.insert(entries.len());
                entries.push(Entry {
                    folder,
                    room_id: row.room_id().cloned(),
                    conf_num: row.conf_num().cloned(),
                    id: row.id().map(str::to_owned),
                    links: links.collect(),
                });
            }
            hash_map::Entry::Occupied(place) => entries[*place.get()].add(links),
        }
    }
    Ok(entries)
}

impl Entry {
    /// Adds the links of another row with the same ids, as far as they are others.
    fn add(&mut self, links: impl Iterator<Item = (ArchiveKind, String)>) {
        let known: HashSet<_> = self.links.iter().cloned().collect();
        self.links.extend(links.filter(|link| !known.contains(link)));
    }
}

impl Run {
    /// Checks what every file needs. `refused` is the error of the report's input.
    async fn check(&self, refused: Option<Error>) -> Result<(), Error> {
        let mut violations = refused.map(Error::into_violations).unwrap_or_default();
        if self.transport.files.is_none() {
            violations.push(Violation::new("recording_credentials", NO_CREDENTIALS, None));
        }
        violations.extend(check_folder(self.folder.clone()).await?);
        Error::check(violations)
    }

    fn downloads(&self, entry: Entry) -> impl Iterator<Item = Download> + Send + use<> {
        let Entry { folder, room_id, conf_num, id, links } = entry;
        let (transport, options) = (self.transport.clone(), self.options.clone());
        let folder = self.folder.join(folder);
        let names: Vec<_> = paths::files(links.iter().map(|(kind, url)| (*kind, &**url))).collect();
        links.into_iter().zip(names).map(move |((kind, url), name)| {
            let (transport, options) = (transport.clone(), options.clone());
            let (room_id, conf_num, entry_id) = (room_id.clone(), conf_num.clone(), id.clone());
            let place = Place { folder: folder.clone(), name };
            let download = async move {
                let path = place.path();
                let result = FileHandle::new(&transport, &url).with(options).save_at(place).await;
                Ok(SavedFile { kind, url, path, room_id, conf_num, entry_id, result })
            };
            download.boxed()
        })
    }
}

impl SavedFiles {
    /// Sets how many files are fetched at once: 4 by default; 0 counts as 1. Once the stream was polled, a
    /// change has no effect.
    pub fn concurrency(mut self, files: usize) -> Self {
        self.concurrency = files.max(1);
        self
    }

    /// The next file, saved or not; an error that ends the stream; or `None` after the last file. It is cancel
    /// safe: in a `select!` no result is lost.
    pub async fn next(&mut self) -> Option<Result<SavedFile, Error>> {
        StreamExt::next(self).await
    }
}

impl Stream for SavedFiles {
    type Item = Result<SavedFile, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(downloads) = self.downloads.take() {
            self.results = downloads.buffer_unordered(self.concurrency).boxed();
        }
        self.results.as_mut().poll_next(context)
    }
}

impl fmt::Debug for SavedFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedFiles").field("concurrency", &self.concurrency).finish_non_exhaustive()
    }
}

/// Without the query and credentials of the URL, which may be enough to fetch the file.
impl fmt::Debug for SavedFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SavedFile")
            .field("kind", &self.kind)
            .field("url", &printable_url(&self.url))
            .field("path", &self.path)
            .field("room_id", &self.room_id)
            .field("conf_num", &self.conf_num)
            .field("entry_id", &self.entry_id)
            .field("result", &self.result)
            .finish()
    }
}
