//! Clients with credentials, and where the credentials come from.

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

use super::{HttpSettings, Pools, Scrub, pools::Connections};
use crate::{Credentials, Error};

const NO_CREDENTIALS: &str = "the provider gave no credentials";
const NO_OTHER_CREDENTIALS: &str = "the provider has no other credentials";
pub(super) const NO_CREDENTIALS_IN_TIME: &str = "the provider gave no credentials in time";

/// Returns the current credentials.
pub(crate) type Provider = Box<
    dyn Fn() -> Pin<Box<dyn Future<Output = Result<Credentials, Box<dyn StdError + Send + Sync>>> + Send>>
        + Send
        + Sync,
>;

/// An HTTP client for one pair of credentials. No other pair uses its connections.
pub(crate) struct AuthorizedClient {
    pools: Pools,
    /// The header, marked sensitive.
    pub authorization: HeaderValue,
    pub scrub: Scrub,
    credentials: Credentials,
}

impl AuthorizedClient {
    /// `before` has the pair that this one replaces: responses may still quote its key.
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

    /// The connections of the current runtime.
    pub fn connections(&self) -> Result<Arc<Connections>, Error> {
        self.pools.connections()
    }

    /// Whether the caller has changed the HTTP client, which may have a timeout and headers then.
    pub fn is_configured(&self) -> bool {
        self.pools.is_configured()
    }
}

/// The client with the current credentials, and how to get other ones.
pub(crate) enum AuthorizedClients {
    /// The credentials never change.
    Fixed(Arc<AuthorizedClient>),
    /// A provider returns the credentials.
    Provided(Box<Provided>),
}

pub(crate) struct Provided {
    provider: Provider,
    http: Arc<HttpSettings>,
    current: RwLock<Option<Arc<AuthorizedClient>>>,
    /// How often the provider was called. One call runs at a time.
    calls: AtomicU64,
    last: Mutex<LastCall>,
}

/// The last call of the provider that ended.
#[derive(Default)]
struct LastCall {
    /// Counted from 1.
    number: u64,
    failed: bool,
}

impl AuthorizedClients {
    pub fn fixed(credentials: Credentials, http: Arc<HttpSettings>) -> Result<Self, Error> {
        AuthorizedClient::new(credentials, http, None).map(|client| Self::Fixed(Arc::new(client)))
    }

    pub fn provided(provider: Provider, http: Arc<HttpSettings>) -> Self {
        let (current, calls, last) = Default::default();
        Self::Provided(Box::new(Provided { provider, http, current, calls, last }))
    }

    /// `None` if the provider was not called yet.
    pub fn current(&self) -> Option<Arc<AuthorizedClient>> {
        match self {
            Self::Fixed(client) => Some(client.clone()),
            Self::Provided(provided) => provided.current(),
        }
    }

    /// The client with the current credentials. Calls the provider if there are none yet.
    pub async fn get(&self) -> Result<Arc<AuthorizedClient>, Error> {
        match self {
            Self::Fixed(client) => Ok(client.clone()),
            Self::Provided(provided) => provided.get().await,
        }
    }

    /// A client with other credentials than the refused ones. `None` if they are fixed, an error if the
    /// provider has no others.
    pub async fn renewed(
        &self,
        refused: &Arc<AuthorizedClient>,
    ) -> Result<Option<Arc<AuthorizedClient>>, Error> {
        match self {
            Self::Fixed(_) => Ok(None),
            Self::Provided(provided) => provided.renewed(refused).await.map(Some),
        }
    }
}

impl Provided {
    fn current(&self) -> Option<Arc<AuthorizedClient>> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn get(&self) -> Result<Arc<AuthorizedClient>, Error> {
        if let Some(client) = self.current() {
            return Ok(client);
        }
        let calls = self.calls.load(SeqCst);
        let mut last = self.last.lock().await;
        match self.current() {
            Some(client) => Ok(client),
            None if last.number > calls => Err(Error::setup_failed(NO_CREDENTIALS)),
            None => self.replace(self.call_provider(&mut last).await?, None),
        }
    }

    async fn renewed(&self, refused: &Arc<AuthorizedClient>) -> Result<Arc<AuthorizedClient>, Error> {
        let calls = self.calls.load(SeqCst);
        let mut last = self.last.lock().await;
        match self.current() {
            Some(client) if !client.credentials.is_same(&refused.credentials) => return Ok(client),
            // Calls that are refused together call the provider once: a call of it that began after
            // this refusal counts for this one, too.
            _ if last.number > calls && last.failed => return Err(Error::setup_failed(NO_CREDENTIALS)),
            _ if last.number > calls => return Err(Error::setup_failed(NO_OTHER_CREDENTIALS)),
            _ => {}
        }
        let credentials = self.call_provider(&mut last).await?;
        if credentials.is_same(&refused.credentials) {
            return Err(Error::setup_failed(NO_OTHER_CREDENTIALS));
        }
        let replaced = self.replace(credentials, Some(refused));
        last.failed |= replaced.is_err();
        replaced
    }

    async fn call_provider(&self, last: &mut LastCall) -> Result<Credentials, Error> {
        let number = self.calls.fetch_add(1, SeqCst) + 1;
        let given = (self.provider)().await;
        *last = LastCall { number, failed: given.is_err() };
        given.map_err(|error| Error::setup(NO_CREDENTIALS, error))
    }

    fn replace(
        &self,
        credentials: Credentials,
        before: Option<&AuthorizedClient>,
    ) -> Result<Arc<AuthorizedClient>, Error> {
        let client = Arc::new(AuthorizedClient::new(credentials, self.http.clone(), before)?);
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(client.clone());
        Ok(client)
    }
}
