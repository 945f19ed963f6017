//! The client, from which every call starts.

use std::sync::Arc;

use crate::{
    Archive, CallOptions, Cdr, DialIn, Error, FileHandle, Reports, RoomHandle, RoomId, Rooms, Violation,
    bindings, transport::Transport,
};

pub(crate) mod base_url;
mod builder;
mod credentials;
#[cfg(enablex_fuzzing)]
#[path = "../fuzz/targets/client.rs"]
pub(crate) mod fuzzing;
mod recording;
mod timeouts;

pub(crate) use base_url::{checked as checked_url, may_be_plain, printable as printable_url};
pub use builder::ClientBuilder;
pub(crate) use builder::is_visible_ascii;
pub use credentials::Credentials;
pub(crate) use timeouts::violation as timeout_violation;

/// A client of the EnableX Video API.
///
/// Create one for the whole process. It is cheap to clone: clones share limits, credentials and connections.
/// Handles borrow it, so a spawned task takes a clone. It belongs on application servers only: the app key
/// must not reach a browser or a phone.
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
///
/// # Runtimes
///
/// Calls need a Tokio runtime with I/O and time enabled. Outside a runtime they fail with
/// [`ErrorKind::Setup`](crate::ErrorKind::Setup); on one without I/O or time Tokio panics. One client serves
/// any number of runtimes, so it may be a `static`. Each runtime has connections of its own, which are closed
/// after it has ended; a client keeps the connections of at most 128 runtimes.
///
/// ```
/// use std::sync::LazyLock;
/// use enablex::Client;
///
/// static CLIENT: LazyLock<Client> = LazyLock::new(|| Client::from_env().expect("ENABLEX_… is set"));
/// ```
///
/// A call, and the rows of a report, must be polled on the runtime on which they started. A call on a runtime
/// that nothing drives any more, such as an idle current-thread runtime, keeps its permit under
/// [`max_calls_in_flight`](ClientBuilder::max_calls_in_flight), its turn under
/// [`max_calls_per_second`](ClientBuilder::max_calls_per_second) and its call of the credentials provider.
/// Calls of other runtimes wait behind it, up to their timeout, until it is polled again or
/// dropped.
///
/// Do not pause Tokio's clock (`start_paused`) in tests: it skips ahead while the client waits for a server
/// in another thread or process, and every deadline passes at once. Give the client a [`Clock`](crate::Clock)
/// with [`ClientBuilder::clock`] instead.
#[derive(Clone, Debug)]
pub struct Client {
    transport: Arc<Transport>,
}

impl Client {
    /// A client for EnableX's production API, with the project's `APP_ID` and `APP_KEY`.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where one of them is empty, is not ASCII,
    /// or has blanks or line breaks; [`ErrorKind::Setup`](crate::ErrorKind::Setup) where the system has no
    /// CA certificates.
    pub fn new(app_id: impl Into<String>, app_key: impl Into<String>) -> Result<Self, Error> {
        Self::builder().credentials(app_id, app_key).build()
    }

    /// A client from the environment variables `ENABLEX_APP_ID`, `ENABLEX_APP_KEY` and, where it is set and
    /// not empty, `ENABLEX_BASE_URL`.
    ///
    /// # Errors
    /// Those of [`new`](Self::new), and [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where the
    /// base URL breaks a rule of [`ClientBuilder::base_url`]. Each violation names its variable.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env().build()
    }

    /// Sets up a client: credentials, timeouts, retries, limits.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// The rooms of the project, to create and to list.
    pub fn rooms(&self) -> Rooms<'_> {
        Rooms { transport: &self.transport, options: CallOptions::new() }
    }

    /// One room, by its id or by a [`Room`](crate::Room) that the service returned: to get, update and
    /// delete it, for its users and its tokens. An id that breaks the rules of [`RoomId`] is refused by the
    /// call that follows.
    pub fn room<I>(&self, id: I) -> RoomHandle<'_>
    where
        I: TryInto<RoomId, Error: Into<Violation>>,
    {
        RoomHandle {
            transport: &self.transport,
            id: id.try_into().map_err(Into::into),
            options: CallOptions::new(),
        }
    }

    /// Call detail records: who was connected to sessions, when and for how long. A row may still be missing
    /// right after its session ended.
    pub fn cdr(&self) -> Reports<'_, Cdr> {
        Reports::new(&self.transport)
    }

    /// The archive: links to the recordings of sessions. Files that are still being transcoded appear later.
    pub fn archive(&self) -> Reports<'_, Archive> {
        Reports::new(&self.transport)
    }

    /// A file of the archive, by its [`ArchiveLink`](crate::ArchiveLink) or its URL, where blanks and letters
    /// of any script need no encoding. The client needs
    /// [`recording_credentials`](ClientBuilder::recording_credentials).
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
        FileHandle::new(&self.transport, url.as_ref())
    }

    /// The dial-in numbers of the project.
    pub fn dial_in(&self) -> DialIn<'_> {
        DialIn { transport: &self.transport, options: CallOptions::new() }
    }

    /// The generated client, for what this one lacks. [`bindings`] says what it does not promise.
    pub fn bindings(&self) -> &bindings::Client {
        &self.transport.bindings
    }
}
