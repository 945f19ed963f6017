//! The JSON form of a target, for tests in other languages.

use std::time::Duration;

use serde::{Deserialize, Deserializer, de::Error};

use super::WebhookTarget;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::sandbox) struct TargetJson {
    /// `null` for no target. It must be there.
    #[serde(deserialize_with = "text")]
    url: Option<String>,
    #[serde(default, deserialize_with = "text")]
    user: Option<String>,
    #[serde(default, deserialize_with = "text")]
    password: Option<String>,
    #[serde(default)]
    duplicates: u32,
    #[serde(default)]
    redeliveries: u32,
    #[serde(default)]
    delay_ms: u64,
    #[serde(default)]
    reorder: bool,
}

/// Serde's own reason would have the value, which may be a password.
fn text<'de, D: Deserializer<'de>>(value: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(value).map_err(|_| D::Error::custom("url, user and password must be texts"))
}

impl TargetJson {
    pub fn into_target(self) -> Result<Option<WebhookTarget>, String> {
        let Some(url) = self.url else { return Ok(None) };
        let mut target = WebhookTarget::new(url)
            .duplicates(self.duplicates)
            .redeliveries(self.redeliveries)
            .delay(Duration::from_millis(self.delay_ms))
            .reorder(self.reorder);
        match (self.user, self.password) {
            (Some(user), Some(password)) => target = target.basic(user, password),
            (None, None) => {}
            _ => return Err("takes user and password together".into()),
        }
        Ok(Some(target))
    }
}
