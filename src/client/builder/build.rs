//! How a client is built from its settings.

use std::{fmt, sync::Arc};

use reqwest::header::HeaderValue;

use super::{
    super::{Client, base_url::BaseUrl, credentials::Checked, recording::Recording},
    ClientBuilder, is_visible_ascii,
};
use crate::{
    Error, Violation, bindings,
    retry::Budget,
    rooms::Searches,
    transport::{
        AuthorizedClients, HookState, HttpSettings, Limits, NamedHost, Server, Transport, certificates,
        proxy_violation, tls,
    },
};

/// The smallest cap that can be set, enough for the response with a token: EnableX's own sample has less than
/// a quarter of it.
const MIN_BODY_CAP: usize = 4 * 1024;

impl ClientBuilder {
    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with every setting that breaks a rule,
    /// and, for https, with an environment variable for a proxy that cannot be read;
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup) where the HTTP client cannot be built, for example
    /// because the system has no CA certificates.
    pub fn build(self) -> Result<Client, Error> {
        let mut violations = Vec::new();
        let credentials = self.credentials.checked(&mut violations);
        let field = self.base_url_field;
        let plain_hosts: Result<Vec<_>, _> =
            self.plain_hosts.iter().map(|host| NamedHost::parse(host, "allow_plain_http")).collect();
        let plain_hosts = valid(plain_hosts, &mut violations).unwrap_or_default();
        let base_url = self.base_url.and_then(|url| BaseUrl::parse(&url, field, &plain_hosts));
        let base_url = valid(base_url, &mut violations);
        let roots: Result<Vec<_>, _> = self.root_certificates.iter().map(|pem| certificates(pem)).collect();
        let roots = valid(roots, &mut violations);
        let user_agent = valid(user_agent(self.user_agent.as_deref()), &mut violations);
        violations.extend(self.recording.iter().flat_map(Recording::violations));
        violations.extend(self.timeouts.violations());
        violations.extend(self.retry.violations());
        violations.extend(at_least("max_calls_per_second", self.max_calls_per_second, 1));
        violations.extend(at_least("max_calls_in_flight", self.max_calls_in_flight, 1));
        violations.extend(at_least("body_cap", Some(self.body_cap), MIN_BODY_CAP));
        let (Some(credentials), Some(base_url), Some(roots), Some(user_agent), true) =
            (credentials, base_url, roots, user_agent, violations.is_empty())
        else {
            return Err(Error::invalid(violations));
        };

        let (connect_timeout, attempt_timeout, timeout) = self.timeouts.resolved();
        let roots: Vec<_> = roots.into_iter().flatten().collect();
        let trusts_more = !roots.is_empty();
        let shape = self.shape;
        let settings = move |plain: bool| {
            if !plain {
                Error::check(proxy_violation().into_iter().collect())?;
            }
            Ok(Arc::new(HttpSettings {
                plain,
                connect_timeout,
                tls: tls(plain, roots.clone())?,
                user_agent: user_agent.clone(),
                shape: shape.clone(),
            }))
        };
        let files =
            self.recording.map(|recording| recording.access(settings.clone(), &plain_hosts, trusts_more));
        let files = files.transpose()?;
        let settings = settings(base_url.plain)?;
        let http = settings.build()?;
        let clients = Arc::new(match credentials {
            Checked::Pair(pair) => AuthorizedClients::fixed(pair, settings)?,
            Checked::Provider(provider) => AuthorizedClients::provided(provider, settings),
        });
        let server = Arc::new(Server::of(&base_url.url));
        let hook_state = HookState::direct(server.clone(), clients.clone(), attempt_timeout);
        let transport = Transport {
            bindings: bindings::Client::new_with_client(base_url.text(), http, hook_state),
            clients,
            files,
            plain_hosts,
            server,
            observer: self.observer,
            body_cap: self.body_cap,
            attempt_timeout,
            timeout,
            retry: self.retry,
            budget: Budget::new(),
            limits: Limits::new(self.max_calls_in_flight, self.max_calls_per_second),
            searches: Searches::default(),
            time: self.time,
            jitter: self.jitter,
        };
        Ok(Client { transport: Arc::new(transport) })
    }
}

/// The value; or `None`, with its violation added to the others.
fn valid<T>(checked: Result<T, Violation>, violations: &mut Vec<Violation>) -> Option<T> {
    checked.map_err(|violation| violations.push(violation)).ok()
}

/// The violation of a number that is too small.
fn at_least<N: PartialOrd + fmt::Display>(
    field: &'static str,
    set: Option<N>,
    least: N,
) -> Option<Violation> {
    let set = set.filter(|number| *number < least)?;
    Some(Violation::new(field, format!("must be at least {least}"), Some(&set.to_string())))
}

fn user_agent(product: Option<&str>) -> Result<HeaderValue, Violation> {
    const OURS: &str = concat!("enablex-rust/", env!("CARGO_PKG_VERSION"));
    let Some(product) = product else { return Ok(HeaderValue::from_static(OURS)) };
    let user_agent =
        format!("{OURS} {product}").trim_end().parse().ok().filter(|_| is_visible_ascii(product));
    user_agent.ok_or_else(|| Violation::new("user_agent", "must be visible ASCII and blanks", Some(product)))
}
