//! A host that the caller has named.

use reqwest::Url;

use crate::{Violation, client::printable_url};

pub(crate) struct NamedHost {
    /// A URL of the host.
    pub url: Url,
    /// Without one, the port of the scheme is meant.
    port: Option<u16>,
}

impl NamedHost {
    /// Reads `host` or `host:port`.
    pub fn parse(text: &str, field: &'static str) -> Result<Self, Violation> {
        let bad = || Violation::new(field, "must be `host` or `host:port`", Some(&printable_url(text)));
        let odd =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '\\' | '?' | '#' | '@' | '*');
        if text.contains(odd) {
            return Err(bad());
        }
        let url = Url::parse(&format!("https://{text}")).map_err(|_| bad())?;
        // A URL does not tell the port of its scheme from none.
        let port = text.rsplit_once(':').and_then(|(_, port)| port.parse().ok());
        Ok(Self { url, port })
    }

    /// Whether a URL leads to it.
    pub fn is_of(&self, url: &Url) -> bool {
        self.url.host() == url.host()
            && match self.port {
                Some(port) => url.port_or_known_default() == Some(port),
                None => url.port().is_none(),
            }
    }
}
