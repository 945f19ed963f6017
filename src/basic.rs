//! HTTP Basic authentication of incoming requests.

use http::{HeaderMap, header::AUTHORIZATION};

/// User and password as the headers encode them. `None` without exactly one `Authorization: Basic`.
pub(crate) fn encoded(headers: &HeaderMap) -> Option<&str> {
    let mut given = headers.get_all(AUTHORIZATION).iter();
    let (header, None) = (given.next()?, given.next()) else { return None };
    let (scheme, encoded) = header.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("basic").then_some(encoded)
}
