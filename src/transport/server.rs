//! Where requests go.

use reqwest::{Url, header::HeaderValue};

/// A server: what a span says of it, and what each request to it has in common, prepared once.
pub(crate) struct Server {
    pub address: String,
    pub port: Option<u16>,
    /// The `Host` header, which hyper would make anew for each request.
    pub host: Option<HeaderValue>,
    /// With a slash at its end.
    base: Url,
}

impl Server {
    /// The server of a URL, and this URL as the base of others.
    pub fn of(url: &Url) -> Self {
        let address = url.host_str().unwrap_or_default().to_owned();
        let host = url.port().map_or_else(|| address.clone(), |port| format!("{address}:{port}"));
        let mut base = url.clone();
        base.set_path(&format!("{}/", url.path().trim_end_matches('/')));
        Self { address, port: url.port_or_known_default(), host: host.try_into().ok(), base }
    }

    /// Whether requests for this URL go to this server.
    pub fn has(&self, url: &Url) -> bool {
        url.origin() == self.base.origin()
    }

    /// The URL of this path, which begins with a slash, below the base. The base itself is not parsed again.
    pub fn url(&self, path: &str) -> Option<Url> {
        self.base.join(path.strip_prefix('/')?).ok()
    }
}
