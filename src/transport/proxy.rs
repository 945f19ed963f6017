//! The proxy of the environment.

use http::Uri;
use reqwest::Url;

use crate::Violation;

/// The violation of a variable that names a proxy for https and cannot be read. hyper-util would ignore
/// it and connect directly. The variables and their order are those of hyper-util.
pub(crate) fn proxy_violation() -> Option<Violation> {
    if std::env::var_os("REQUEST_METHOD").is_some() {
        // hyper-util uses no proxy in a CGI program, where a request header could set one.
        return None;
    }
    for names in [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]] {
        let Some((name, value)) = names.into_iter().find_map(|name| Some((name, std::env::var_os(name)?)))
        else {
            continue;
        };
        if value.is_empty() {
            continue;
        }
        let is_proxy = value.to_str().is_some_and(is_proxy);
        let rule = "must be the URL of an http or https proxy, `http://user:password@host:port`, with user and \
                    password percent-encoded";
        return (!is_proxy).then(|| Violation::new(name, rule, None));
    }
    None
}

/// Whether the text is unambiguous: `#`, `/`, `?` or `@` in a password would end it early.
fn is_proxy(text: &str) -> bool {
    let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
    let is_http = ["http", "https"].iter().any(|http| scheme.eq_ignore_ascii_case(http));
    let (user, host) = rest.split_once('@').unwrap_or(("", rest));
    let host = host.strip_suffix('/').unwrap_or(host);
    let is_encoded = |part: &str| {
        let mut escapes = part.split('%').skip(1);
        escapes
            .all(|escape| escape.get(..2).is_some_and(|it| it.bytes().all(|digit| digit.is_ascii_hexdigit())))
    };
    let url = Url::parse(&format!("http://{host}/"));
    is_http
        && text.parse::<Uri>().is_ok()
        && is_encoded(user)
        && !user.contains(['/', '?', '#'])
        && !host.contains(['/', '?', '#', '@', '%'])
        && url.is_ok_and(|url| url.has_host() && url.port() != Some(0))
}
