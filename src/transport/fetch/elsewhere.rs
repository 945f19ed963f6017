//! Connections to hosts that were not named.

use std::sync::OnceLock;

use crate::{Error, transport::HttpSettings};

/// HTTP clients that carry no credentials, for where redirects lead. Each is built when it is needed
/// first: https cannot be where there are no CA certificates, and most files need none.
pub(crate) struct Elsewhere {
    settings: Box<dyn Fn(bool) -> Result<HttpSettings, Error> + Send + Sync>,
    plain: OnceLock<reqwest::Client>,
    secure: OnceLock<reqwest::Client>,
}

impl Elsewhere {
    /// From settings for plain http or not.
    pub fn new(settings: impl Fn(bool) -> Result<HttpSettings, Error> + Send + Sync + 'static) -> Self {
        Self { settings: Box::new(settings), plain: OnceLock::new(), secure: OnceLock::new() }
    }

    pub fn http(&self, plain: bool) -> Result<reqwest::Client, Error> {
        let built = if plain { &self.plain } else { &self.secure };
        match built.get() {
            Some(http) => Ok(http.clone()),
            None => {
                let http = (self.settings)(plain)?.build()?;
                Ok(built.get_or_init(|| http).clone())
            }
        }
    }
}
