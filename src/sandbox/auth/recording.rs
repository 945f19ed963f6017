//! The credentials for recorded files.

use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};

use super::basic;
use crate::{Credentials, Error};

pub(in crate::sandbox) struct Recording {
    user: String,
    password: SecretString,
}

impl Recording {
    /// Fails for credentials that no client could send.
    pub fn new(user: String, password: SecretString) -> Result<Self, Error> {
        Credentials::new(&user, password.expose_secret()).map_err(renamed)?;
        Ok(Self { user, password })
    }

    pub fn user(&self) -> &str {
        &self.user
    }

    pub fn password(&self) -> &SecretString {
        &self.password
    }

    pub fn accepts(&self, headers: &HeaderMap) -> bool {
        basic::matches(headers, &self.user, &self.password)
    }
}

/// The rules are those of `APP_ID` and `APP_KEY`; the names of the fields differ.
fn renamed(error: Error) -> Error {
    let renamed = error.into_violations().into_iter().map(|violation| {
        let is_user = violation.field() == "app_id";
        violation.of_field(if is_user { "recording_user" } else { "recording_password" })
    });
    Error::invalid(renamed.collect())
}
