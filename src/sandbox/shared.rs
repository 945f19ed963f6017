//! What the connections have in common.

use std::{
    net::SocketAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    auth::{Auth, Recording},
    check::Checks,
    clock::Clock,
    store::Store,
};

/// What all connections share.
pub(super) struct Shared {
    pub checks: &'static Checks,
    pub auth: Auth,
    pub recording: Recording,
    pub address: SocketAddr,
    store: Mutex<Store>,
}

impl Shared {
    pub fn new(
        checks: &'static Checks,
        auth: Auth,
        recording: Recording,
        address: SocketAddr,
        clock: Clock,
    ) -> Self {
        let store = Mutex::new(Store::new(address, auth.app_id().to_owned(), clock));
        Self { checks, auth, recording, address, store }
    }

    /// The state, for one step.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
