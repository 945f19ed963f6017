//! HTTP Basic authentication.

use base64::{Engine, prelude::BASE64_STANDARD};
use http::HeaderMap;
use secrecy::{ExposeSecret, SecretString};

use crate::basic;

/// Whether the headers hold exactly these credentials. Like EnableX, this refuses extra blanks and a bad
/// encoding.
pub(super) fn matches(headers: &HeaderMap, user: &str, password: &SecretString) -> bool {
    let pair = basic::encoded(headers).and_then(|encoded| BASE64_STANDARD.decode(encoded).ok());
    let accepted = SecretString::from(format!("{user}:{}", password.expose_secret()));
    pair.is_some_and(|pair| pair == accepted.expose_secret().as_bytes())
}
