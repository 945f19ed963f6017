//! Who may call.

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{HeaderMap, header::AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};

use super::refusal::Refusal;

/// The one pair of credentials that is taken.
pub(super) struct Auth(SecretString);

impl Auth {
    pub fn new(app_id: &str, app_key: &str) -> Self {
        Self(format!("{app_id}:{app_key}").into())
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
        match pair {
            Some(pair) if pair == self.0.expose_secret().as_bytes() => Ok(()),
            _ => Err(Refusal::unauthorized()),
        }
    }
}
