//! The state that all connections share.

#[cfg(feature = "signalling")]
use std::sync::Arc;
use std::{net::SocketAddr, sync::MutexGuard};

#[cfg(feature = "signalling")]
use super::authority::Authority;
use super::{
    auth::{Auth, Recording},
    check::Checks,
    finding::Finding,
    query::LastDay,
    store::Store,
    watched::{Guard, Watched},
};

pub(super) struct Shared {
    pub checks: &'static Checks,
    pub auth: Auth,
    pub recording: Recording,
    /// The address by which this machine reaches the sandbox.
    pub address: SocketAddr,
    pub last_day: LastDay,
    /// Whether it refuses what the document does not allow.
    pub strict: bool,
    pub finding_observer: Option<FindingObserver>,
    #[cfg(feature = "signalling")]
    pub authority: Option<Arc<Authority>>,
    pub state: Watched<Store>,
}

/// Is called with each new finding.
pub(super) type FindingObserver = Box<dyn Fn(&Finding) + Send + Sync>;

impl Shared {
    /// Locks the store.
    pub fn store(&self) -> Guard<'_, Store> {
        self.state.lock()
    }

    /// Locks the store for what is no change.
    pub fn look(&self) -> MutexGuard<'_, Store> {
        self.state.look()
    }

    /// Adds findings, and calls the observer with those that are new.
    pub fn tell(&self, findings: Vec<Finding>) {
        let new: Vec<_> = {
            let mut store = self.store();
            findings.into_iter().filter_map(|finding| store.findings.add(finding)).collect()
        };
        if let Some(observe) = &self.finding_observer {
            new.iter().for_each(observe);
        }
    }

    /// The scheme of all its addresses.
    pub fn scheme(&self) -> &'static str {
        #[cfg(feature = "signalling")]
        if self.authority.is_some() {
            return "https";
        }
        "http"
    }
}
