//! The events that EnableX posts to your server (feature `webhooks`): a session began or ended, recordings are
//! ready.
//!
//! [`Webhooks`] takes the headers and the body of a request, from any HTTP framework, and returns a typed
//! [`Event`]:
//!
//! ```
//! use enablex::{
//!     reqwest::header::HeaderMap, // that of `http`, axum and others
//!     webhooks::{Event, EventKind, Refusal, Webhooks},
//! };
//!
//! /// Once, when the server starts: user and password as they stand in EnableX's portal.
//! fn webhooks(password: &str) -> Result<Webhooks, enablex::Error> {
//!     Webhooks::basic("enablex", password)
//! }
//!
//! /// For each request. A refusal has the status to respond with; everything else gets a 200.
//! fn receive(webhooks: &Webhooks, headers: &HeaderMap, body: &[u8]) -> Result<Event, Refusal> {
//!     webhooks.authorize(headers)?; // before the body is read
//!     let event = webhooks.event(body)?;
//!     match event.kind() {
//!         EventKind::RoomDrop => println!("the session {:?} has ended", event.conf_num()),
//!         EventKind::Recording | EventKind::Transcoded => {
//!             for link in event.links() {
//!                 println!("{link:?}"); // client.file(link).save_in(…)
//!             }
//!         }
//!         // Types that this crate does not know yet get a 200, too.
//!         _ => println!("{event:?}"),
//!     }
//!     Ok(event)
//! }
//! # let webhooks = webhooks("wKfQ1vJz")?;
//! # let mut headers = HeaderMap::new();
//! # headers.insert("authorization", "Basic ZW5hYmxleDp3S2ZRMXZKeg==".parse().unwrap());
//! # let body = br#"{"type": "roomdrop", "trans_date": "1721900040", "conf_num": "66a20b4e91"}"#;
//! # assert_eq!(receive(&webhooks, &headers, body).unwrap().kind(), &EventKind::RoomDrop);
//! # assert_eq!(receive(&webhooks, &HeaderMap::new(), body).unwrap_err().status(), 401);
//! # Ok::<(), enablex::Error>(())
//! ```
//!
//! With the feature `axum` an [`Event`] is an argument of a handler.
//!
//! # What EnableX says, and what it does not
//!
//! One URL for each project, set in the portal together with a user and a password of your choosing for HTTP
//! Basic. The body is JSON. There is no signature, so choose a long random password, and accept https alone.
//! Nothing is documented about an id of an event, about redelivery or about order. So an event may come twice,
//! late, or never:
//!
//! - **Twice.** [`Event::dedup_key`] is the same for each delivery of an event. [`Seen`] is a store of the
//!   keys that were seen: [`SeenInMemory`] is one for a single process, and `examples/app_server/seen.rs` in
//!   this crate's repository has one in Redis, which several servers share.
//! - **Late, in any order.** An event may come before your code knows the session, or after its end. Identify
//!   a session by [`conf_num`](Event::conf_num), and decide nothing by the order.
//! - **Never.** Reports have what webhooks have told, and more. Compare them once a day:
//!
//! ```no_run
//! use std::collections::BTreeSet;
//!
//! use enablex::{Client, ConfNum, Error};
//!
//! /// The sessions of a day of which no `roomdrop` was received: `ended` is what your database has.
//! async fn missed(client: &Client, day: &str, ended: &BTreeSet<ConfNum>) -> Result<BTreeSet<ConfNum>, Error> {
//!     let mut missed = BTreeSet::new();
//!     let mut rows = client.cdr().day(day).rows(); // the archive shows missed recordings in the same way
//!     while let Some(row) = rows.next().await {
//!         missed.extend(row?.conf_num().filter(|session| !ended.contains(session)).cloned());
//!     }
//!     Ok(missed)
//! }
//! ```
//!
//! A row may still be missing right after its session has ended, so compare a day some hours after its end.

