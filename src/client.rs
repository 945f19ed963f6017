//! The client: the way in.

use std::sync::Arc;

use crate::{
    Archive, CallOptions, Cdr, DialIn, Error, FileHandle, Reports, RoomHandle, RoomId, Rooms, Violation,
    bindings, transport::Transport,
};

mod base_url;
mod builder;
mod credentials;
#[cfg(fuzzing)]
#[path = "../fuzz/targets/client.rs"]
pub(crate) mod fuzzing;
mod recording;
mod timeouts;

use base_url::checked as checked_url;
pub(crate) use base_url::{may_be_plain, printable as printable_url};
pub use builder::ClientBuilder;
pub(crate) use builder::is_visible_ascii;
pub use credentials::Credentials;
pub(crate) use timeouts::violation as timeout_violation;

/// A client of the EnableX Video API.
///
/// Cheap to clone: clones share limits, credentials and connections, and since handles borrow it, a task of
/// its own takes a clone. It belongs on application servers only; the app key must not reach a browser or a
/// phone.
///
/// Its calls need a Tokio runtime with I/O and time: without any they fail with
/// [`ErrorKind::Setup`](crate::ErrorKind::Setup), on one without I/O or time Tokio panics. One client serves any
/// number of runtimes, as a `static` does: each has connections of its own, 128 at once, and those of a runtime
/// that has ended are let go.
///
/// ```
/// use std::sync::LazyLock;
/// use enablex::Client;
///
/// static CLIENT: LazyLock<Client> = LazyLock::new(|| Client::from_env().expect("ENABLEX_… is set"));
/// ```
///
/// What is under way, a call or the rows of a report, is to be driven by the runtime that began it. A call that
/// waits on a runtime that stands still, a current-thread one that nothing runs any more, keeps its place: in
/// the queues of [`max_calls_per_second`](ClientBuilder::max_calls_per_second) and
/// [`max_calls_in_flight`](ClientBuilder::max_calls_in_flight), or while it asks the provider of credentials.
/// Calls of other runtimes wait behind it, up to their timeout, until it goes on or is dropped.
///
/// In a test with Tokio's paused clock (`start_paused`) that clock skips ahead while a server of another
/// process or thread is waited for, and every deadline passes at once: give the client a
/// [clock](ClientBuilder::clock) of the test's own instead.
///
/// ```no_run
/// use enablex::{Client, Role, TokenRequest};
///
/// # async fn run() -> Result<(), enablex::Error> {
/// let client = Client::from_env()?;
/// let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
/// let token = client.room("5b473a40ad3c0a58a4e0e5c1").create_token(request).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    transport: Arc<Transport>,
}

impl Client {
    /// A client for EnableX's production API, with the project's `APP_ID` and `APP_KEY`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where one is empty, not ASCII,
    /// or has blanks or line breaks; [`ErrorKind::Setup`](crate::ErrorKind::Setup) where the system
    /// holds no CA certificates.
    pub fn new(app_id: impl Into<String>, app_key: impl Into<String>) -> Result<Self, Error> {
        Self::builder().credentials(app_id, app_key).build()
    }

    /// A client from `ENABLEX_APP_ID`, `ENABLEX_APP_KEY` and, where it is set and not empty,
    /// `ENABLEX_BASE_URL`.
    ///
    /// # Errors
    /// As [`new`](Self::new), and where the base URL breaks the rules of
    /// [`ClientBuilder::base_url`]; with the variables' names as fields.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env().build()
    }

    /// A client with settings of its own.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// The rooms of the project: create and list.
    pub fn rooms(&self) -> Rooms<'_> {
        Rooms { transport: &self.transport, options: CallOptions::new() }
    }

    /// One room, by its id or by the [`Room`](crate::Room) of an answer: get, update, delete, its
    /// users and tokens. An id that may not stand in a path is refused by the call that follows.
    pub fn room<I>(&self, id: I) -> RoomHandle<'_>
    where
        I: TryInto<RoomId>,
        I::Error: Into<Violation>,
    {
        RoomHandle {
            transport: &self.transport,
            id: id.try_into().map_err(Into::into),
            options: CallOptions::new(),
        }
    }

    /// Who was connected to sessions, when and for how long: call detail records. A row may still be
    /// missing right after its session ended.
    pub fn cdr(&self) -> Reports<'_, Cdr> {
        Reports::new(&self.transport)
    }

    /// What was recorded of sessions: links to files. Files that are still being made come later.
    pub fn archive(&self) -> Reports<'_, Archive> {
        Reports::new(&self.transport)
    }

    /// A file of the archive, by its [link](crate::ArchiveLink) or its URL, in which blanks and letters
    /// of any script may stand as they are. The builder's
    /// [`recording_credentials`](ClientBuilder::recording_credentials) are needed.
    ///
    /// ```no_run
    /// # use enablex::{ArchiveKind, Client};
    /// # async fn run(client: Client) -> Result<(), enablex::Error> {
    /// for entry in client.archive().room("5b473a40ad3c0a58a4e0e5c1").list().await? {
    ///     let mut links = entry.links();
    ///     if let Some(link) = links.find(|link| link.kind == ArchiveKind::Transcoded) {
    ///         let path = client.file(link).save_in("recordings").await?;
    ///         println!("{}", path.display());
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn file(&self, url: impl AsRef<str>) -> FileHandle<'_> {
        FileHandle {
            transport: &self.transport,
            url: checked_url(url.as_ref(), "url", &self.transport.plain_hosts).map(|checked| checked.url),
            options: CallOptions::new(),
            on_progress: Box::new(|_| {}),
        }
    }

    /// The phone numbers of the project.
    pub fn dial_in(&self) -> DialIn<'_> {
        DialIn { transport: &self.transport, options: CallOptions::new() }
    }

    /// The generated client below, for what this one lacks. See [`bindings`] for what it does not
    /// promise.
    pub fn bindings(&self) -> &bindings::Client {
        &self.transport.bindings
    }
}
