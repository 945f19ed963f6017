//! The credentials that the sandbox accepts.

use std::sync::{PoisonError, RwLock};

use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};

use super::refusal::Refusal;
use crate::{Credentials, Error};

mod basic;
mod recording;

pub(super) use recording::Recording;

/// The credentials of the API.
pub(super) struct Auth {
    app_id: String,
    app_key: RwLock<SecretString>,
}

impl Auth {
    /// Fails for credentials that no client could send.
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

    pub fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        if !basic::matches(headers, &self.app_id, &self.app_key()) {
            return Err(Refusal::unauthorized());
        }
        Ok(())
    }
}
