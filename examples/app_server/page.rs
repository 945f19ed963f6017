//! The page of the server: people join rooms with it, and see what happens in them.

use std::{env, future::ready, sync::Arc};

use axum::{
    Router,
    extract::State,
    http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    routing::get,
};
use enablex::{reqwest::Url, sandbox::Sandbox};

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
    let sdk_url = options.sdk_url.as_ref();
    let policy = policy(sdk_url);
    let headers = |kind| {
        [
            (CONTENT_TYPE, format!("{kind}; charset=utf-8")),
            (CONTENT_SECURITY_POLICY, policy.clone()),
            (REFERRER_POLICY, "no-referrer".into()),
            (X_CONTENT_TYPE_OPTIONS, "nosniff".into()),
        ]
    };
    let (html, html_headers) = (html(app, sdk_url), headers("text/html"));
    let page = move |State(app): State<Arc<App>>| {
        ready((html_headers, html.replace("{after}", &app.events.latest_id())))
    };
    let style = ("/style.css", "text/css", include_str!("page/style.css"));
    let scripts = SCRIPTS.map(|(path, text)| (path, "text/javascript", text));
    [style].into_iter().chain(scripts).fold(
        Router::new().route("/", get(page)),
        |router, (path, kind, text)| {
            let file = (headers(kind), text);
            router.route(path, get(move || ready(file)))
        },
    )
}

/// The page, with what it has to know of the server.
fn html(app: &App, sdk_url: Option<&Url>) -> String {
    let (service, without_sdk) = if app.sandbox.is_some() {
        ("the embedded sandbox", "sandbox")
    } else if is_local() {
        ("a sandbox", "sandbox")
    } else {
        ("EnableX", "none")
    };
    let escaped = sdk_url.map_or("", Url::as_str).replace('&', "&amp;").replace('"', "&quot;");
    let dashboard = app.sandbox.as_ref().map_or_else(String::new, |sandbox| {
        let url = dashboard(sandbox);
        format!("<p>The sandbox shows what it knows on <a href=\"{url}\" target=\"_blank\">its dashboard</a>.</p>\n")
    });
    include_str!("page/index.html")
        .replace("{dashboard}", &dashboard)
        .replace("{service}", service)
        .replace("{joins}", if sdk_url.is_some() { "sdk" } else { without_sdk })
        .replace("{moderators}", app.moderators.as_str())
        .replace("{sdk_url}", &escaped)
}

/// The URL of what the sandbox shows.
pub fn dashboard(sandbox: &Sandbox) -> String {
    sandbox.base_url().replace("/video/v2", "/_sandbox/")
}

/// Whether the service runs on this machine, as a sandbox does and EnableX does not.
fn is_local() -> bool {
    let url = env::var("ENABLEX_BASE_URL").ok().and_then(|url| Url::parse(&url).ok());
    url.is_some_and(|url| matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")))
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
