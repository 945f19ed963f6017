//! An embedded Video API for development and tests without an account (feature `sandbox`).
//!
//! [`Sandbox`] is an HTTP server on a local port that behaves as EnableX documents: rooms of all three
//! [kinds](crate::RoomKind), scheduled rooms that open 15 minutes before their start, tokens that can be used
//! once and for 15 minutes, limits, result codes and both forms of failures. Tests can
//! [move its clock](Sandbox::advance), let users [join](Sandbox::join) and [leave](Sandbox::leave), and
//! [inject](Sandbox::inject) a [`Fault`].
//!
//! # What it serves
//!
//! - The whole API under `/video/v2`, and under its earlier paths `/video/v1` and `/v1`: rooms, their users
//!   and tokens, call reports, the archive and the dial-in numbers.
//! - [Signalling](#signalling), with the feature `signalling`.
//! - The files of the archive under `/archive`, with GET or HEAD and the
//!   [recording user](Sandbox::recording_user) and [password](Sandbox::recording_password); other credentials
//!   get 403. These requests are not counted, and no fault hits them.
//! - Its controls under `/_sandbox`: see [other languages](#from-other-languages).
//! - A [dashboard](#dashboard) at `/_sandbox/`.
//!
//! Every user who has joined and left is a row of the call report. If a room has `auto_recording`, each of
//! its sessions becomes an entry of the archive when it ends. [`Sandbox::fill_report`] makes a report as long
//! as you like.
//!
//! # What it takes
//!
//! The raw JSON of every request is checked against the vendored document. A
//! [strict](SandboxBuilder::strict) sandbox refuses what departs from it: a request that passes there is one
//! that EnableX documents. By default the sandbox behaves as the service has been seen to, so that EnableX's
//! own sample servers run against it, and tells each departure that it takes as a
//! [finding](Sandbox::findings).
//!
//! | in | what | the response has |
//! |---|---|---|
//! | a new room | `duration` and `max_active_talkers` as text, `active_talker` | what was sent |
//! | a new room | `wait_moderator`, an empty `description`, an empty `scheduled_time` if it is not scheduled | none of it |
//! | a token request | `roomId` | |
//! | any body | other numbers as text, and texts as numbers | not known; here as if it had been documented |
//! | any body | `sip: false`, `settings.video`, a token's `data` as text, unknown keys at the top | not known; here none of it |
//!
//! The first three were seen in logs of the service, the others are sent by public programs. Unknown settings
//! (10009), booleans as text, values out of range and whatever else departs are refused in either mode.
//!
//! The rooms of a sandbox that is not strict have what live ones were seen to have: `service_id`, and in
//! `settings` the number 1 for `moderators` that were not sent, `media_configuration`, `active_talker` and
//! `encryption`.
//!
#![doc = include_str!("sandbox/signalling.md")]
//!
//! # Webhooks
//!
//! A sandbox with a [target](Sandbox::send_webhooks) tells it what happens to its sessions: each event is a
//! `POST` of JSON with the keys `type`, `trans_date` (the sandbox's clock, as text in seconds since 1970),
//! `app_id`, `room_id` and `conf_num`.
//!
//! | `type` | when | further keys |
//! |---|---|---|
//! | `session_start` | the first user has entered | |
//! | `session_stop`, then `roomdrop` | the last user has left | |
//! | `recording` | then, if the archive has media files of the session | `recording`, an array of URLs |
//! | `transcoded` | then, for each transcoded file in the archive | `recording`, a URL; `stage`, here `1`; `file_size`, bytes as text |
//!
//! The other events that EnableX names are not sent, since their words and keys are not known. The URLs have
//! the host by which the room's latest token was requested. EnableX documents no redelivery, order or event
//! id; with a [`WebhookTarget`], events come twice, late, again after a failure or in another order.
//! [`Sandbox::webhooks`] is the list of what was sent and what came back.
//!
//! # Dashboard
//!
//! `/_sandbox/`, or `/`, is a page for a browser that shows, live, what the sandbox knows: rooms with who is in them,
//! tokens with the time that is left, calls of the API with status and code, findings, faults that are armed,
//! and webhooks with what came back. It changes nothing, and needs no credentials.
//!
//! It reads `GET /_sandbox/state`: JSON with `now`, `strict`, and a list for each of these keys, which has its
//! latest 100 entries, newest first:
//!
//! | key | each entry |
//! |---|---|
//! | `rooms` | `room_id`, `name`, `owner_ref`, `kind` (`permanent`, `scheduled`, `ad_hoc`), `created`, `opens` and `closes` of a scheduled one, `conf_num` while a session is on, `users` (`name`, `role`, `user_ref`, `since`; the latest 100), `users_total` |
//! | `tokens` | `name`, `role`, `room_id`, `issued_at`, `expires_at`, `expires_in_s`, `state` (`unused`, `used`, `expired`) |
//! | `calls` | `at`, `method`, `path` without its query, `operation` (an operationId), `request_id`, `status`, `code` (the `result` or the `error_code` of the response), `fault` (whether one has hit it), `duration_ms` |
//! | `findings`, `webhooks` | as `/_sandbox/findings` and `/_sandbox/webhooks` have them, which begin with the oldest |
//! | `faults`, in their order | `status` with `headers` (names) and `body_bytes`, `drop`, `garbage`, `delay_ms`, `after_effect`, `times` |
//!
//! What is not known is `null`: the `duration_ms` of a call that goes on, the `status` of one whose connection was
//! dropped. `totals` has how many entries there are in all; of `webhooks`, how many are kept. Texts are cut after
//! 200 characters. No token is in it, nor its id; a call's `path` is what the caller has sent. Keys may be added in
//! any version.
//!
//! `GET /_sandbox/events` is an event stream (`text/event-stream`) that says when to read it again: an event
//! `{"version": N}` at once, one after each change, and one after each 15 seconds without a change.
//!
//! # Where EnableX's documentation is silent
//!
//! The sandbox has to decide what EnableX does not document:
//!
//! - A session may outlast the duration of its room. The room issues tokens until the session ends.
//! - A token is valid for its 15 minutes, even if the time of the room ends earlier.
//! - A room without `participants` admits 250 users minus its `moderators`.
//! - A full room refuses tokens for the role that is full (10114). Users in the session count, tokens do not;
//!   viewers and audience never count.
//! - The role `audience` needs a room with `audiences` in its settings (`INVALID_PARAM`, 422).
//! - A change of a scheduled room later than 15 minutes before its start, and the deletion of a room with a
//!   running session, are refused with `INVALID_PARAM` and 409.
//! - In a change, `settings` are merged by key; `data` and `sip` are replaced.
//! - A change cannot contain `scheduled`, `adhoc` or `mode`: `mode` is refused with 10020, `adhoc` with 10017
//!   if it equals the room's value, otherwise with 10106, `scheduled` always with 10106.
//! - `wait_for_moderator` and `knock` are stored and returned, but have no effect.
//! - Reports select by the UTC day of `trans_date`. A period includes its first and last day; see
//!   [`SandboxBuilder::last_day_counts`]. The `trans_date` of a call report's row is the time when the user
//!   joined, that of an archive's entry the time when the session ended. Days before 1970 are refused.
//! - A day that does not exist, and a period that ends before it starts, are refused with `INVALID_PARAM` and
//!   422. A parameter that is absent from the path of an archive is refused with `INVALID_PARAM` and 400. Of
//!   the codes with the same meaning, 10202 is for a report by room, 10204 for one by room and period; 10205
//!   is not used.
//! - The reports of unknown rooms and sessions are empty. Rows and entries remain when their room is deleted.
//! - A user who may publish publishes audio, video and data for the whole time in the session; every user
//!   subscribes for that time. The connection to the signalling server lasts as long as the one to the room
//!   and is never on hold.
//! - An entry of the archive has one transcoded file, or none if nobody published.
//! - Ids in a path that the document forbids are refused with `INVALID_PARAM` and 422.
//! - Addresses in archives and tokens use the `Host` of the request, or the sandbox's own host if that is
//!   absent.
//! - The dial-in numbers, the SIP user and the SIP password are made up; the `APP_KEY` is the sandbox's own.
//! - The content of a file never changes. It has an `ETag` and supports a single range (`bytes=5-` or
//!   `bytes=5-9`), optionally with `If-Range`: 206, or 416 if the range begins after the end. Other ranges
//!   are ignored.
//!
//! # One sandbox for many tests
//!
//! A sandbox has its own thread and Tokio runtime, so that tests on any runtime can use it until it is
//! [stopped](Sandbox::stop) or dropped. A sandbox in a `static` serves all tests of a file, each of which has
//! its own runtime, and ends with the process. Tests that share a sandbox share its rooms, clock and faults.
//!
//! ```
//! # mod tests { // The attributes `#[tokio::test]` are commented out.
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
//! Tokens and rooms follow the sandbox's clock ([`Sandbox::advance`]). The delays of a [`Fault`] are real
//! time.
//!
//! Do not pause Tokio's clock (`#[tokio::test(start_paused = true)]`, `tokio::time::pause`) in a test that
//! calls the sandbox or any other server. While the test waits for bytes from outside its runtime, Tokio
//! considers it idle and advances the paused clock to the next timer, which is the client's timeout, so that
//! every call times out at once. Give the client [a clock that the test moves](crate::ClientBuilder::clock)
//! instead.
//!
//! # From other languages
//!
//! `cargo run --example sandbox` runs a sandbox alone. Joins, leaves, faults and the clock are controlled
//! over HTTP without credentials. A malformed request gets 400 with a `reason`.
//!
//! | `POST` to | body | response |
//! |---|---|---|
//! | `/_sandbox/join` | `{"token": "…"}` | 200 `{"session_user_id": "…"}`, or 403 `{"reason": "used"}`, `"expired"`, `"full"` or `"unknown"` |
//! | `/_sandbox/leave` | `{"session_user_id": "…"}` | 200, or 404 if no session has such a user |
//! | `/_sandbox/clock` | `{"advance_s": 900}`, in seconds | 200 `{"now": "…"}`, RFC 3339 |
//! | `/_sandbox/faults` | a fault or an array of faults | 200 `{"queued": …}`, the number of calls that will be hit |
//! | `/_sandbox/report` | `{"room_id": "…", "rows": 1000000}` | 200; adds made-up rows to the room's call report, see [`Sandbox::fill_report`] |
//! | `/_sandbox/webhooks` | `{"url": "…", "user": "…", "password": "…", "duplicates": 0, "redeliveries": 0, "delay_ms": 0, "reorder": false}`, all but `url` optional; `{"url": null}` stops them | 200; see [`WebhookTarget`] |
//! | `/_sandbox/reset` | | 200; see [`Sandbox::reset`] |
//!
//! | `GET` | response |
//! |---|---|
//! | `/_sandbox/findings` | 200 with an array of [findings](Finding) |
//! | `/_sandbox/webhooks` | 200 with an array of [deliveries](WebhookDelivery) of [webhooks](#webhooks) |
//! | `/_sandbox/` | 200 with the [dashboard](#dashboard), which reads the next two |
//! | `/_sandbox/state` | 200 with the state as JSON |
//! | `/_sandbox/events` | 200 with a stream of events |
//! | `/_sandbox/ca.pem` | 200 with the CA certificate of a sandbox with TLS (feature `signalling`), or 404 |
//!
//! A fault is `{"status": 503, "body": "…", "headers": {…}}`, `{"drop": true}`, `{"garbage": true}` or
//! `{"delay_ms": 1500}` alone. `body` and `headers` are optional; `delay_ms`, `after_effect` (the call takes
//! effect before its response is replaced) and `times` can be added to any fault. See [`Fault`].

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime},
};

