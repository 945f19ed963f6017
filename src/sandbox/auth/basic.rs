//! HTTP Basic authentication.

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{HeaderMap, header::AUTHORIZATION};
use secrecy::{ExposeSecret, SecretString};

/// Whether the headers hold exactly these credentials. Like EnableX, this refuses extra blanks and a bad
/// encoding.
pub(super) fn matches(headers: &HeaderMap, user: &str, password: &SecretString) -> bool {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let (Some(header), None) = (given.next(), given.next()) else { return false };
    let pair = header
        .to_str()
        .ok()
        .and_then(|header| header.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic"))
        .and_then(|(_, encoded)| BASE64_STANDARD.decode(encoded).ok());
    let accepted = SecretString::from(format!("{user}:{}", password.expose_secret()));
    pair.is_some_and(|pair| pair == accepted.expose_secret().as_bytes())
}
