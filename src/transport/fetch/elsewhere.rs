//! HTTP clients for hosts that were not named.

use std::sync::{Arc, OnceLock};

use crate::{
    Error,
    transport::{HttpSettings, Pools},
};

/// HTTP clients without credentials, for the targets of redirects. Each is built when it is first
/// needed: https fails on a system without CA certificates, and most files need neither.
pub(crate) struct Elsewhere {
    settings: Box<dyn Fn(bool) -> Result<Arc<HttpSettings>, Error> + Send + Sync>,
    plain: OnceLock<Pools>,
    secure: OnceLock<Pools>,
}

impl Elsewhere {
    /// `settings` are those for plain http (`true`) or https.
    pub fn new(settings: impl Fn(bool) -> Result<Arc<HttpSettings>, Error> + Send + Sync + 'static) -> Self {
        Self { settings: Box::new(settings), plain: OnceLock::new(), secure: OnceLock::new() }
    }

    pub fn http(&self, plain: bool) -> Result<reqwest::Client, Error> {
        let built = if plain { &self.plain } else { &self.secure };
        let connections = match built.get() {
            Some(pools) => pools.connections(),
            None => {
                let pools = Pools::new((self.settings)(plain)?)?;
                built.get_or_init(|| pools).connections()
            }
        };
        Ok(connections?.http.clone())
    }
}
