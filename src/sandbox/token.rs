//! Join tokens.

use std::time::{Duration, SystemTime};

use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{Role, User};

/// How long a token can be used.
const LIFETIME: Duration = Duration::from_secs(15 * 60);

/// What is kept of a token that was given out.
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

/// The answer of `createToken`. The bindings' own type redacts the token when it is written; this
/// one is the only way by which a token gets onto the wire.
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

/// A token as the browser SDK reads it: standard base64 of a JSON object, with this host.
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
