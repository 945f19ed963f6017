//! Taking the credentials out of text that came from outside.

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use secrecy::{ExposeSecret, SecretString};

use crate::error::clip;

const REDACTED: &str = "[redacted]";

/// Shorter secrets are not looked for: they would be found in any text.
const SHORTEST: usize = 4;

/// Knows the credentials in every spelling in which a service or a proxy may echo them.
pub(crate) struct Scrub(Vec<SecretString>);

impl Scrub {
    pub fn new(app_id: &str, app_key: &str) -> Self {
        let spellings = [
            app_key.to_owned(),
            BASE64_STANDARD_NO_PAD.encode(format!("{app_id}:{app_key}")),
            BASE64_STANDARD_NO_PAD.encode(app_key),
            url_encoded(app_key, false),
            url_encoded(app_key, true),
        ];
        Self(spellings.into_iter().filter(|s| s.len() >= SHORTEST).map(Into::into).collect())
    }

    /// At most `longest` characters of the text, without the credentials.
    pub fn text(&self, text: &str, longest: usize) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            text = text.replace(secret.expose_secret(), REDACTED);
        }
        clip(&text, longest)
    }
}

fn url_encoded(text: &str, lower: bool) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ if lower => format!("%{byte:02x}"),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
