//! The connections of a client, apart for each runtime.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::{
    runtime::{Handle, Id},
    task::AbortHandle,
};

use super::HttpSettings;
use crate::Error;

/// How many runtimes may have connections at once. One more takes the place of any other, which connects
/// anew when it comes back.
const MOST: usize = 128;

/// A connection is driven by a task of the runtime that opened it, and stands still with that runtime. So
/// every runtime has an HTTP client, and with it a connection pool, of its own.
pub(crate) struct Pools {
    settings: Arc<HttpSettings>,
    pools: RwLock<State>,
}

struct State {
    /// Built when the settings were checked, for the first runtime that asks.
    spare: Option<reqwest::Client>,
    pools: Vec<Pool>,
}

struct Pool {
    runtime: Id,
    /// A task that ends with the runtime, and so tells it from a later one with the same id.
    alive: AbortHandle,
    http: reqwest::Client,
}

/// The runtime that runs this.
pub(crate) fn runtime() -> Result<Handle, Error> {
    Handle::try_current().map_err(|error| Error::setup("a call needs a Tokio runtime", error))
}

impl Pools {
    pub fn new(settings: Arc<HttpSettings>) -> Result<Self, Error> {
        let spare = Some(settings.build()?);
        Ok(Self { settings, pools: RwLock::new(State { spare, pools: Vec::new() }) })
    }

    /// The HTTP client of the runtime that runs this.
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
        if state.pools.len() >= MOST {
            let any = fastrand::usize(..MOST);
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
