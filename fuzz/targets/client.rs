//! The base URL.

use reqwest::Url;

use super::base_url::BaseUrl;

/// An accepted base URL is accepted again unchanged, and a path appended to it stays on its host.
pub(crate) fn base_url(text: &[u8]) {
    let Ok(text) = str::from_utf8(text) else { return };
    let Ok(base) = BaseUrl::parse(text, "base_url", &[]) else { return };
    let again = BaseUrl::parse(base.text(), "base_url", &[]).unwrap();
    assert_eq!((again.text(), again.plain), (base.text(), base.plain));

    let call = Url::parse(&format!("{}/rooms", base.text())).unwrap();
    let base = base.url;
    assert_eq!(call.origin(), base.origin());
    assert_eq!(call.path(), format!("{}/rooms", base.path().trim_end_matches('/')));
    assert_eq!((call.username(), call.password(), call.query(), call.fragment()), ("", None, None, None));
}
