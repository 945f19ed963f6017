//! The address of the API.

use std::net::IpAddr;

use reqwest::Url;

use crate::{Violation, transport::NamedHost};

/// EnableX's production API.
pub(super) const PRODUCTION: &str = "https://api.enablex.io/video/v2";

/// A valid base URL.
#[derive(Debug)]
pub(crate) struct BaseUrl {
    pub url: Url,
    /// Whether it is plain http: to a loopback host or to one that `allow_plain_http` permits.
    pub plain: bool,
}

impl BaseUrl {
    pub fn parse(text: &str, field: &'static str, plain_hosts: &[NamedHost]) -> Result<Self, Violation> {
        let bad = |rule| Err(Violation::new(field, rule, Some(&printable(text))));
        if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\') {
            return bad("must have no white space, control character or backslash");
        }
        let checked = checked(text, field, plain_hosts)?;
        if text.contains('@') {
            return bad("must carry no credentials");
        }
        if text.contains('?') || text.contains('#') {
            return bad("must have no query and no fragment");
        }
        Ok(checked)
    }

    /// The URL without a slash at its end.
    pub fn text(&self) -> &str {
        self.url.as_str().trim_end_matches('/')
    }
}

/// Checks a URL to which credentials may be sent; it must not hold any itself.
pub(crate) fn checked(
    text: &str,
    field: &'static str,
    plain_hosts: &[NamedHost],
) -> Result<BaseUrl, Violation> {
    let url = http_url(text, field)?;
    let plain = url.scheme() == "http";
    if plain && !may_be_plain(&url, plain_hosts) {
        let rule =
            "must be https, unless the host is loopback or `allow_plain_http` permits it with its port";
        return Err(Violation::new(field, rule, Some(&printable(text))));
    }
    Ok(BaseUrl { url, plain })
}

/// Checks an http or https URL, which must not hold credentials. Blanks and letters of any script are
/// percent-encoded. Characters that a URL parser drops or replaces are refused.
pub(crate) fn http_url(text: &str, field: &'static str) -> Result<Url, Violation> {
    let bad = |rule| Err(Violation::new(field, rule, Some(&printable(text))));
    if text.contains(|c: char| c.is_control() || c == '\\') {
        return bad("must have no control character or backslash");
    }
    let Ok(url) = Url::parse(text) else { return bad("must be a URL") };
    let authority = text.split(['/', '?', '#']).find(|part| !part.is_empty() && !part.ends_with(':'));
    if !url.username().is_empty()
        || url.password().is_some()
        || authority.is_some_and(|part| part.contains('@'))
    {
        return bad("must carry no credentials");
    }
    match url.scheme() {
        "https" | "http" => Ok(url),
        _ => bad("must be an http or https URL"),
    }
}

/// Whether plain http is allowed to the host of this URL.
pub(crate) fn may_be_plain(url: &Url, plain_hosts: &[NamedHost]) -> bool {
    is_loopback(url) || plain_hosts.iter().any(|host| host.is_of(url))
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// The text without what may be a secret: query and fragment, and everything but the scheme where there is an
/// `@`, since any part of it may be a password.
pub(crate) fn printable(text: &str) -> String {
    if text.contains('@') {
        let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme));
        return format!("{}…", scheme.unwrap_or_default());
    }
    match text.find(['?', '#']) {
        Some(mark) => format!("{}…", &text[..=mark]),
        None => text.to_owned(),
    }
}
