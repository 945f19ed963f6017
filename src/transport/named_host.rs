//! A host that the caller names.

use reqwest::Url;

use crate::{Violation, client::printable_url};

pub(crate) struct NamedHost {
    /// A URL of the host.
    pub url: Url,
    /// `None`: the default port of the scheme.
    port: Option<u16>,
}

impl NamedHost {
    /// Reads `host` or `host:port`.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Violation> {
        let bad = || Violation::new(field, "must be `host` or `host:port`", Some(&printable_url(text)));
        let is_invalid =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '\\' | '?' | '#' | '@' | '*');
        if text.contains(is_invalid) {
            return Err(bad());
        }
        let url = Url::parse(&format!("https://{text}")).map_err(|_| bad())?;
        // `Url` drops the default port.
        let port = text.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        Ok(Self { url, port })
    }

    /// Whether a URL has this host and port.
    pub fn is_of(&self, url: &Url) -> bool {
        self.url.host() == url.host()
            && match self.port {
                Some(port) => url.port_or_known_default() == Some(port),
                None => url.port().is_none(),
            }
    }
}
