//! A target that can be used, with its HTTP client.

use std::{sync::Arc, time::Duration};

use reqwest::{
    Url,
    header::{CONTENT_TYPE, HeaderValue},
};
use secrecy::ExposeSecret;
use serde_json::Value;

use super::WebhookTarget;
use crate::{
    Error, Violation,
    client::{base_url::http_url, printable_url},
    sandbox::response::JSON,
    transport::{HttpSettings, tls},
};

/// How long a request may take, with its response.
const TIMEOUT: Duration = Duration::from_secs(5);
const USER_AGENT: HeaderValue =
    HeaderValue::from_static(concat!("enablex-sandbox/", env!("CARGO_PKG_VERSION")));

/// A target that has been checked.
pub(in crate::sandbox) struct Target {
    pub(super) how: WebhookTarget,
    url: Url,
    http: reqwest::Client,
}

impl Target {
    pub fn new(how: WebhookTarget) -> Result<Self, Error> {
        let url = http_url(&how.url, "url");
        let mut violations: Vec<_> = url.as_ref().err().cloned().into_iter().collect();
        if let Some((user, password)) = &how.basic {
            let control = |text: &str| text.contains(char::is_control);
            let bad = |field, rule| Violation::new(field, rule, None);
            if user.contains(':') || control(user) {
                violations.push(bad("user", "must have no colon or control character"));
            }
            if control(password.expose_secret()) {
                violations.push(bad("password", "must have no control character"));
            }
        }
        let url = url.ok().filter(|_| violations.is_empty()).ok_or_else(|| Error::invalid(violations))?;
        let plain = url.scheme() == "http";
        let settings = HttpSettings {
            plain,
            connect_timeout: TIMEOUT,
            tls: tls(plain, Vec::new())?,
            user_agent: USER_AGENT,
            // A connection of its own for each request: a receiver may close one that is idle.
            shape: Some(Arc::new(|http| http.no_proxy().timeout(TIMEOUT).pool_max_idle_per_host(0))),
        };
        Ok(Self { http: settings.build()?, url, how })
    }

    /// The URL as it can be shown.
    pub(super) fn shown(&self) -> String {
        printable_url(self.url.as_str())
    }

    pub(super) async fn post(&self, event: &Value) -> Result<reqwest::Response, reqwest::Error> {
        let mut request = self.http.post(self.url.clone()).header(CONTENT_TYPE, JSON).body(event.to_string());
        if let Some((user, password)) = &self.how.basic {
            request = request.basic_auth(user, Some(password.expose_secret()));
        }
        request.send().await
    }
}
