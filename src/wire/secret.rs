//! The secrets of responses.

use std::fmt;

use secrecy::zeroize::Zeroize;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

const REDACTED: &str = "[redacted]";
/// The keys of the API whose values are secrets.
const KEYS: [&str; 3] = ["app_key", "password", "token"];

/// Calls `found` with the text under every key of a secret, at any depth.
pub(crate) fn secrets_in(object: &mut Map<String, Value>, found: &mut impl FnMut(&mut String)) {
    for (key, value) in object {
        match value {
            Value::String(secret) if KEYS.contains(&key.as_str()) => found(secret),
            value => secrets_below(value, found),
        }
    }
}

fn secrets_below(value: &mut Value, found: &mut impl FnMut(&mut String)) {
    match value {
        Value::Object(object) => secrets_in(object, found),
        Value::Array(list) => list.iter_mut().for_each(|value| secrets_below(value, found)),
        _ => {}
    }
}

/// Redacts the secrets.
pub(crate) fn redact(value: &mut Value) {
    secrets_below(value, &mut |secret| *secret = REDACTED.into());
}

/// A secret of a response: redacted in `Debug` and `Serialize`, zeroed on drop.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The secret as text.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self(secret.into())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let secret = match Value::deserialize(deserializer)? {
            Value::String(text) => text,
            other => other.to_string(),
        };
        Ok(secret.into())
    }
}

/// The `token` of a response. Nothing is coerced: only a string that is not blank is a token.
#[derive(Clone)]
pub struct TokenField(Option<SecretString>);

impl TokenField {
    pub(crate) fn into_secret(self) -> Option<SecretString> {
        self.0
    }
}

impl<'de> Deserialize<'de> for TokenField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(deserializer)? {
            Value::String(token) if !token.trim().is_empty() => Some(token.into()),
            Value::String(mut blank) => {
                blank.zeroize();
                None
            }
            _ => None,
        }))
    }
}

macro_rules! redacted {
    ($($type:ty),*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(REDACTED)
            }
        }
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(REDACTED)
            }
        }
        #[cfg(feature = "schemars")]
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> std::borrow::Cow<'static, str> {
                "Secret".into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string"})
            }
        }
    )*};
}

redacted!(Secret, TokenField);
