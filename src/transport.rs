//! Between the facade and the bindings: one way for every call.

use std::{fmt, time::Duration};

use crate::bindings;

mod call;
mod decode;
mod envelope;
mod hook;
mod http_client;
pub(crate) mod operations;
mod outcome;
mod scrub;

pub use hook::Wire;
pub(crate) use http_client::{HttpSettings, Shape, certificates};
pub(crate) use scrub::Scrub;

/// What every call of one client shares.
pub(crate) struct Transport {
    pub bindings: bindings::Client,
    /// Of a whole call.
    pub deadline: Duration,
    pub scrub: Scrub,
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").field("base_url", &self.bindings.baseurl).finish_non_exhaustive()
    }
}
