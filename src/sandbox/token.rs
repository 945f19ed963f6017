//! Join tokens.

use std::time::{Duration, SystemTime};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{Role, User};

/// How long a token can be used after it was issued.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// A token that was issued.
pub(super) struct Token {
    pub room_id: String,
    pub role: Role,
    pub user: User,
    pub data: Map<String, Value>,
    pub issued_at: SystemTime,
    pub used: bool,
}

impl Token {
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

/// Encodes a token for the browser SDK: standard base64 of a JSON object.
pub(super) fn text(host: &str, token_id: &str, log_id: &str) -> String {
    let token = json!({
        "tokenId": token_id,
        "host": host,
        "secure": false,
        "gateway": host,
        "logId": log_id,
        "eventServer": {"url": format!("http://{host}")},
    });
    BASE64_STANDARD.encode(token.to_string())
}
