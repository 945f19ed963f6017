//! What the connections have in common.

use std::{
    net::SocketAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{auth::Auth, check::Checks, store::Store};

/// What all connections share.
pub(super) struct Shared {
    pub checks: &'static Checks,
    pub auth: Auth,
    store: Mutex<Store>,
}

impl Shared {
    pub fn new(checks: &'static Checks, auth: Auth, address: SocketAddr) -> Self {
        Self { checks, auth, store: Mutex::new(Store::new(address)) }
    }

    /// The state, for one step.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
