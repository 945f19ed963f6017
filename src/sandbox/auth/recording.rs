//! Who may fetch recorded files.

use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};

use super::basic;
use crate::{Credentials, Error, Violation};

/// The recording user and password.
pub(in crate::sandbox) struct Recording {
    user: String,
    password: SecretString,
}

impl Recording {
    /// Refuses what no client could send.
    pub fn new(user: String, password: SecretString) -> Result<Self, Error> {
        Credentials::new(&user, password.expose_secret()).map_err(|error| renamed(&error))?;
        Ok(Self { user, password })
    }

    pub fn user(&self) -> &str {
        &self.user
    }

    pub fn password(&self) -> &SecretString {
        &self.password
    }

    pub fn takes(&self, headers: &HeaderMap) -> bool {
        basic::holds(headers, &self.user, &self.password)
    }
}

/// The rules are those of id and key; the names are not.
fn renamed(error: &Error) -> Error {
    let renamed = error.violations().iter().map(|violation| {
        let field = if violation.field() == "app_id" { "recording_user" } else { "recording_password" };
        Violation::new(field, violation.rule().to_owned(), violation.value())
    });
    Error::invalid(renamed.collect())
}
