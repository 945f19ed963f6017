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

use super::{HttpSettings, Scrub};
use crate::{Credentials, Error, ErrorKind, error::Parts};

/// Gives the credentials that hold now.
pub(crate) type Provider = Box<
    dyn Fn() -> Pin<Box<dyn Future<Output = Result<Credentials, Box<dyn StdError + Send + Sync>>> + Send>>
        + Send
        + Sync,
>;

/// One pair of credentials with an HTTP client, and so a connection pool, of its own.
pub(crate) struct Session {
    pub http: reqwest::Client,
    /// Prepared once, and marked sensitive.
    pub authorization: HeaderValue,
    pub scrub: Scrub,
    credentials: Credentials,
}

impl Session {
    /// `before` is the pair that this one replaces, whose key is still to be found in answers.
    fn new(credentials: Credentials, http: reqwest::Client, before: Option<&Self>) -> Result<Self, Error> {
        let mut authorization = credentials
            .authorization()
            .map_err(|error| Error::setup("the credentials make no header", error))?;
        authorization.set_sensitive(true);
        let mut scrub = credentials.scrub();
        if let Some(before) = before {
            scrub = scrub.and(before.credentials.scrub());
        }
        Ok(Self { http, authorization, scrub, credentials })
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
    http: HttpSettings,
    current: RwLock<Option<Arc<Session>>>,
    /// How often the provider was asked; one asks at a time.
    asked: AtomicU64,
    asking: Mutex<()>,
}

impl Sessions {
    pub fn fixed(credentials: Credentials, http: reqwest::Client) -> Result<Self, Error> {
        Session::new(credentials, http, None).map(|session| Self::Fixed(Arc::new(session)))
    }

    pub fn provided(provider: Provider, http: HttpSettings) -> Self {
        let (current, asked, asking) = Default::default();
        Self::Provided(Box::new(Provided { provider, http, current, asked, asking }))
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

impl Provided {
    fn current(&self) -> Option<Arc<Session>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn get(&self) -> Result<Arc<Session>, Error> {
        if let Some(session) = self.current() {
            return Ok(session);
        }
        let _asking = self.asking.lock().await;
        match self.current() {
            Some(session) => Ok(session),
            None => self.begin(self.ask().await?, None),
        }
    }

    async fn renewed(&self, refused: &Arc<Session>) -> Result<Arc<Session>, Error> {
        let no_other = || Error::from(Parts::new(ErrorKind::Setup, "the provider has no other credentials"));
        let asked = self.asked.load(SeqCst);
        let _asking = self.asking.lock().await;
        match self.current() {
            Some(session) if !Arc::ptr_eq(&session, refused) => return Ok(session),
            // Calls that were refused together ask it once.
            _ if self.asked.load(SeqCst) != asked => return Err(no_other()),
            _ => {}
        }
        let credentials = self.ask().await?;
        if credentials.is_same(&refused.credentials) {
            return Err(no_other());
        }
        self.begin(credentials, Some(refused))
    }

    async fn ask(&self) -> Result<Credentials, Error> {
        let given = (self.provider)().await;
        self.asked.fetch_add(1, SeqCst);
        given.map_err(|error| Error::setup("the provider gave no credentials", error))
    }

    fn begin(&self, credentials: Credentials, before: Option<&Session>) -> Result<Arc<Session>, Error> {
        let session = Arc::new(Session::new(credentials, self.http.build()?, before)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(session.clone());
        Ok(session)
    }
}
