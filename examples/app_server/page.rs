//! The page of the server: people join rooms with it, and see what happens in them.

use std::{env, future::ready, sync::Arc};

use axum::{
    Router,
    extract::State,
    http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS},
    response::Redirect,
    routing::get,
};
use enablex::reqwest::Url;

use crate::{app::App, options::Options};

const SCRIPTS: [(&str, &str); 8] = [
    ("/events.js", include_str!("page/events.js")),
    ("/page.js", include_str!("page/page.js")),
    ("/sdk.js", include_str!("page/sdk.js")),
    ("/server.js", include_str!("page/server.js")),
    ("/signalling.js", include_str!("page/signalling.js")),
    ("/token.js", include_str!("page/token.js")),
    ("/worker.js", include_str!("page/worker.js")),
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
    let dashboard = dashboard(app);
    let (html, html_headers) = (html(app, sdk_url, dashboard.is_some()), headers("text/html"));
    let page = move |State(app): State<Arc<App>>| {
        ready((html_headers, html.replacen("{after}", &app.events.latest_id(), 1)))
    };
    let mut router = Router::new().route("/", get(page));
    if let Some(url) = dashboard {
        let redirect = Redirect::temporary(url.as_str());
        router = router.route("/dashboard", get(move || ready(redirect)));
    }
    let style = ("/style.css", "text/css", include_str!("page/style.css"));
    let scripts = SCRIPTS.map(|(path, text)| (path, "text/javascript", text));
    for (path, kind, text) in [style].into_iter().chain(scripts) {
        let file = (headers(kind), text);
        router = router.route(path, get(move || ready(file)));
    }
    router
}

/// The page, with what it has to know of the server.
fn html(app: &App, sdk_url: Option<&Url>, has_dashboard: bool) -> String {
    let (service, without_sdk) = match (&app.sandbox, has_dashboard) {
        (Some(_), _) => ("the embedded sandbox", "sandbox"),
        (None, true) => ("a sandbox", "sandbox"),
        (None, false) => ("EnableX", "none"),
    };
    let escaped = sdk_url.map_or("", Url::as_str).replace('&', "&amp;").replace('"', "&quot;");
    include_str!("page/index.html")
        .replace("{no_dashboard}", if has_dashboard { "" } else { " hidden" })
        .replace("{service}", service)
        .replace("{joins}", if sdk_url.is_some() { "sdk" } else { without_sdk })
        .replace("{moderators}", app.moderators.as_str())
        .replace("{sdk_url}", &escaped)
}

/// The URL of the dashboard of the sandbox: the embedded one, or a service on this machine, where EnableX is not.
pub fn dashboard(app: &App) -> Option<Url> {
    let url = match &app.sandbox {
        Some(sandbox) => sandbox.base_url(),
        None => env::var("ENABLEX_BASE_URL").ok()?,
    };
    let url = Url::parse(&url).ok()?;
    let is_local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    if is_local { url.join("/_sandbox/").ok() } else { None }
}

/// Scripts and styles of this server alone, and connections to wherever a token says. EnableX's browser SDK
/// needs more.
fn policy(sdk_url: Option<&Url>) -> String {
    let rest = match sdk_url.map(|url| url.origin().ascii_serialization()) {
        None => "script-src 'self'; style-src 'self'; img-src data:; connect-src 'self' ws: wss:".into(),
        Some(origin) => format!(
            "script-src 'self' 'unsafe-eval' {origin}; style-src 'self' 'unsafe-inline'; \
             img-src data: blob: http: https:; media-src blob:; worker-src 'self' blob:; \
             connect-src 'self' http: https: ws: wss:"
        ),
    };
    format!("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; {rest}")
}
