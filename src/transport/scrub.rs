//! Taking the credentials out of text that came from outside.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use secrecy::{ExposeSecret, SecretString};

use crate::error::clip;

mod spelling;

use spelling::Notation;

const REDACTED: &str = "[redacted]";

/// Knows the app key, alone and as HTTP Basic sends it, in the spellings in which a service or a proxy
/// echoes one: plain and in base64 of both alphabets, and each of them URL-encoded, or escaped as in
/// JSON and HTML.
pub(crate) struct Scrub(Vec<SecretString>);

impl Scrub {
    pub fn new(app_id: &str, app_key: &str) -> Self {
        let pair = format!("{app_id}:{app_key}");
        let encoded = [app_key, &pair]
            .map(|secret| [BASE64_STANDARD_NO_PAD.encode(secret), BASE64_URL_SAFE_NO_PAD.encode(secret)]);
        let secrets = std::iter::once(app_key.to_owned()).chain(encoded.into_iter().flatten());
        Self(secrets.map(Into::into).collect())
    }

    /// Knows secrets that are no key, as they are.
    pub fn of(secrets: impl IntoIterator<Item = String>) -> Self {
        Self(secrets.into_iter().filter(|secret| !secret.is_empty()).map(Into::into).collect())
    }

    /// Knows the keys of both.
    pub fn and(mut self, mut other: Self) -> Self {
        self.0.append(&mut other.0);
        self
    }

    /// At most `longest` characters of the text, in one line and without the app key. One that is
    /// cut off at the end of the text is taken out, too.
    pub fn text(&self, text: &str, longest: usize) -> String {
        let mut clean = String::new();
        let mut rest = text;
        let mut length = 0;
        // One more, so that it shows that there was more.
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
