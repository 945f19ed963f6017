//! App id and app key.

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

use crate::{Violation, transport::Scrub};

/// The two, as they were given.
pub(super) struct Credentials {
    pub app_id: Field,
    pub app_key: Field,
}

/// One of them: the name by which the caller knows it, and its value where there is one.
pub(super) struct Field {
    name: &'static str,
    value: Option<SecretString>,
    unreadable: bool,
}

impl Field {
    pub fn given(name: &'static str, value: String) -> Self {
        Self { name, value: Some(value.into()), unreadable: false }
    }

    pub fn missing(name: &'static str) -> Self {
        Self { name, value: None, unreadable: false }
    }

    pub fn from_env(name: &'static str) -> Self {
        match std::env::var(name) {
            Ok(value) => Self::given(name, value),
            Err(error) => {
                Self { unreadable: matches!(error, std::env::VarError::NotUnicode(_)), ..Self::missing(name) }
            }
        }
    }

    /// What is wrong with it. The value is never part of the violation.
    fn violation(&self, colon_allowed: bool) -> Option<Violation> {
        let value = self.value.as_ref().map(|value| value.expose_secret());
        let rule = match value {
            None if self.unreadable => "must be ASCII",
            None => "must be set",
            Some("") => "must not be empty",
            Some(value) if value.chars().any(|c| c.is_whitespace() || c.is_control()) => {
                "must have no blank, line break or control character"
            }
            Some(value) if !value.is_ascii() => "must be ASCII",
            Some(value) if !colon_allowed && value.contains(':') => "must have no colon",
            Some(_) => return None,
        };
        Some(Violation::new(self.name, rule, None))
    }

    fn expose(&self) -> &str {
        self.value.as_ref().map_or("", |value| value.expose_secret())
    }
}

impl Credentials {
    pub fn violations(&self) -> impl Iterator<Item = Violation> {
        // The colon parts the two in HTTP Basic, so the first can have none.
        [self.app_id.violation(false), self.app_key.violation(true)].into_iter().flatten()
    }

    /// The header of HTTP Basic.
    pub fn authorization(&self) -> Result<HeaderValue, reqwest::header::InvalidHeaderValue> {
        let pair = SecretString::from(format!("{}:{}", self.app_id.expose(), self.app_key.expose()));
        let encoded = SecretString::from(BASE64_STANDARD.encode(pair.expose_secret()));
        let header = SecretString::from(format!("Basic {}", encoded.expose_secret()));
        HeaderValue::from_str(header.expose_secret())
    }

    pub fn scrub(&self) -> Scrub {
        Scrub::new(self.app_id.expose(), self.app_key.expose())
    }
}
