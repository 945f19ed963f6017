//! The page of the server: people join rooms with it, and see what happens in them.

use std::{future::ready, sync::Arc};

use axum::{
    Router,
    body::Bytes,
    http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    routing::get,
};
use enablex::reqwest::Url;

use crate::{app::App, options::Options};

const SCRIPTS: [(&str, &str); 6] = [
    ("/page.js", include_str!("page/page.js")),
    ("/sdk.js", include_str!("page/sdk.js")),
    ("/server.js", include_str!("page/server.js")),
    ("/signalling.js", include_str!("page/signalling.js")),
    ("/token.js", include_str!("page/token.js")),
    ("/words.js", include_str!("page/words.js")),
];

pub fn router(app: &App, options: &Options) -> Router<Arc<App>> {
    let policy = policy(options.sdk_url.as_ref());
    let html = ("/", "text/html", Bytes::from(html(app, options.sdk_url.as_ref())));
    let style = ("/style.css", "text/css", Bytes::from(include_str!("page/style.css")));
    let scripts = SCRIPTS.map(|(path, text)| (path, "text/javascript", Bytes::from(text)));
    let mut router = Router::new();
    for (path, kind, body) in [html, style].into_iter().chain(scripts) {
        let headers = [
            (CONTENT_TYPE, format!("{kind}; charset=utf-8")),
            (CONTENT_SECURITY_POLICY, policy.clone()),
            (REFERRER_POLICY, "no-referrer".into()),
            (X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
        ];
        router = router.route(path, get(move || ready((headers, body))));
    }
    router
}

/// The page, with what it has to know of the server.
fn html(app: &App, sdk_url: Option<&Url>) -> String {
    let (service, without_sdk) =
        if app.sandbox.is_some() { ("the embedded sandbox", "sandbox") } else { ("EnableX", "none") };
    let escaped = sdk_url.map_or("", Url::as_str).replace('&', "&amp;").replace('"', "&quot;");
    include_str!("page/index.html")
        .replace("{service}", service)
        .replace("{joins}", if sdk_url.is_some() { "sdk" } else { without_sdk })
        .replace("{moderators}", app.moderators.as_str())
        .replace("{sdk_url}", &escaped)
}

/// Scripts and styles of this server alone, and connections to wherever a token says. EnableX's browser SDK
/// needs more.
fn policy(sdk_url: Option<&Url>) -> String {
    let rest = match sdk_url.map(|url| url.origin().ascii_serialization()) {
        None => "script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ws: wss:".into(),
        Some(origin) => format!(
            "script-src 'self' 'unsafe-eval' {origin}; style-src 'self' 'unsafe-inline'; \
             img-src data: blob: http: https:; media-src blob:; worker-src blob:; \
             connect-src 'self' http: https: ws: wss:"
        ),
    };
    format!("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; {rest}")
}
