//! From the facade to the bindings: the loop, its attempts and what they are made with.

use std::{fmt, sync::Arc, time::Duration};

use crate::{CallOptions, RetryPolicy, Violation, bindings, clock::Time, retry::Budget, rooms::Searches};

mod attempt;
mod authorized;
mod call;
mod classify;
mod decode;
#[cfg(feature = "drift")]
mod drift;
mod encoding;
mod envelope;
mod fetch;
#[cfg(enablex_fuzzing)]
#[path = "../fuzz/targets/transport.rs"]
pub(crate) mod fuzzing;
mod hook;
mod http_client;
mod limits;
mod named_host;
mod observe;
pub(crate) mod operations;
mod pools;
mod proxy;
pub(crate) mod report;
mod response;
mod retry_state;
mod scrub;
mod server;
mod trace;

pub(crate) use authorized::{AuthorizedClients, Provider};
#[cfg(feature = "drift")]
pub(crate) use envelope::FailureBody;
pub use fetch::Progress;
pub(crate) use fetch::{Download, Elsewhere, FileAccess, Sink};
pub use hook::HookState;
pub(crate) use hook::{decode, url};
pub(crate) use http_client::{HttpSettings, Shape, certificates, tls};
pub(crate) use limits::Limits;
pub(crate) use named_host::NamedHost;
pub(crate) use observe::Observe;
pub(crate) use operations::Operation;
pub(crate) use pools::{Pools, runtime};
pub(crate) use proxy::proxy_violation;
pub(crate) use scrub::Scrub;
pub(crate) use server::Server;

/// What all calls of a client share.
pub(crate) struct Transport {
    /// For direct calls; an attempt of the loop has one of its own.
    pub bindings: bindings::Client,
    pub clients: Arc<AuthorizedClients>,
    /// With the recording credentials, if the caller has given any.
    pub files: Option<FileAccess>,
    /// Hosts other than loopback that may be called over plain http.
    pub plain_hosts: Vec<NamedHost>,
    pub server: Arc<Server>,
    pub observer: Option<Arc<dyn Observe>>,
    /// How many bytes the body of a response may have.
    pub body_cap: usize,
    pub attempt_timeout: Duration,
    /// Of a whole call.
    pub timeout: Duration,
    pub retry: RetryPolicy,
    pub budget: Budget,
    pub limits: Limits,
    pub searches: Searches,
    pub time: Time,
    /// The random factor of a backoff, from 0 to 1.
    pub jitter: Box<dyn Fn() -> f64 + Send + Sync>,
}

impl Transport {
    /// Checks the options of a call that begins, and empties the slot for its response.
    pub fn validate_options(&self, options: &CallOptions) -> Vec<Violation> {
        options.keep(|| None);
        options.violations(self.attempt_timeout, self.timeout)
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("base_url", &self.bindings.baseurl).finish_non_exhaustive()
    }
}
