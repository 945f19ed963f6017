//! The app id and the app key.

use std::{fmt, future::Future};

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::header::{HeaderValue, InvalidHeaderValue};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Error, Violation,
    transport::{Provider, Scrub},
};

const APP_ID: &str = "ENABLEX_APP_ID";
const APP_KEY: &str = "ENABLEX_APP_KEY";

/// A project's `APP_ID` and `APP_KEY`, from EnableX's portal, for
/// [`ClientBuilder::credentials_provider`](crate::ClientBuilder::credentials_provider).
///
/// Both are secrets: `Debug` prints neither, and they are zeroed when dropped.
///
/// ```
/// use enablex::Credentials;
///
/// let credentials = Credentials::new("5af1c0de", "app-key")?;
/// assert_eq!(format!("{credentials:?}"), "Credentials { .. }");
/// # Ok::<(), enablex::Error>(())
/// ```
#[derive(Clone)]
pub struct Credentials {
    app_id: SecretString,
    app_key: SecretString,
}

impl Credentials {
    /// The credentials, where they keep the rules: ASCII without blanks, and no colon in the app id.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where one breaks a rule.
    pub fn new(app_id: impl Into<String>, app_key: impl Into<String>) -> Result<Self, Error> {
        Unchecked::pair(app_id.into(), app_key.into()).check().map_err(Error::invalid)
    }

    /// The credentials from the environment variables `ENABLEX_APP_ID` and `ENABLEX_APP_KEY`.
    ///
    /// # Errors
    /// Those of [`new`](Self::new). Each violation names its variable.
    pub fn from_env() -> Result<Self, Error> {
        Unchecked::from_env().check().map_err(Error::invalid)
    }

    /// The recording user and password, whose rules [`Recording`](super::Recording) checks.
    pub(super) fn of_recording(user: SecretString, password: SecretString) -> Self {
        Self { app_id: user, app_key: password }
    }

    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.app_id.expose_secret() == other.app_id.expose_secret()
            && self.app_key.expose_secret() == other.app_key.expose_secret()
    }

    /// The value of the `Authorization` header (HTTP Basic).
    pub(crate) fn authorization(&self) -> Result<HeaderValue, InvalidHeaderValue> {
        let [id, key] = [&self.app_id, &self.app_key].map(ExposeSecret::expose_secret);
        let pair = SecretString::from(format!("{id}:{key}"));
        let encoded = SecretString::from(BASE64_STANDARD.encode(pair.expose_secret()));
        let header = SecretString::from(format!("Basic {}", encoded.expose_secret()));
        HeaderValue::from_str(header.expose_secret())
    }

    pub(crate) fn scrub(&self) -> Scrub {
        Scrub::new(self.app_id.expose_secret(), self.app_key.expose_secret())
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// The source of a client's credentials.
pub(super) enum Source {
    Pair(Unchecked),
    Provider(Provider),
}

impl Source {
    pub fn provider<F, T, E>(provider: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<Credentials, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::Provider(Box::new(move || {
            let credentials = provider();
            Box::pin(async move { credentials.await.map_err(Into::into) })
        }))
    }

    /// Checks a pair that was given. Where it breaks a rule, adds to `violations` and returns `None`.
    pub fn checked(self, violations: &mut Vec<Violation>) -> Option<Checked> {
        match self {
            Self::Pair(unchecked) => {
                let pair = unchecked.check().map_err(|mut broken| violations.append(&mut broken));
                pair.ok().map(Checked::Pair)
            }
            Self::Provider(provider) => Some(Checked::Provider(provider)),
        }
    }
}

/// A source whose pair, if it holds one, keeps the rules.
pub(super) enum Checked {
    Pair(Credentials),
    Provider(Provider),
}

/// An app id and an app key that were not checked yet.
pub(super) struct Unchecked {
    app_id: Field,
    app_key: Field,
}

impl Unchecked {
    pub fn pair(app_id: String, app_key: String) -> Self {
        Self { app_id: Field::given("app_id", app_id), app_key: Field::given("app_key", app_key) }
    }

    pub fn missing() -> Self {
        Self { app_id: Field::missing("app_id"), app_key: Field::missing("app_key") }
    }

    pub fn from_env() -> Self {
        Self { app_id: Field::from_env(APP_ID), app_key: Field::from_env(APP_KEY) }
    }

    pub fn check(self) -> Result<Credentials, Vec<Violation>> {
        // HTTP Basic separates the two by the first colon.
        match (self.app_id.check(false), self.app_key.check(true)) {
            (Ok(app_id), Ok(app_key)) => Ok(Credentials { app_id, app_key }),
            (app_id, app_key) => Err([app_id.err(), app_key.err()].into_iter().flatten().collect()),
        }
    }
}

/// One of the two: the name that violations give it, and its value if there is one.
struct Field {
    name: &'static str,
    value: Option<SecretString>,
    unreadable: bool,
}

impl Field {
    fn given(name: &'static str, value: String) -> Self {
        Self { name, value: Some(value.into()), unreadable: false }
    }

    fn missing(name: &'static str) -> Self {
        Self { name, value: None, unreadable: false }
    }

    fn from_env(name: &'static str) -> Self {
        match std::env::var(name) {
            Ok(value) => Self::given(name, value),
            Err(error) => {
                Self { unreadable: matches!(error, std::env::VarError::NotUnicode(_)), ..Self::missing(name) }
            }
        }
    }

    /// The value, or the rule that it breaks. The value is never part of the violation.
    fn check(self, colon_allowed: bool) -> Result<SecretString, Violation> {
        let broken = |rule| Err(Violation::new(self.name, rule, None));
        let Some(value) = self.value else {
            return broken(if self.unreadable { "must be ASCII" } else { "must be set" });
        };
        let text = value.expose_secret();
        if text.is_empty() {
            broken("must not be empty")
        } else if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            broken("must have no blank, line break or control character")
        } else if !text.is_ascii() {
            broken("must be ASCII")
        } else if !colon_allowed && text.contains(':') {
            broken("must have no colon")
        } else {
            Ok(value)
        }
    }
}
