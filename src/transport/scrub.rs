//! Taking the credentials out of text that came from outside.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD},
};
use secrecy::{ExposeSecret, SecretString};

use crate::error::clip;

const REDACTED: &str = "[redacted]";

/// Knows the app key, alone and as HTTP Basic sends it, in every spelling in which a service or a
/// proxy may echo it: plain, base64 of both alphabets, and either of them URL-encoded, or escaped as
/// in JSON and HTML.
pub(crate) struct Scrub(Vec<SecretString>);

impl Scrub {
    pub fn new(app_id: &str, app_key: &str) -> Self {
        let pair = format!("{app_id}:{app_key}");
        let mut spellings = vec![app_key.to_owned()];
        for secret in [app_key, &pair] {
            spellings.push(BASE64_STANDARD_NO_PAD.encode(secret));
            spellings.push(BASE64_URL_SAFE_NO_PAD.encode(secret));
        }
        let escaped: Vec<_> = spellings.iter().flat_map(|secret| escaped(secret)).collect();
        spellings.extend(escaped);
        // The longest first: a shorter one may be a part of it.
        spellings.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        spellings.dedup();
        Self(spellings.into_iter().map(Into::into).collect())
    }

    /// Knows the keys of both.
    pub fn and(mut self, mut other: Self) -> Self {
        self.0.append(&mut other.0);
        self
    }

    /// At most `longest` characters of the text, in one line and without the app key.
    pub fn text(&self, text: &str, longest: usize) -> String {
        let mut text = text.to_owned();
        for secret in &self.0 {
            if text.contains(secret.expose_secret()) {
                text = text.replace(secret.expose_secret(), REDACTED);
            }
        }
        clip(&text, longest).replace(|c: char| c.is_control(), " ")
    }
}

/// A secret as other notations write it.
fn escaped(secret: &str) -> [String; 5] {
    let json = secret.replace('\\', r"\\").replace('"', r#"\""#);
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let php = json.replace('/', r"\/");
    [url_encoded(secret, false), url_encoded(secret, true), json, php, html]
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
