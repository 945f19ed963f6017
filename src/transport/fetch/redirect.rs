//! The redirects that an attempt follows from the link to the file.

use std::borrow::Cow;

use reqwest::{
    StatusCode, Url,
    header::{HeaderMap, LOCATION},
};

use crate::{client::may_be_plain, transport::NamedHost};

/// How many redirects an attempt follows: this crate's choice.
const MAX_REDIRECTS: usize = 5;

/// Shorter values in a query are not secrets.
const MIN_SECRET: usize = 8;

/// The URLs of an attempt.
pub(super) struct Route {
    link: Url,
    redirects: Vec<Url>,
    /// The host of the current URL was named for the recording credentials.
    pub is_named: bool,
}

/// A redirect that is not followed.
pub(crate) struct NotFollowed {
    /// The target, without what may be a secret.
    to: Option<String>,
    why: Cow<'static, str>,
}

impl NotFollowed {
    fn new(to: Option<&Url>, why: impl Into<Cow<'static, str>>) -> Self {
        Self { to: to.map(location), why: why.into() }
    }

    /// There is no client for this URL.
    pub fn no_client(to: &Url, why: &crate::Error) -> Self {
        Self::new(Some(to), format!("no https connection can be made: {why}"))
    }

    pub fn text(&self) -> String {
        let to = self.to.as_ref().map_or(String::new(), |to| format!(" to {to}"));
        format!("the redirect{to} was not followed: {}", self.why)
    }
}

impl Route {
    pub fn from(link: Url) -> Self {
        Self { link, redirects: Vec::new(), is_named: true }
    }

    pub fn current(&self) -> &Url {
        self.redirects.last().unwrap_or(&self.link)
    }

    pub fn push(&mut self, next: Url, is_named: bool) {
        self.redirects.push(next);
        self.is_named = is_named;
    }

    /// The target of the last redirect, without what may be a secret.
    pub fn redirected_to(&self) -> Option<String> {
        self.redirects.last().map(location)
    }

    /// Values of the queries that may be credentials, and that a response might quote.
    pub fn secrets(&self) -> Vec<String> {
        let urls = self.redirects.iter().chain([&self.link]);
        let values = urls.flat_map(|url| {
            // Encoded and decoded; a part without a name is a value, too.
            let raw = url.query().unwrap_or_default().split('&');
            let raw = raw.map(|pair| pair.split_once('=').map_or(pair, |(_, value)| value).to_owned());
            raw.chain(url.query_pairs().map(|(_, value)| value.into_owned()))
        });
        values.filter(|value| value.len() >= MIN_SECRET).collect()
    }

    /// The target of a response with these headers.
    pub fn next(&self, headers: &HeaderMap, plain_hosts: &[NamedHost]) -> Result<Url, NotFollowed> {
        let refused = |to: &Url, why: &'static str| Err(NotFollowed::new(Some(to), why));
        let mut locations = headers.get_all(LOCATION).iter();
        let Some(location) = locations.next().filter(|location| !location.is_empty()) else {
            return Err(NotFollowed::new(None, "it has no `Location`"));
        };
        let text = str::from_utf8(location.as_bytes()).ok();
        let text = text.filter(|text| !text.contains(|c: char| c.is_control() || c == '\\'));
        let next = text.and_then(|text| self.current().join(text).ok()).filter(Url::has_host);
        let Some(mut next) = next.filter(|_| locations.all(|other| other == location)) else {
            return Err(NotFollowed::new(None, "its `Location` is no address of a file"));
        };
        next.set_fragment(None);
        if !next.username().is_empty() || next.password().is_some() {
            return refused(&next, "its `Location` carries credentials");
        }
        match (next.scheme(), self.current().scheme()) {
            ("https", _) => {}
            ("http", "http") if may_be_plain(&next, plain_hosts) => {}
            ("http", _) => return refused(&next, "it leads to plain http"),
            _ => return refused(&next, "it leads to neither http nor https"),
        }
        if self.redirects.iter().chain([&self.link]).any(|passed| *passed == next) {
            return refused(&next, "it leads in a circle");
        }
        if self.redirects.len() == MAX_REDIRECTS {
            let why = format!("it comes after {MAX_REDIRECTS} others");
            return Err(NotFollowed::new(Some(&next), why));
        }
        Ok(next)
    }
}

/// Whether a response to a `GET` is a redirect.
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// The URL without query, fragment and credentials.
pub(crate) fn location(url: &Url) -> String {
    let mut location = url.clone();
    location.set_query(None);
    location.set_fragment(None);
    // Neither fails for a URL with a host.
    _ = location.set_username("");
    _ = location.set_password(None);
    location.into()
}
