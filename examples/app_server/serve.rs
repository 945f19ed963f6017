//! From the options to a server that runs until it is told to end.
//!
//! It speaks plain http, and waits for a caller that sends nothing as long as that likes: in production it stands behind
//! a proxy that has TLS and timeouts.

use std::{error::Error, io::Write, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    ServiceExt,
    extract::{MatchedPath, Request},
};
use enablex::{
    Client,
    sandbox::{Sandbox, WebhookTarget},
    webhooks::Webhooks,
};
use tokio::{net::TcpListener, sync::watch};
use tower::Layer;
use tower_http::{normalize_path::NormalizePathLayer, trace::TraceLayer};
use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::{
    app::{self, App},
    common,
    events::Events,
    limits::Limits,
    moderator::Moderators,
    options::Options,
    page,
    reconcile::{self, Sessions},
    seen::SeenEvents,
};

/// How long requests under way may take once the server is told to end.
const LAST_REQUESTS: Duration = Duration::from_secs(10);
/// On EnableX, for each address in a minute.
const LIMIT: u32 = 120;

pub async fn run(options: Options) -> Result<(), Box<dyn Error>> {
    log();
    let address = SocketAddr::new(options.address, options.port);
    let listener =
        TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let url = format!("http://{}", listener.local_addr()?);
    let app = Arc::new(start(&options, &url).await?);
    let router = app::router(app.clone(), &options).layer(TraceLayer::new_for_http().make_span_with(span));
    let router = NormalizePathLayer::trim_trailing_slash().layer(router);
    let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(router);
    announce(&app, &url)?;

    tokio::spawn(reconcile::every_night(app.clone(), options.reconcile_at));
    let (end, mut ends) = watch::channel(false);
    let ending = app.clone();
    let shutdown = async move {
        told_to_end().await;
        ending.events.close();
        end.send_replace(true);
    };
    let late = async {
        _ = ends.wait_for(|ends| *ends).await;
        tokio::time::sleep(LAST_REQUESTS).await;
    };
    tokio::select! {
        served = axum::serve(listener, service).with_graceful_shutdown(shutdown) => served?,
        () = late => tracing::warn!("requests under way were broken off"),
    }
    Ok(())
}

async fn start(options: &Options, url: &str) -> Result<App, Box<dyn Error>> {
    let sandbox = if common::sandboxed() { Some(Sandbox::start().await?) } else { None };
    let client = match &sandbox {
        Some(sandbox) => sandbox.client()?,
        None => Client::from_env()?,
    };
    if let Some(sandbox) = &sandbox {
        let target = WebhookTarget::new(format!("{url}/webhooks"));
        sandbox.send_webhooks(match options.webhooks.first() {
            Some((user, password)) => target.basic(user, password),
            None => target,
        })?;
    }
    let mut webhooks = match (&*options.webhooks, &sandbox) {
        ([], None) => None,
        ([], Some(_)) => Some(Webhooks::without_credentials()?),
        ([(user, password), ..], _) => Some(Webhooks::basic(user, password)?),
    };
    for (user, password) in options.webhooks.iter().skip(1) {
        webhooks = webhooks.map(|webhooks| webhooks.or_basic(user, password)).transpose()?;
    }
    let limit = options.limit.unwrap_or(if sandbox.is_some() { None } else { LIMIT.try_into().ok() });
    Ok(App {
        client,
        moderators: match &options.moderator_key {
            Some(key) => Moderators::WithKey(key.clone()),
            None if sandbox.is_some() => Moderators::Anybody,
            None => Moderators::Nobody,
        },
        limits: Limits::new(limit),
        events: Events::new(),
        seen: SeenEvents::new(options.redis.as_deref()).await.map_err(|error| format!("Redis: {error}"))?,
        sessions: Sessions::default(),
        webhooks,
        sandbox,
    })
}

fn announce(app: &App, url: &str) -> Result<(), std::io::Error> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{url}")?;
    match &app.sandbox {
        Some(sandbox) => writeln!(out, "on the sandbox at {}", sandbox.base_url())?,
        None => writeln!(out, "on EnableX")?,
    }
    if let Some(dashboard) = page::dashboard(app) {
        writeln!(out, "the dashboard of the sandbox is {dashboard}")?;
    }
    if app.webhooks.is_none() {
        writeln!(out, "webhooks are off: --webhook-user and --webhook-password turn them on")?;
    }
    out.flush()
}

/// Standard error gets what happens here and in the client, without tokens, credentials and queries.
fn log() {
    let own = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target("app_server", LevelFilter::INFO)
        .with_target("enablex", LevelFilter::INFO);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    tracing_subscriber::registry().with(own).with(lines).init();
}

/// A span for each request, with the route and not the path: an id of a room belongs to somebody.
fn span(request: &Request) -> tracing::Span {
    let route = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}

async fn told_to_end() {
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => signal.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<Option<()>>();
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminated => {}
    }
}
