//! The Video API on a port of one's own: to develop and test without an account (feature `sandbox`).
//!
//! A real HTTP server that behaves as EnableX documents it: the three kinds of rooms, the 15
//! minutes before a scheduled room opens, tokens that work once and for 15 minutes, limits, result
//! codes, both forms of failure. Requests are checked strictly, on their raw JSON, against the
//! vendored document; a call that passes here is one that the documentation allows. Its clock can
//! be moved ahead, users join and leave by hand, and [`Fault`]s come on demand.
//!
//! # What it answers
//!
//! The whole API, under `/video/v2`: rooms, their users and their tokens, call reports, the archive
//! and the numbers to dial in by. Beside it the files of the archive, under `/archive`.
//!
//! Whoever joined and left is a row of the call report. Where a room has `auto_recording`, each of
//! its sessions is an entry of the archive as soon as it has ended. The files of an entry are fetched
//! with GET or HEAD and the recording user and password ([`Sandbox::recording_user`]); who comes with
//! others or none gets 403. They are no calls of the API: they are not counted, and no fault hits
//! them. A report can be as long as you like: see [`Sandbox::fill_report`].
//!
//! # Where the documentation is silent
//!
//! - A session that is on outlives its room's duration, and its room gives tokens until it ends.
//! - A token lets its user in for its 15 minutes, also when the room's time has ended meanwhile.
//! - A room without `participants` takes as many as the 250 of a session leave beside `moderators`.
//! - A full room gives no token for the role that is full (10114). Only who is in the session
//!   counts, not who holds a token; viewers and audience are never counted.
//! - `audience` needs a room with `audiences` in its settings (`INVALID_PARAM`, 422).
//! - A change that comes too late for a scheduled room, and the deletion of a room with a session
//!   on, are answered with `INVALID_PARAM` and 409.
//! - In a change, `settings` are merged key by key, `data` and `sip` are replaced.
//! - `scheduled`, `adhoc` and `mode` are refused in a change whatever they say: a `mode` with 10020,
//!   an `adhoc` as the room has it with 10017, else with 10106, which is also for every `scheduled`.
//! - `wait_for_moderator` and `knock` are kept and answered, but hold nobody up.
//! - Reports go by the UTC day of `trans_date`, the first and the last day included, but for
//!   [`SandboxBuilder::last_day_counts`]. A row's is the time when its user came, an entry's the time
//!   when its session ended. Days before 1970 are not taken.
//! - A day that is none, or a period whose end comes first, is answered with `INVALID_PARAM` and 422;
//!   what is absent from the path of an archive, with `INVALID_PARAM` and 400. Where the table has two
//!   codes for the same, 10202 is for a room's report, 10204 for that with a period, and 10205 unused.
//! - Rooms and sessions of which there is nothing, known or not, have empty reports. What there is
//!   outlives its room.
//! - Whoever may publish does, audio, video and data, for the whole time; everyone subscribes to that
//!   time. A connection to the signalling server is no longer than the one to the room, and never on
//!   hold.
//! - An entry of the archive has one transcoded file, and none where nobody published.
//! - The addresses in an archive and in a token have the host and port by which the request came, as its
//!   `Host` tells, or the sandbox's own where it tells none.
//! - The numbers to dial in by are made up, as are the SIP user and password; the `APP_KEY` is its own.
//! - A file is always the same. It has an `ETag`, and honours one range (`bytes=5-` or `bytes=5-9`)
//!   with `If-Range`: 206, or 416 for what lies behind its end. Other ranges are as if not asked for.
//!
//! # One for many tests
//!
//! A sandbox has a thread and a runtime of its own, and so serves every runtime, as long as it is not
//! dropped or [stopped](Sandbox::stop). One in a `static` serves all tests of a file, each of which has
//! a runtime of its own; it ends with the process. Tests that share one share its rooms, clock and
//! faults, too.
//!
//! ```
//! # mod tests { // as it is, but for `#[tokio::test]`
//! use enablex::{Error, NewRoom, sandbox::Sandbox};
//! use tokio::sync::OnceCell;
//!
//! async fn sandbox() -> &'static Sandbox {
//!     static SANDBOX: OnceCell<Sandbox> = OnceCell::const_new();
//!     SANDBOX.get_or_init(|| async { Sandbox::start().await.expect("a sandbox") }).await
//! }
//!
//! # /*
//! #[tokio::test]
//! # */
//! # pub
//! async fn a_room_is_created() -> Result<(), Error> {
//!     let client = sandbox().await.client()?; // or a client in a `static`, too
//!     client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await?;
//!     Ok(())
//! }
//!
//! # /*
//! #[tokio::test]
//! # */
//! # pub
//! async fn an_unknown_room_is_not_found() -> Result<(), Error> {
//!     let client = sandbox().await.client()?;
//!     assert!(client.room("5b473a40ad3c0a58a4e0e5c1").get().await.is_err());
//!     Ok(())
//! }
//! # }
//! # fn main() -> Result<(), enablex::Error> {
//! # let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime().block_on(tests::a_room_is_created())?;
//! # runtime().block_on(tests::an_unknown_room_is_not_found())
//! # }
//! ```
//!
//! # Time in tests
//!
//! The sandbox's clock ([`Sandbox::advance`]) decides about tokens and rooms. The delays of a [`Fault`]
//! take real time.
//!
//! A paused clock of Tokio (`#[tokio::test(start_paused = true)]`, `tokio::time::pause`) does not go with
//! a client of the sandbox, nor of any other server: while the test waits for bytes from outside of its
//! runtime, Tokio takes it to be idle and moves its clock to the next timer, which is the client's
//! timeout, and so every call times out at once. Give the client a clock that the test moves
//! ([`ClientBuilder::clock`](crate::ClientBuilder::clock)) in a test that is not paused.
//!
//! # From other languages
//!
//! `cargo run --example sandbox` runs it alone. Joins, leaves, faults and the clock are steered over
//! HTTP too, without credentials. What cannot be understood is answered with 400 and a `reason`. Of
//! a fault there is one of `status` (which `body` and `headers` go with), `drop` and `garbage`, or a
//! delay alone; with `after_effect` the call does all that it was sent for before its answer is
//! lost.
//!
//! | `POST` to | body | answer |
//! |---|---|---|
//! | `/_sandbox/join` | `{"token": "…"}` | 200 `{"session_user_id": "…"}`, or 403 `{"reason": "used"}`, `"expired"`, `"full"` or `"unknown"` |
//! | `/_sandbox/leave` | `{"session_user_id": "…"}` | 200, or 404 where there is no such user |
//! | `/_sandbox/clock` | `{"advance_s": 900}` | 200 `{"now": "…"}`, RFC 3339 |
//! | `/_sandbox/faults` | one object or an array: `{"status": 503, "body": "…", "headers": {…}}`, `{"drop": true}` or `{"garbage": true}`, each with `"delay_ms"`, `"after_effect"` and `"times"` as wanted | 200 `{"queued": …}`, the calls still to be hit |
//! | `/_sandbox/report` | `{"room_id": "…", "rows": 1000000}` | 200; so many made-up rows are in the room's call report |
//! | `/_sandbox/reset` | | 200 |

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use secrecy::ExposeSecret;

