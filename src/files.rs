//! The files of the archive.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use reqwest::Url;
use tokio::io::AsyncWrite;

use crate::{
    CallOptions, Error, Violation,
    client::printable_url,
    error::Parts,
    transport::{AuthorizedClients, Download, Progress, Sink, Transport},
};

mod folder;
pub(crate) mod name;
mod part;
mod target;

use folder::Folder;
use part::{Part, blocking};
use target::Target;

/// A file behind a link of the archive; from [`Client::file`](crate::Client::file).
///
/// It is fetched with the recording user and password, never with the app key. Where the connection
/// breaks it goes on from there, if the server can send a part of a file, and begins again if it
/// cannot.
///
/// **Deadlines.** The whole of it may take any time. An attempt is given up when nothing comes for the
/// attempt's timeout. Another one is made as by the retry policy, which counts from the last one that
/// brought something new; and no more when the call's timeout has passed since then.
///
/// **Redirects.** 301, 302, 303, 307 and 308 are followed, five in an attempt at most, which is this
/// crate's choice: to https, and from plain http to another host that may have it. The recording
/// credentials and the headers of [`CallOptions`] go to hosts that were named for the credentials, and to
/// no others; ranges go everywhere. Every attempt begins at the link again, since a presigned URL that it
/// leads to may have expired, and its timeout covers the whole way to the file's first byte. A redirect
/// that is not followed is an error that is not repeated, with the redirect's status and
/// [`ErrorKind::Api`](crate::ErrorKind::Api); its text says where it leads and why it is not followed. An
/// error at a host that a redirect led to names that host and the path, without the query.
///
/// **Encodings.** A file is taken as it comes, whatever `Content-Encoding` a store has kept for it,
/// unless that says that it is compressed, which was not asked for and is an error.
///
/// Nothing of this is documented but the credentials and the 403: neither ranges nor what tells a
/// version of a file from another one. A part is asked for with the strong `ETag` of the first answer,
/// or with its `Last-Modified`; where it had neither, a file of the same length is taken for the
/// same. Where it did not even tell its length, no part is asked for, and nobody knows whether a file is
/// whole whose connection was closed in good order.
#[must_use = "nothing is fetched before it is said where to"]
pub struct FileHandle<'a> {
    pub(crate) transport: &'a Transport,
    pub(crate) url: Result<Url, Violation>,
    pub(crate) options: CallOptions,
    pub(crate) on_progress: Box<dyn FnMut(Progress) + Send + 'a>,
}

impl<'a> FileHandle<'a> {
    /// The same with options of its own, in place of earlier ones. The answer that
    /// [`keep_answer`](CallOptions::keep_answer) keeps has no body here.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Calls this whenever more of the file has been written.
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

    /// Fetches it into a folder, under a name that is free there, and tells its path: `session.mp4`,
    /// `session-2.mp4` and so on. No file is replaced, whoever else saves into the folder at the same
    /// time, and no link is followed. Nothing is left where it fails or is dropped.
    ///
    /// The name is the last part of the link's path, percent-decoded, and as near to it as it can be on
    /// every system: at most 255 bytes, where the extension stays; `_` for what Windows forbids and for
    /// control characters; no invisible character, and no dot or blank at either end; `_` before the
    /// name of a device, as in `_CON.txt`; `file` where nothing is left. Letters of any script stay. What
    /// becomes of a name is this crate's choice.
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
    /// As [`save`](Self::save), but where the folder is not there or cannot be written.
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

    /// Fetches it to a path of the caller's choice; [`save_in`](Self::save_in) is for a name that comes
    /// from outside. It is written beside the target under another name, and renamed when it is whole,
    /// in place of a file that was there; where it fails, or is dropped before all of it has come, nothing is
    /// left of it, and what was there stays. Links are followed, permissions of a file that was there are kept. The length in
    /// bytes.
    ///
    /// A file that is there and cannot be renamed over, as one that is mounted into a container, is
    /// written through when all of it has come; an interruption then leaves the beginning of the new
    /// content and nothing of the old. Where nothing can be written beside it, what comes is kept in
    /// [`std::env::temp_dir`] meanwhile, for this user alone.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where nothing can be written there or
    /// a file that is there must not be written, where the URL is not https (or http to a loopback host or
    /// one that [was permitted](crate::ClientBuilder::allow_plain_http)), carries credentials, or leads to a host that was not named for the recording credentials:
    /// nothing is sent. With HTTP 401 or 403 of a host that was named the recording credentials are wrong,
    /// not the app's: the error says so, and its [`operation`](crate::Error::operation) is `archiveFile`.
    /// [`ErrorKind::Write`](crate::ErrorKind::Write) where the target fails.
    pub async fn save(self, target: impl AsRef<Path>) -> Result<u64, Error> {
        let checked = self.checked()?;
        let target = target.as_ref().to_owned();
        let (target, mut part) = blocking(move || Target::check(&target)).await??;
        let length = checked.fetch_part(&mut part).await?;
        let (file, name) = part.into_std().await;
        blocking(move || target.take(file, name)).await?.map_err(|error| Parts::not_written(error, None))?;
        Ok(length)
    }

    /// Fetches it to a writer of Tokio's, a `tokio::fs::File` or a `Vec<u8>` for example, which is flushed
    /// at the end. Where the server has to begin again, what was written already is compared and not
    /// written twice. The length in bytes.
    ///
    /// # Errors
    /// As [`save`](Self::save), and where the file has changed when it comes a second time. What was
    /// written until then stays written.
    pub async fn write_to(self, writer: &mut (impl AsyncWrite + Send + Unpin)) -> Result<u64, Error> {
        self.checked()?.fetch(Sink::Writer(writer)).await
    }

    /// What can be fetched, where no rule is broken.
    fn checked(self) -> Result<Checked<'a>, Error> {
        let Self { transport, url, options, on_progress } = self;
        let mut violations = transport.validate_options(&options);
        let url = url.map_err(|broken| violations.insert(0, broken)).ok();
        let access = transport.files.as_ref();
        let unnamed = || match &url {
            Some(url) if access.is_some() => Violation::new(
                "url",
                "must lead to a host that was named for the recording credentials, with its port where the URL has one",
                Some(&printable_url(url.as_str())),
            ),
            _ => Violation::new("recording_credentials", "must be set for the client to fetch files", None),
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
