//! Between the facade and the bindings: one way for every call.

use std::{fmt, sync::Arc, time::Duration};

use crate::{CallOptions, RetryPolicy, Violation, bindings, clock::Time, retry::Budget};

mod call;
mod decode;
#[cfg(feature = "drift")]
mod drift;
#[cfg(not(feature = "drift"))]
#[path = "transport/no_drift.rs"]
mod drift;
mod encoding;
mod envelope;
mod fetch;
#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod hook;
mod http_client;
mod limits;
mod named_host;
pub(crate) mod operations;
mod outcome;
mod pools;
mod proxy;
pub(crate) mod report;
mod scrub;
mod sessions;
#[cfg(feature = "tracing")]
mod trace;
#[cfg(not(feature = "tracing"))]
#[path = "transport/no_trace.rs"]
mod trace;

pub(crate) use drift::Watch;
pub use fetch::Progress;
pub(crate) use fetch::{Download, Elsewhere, FileAccess, Sink};
pub use hook::Wire;
pub(crate) use http_client::{HttpSettings, Shape, certificates, tls};
pub(crate) use limits::Limits;
pub(crate) use named_host::NamedHost;
pub(crate) use pools::{Pools, runtime};
pub(crate) use proxy::proxy_violation;
pub(crate) use scrub::Scrub;
pub(crate) use sessions::{Provider, Sessions};
pub(crate) use trace::Server;

/// What every call of one client shares.
pub(crate) struct Transport {
    pub bindings: bindings::Client,
    pub sessions: Arc<Sessions>,
    /// Where the caller has given recording credentials.
    pub files: Option<FileAccess>,
    /// Where plain http is permitted though it is not loopback.
    pub plain_hosts: Vec<NamedHost>,
    pub server: Server,
    pub watch: Watch,
    pub attempt_timeout: Duration,
    /// Of a whole call.
    pub timeout: Duration,
    pub retry: RetryPolicy,
    pub budget: Budget,
    pub limits: Limits,
    pub time: Time,
    /// The random part of a backoff, from 0 to 1.
    pub jitter: Box<dyn Fn() -> f64 + Send + Sync>,
}

impl Transport {
    /// Before a call: empties the place for its answer, and tells what is wrong with its options.
    pub fn prepare(&self, options: &CallOptions) -> Vec<Violation> {
        options.keep(|| None);
        options.violations(self.attempt_timeout, self.timeout)
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("base_url", &self.bindings.baseurl).finish_non_exhaustive()
    }
}