use std::{fmt, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{HeaderMap, header::AUTHORIZATION};
use ring::{hmac, rand::SystemRandom};

use crate::{Error, Violation, basic};

#[cfg(feature = "axum")]
mod axum;
mod dedup;
mod event;
mod refusal;
mod seen;
mod time;

pub use event::{Destination, Event, EventKind};
pub use refusal::Refusal;
pub use seen::{Seen, SeenInMemory};

/// How many bytes a body may have, unless it is set.
const BODY_CAP: usize = 1024 * 1024;

/// What a receiver of webhooks accepts: the credentials and the size of a body. Clones are cheap.
///
/// `Debug` prints no credentials, and none are kept: a tag of them is, under a key that is made at random.
#[derive(Clone)]
pub struct Webhooks(Arc<Accepted>);

#[derive(Clone)]
struct Accepted {
    /// The key of the tags.
    key: hmac::Key,
    /// One for each accepted pair of user and password. `None` where none are asked for.
    tags: Option<Vec<hmac::Tag>>,
    body_cap: usize,
}

impl Webhooks {
    /// Accepts requests with this user and password, by HTTP Basic.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where the user is empty, or has a colon,
    /// where the password is empty, or where one has a control character.
    pub fn basic(user: &str, password: &str) -> Result<Self, Error> {
        Self::new(Some(Vec::new()))?.or_basic(user, password)
    }

    /// Accepts a second pair, too, while user or password are being changed in the portal.
    ///
    /// # Errors
    /// Those of [`basic`](Self::basic).
    pub fn or_basic(mut self, user: &str, password: &str) -> Result<Self, Error> {
        let is_bad = |text: &str| text.is_empty() || text.chars().any(char::is_control);
        let mut violations = Vec::new();
        if is_bad(user) || user.contains(':') {
            let rule = "must not be empty, and must have no colon and no control character";
            // A password may have been put there.
            violations.push(Violation::new("webhook_user", rule, None));
        }
        if is_bad(password) {
            let rule = "must not be empty, and must have no control character";
            violations.push(Violation::new("webhook_password", rule, None));
        }
        Error::check(violations)?;
        let accepted = Arc::make_mut(&mut self.0);
        let tag = hmac::sign(&accepted.key, format!("{user}:{password}").as_bytes());
        accepted.tags.get_or_insert_default().push(tag);
        Ok(self)
    }

    /// Accepts requests from anyone. This is for tests, and for a server behind something else that
    /// authenticates: whoever reaches it can invent events.
    ///
    /// # Errors
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup) where the system has no random numbers.
    pub fn without_credentials() -> Result<Self, Error> {
        Self::new(None)
    }

    fn new(tags: Option<Vec<hmac::Tag>>) -> Result<Self, Error> {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new())
            .map_err(|_| Error::setup_failed("the system has no random numbers"))?;
        Ok(Self(Arc::new(Accepted { key, tags, body_cap: BODY_CAP })))
    }

    /// Sets how many bytes a body may have: 1 MiB by default. EnableX documents no limit; its samples have less
    /// than a kilobyte.
    pub fn body_cap(mut self, bytes: usize) -> Self {
        Arc::make_mut(&mut self.0).body_cap = bytes;
        self
    }

    /// Checks the credentials of a request, each accepted pair in constant time. Call it before the body is
    /// read.
    ///
    /// # Errors
    /// [`Refusal::NoCredentials`] or [`Refusal::WrongCredentials`].
    pub fn authorize(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(tags) = &self.0.tags else { return Ok(()) };
        if !headers.contains_key(AUTHORIZATION) {
            return Err(Refusal::NoCredentials);
        }
        let pair = basic::encoded(headers).and_then(|encoded| BASE64_STANDARD.decode(encoded.trim()).ok());
        let pair = pair.ok_or(Refusal::WrongCredentials)?;
        // Each is compared, so that the time does not tell which one it was.
        let is_accepted =
            |found, tag: &hmac::Tag| found | hmac::verify(&self.0.key, &pair, tag.as_ref()).is_ok();
        if tags.iter().fold(false, is_accepted) { Ok(()) } else { Err(Refusal::WrongCredentials) }
    }

    /// Reads the event in a body.
    ///
    /// # Errors
    /// [`Refusal::TooLarge`], or [`Refusal::Malformed`] where the body is no JSON object. Unknown types,
    /// missing and unknown keys and values of another type are no errors.
    pub fn event(&self, body: &[u8]) -> Result<Event, Refusal> {
        if body.len() > self.0.body_cap {
            return Err(self.too_large());
        }
        Event::from_slice(body)
    }

    fn too_large(&self) -> Refusal {
        Refusal::TooLarge { cap: self.0.body_cap }
    }
}

impl fmt::Debug for Webhooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhooks")
            .field("pairs", &self.0.tags.as_ref().map(Vec::len))
            .field("body_cap", &self.0.body_cap)
            .finish()
    }
}
