//! One connection pool for each Tokio runtime.

use std::sync::{Arc, PoisonError, RwLock};

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
    spare: Option<reqwest::Client>,
    pools: Vec<Pool>,
}

struct Pool {
    runtime: Id,
    /// A task that ends with the runtime: a later runtime may have the same id.
    alive: AbortHandle,
    http: reqwest::Client,
}

/// The current runtime.
pub(crate) fn runtime() -> Result<Handle, Error> {
    Handle::try_current().map_err(|error| Error::setup("a call needs a Tokio runtime", error))
}

impl Pools {
    pub fn new(settings: Arc<HttpSettings>) -> Result<Self, Error> {
        let spare = Some(settings.build()?);
        Ok(Self { settings, pools: RwLock::new(State { spare, pools: Vec::new() }) })
    }

    /// The HTTP client of the current runtime.
    pub fn http(&self) -> Result<reqwest::Client, Error> {
        let runtime = runtime()?;
        let id = runtime.id();
        if let Some(http) = self.pools.read().unwrap_or_else(PoisonError::into_inner).get(id) {
            return Ok(http);
        }
        let mut state = self.pools.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(http) = state.get(id) {
            return Ok(http);
        }
        state.pools.retain(|pool| !pool.alive.is_finished());
        if state.pools.len() >= MAX_POOLS {
            let any = fastrand::usize(..MAX_POOLS);
            state.pools.swap_remove(any);
        }
        let http = state.spare.take().map_or_else(|| self.settings.build(), Ok)?;
        let alive = runtime.spawn(std::future::pending::<()>()).abort_handle();
        state.pools.push(Pool { runtime: id, alive, http: http.clone() });
        Ok(http)
    }
}

impl State {
    fn get(&self, runtime: Id) -> Option<reqwest::Client> {
        let pool = self.pools.iter().find(|pool| pool.runtime == runtime && !pool.alive.is_finished());
        pool.map(|pool| pool.http.clone())
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.alive.abort();
    }
}
