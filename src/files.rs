//! Fetching the files of the archive.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use reqwest::Url;
use tokio::io::AsyncWrite;

use crate::{
    CallOptions, Error, Saved, Violation,
    client::{checked_url, printable_url},
    error::Parts,
    transport::{AuthorizedClients, Download, Progress, Sink, Transport},
};

mod folder;
pub(crate) mod name;
mod part;
mod place;
mod target;

use folder::Folder;
use part::{Part, blocking};
pub(crate) use place::Place;
use target::Target;

const UNNAMED_HOST: &str = "must lead to a host that was named for the recording credentials, \
     with its port where the URL has one";
pub(crate) const NO_CREDENTIALS: &str = "must be set for the client to fetch files";

/// The rule that a folder breaks for new files in it.
pub(crate) async fn check_folder(folder: PathBuf) -> Result<Option<Violation>, Error> {
    blocking(move || Folder::check(&folder).err()).await
}

/// A file of the archive; from [`Client::file`](crate::Client::file). Fetch it with
/// [`save_in`](Self::save_in), [`save`](Self::save) or [`write_to`](Self::write_to).
///
/// The request carries the client's
/// [recording credentials](crate::ClientBuilder::recording_credentials), never the app key. After a broken
/// connection the download resumes where it stopped, or starts again where the server cannot send a part of
/// a file.
///
/// ```no_run
/// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
/// let file = client.file("https://archive.example.com/a/session.mp4");
/// println!("{}", file.save_in("recordings").await?.display());
/// # Ok(())
/// # }
/// ```
///
/// # Deadlines
///
/// The whole download may take any time. An attempt fails when no bytes come for the
/// [attempt's timeout](crate::ClientBuilder::attempt_timeout). Retries follow the
/// [`RetryPolicy`](crate::RetryPolicy), which counts from the last attempt that fetched new bytes; there is
/// none once the [call's timeout](crate::ClientBuilder::timeout) has passed since then.
///
/// # Redirects
///
/// The statuses 301, 302, 303, 307 and 308 are followed, at most five times in an attempt, which is this
/// crate's choice: to https, and from plain http to another host for which plain http is permitted. The
/// recording credentials and the headers of [`CallOptions`] go to the hosts named for the credentials and to
/// no others; `Range` headers go to every host. Each attempt starts at the link again, since a presigned URL
/// may have expired, and its timeout covers the redirects.
///
/// A redirect that is not followed is an error without a retry. It has the redirect's status and
/// [`ErrorKind::Api`](crate::ErrorKind::Api), and its text says where the redirect leads and why it is not
/// followed. An error at a host behind a redirect names that host and the path, without the query.
///
/// # Content
///
/// The bytes are stored as they come. A `Content-Encoding` that means compression is an error, since the
/// request does not accept any; others are ignored.
///
/// EnableX documents the credentials and the 403, but neither ranges nor how to recognize another version of
/// a file. A range request carries the strong `ETag` of the first response, or else its `Last-Modified`.
/// Without both, a file of the same length counts as the same. Where the first response had no length either,
/// there is no range request, and a connection that was closed properly ends the file.
#[must_use = "a file is fetched by `save_in`, `save` or `write_to`"]
pub struct FileHandle<'a> {
    transport: &'a Transport,
    url: Result<Url, Violation>,
    options: CallOptions,
    on_progress: Box<dyn FnMut(Progress) + Send + 'a>,
}

impl<'a> FileHandle<'a> {
    pub(crate) fn new(transport: &'a Transport, url: &str) -> Self {
        let url = checked_url(url, "url", &transport.plain_hosts).map(|checked| checked.url);
        Self { transport, url, options: CallOptions::new(), on_progress: Box::new(|_| {}) }
    }

    /// Sets the [`CallOptions`], in place of earlier ones. The response that
    /// [`keep_answer`](CallOptions::keep_answer) keeps has no body here.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Sets a function that is called whenever more of the file has been written.
    ///
    /// ```no_run
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// let file = client.file("https://archive.example.com/a/session.mp4");
    /// file.on_progress(|progress| println!("{} of {:?} bytes", progress.received, progress.total))
    ///     .save("session.mp4")
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_progress(self, progress: impl FnMut(Progress) + Send + 'a) -> Self {
        Self { on_progress: Box::new(progress), ..self }
    }

    /// Saves the file into an existing folder, under a name that is free there, and returns its path:
    /// `session.mp4`, `session-2.mp4` and so on.
    ///
    /// No file is replaced, even when others save into the folder at the same time, and no symbolic link is
    /// followed. Nothing is left behind on failure or when the future is dropped.
    ///
    /// The name is the last segment of the link's path, percent-decoded and changed into a name that every
    /// operating system takes, which is this crate's choice: at most 255 bytes, keeping the extension; `_`
    /// for control characters and those that Windows forbids; no invisible characters, and no dots or blanks
    /// at either end; `_` before a name that Windows reserves, as in `_CON.txt`; `file` where nothing is
    /// left. Letters of any script are kept.
    ///
    /// ```no_run
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// let file = client.file("https://archive.example.com/a/session.mp4");
    /// println!("{}", file.save_in("recordings").await?.display());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of [`save`](Self::save), with a folder that does not exist or is not writable in place of the
    /// target.
    pub async fn save_in(self, folder: impl AsRef<Path>) -> Result<PathBuf, Error> {
        let checked = self.checked()?;
        let folder = folder.as_ref().to_owned();
        let (folder, mut part) = blocking(move || Folder::check(&folder)).await??;
        let url = checked.url.clone();
        checked.fetch_part(&mut part).await?;
        let (file, name) = part.into_std().await;
        let taken = blocking(move || folder.take(file, name, &url)).await?;
        Ok(taken.map_err(|error| Parts::not_written(error, None))?)
    }

