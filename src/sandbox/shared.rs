//! The state that all connections share.

use std::{
    net::SocketAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    auth::{Auth, Recording},
    check::Checks,
    clock::Clock,
    query::LastDay,
    store::Store,
};

pub(super) struct Shared {
    pub checks: &'static Checks,
    pub auth: Auth,
    pub recording: Recording,
    /// The address by which this machine reaches the sandbox.
    pub address: SocketAddr,
    pub last_day: LastDay,
    store: Mutex<Store>,
}

impl Shared {
    pub fn new(
        checks: &'static Checks,
        auth: Auth,
        recording: Recording,
        address: SocketAddr,
        clock: Clock,
        last_day: LastDay,
    ) -> Self {
        let store = Mutex::new(Store::new(auth.app_id().to_owned(), clock));
        Self { checks, auth, recording, address, last_day, store }
    }

    /// Locks the store.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