use secrecy::ExposeSecret;

use crate::{Client, ClientBuilder, Error};

mod api;
mod archive;
mod auth;
#[cfg(feature = "signalling")]
mod authority;
mod body;
mod builder;
mod cdr;
mod check;
mod clock;
mod connection;
mod content;
mod control;
mod dashboard;
mod dial_in;
mod document;
mod fault;
mod finding;
#[cfg(enablex_fuzzing)]
#[path = "../fuzz/targets/sandbox.rs"]
pub(crate) mod fuzzing;
mod host;
mod ids;
mod join;
mod query;
mod refusal;
mod response;
mod room;
mod route;
mod server;
mod service;
mod session;
mod shared;
#[cfg(feature = "signalling")]
mod signalling;
mod store;
mod token;
mod watched;
mod webhooks;

pub use builder::SandboxBuilder;
pub use fault::Fault;
pub use finding::Finding;
pub use join::{JoinRefusal, SessionUser};
pub use webhooks::{WebhookDelivery, WebhookTarget};

use server::Server;
use shared::Shared;
use webhooks::Target;

/// A running embedded Video API; the [module](self) describes its behaviour.
///
/// It listens on 127.0.0.1 or [another address](SandboxBuilder::listen), on its own thread and Tokio runtime,
/// and serves clients on any runtime. Sandboxes are independent of each other, so that each test can have its
/// own.
///
/// It ends when it is [stopped](Self::stop) or dropped. Dropping it blocks until its thread has ended and its
/// port is free, for a few milliseconds. One that is never dropped, as in a `static`, does not keep the
/// process alive.
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
    /// Starts a sandbox on a free port of 127.0.0.1 with default credentials. This works on any executor,
    /// without a Tokio runtime.
    ///
    /// # Errors
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup) if no port is free or no thread can be started.
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// Returns a builder to set the address, the port, the credentials and more.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::default()
    }

    /// Stops the server, and waits until its port is free and all connections are closed. Calls in progress
    /// lose their connection, including those that a fault delays. The methods of the sandbox, such as
    /// [`requests`](Self::requests), can still be used.
    ///
    /// It can be called more than once, also concurrently and from any runtime: each call waits for the end.
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

    /// The base URL of the API for callers on this machine: `http://127.0.0.1:PORT/video/v2` by default.
    pub fn base_url(&self) -> String {
        format!("{}://{}{}", self.shared.scheme(), self.shared.address, route::BASE_PATH)
    }

    /// The host and port of the API and of the archive's files for callers on this machine: `127.0.0.1:PORT`
    /// by default, `[::1]:PORT` if it listens on all IPv6 addresses.
    pub fn host(&self) -> String {
        self.shared.address.to_string()
    }

    /// The `APP_ID` that it accepts.
    pub fn app_id(&self) -> &str {
        self.shared.auth.app_id()
    }

    /// The `APP_KEY` that it accepts; [`set_app_key`](Self::set_app_key) replaces it.
    pub fn app_key(&self) -> String {
        self.shared.auth.app_key().expose_secret().to_owned()
    }

    /// Replaces the `APP_KEY`, like a rotation at EnableX. The previous key is refused from now on.
    ///
    /// ```
    /// # use enablex::{Credentials, sandbox::Sandbox};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// # use std::sync::Arc;
    /// let sandbox = Arc::new(Sandbox::start().await?);
    /// let keeper = sandbox.clone();
    /// let provider = move || {
    ///     let credentials = Credentials::new(keeper.app_id(), keeper.app_key());
    ///     async { credentials }
    /// };
    /// let client = sandbox.client_builder().credentials_provider(provider).build()?;
    /// client.rooms().list().await?;
    ///
    /// sandbox.set_app_key("another-key")?;
    /// client.rooms().list().await?; // refused, and retried with the new credentials
    /// assert_eq!(sandbox.requests(), 3);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for a key that no client could send.
    pub fn set_app_key(&self, app_key: impl Into<String>) -> Result<(), Error> {
        self.shared.auth.set_app_key(app_key.into().into())
    }

    /// The recording user that it accepts for the files of the archive.
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

    /// The recording password that it accepts for the files of the archive.
    pub fn recording_password(&self) -> String {
        self.shared.recording.password().expose_secret().to_owned()
    }

    /// Builds a client that calls the sandbox over HTTP, with the sandbox's credentials.
    ///
    /// # Errors
    /// Those of [`ClientBuilder::build`].
    pub fn client(&self) -> Result<Client, Error> {
        self.client_builder().build()
    }

    /// Returns a client builder with the sandbox's base URL, to which plain http is permitted, and its
    /// credentials, including those for recorded files. It trusts the certificate authority of a sandbox with
    /// TLS.
    pub fn client_builder(&self) -> ClientBuilder {
        let builder = Client::builder()
            .credentials(self.app_id(), self.app_key())
            .recording_credentials(self.recording_user(), self.recording_password(), [self.host()])
            .base_url(self.base_url());
        #[cfg(feature = "signalling")]
        if let Some(pem) = self.ca_certificate() {
            return builder.root_certificates_pem(pem);
        }
        builder.allow_plain_http(self.host())
    }

    /// The certificate of the authority that issues the certificates of a sandbox with
    /// [TLS](SandboxBuilder::tls), as PEM, and `None` of one without. It needs the feature `signalling`. Each
    /// sandbox has an authority of its own, so this certificate is another one after each start.
    ///
    /// A [client of the sandbox](Self::client_builder) trusts it already, and another [`Client`] does by
    /// [`root_certificates_pem`](ClientBuilder::root_certificates_pem). A client that you build with `reqwest`
    /// needs one of reqwest's own TLS features besides.
    #[cfg(feature = "signalling")]
    pub fn ca_certificate(&self) -> Option<String> {
        Some(self.shared.authority.as_ref()?.pem())
    }

    /// Lets the user of a token join the session of its room, as a browser with that token would. The first
    /// user starts the session.
    ///
    /// ```
    /// # use enablex::{NewRoom, Role, TokenRequest, sandbox::Sandbox};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// let sandbox = Sandbox::start().await?;
    /// let client = sandbox.client()?;
    /// let room = client.rooms().create(NewRoom::permanent("Desk", "team-7")).await?;
    /// let request = TokenRequest::new("Asha Rao", Role::Viewer, "emp-1042");
    /// let token = client.room(&room).create_token(request).await?;
    ///
    /// let user = sandbox.join(token.expose_token()).expect("the token is new");
    /// assert!(sandbox.leave(user.session_user_id()));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The reason why the user cannot join. After [`JoinRefusal::Full`] the token can be used again.
    pub fn join(&self, token: &str) -> Result<SessionUser, JoinRefusal> {
        self.shared.store().join(token)
    }

    /// Lets a user leave the session, which adds a row to the call report. The session ends with its last
    /// user. Returns `false` if no session has this user. The id is [`SessionUser::session_user_id`].
    pub fn leave(&self, session_user_id: &str) -> bool {
        self.shared.store().leave(session_user_id)
    }

    /// Adds made-up rows after the real ones of a room's call report. They replace the made-up rows of an
    /// earlier call. The room need not exist.
    ///
    /// The rows are generated while they are sent and take no memory, so that a client that reads a report
    /// row by row can be tested with millions of them. All rows differ. The first one is dated now, each
    /// further one 5 seconds earlier, but none before 1970. Reports by room, by room and period, and by
    /// period contain them; reports by conference number do not.
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

    /// Moves the clock ahead and returns the new time. A step that would end after the year 9999 has no
    /// effect.
    pub fn advance(&self, by: Duration) -> SystemTime {
        let mut store = self.shared.store();
        store.advance(by).unwrap_or_else(|| store.now())
    }

    /// The time of the sandbox's clock: the real time, started [behind](SandboxBuilder::clock_behind) and
    /// moved [ahead](Self::advance) as configured.
    pub fn now(&self) -> SystemTime {
        self.shared.look().now()
    }

    /// Queues a fault after those that are queued already.
    pub fn inject(&self, fault: Fault) {
        self.shared.store().faults.push(fault);
    }

    /// In what requests have departed from EnableX's document and were taken nevertheless, since the start or
    /// the last [reset](Self::reset). Each different finding is there once, with its number of
    /// [times](Finding::times), and at most 1000 are kept. A [strict](SandboxBuilder::strict) sandbox has none.
    ///
    /// ```
    /// # use enablex::{NewRoom, sandbox::Sandbox};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.client()?.rooms().create(NewRoom::permanent("Desk", "team-7")).await?;
    /// assert_eq!(sandbox.findings(), []); // this crate sends what is documented
    /// # Ok(())
    /// # }
    /// ```
    pub fn findings(&self) -> Vec<Finding> {
        self.shared.store().findings.all().to_vec()
    }

    /// Sends webhooks to this target from now on, instead of an earlier one; with `None` to nobody. What has not
    /// been sent to the earlier one is not sent, and a request to it that has no response yet is given up.
    ///
    /// ```
    /// # use enablex::{ErrorKind, sandbox::{Sandbox, WebhookTarget}};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.send_webhooks(WebhookTarget::new("http://127.0.0.1:3000/webhooks"))?;
    /// let error = sandbox.send_webhooks(WebhookTarget::new("ftp://127.0.0.1")).unwrap_err();
    /// assert_eq!(error.kind(), ErrorKind::InvalidInput);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for a URL that is no http or https URL or
    /// has credentials in it, and for credentials that HTTP Basic cannot carry;
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup) for https on a machine without CA certificates. The
    /// earlier target stays then.
    pub fn send_webhooks(&self, target: impl Into<Option<WebhookTarget>>) -> Result<(), Error> {
        let target = target.into().map(Target::new).transpose()?;
        self.shared.store().webhooks.set(target);
        Ok(())
    }

    /// The requests by which [webhooks](self#webhooks) were sent since the start or the last
    /// [reset](Self::reset), in their order, and what came back. The last 1,000 are kept.
    pub fn webhooks(&self) -> Vec<WebhookDelivery> {
        self.shared.store().webhooks.deliveries.all().iter().cloned().collect()
    }

    /// Removes all rooms, tokens, sessions, reports, recordings, findings, queued faults and webhooks, and
    /// resets the clock and the number of requests. No webhook tells of it. The `APP_KEY` and the target of
    /// webhooks stay.
    pub fn reset(&self) {
        self.shared.store().reset();
    }

    /// The number of requests to the API since the start or the last [reset](Self::reset), including refused
    /// ones and those hit by a fault. Requests to `/_sandbox` and `/archive` are not counted.
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