    /// Saves the file to a path, and returns its length in bytes. The path is the caller's choice: for a name
    /// from a link use [`save_in`](Self::save_in).
    ///
    /// The bytes are written to a temporary file in the same folder, which is renamed when it is complete and
    /// replaces an existing file. On failure, or when the future is dropped before the download is complete,
    /// the temporary file is removed and the existing file is unchanged. Symbolic links are followed, and the
    /// permissions of an existing file are kept.
    ///
    /// An existing file that cannot be replaced by a rename, such as one that is mounted into a container, is
    /// overwritten when the download is complete; an interruption of that leaves a part of the new content
    /// and nothing of the old. Where the folder is not writable, the temporary file is in
    /// [`std::env::temp_dir`], readable for this user only.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput), with nothing sent, where the target is
    /// not writable, or where the URL is neither https nor http to loopback or to a host that
    /// [`allow_plain_http`](crate::ClientBuilder::allow_plain_http) permits, has credentials in it, or leads
    /// to a host that was not named for the recording credentials.
    ///
    /// HTTP 401 or 403 from a host that was named means that the recording credentials are wrong, not the app
    /// key; the error says so, and its [`operation`](crate::Error::operation) is `archiveFile`.
    ///
    /// [`ErrorKind::Write`](crate::ErrorKind::Write) where writing the target fails.
    pub async fn save(self, target: impl AsRef<Path>) -> Result<u64, Error> {
        let checked = self.checked()?;
        let target = target.as_ref().to_owned();
        let (target, mut part) = blocking(move || Target::check(&target)).await??;
        let length = checked.fetch_part(&mut part).await?;
        let (file, name) = part.into_std().await;
        blocking(move || target.take(file, name)).await?.map_err(|error| Parts::not_written(error, None))?;
        Ok(length)
    }

    /// Saves the file at a place, unless it is there already.
    pub(crate) async fn save_at(self, place: Place) -> Result<Saved, Error> {
        let there = place.clone();
        if blocking(move || there.has_file()).await?? {
            return Ok(Saved::Before);
        }
        let checked = self.checked()?;
        let begun = place.clone();
        let mut part = blocking(move || begun.begin()).await??;
        let bytes = checked.fetch_part(&mut part).await?;
        let (file, name) = part.into_std().await;
        blocking(move || place.take(file, name)).await?.map_err(|error| Parts::not_written(error, None))?;
        Ok(Saved::Now { bytes })
    }

    /// Writes the file to an [`AsyncWrite`], such as a `tokio::fs::File` or a `Vec<u8>`, flushes that, and
    /// returns the length in bytes. When the server sends the file from its beginning again, the bytes that
    /// were written already are compared and not written twice.
    ///
    /// # Errors
    /// Those of [`save`](Self::save), and an error where the file has changed between two attempts. Bytes
    /// that were written before an error stay written.
    pub async fn write_to(self, writer: &mut (impl AsyncWrite + Send + Unpin)) -> Result<u64, Error> {
        self.checked()?.fetch(Sink::Writer(writer)).await
    }

    /// Checks the URL, its host and the options.
    fn checked(self) -> Result<Checked<'a>, Error> {
        let Self { transport, url, options, on_progress } = self;
        let mut violations = transport.validate_options(&options);
        let url = url.map_err(|broken| violations.insert(0, broken)).ok();
        let access = transport.files.as_ref();
        let unnamed = || match &url {
            Some(url) if access.is_some() => {
                Violation::new("url", UNNAMED_HOST, Some(&printable_url(url.as_str())))
            }
            _ => Violation::new("recording_credentials", NO_CREDENTIALS, None),
        };
        let clients = url.as_ref().zip(access).and_then(|(url, access)| access.clients(url));
        if clients.is_none() && (url.is_some() || access.is_none()) {
            violations.push(unnamed());
        }
        match (url, clients) {
            (Some(url), Some(clients)) if violations.is_empty() => {
                Ok(Checked { transport, clients, url, options, on_progress })
            }
            _ => Err(Error::invalid(violations)),
        }
    }
}

/// A file whose URL may be fetched, and the HTTP clients that fetch it.
struct Checked<'a> {
    transport: &'a Transport,
    clients: &'a AuthorizedClients,
    url: Url,
    options: CallOptions,
    on_progress: Box<dyn FnMut(Progress) + Send + 'a>,
}

impl Checked<'_> {
    async fn fetch(self, sink: Sink<'_>) -> Result<u64, Error> {
        let download = Download::new(sink, self.on_progress);
        self.transport.fetch(self.clients, &self.url, &self.options, download).await
    }

    async fn fetch_part(self, part: &mut Part) -> Result<u64, Error> {
        self.fetch(Sink::File(&mut part.file)).await
    }
}

impl fmt::Debug for FileHandle<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.as_ref().map(|url| printable_url(url.as_str()));
        f.debug_struct("FileHandle")
            .field("url", &url)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