use crate::{Client, ClientBuilder, Error};

mod answer;
mod api;
mod archive;
mod auth;
mod body;
mod builder;
mod cdr;
mod check;
mod clock;
mod connection;
mod content;
mod control;
mod dial_in;
mod fault;
#[cfg(fuzzing)]
#[path = "../fuzz/targets/sandbox.rs"]
pub(crate) mod fuzzing;
mod host;
mod ids;
mod join;
mod query;
mod refusal;
mod room;
mod route;
mod server;
mod service;
mod session;
mod shared;
mod store;
mod token;

pub use builder::SandboxBuilder;
pub use fault::Fault;
pub use join::{JoinRefusal, SessionUser};

use server::Server;
use shared::Shared;

/// A running Video API of one's own; see the [module](self) for what it does.
///
/// It listens on 127.0.0.1 or [elsewhere](SandboxBuilder::listen), on a thread and a Tokio runtime of its
/// own, and serves whoever asks, on any runtime. It ends when it is [stopped](Self::stop) or dropped.
/// Dropping it blocks for the moment that its thread takes to end, some milliseconds at most; its port
/// is free then. One that is never dropped, as in a `static`, ends with the process and does not keep it
/// alive. Sandboxes know nothing of each other: a test can have one to itself.
///
/// ```
/// use std::time::Duration;
///
/// use enablex::{NewRoom, Role, TokenRequest, sandbox::{JoinRefusal, Sandbox}};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), enablex::Error> {
/// let sandbox = Sandbox::start().await?;
/// let client = sandbox.client()?;
///
/// let room = client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await?;
/// let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
/// let token = client.room(&room).create_token(request.clone()).await?;
/// assert!(sandbox.join(token.expose_token()).is_ok());
/// assert_eq!(sandbox.join(token.expose_token()).unwrap_err(), JoinRefusal::Used);
/// assert_eq!(client.room(&room).users().await?.len(), 1);
///
/// let token = client.room(&room).create_token(request).await?;
/// sandbox.advance(Duration::from_secs(15 * 60));
/// assert_eq!(sandbox.join(token.expose_token()).unwrap_err(), JoinRefusal::Expired);
/// # Ok(())
/// # }
/// ```
pub struct Sandbox {
    shared: Arc<Shared>,
    server: Server,
}

