//! One connection pool for each Tokio runtime.

use std::{
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use tokio::{
    runtime::{Handle, Id},
    task::AbortHandle,
};

use super::HttpSettings;
use crate::Error;

/// How many runtimes may have a pool at once. One more replaces any other, which gets a new pool when it
/// is used again.
const MAX_POOLS: usize = 128;

/// An HTTP client for each runtime. A connection is driven by a task of the runtime that opened it, and
/// does not make progress in another one.
pub(crate) struct Pools {
    settings: Arc<HttpSettings>,
    pools: RwLock<State>,
}

struct State {
    /// Built to check the settings, and used for the first runtime.
    spare: Option<Arc<Connections>>,
    pools: Vec<Pool>,
}

struct Pool {
    runtime: Id,
    /// A task that ends with the runtime: a later runtime may have the same id.
    alive: AbortHandle,
    connections: Arc<Connections>,
}

/// The connections of one runtime.
pub(crate) struct Connections {
    pub http: reqwest::Client,
    created: Instant,
    /// When a response was last read, in milliseconds since `created`.
    last_used: AtomicU64,
}

/// Servers close idle connections after a longer time.
const FRESH: Duration = Duration::from_millis(5);

impl Connections {
    fn new(settings: &HttpSettings) -> Result<Arc<Self>, Error> {
        let http = settings.build()?;
        Ok(Arc::new(Self { http, created: Instant::now(), last_used: AtomicU64::new(0) }))
    }

    /// Lets connections notice that the server has closed them, so that none of those is used for the next
    /// request. One that may be retried goes without where a response was read just now: hardly any connection
    /// was closed since.
    pub async fn settle(&self, may_retry: bool) {
        let last_used = self.created + Duration::from_millis(self.last_used.load(Relaxed));
        if !may_retry || last_used.elapsed() >= FRESH {
            tokio::task::yield_now().await;
        }
    }

    /// A response was read.
    pub fn used(&self) {
        let since = self.created.elapsed().as_millis();
        self.last_used.store(u64::try_from(since).unwrap_or(u64::MAX), Relaxed);
    }
}

/// The current runtime.
pub(crate) fn runtime() -> Result<Handle, Error> {
    Handle::try_current().map_err(|error| Error::setup("a call needs a Tokio runtime", error))
}

impl Pools {
    pub fn new(settings: Arc<HttpSettings>) -> Result<Self, Error> {
        let spare = Some(Connections::new(&settings)?);
        Ok(Self { settings, pools: RwLock::new(State { spare, pools: Vec::new() }) })
    }

    /// Whether the caller has changed the HTTP client, which may have a timeout and headers then.
    pub fn is_configured(&self) -> bool {
        self.settings.shape.is_some()
    }

    /// The connections of the current runtime.
    pub fn connections(&self) -> Result<Arc<Connections>, Error> {
        let runtime = runtime()?;
        let id = runtime.id();
        if let Some(connections) = self.pools.read().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(connections);
        }
        let mut state = self.pools.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(connections) = state.get(id) {
            return Ok(connections);
        }
        state.pools.retain(|pool| !pool.alive.is_finished());
        if state.pools.len() >= MAX_POOLS {
            let any = fastrand::usize(..MAX_POOLS);
            state.pools.swap_remove(any);
        }
        let connections = state.spare.take().map_or_else(|| Connections::new(&self.settings), Ok)?;
        let alive = runtime.spawn(std::future::pending::<()>()).abort_handle();
        state.pools.push(Pool { runtime: id, alive, connections: connections.clone() });
        Ok(connections)
    }
}

impl State {
    fn get(&self, runtime: Id) -> Option<Arc<Connections>> {
        let pool = self.pools.iter().find(|pool| pool.runtime == runtime && !pool.alive.is_finished());
        pool.map(|pool| pool.connections.clone())
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.alive.abort();
    }
}
