//! Who may call.

use std::sync::{PoisonError, RwLock};

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{HeaderMap, header::AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};

use super::refusal::Refusal;
use crate::{Credentials, Error};

/// The one pair of credentials that is taken.
pub(super) struct Auth {
    app_id: String,
    app_key: RwLock<SecretString>,
}

impl Auth {
    /// Refuses what no client could send.
    pub fn new(app_id: String, app_key: SecretString) -> Result<Self, Error> {
        Credentials::new(&app_id, app_key.expose_secret())?;
        Ok(Self { app_id, app_key: RwLock::new(app_key) })
    }

    pub fn app_id(&self) -> &str {
        &self.app_id
    }

    pub fn app_key(&self) -> SecretString {
        self.app_key.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_app_key(&self, app_key: SecretString) -> Result<(), Error> {
        Credentials::new(&self.app_id, app_key.expose_secret())?;
        *self.app_key.write().unwrap_or_else(PoisonError::into_inner) = app_key;
        Ok(())
    }

    /// HTTP Basic to the letter: EnableX refuses stray blanks and a bad encoding.
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let mut given = headers.get_all(AUTHORIZATION).iter();
        let (Some(header), None) = (given.next(), given.next()) else {
            return Err(Refusal::unauthorized());
        };
        let pair = header
            .to_str()
            .ok()
            .and_then(|header| header.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
            .and_then(|(_, encoded)| BASE64_STANDARD.decode(encoded).ok());
        let taken = SecretString::from(format!("{}:{}", self.app_id, self.app_key().expose_secret()));
        match pair {
            Some(pair) if pair == taken.expose_secret().as_bytes() => Ok(()),
            _ => Err(Refusal::unauthorized()),
        }
    }
}