impl Sandbox {
    /// Starts one on a free port of 127.0.0.1, with credentials for testing. It needs no Tokio runtime:
    /// any executor will do.
    ///
    /// # Errors
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup) where no port is free, or no thread can be had.
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// One with an address, a port or credentials of its own.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Ends it, and waits until its port is free and all connections are closed. A call that is under way
    /// loses its connection, however long its fault would have it wait. What the sandbox knows can be
    /// asked all the same, and changed; nobody is answered any more.
    ///
    /// Once is enough, but it can be called again, at the same time and from any runtime: each call waits
    /// for the end.
    ///
    /// ```
    /// # use enablex::sandbox::Sandbox;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.client()?.rooms().list().await?;
    /// sandbox.stop().await;
    /// assert_eq!(sandbox.requests(), 1);
    /// let port = sandbox.host().rsplit(':').next().and_then(|port| port.parse().ok());
    /// let next = Sandbox::builder().port(port.expect("a host ends with its port")).start().await?;
    /// assert_eq!(next.base_url(), sandbox.base_url());
    /// # Ok(())
    /// # }
    /// ```
    pub async fn stop(&self) {
        self.server.stop().await;
    }

    /// The address of the API for callers on this machine, `/video/v2` included.
    pub fn base_url(&self) -> String {
        format!("http://{}{}", self.shared.address, route::BASE_PATH)
    }

    /// The host of the API and of the archive's files for callers on this machine: where it listens,
    /// `127.0.0.1:PORT` as a rule, `[::1]:PORT` where it listens on all addresses of IPv6.
    pub fn host(&self) -> String {
        self.shared.address.to_string()
    }

    /// The `APP_ID` that it takes.
    pub fn app_id(&self) -> &str {
        self.shared.auth.app_id()
    }

    /// The `APP_KEY` that it takes now.
    pub fn app_key(&self) -> String {
        self.shared.auth.app_key().expose_secret().to_owned()
    }

    /// Takes another `APP_KEY` from now on instead of the one before, as when EnableX rotates it.
    ///
    /// ```
    /// # use enablex::{Credentials, sandbox::Sandbox};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// # use std::sync::Arc;
    /// let sandbox = Arc::new(Sandbox::start().await?);
    /// let keeper = sandbox.clone();
    /// let provider = move || {
    ///     let pair = Credentials::new(keeper.app_id(), keeper.app_key());
    ///     async { pair }
    /// };
    /// let client = sandbox.client_builder().credentials_provider(provider).build()?;
    /// client.rooms().list().await?;
    ///
    /// sandbox.set_app_key("another-key")?;
    /// client.rooms().list().await?; // refused, and sent again with the new pair
    /// assert_eq!(sandbox.requests(), 3);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for a key that no client could
    /// send.
    pub fn set_app_key(&self, app_key: impl Into<String>) -> Result<(), Error> {
        self.shared.auth.set_app_key(app_key.into().into())
    }

    /// The recording user that it takes for the files of the archive.
    ///
    /// ```
    /// # use enablex::sandbox::Sandbox;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// let sandbox = Sandbox::builder().recording_user("recorder").recording_password("not-real");
    /// let sandbox = sandbox.start().await?;
    /// assert_eq!(sandbox.recording_user(), "recorder");
    /// assert_eq!(sandbox.recording_password(), "not-real");
    /// assert_eq!(sandbox.base_url(), format!("http://{}/video/v2", sandbox.host()));
    /// # Ok(())
    /// # }
    /// ```
    pub fn recording_user(&self) -> &str {
        self.shared.recording.user()
    }

    /// The recording password that it takes.
    pub fn recording_password(&self) -> String {
        self.shared.recording.password().expose_secret().to_owned()
    }

    /// A client for it, over real HTTP like any other.
    ///
    /// # Errors
    /// As [`ClientBuilder::build`].
    pub fn client(&self) -> Result<Client, Error> {
        self.client_builder().build()
    }

    /// A builder with its address, to which plain http is permitted, and its credentials, those of recorded
    /// files included, for a client with settings of its own.
    pub fn client_builder(&self) -> ClientBuilder {
        Client::builder()
            .credentials(self.app_id(), self.app_key())
            .recording_credentials(self.recording_user(), self.recording_password(), [self.host()])
            .base_url(self.base_url())
            .allow_plain_http(self.host())
    }

    /// Brings the user of a token into the session of its room, as a browser with that token would.
    ///
    /// # Errors
    /// The reason why the user is not let in. A token that met a full room can be tried again.
    pub fn join(&self, token: &str) -> Result<SessionUser, JoinRefusal> {
        self.shared.store().join(token)
    }

    /// Takes a user out of the session, which makes a row of the call report; `false` where there is
    /// no such user. With the last one the session ends.
    pub fn leave(&self, session_user_id: &str) -> bool {
        self.shared.store().leave(session_user_id)
    }

    /// Puts so many made-up rows behind those of a room's call report, instead of the ones that were
    /// put there before. The room need not be there.
    ///
    /// They are made while they are sent, so there can be as many as you like: a client that takes a
    /// report row by row can be tried with millions. No two are alike. The first is of the present
    /// time, each that follows 5 seconds older, down to 1970. They come in the reports by room, by
    /// room and period, and by period, not in those by conference number.
    ///
    /// ```
    /// use enablex::{NewRoom, sandbox::Sandbox};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// let sandbox = Sandbox::start().await?;
    /// let room = sandbox.client()?.rooms().create(NewRoom::permanent("Desk", "team-7")).await?;
    /// sandbox.fill_report(room.id().expect("a new room has one").as_str(), 1_000_000);
    /// # Ok(())
    /// # }
    /// ```
    pub fn fill_report(&self, room_id: &str, rows: u64) {
        self.shared.store().fill_report(room_id, rows);
    }

    /// Moves the clock ahead, and tells the time that it shows then. It goes no further than the
    /// year 9999: what would lead past it is not done.
    pub fn advance(&self, by: Duration) -> SystemTime {
        let mut store = self.shared.store();
        store.advance(by).unwrap_or_else(|| store.now())
    }

    /// What its clock shows: the real time, and what it was moved ahead.
    pub fn now(&self) -> SystemTime {
        self.shared.store().now()
    }

    /// Queues a fault, behind those that wait already.
    pub fn inject(&self, fault: Fault) {
        self.shared.store().faults.push(fault);
    }

    /// Back to the start: no rooms, tokens, sessions, reports, recordings and faults, the real time,
    /// no request counted. The `APP_KEY` stays.
    pub fn reset(&self) {
        self.shared.store().reset();
    }

    /// How many requests to the API have arrived since the start or the last reset, whatever became
    /// of them. Those to `/_sandbox` and `/archive` are not counted.
    pub fn requests(&self) -> u64 {
        self.shared.store().requests
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("base_url", &self.base_url())
            .field("app_id", &self.app_id())
            .finish_non_exhaustive()
    }
}
