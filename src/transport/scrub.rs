//! Redacts credentials in text from outside.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use secrecy::{ExposeSecret, SecretString};

use crate::error::clip;

mod spelling;

use spelling::Notation;

const REDACTED: &str = "[redacted]";

/// Secrets to redact: the app key, alone and as HTTP Basic sends it, plain and in base64 of both
/// alphabets. Each is found URL-encoded and escaped as in JSON and HTML, too, as services and proxies
/// echo it.
pub(crate) struct Scrub(Vec<SecretString>);

impl Scrub {
    pub fn new(app_id: &str, app_key: &str) -> Self {
        let pair = format!("{app_id}:{app_key}");
        let encoded = [app_key, &pair]
            .map(|secret| [BASE64_STANDARD_NO_PAD.encode(secret), BASE64_URL_SAFE_NO_PAD.encode(secret)]);
        let secrets = std::iter::once(app_key.to_owned()).chain(encoded.into_iter().flatten());
        Self(secrets.map(Into::into).collect())
    }

    /// Redacts these secrets, plain.
    pub fn of(secrets: impl IntoIterator<Item = String>) -> Self {
        Self(secrets.into_iter().filter(|secret| !secret.is_empty()).map(Into::into).collect())
    }

    /// Redacts the secrets of both.
    pub fn and(mut self, mut other: Self) -> Self {
        self.0.append(&mut other.0);
        self
    }

    /// At most `longest` characters of the text, in one line and redacted. A secret that is cut off at
    /// the end of the text is redacted, too.
    pub fn text(&self, text: &str, longest: usize) -> String {
        let mut clean = String::new();
        let mut rest = text;
        let mut length = 0;
        // One more, so that `clip` marks a longer text.
        while length <= longest
            && let Some(next) = rest.chars().next()
        {
            match self.0.iter().filter_map(|secret| Notation::length(rest, secret.expose_secret())).max() {
                Some(spelled) => {
                    clean.push_str(REDACTED);
                    length += REDACTED.len();
                    rest = &rest[spelled..];
                }
                None => {
                    clean.push(if next.is_control() { ' ' } else { next });
                    length += 1;
                    rest = &rest[next.len_utf8()..];
                }
            }
        }
        clip(&clean, longest)
    }
}
