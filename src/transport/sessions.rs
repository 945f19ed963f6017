//! Whose requests they are: credentials, and the connections that carry them alone.

use std::{
    error::Error as StdError,
    future::Future,
    pin::Pin,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering::SeqCst},
    },
};

use reqwest::header::HeaderValue;
use tokio::sync::Mutex;

use super::{HttpSettings, Pools, Scrub};
use crate::{Credentials, Error, ErrorKind, error::Parts};

const NO_CREDENTIALS: &str = "the provider gave no credentials";
const NO_OTHER_CREDENTIALS: &str = "the provider has no other credentials";
pub(super) const NO_CREDENTIALS_IN_TIME: &str = "the provider gave no credentials in time";

/// Gives the credentials that hold now.
pub(crate) type Provider = Box<
    dyn Fn() -> Pin<Box<dyn Future<Output = Result<Credentials, Box<dyn StdError + Send + Sync>>> + Send>>
        + Send
        + Sync,
>;

/// One pair of credentials, with connections of its own.
pub(crate) struct Session {
    pools: Pools,
    /// Prepared once, and marked sensitive.
    pub authorization: HeaderValue,
    pub scrub: Scrub,
    credentials: Credentials,
}

impl Session {
    /// `before` is the pair that this one replaces, whose key is still to be found in answers.
    fn new(credentials: Credentials, http: Arc<HttpSettings>, before: Option<&Self>) -> Result<Self, Error> {
        let mut authorization = credentials
            .authorization()
            .map_err(|error| Error::setup("the credentials make no header", error))?;
        authorization.set_sensitive(true);
        let mut scrub = credentials.scrub();
        if let Some(before) = before {
            scrub = scrub.and(before.credentials.scrub());
        }
        Ok(Self { pools: Pools::new(http)?, authorization, scrub, credentials })
    }

    /// What carries a request of the runtime that asks.
    pub fn http(&self) -> Result<reqwest::Client, Error> {
        self.pools.http()
    }
}

/// The session of now, and the way to the next one.
pub(crate) enum Sessions {
    /// Of a pair that stays.
    Fixed(Arc<Session>),
    /// Of pairs that a provider gives.
    Provided(Box<Provided>),
}

pub(crate) struct Provided {
    provider: Provider,
    http: Arc<HttpSettings>,
    current: RwLock<Option<Arc<Session>>>,
    /// How many times the provider was asked; one asks at a time.
    asked: AtomicU64,
    last: Mutex<Answered>,
}

/// The last question that was answered.
#[derive(Default)]
struct Answered {
    /// Which one it was, counted from 1.
    number: u64,
    failed: bool,
}

impl Sessions {
    pub fn fixed(credentials: Credentials, http: Arc<HttpSettings>) -> Result<Self, Error> {
        Session::new(credentials, http, None).map(|session| Self::Fixed(Arc::new(session)))
    }

    pub fn provided(provider: Provider, http: Arc<HttpSettings>) -> Self {
        let (current, asked, last) = Default::default();
        Self::Provided(Box::new(Provided { provider, http, current, asked, last }))
    }

    /// `None` where the provider was not asked yet.
    pub fn current(&self) -> Option<Arc<Session>> {
        match self {
            Self::Fixed(session) => Some(session.clone()),
            Self::Provided(provided) => provided.current(),
        }
    }

    /// The session of now; the provider is asked where there is none yet.
    pub async fn get(&self) -> Result<Arc<Session>, Error> {
        match self {
            Self::Fixed(session) => Ok(session.clone()),
            Self::Provided(provided) => provided.get().await,
        }
    }

    /// Another session than the one whose credentials were refused. `None` where the pair is fixed,
    /// an error where the provider has no other one.
    pub async fn renewed(&self, refused: &Arc<Session>) -> Result<Option<Arc<Session>>, Error> {
        match self {
            Self::Fixed(_) => Ok(None),
            Self::Provided(provided) => provided.renewed(refused).await.map(Some),
        }
    }
}

/// What came of a question that another call asked.
fn failed<T>(message: &'static str) -> Result<T, Error> {
    Err(Parts::new(ErrorKind::Setup, message).into())
}

impl Provided {
    fn current(&self) -> Option<Arc<Session>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn get(&self) -> Result<Arc<Session>, Error> {
        if let Some(session) = self.current() {
            return Ok(session);
        }
        let asked = self.asked.load(SeqCst);
        let mut last = self.last.lock().await;
        match self.current() {
            Some(session) => Ok(session),
            None if last.number > asked => failed(NO_CREDENTIALS),
            None => self.begin(self.ask(&mut last).await?, None),
        }
    }

    async fn renewed(&self, refused: &Arc<Session>) -> Result<Arc<Session>, Error> {
        let asked = self.asked.load(SeqCst);
        let mut last = self.last.lock().await;
        match self.current() {
            Some(session) if !session.credentials.is_same(&refused.credentials) => return Ok(session),
            // Calls that were refused together ask it once: a question that began after the refusal
            // was this call's, too.
            _ if last.number > asked && last.failed => return failed(NO_CREDENTIALS),
            _ if last.number > asked => return failed(NO_OTHER_CREDENTIALS),
            _ => {}
        }
        let credentials = self.ask(&mut last).await?;
        if credentials.is_same(&refused.credentials) {
            return failed(NO_OTHER_CREDENTIALS);
        }
        let begun = self.begin(credentials, Some(refused));
        last.failed |= begun.is_err();
        begun
    }

    async fn ask(&self, last: &mut Answered) -> Result<Credentials, Error> {
        let number = self.asked.fetch_add(1, SeqCst) + 1;
        let given = (self.provider)().await;
        *last = Answered { number, failed: given.is_err() };
        given.map_err(|error| Error::setup(NO_CREDENTIALS, error))
    }

    fn begin(&self, credentials: Credentials, before: Option<&Session>) -> Result<Arc<Session>, Error> {
        let session = Arc::new(Session::new(credentials, self.http.clone(), before)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
        Ok(session)
    }
}
