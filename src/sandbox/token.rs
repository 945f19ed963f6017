//! Join tokens.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{Role, User};

/// How long a token can be used after it was issued.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// A token that was issued.
pub(super) struct Token {
    pub text: Arc<str>,
    pub room_id: String,
    pub role: Role,
    pub user: User,
    pub data: Map<String, Value>,
    pub issued_at: SystemTime,
    pub used: bool,
}

impl Token {
    pub fn expires_at(&self) -> SystemTime {
        self.issued_at + LIFETIME
    }

    pub fn is_expired(&self, now: SystemTime) -> bool {
        now.duration_since(self.issued_at).is_ok_and(|age| age >= LIFETIME)
    }
}

/// The response of `createToken`. The type of the bindings redacts the token when it is serialized; this one
/// does not.
#[derive(Serialize)]
pub(super) struct IssuedToken {
    result: i64,
    token: String,
}

impl From<&str> for IssuedToken {
    fn from(token: &str) -> Self {
        Self { result: 0, token: token.to_owned() }
    }
}

/// Encodes a token for the browser SDK: standard base64 of a JSON object. The SDK connects to `host` and reads
/// `roomMeta`.
pub(super) fn text(token_id: &str, log_id: &str, host: &str, secure: bool, quality: &str) -> String {
    let token = json!({
        "tokenId": token_id,
        "host": host,
        "secure": secure,
        "logId": log_id,
        "eventServer": {"url": host},
        "roomMeta": {"settings": {"quality": quality, "media_configuration": "default"}},
    });
    BASE64_STANDARD.encode(token.to_string())
}

/// The id of a token.
pub(super) fn id(text: &str) -> Option<String> {
    let token: Value = serde_json::from_slice(&BASE64_STANDARD.decode(text).ok()?).ok()?;
    Some(token["tokenId"].as_str()?.to_owned())
}
