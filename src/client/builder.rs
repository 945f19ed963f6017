//! How a client is set up.

use std::{error::Error as StdError, fmt, future::Future, sync::Arc, time::Duration};

use super::{
    Client,
    base_url::{BaseUrl, PRODUCTION},
    credentials::{Checked, Credentials, Given, Source},
    recording::Recording,
    timeouts::Timeouts,
};
use crate::{
    Clock, Error, RetryPolicy, Violation, bindings,
    clock::Time,
    retry::Budget,
    transport::{
        AuthorizedClients, HookState, HttpSettings, Limits, NamedHost, Observe, Server, Shape, Transport,
        certificates, proxy_violation, tls,
    },
};

const BASE_URL: &str = "ENABLEX_BASE_URL";

/// How many bytes the body of an answer may have, unless it is set.
const BODY_CAP: usize = 8 * 1024 * 1024;

/// What the answer with a token may need; EnableX's own sample has less than a quarter of it.
const LEAST_BODY_CAP: usize = 4 * 1024;

/// Sets up a [`Client`]. Nothing is checked before [`build`](Self::build), which then tells of every
/// setting that breaks a rule.
///
/// ```
/// use std::time::Duration;
/// use enablex::Client;
///
/// let client = Client::builder()
///     .credentials("5af1c0de", "app-key")
///     .base_url("http://127.0.0.1:8080/video/v2")
///     .timeout(Duration::from_secs(20))
///     .user_agent("claims-desk/2.1")
///     .build()?;
/// # Ok::<(), enablex::Error>(())
/// ```
#[must_use]
pub struct ClientBuilder {
    credentials: Source,
    recording: Option<Recording>,
    base_url: Result<String, Violation>,
    base_url_field: &'static str,
    plain_hosts: Vec<String>,
    timeouts: Timeouts,
    retry: RetryPolicy,
    max_calls_per_second: Option<u32>,
    max_calls_in_flight: Option<u32>,
    body_cap: usize,
    root_certificates: Vec<Vec<u8>>,
    user_agent: Option<String>,
    shape: Option<Shape>,
    observer: Option<Arc<dyn Observe>>,
    time: Time,
    jitter: Box<dyn Fn() -> f64 + Send + Sync>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            credentials: Source::Given(Given::missing()),
            recording: None,
            base_url: Ok(PRODUCTION.to_owned()),
            base_url_field: "base_url",
            plain_hosts: Vec::new(),
            timeouts: Timeouts::default(),
            retry: RetryPolicy::standard(),
            max_calls_per_second: None,
            max_calls_in_flight: None,
            body_cap: BODY_CAP,
            root_certificates: Vec::new(),
            user_agent: None,
            shape: None,
            observer: None,
            time: Time::Tokio,
            jitter: Box::new(fastrand::f64),
        }
    }
}

impl ClientBuilder {
    /// The project's `APP_ID` and `APP_KEY`, from EnableX's portal. ASCII without blanks.
    pub fn credentials(mut self, app_id: impl Into<String>, app_key: impl Into<String>) -> Self {
        self.credentials = Source::Given(Given::pair(app_id.into(), app_key.into()));
        self
    }

    /// Asks for the credentials instead of holding them, so that they can change while the client
    /// runs: once before the first call, and once more for every call that is refused with
    /// `UNAUTHORIZED`, `CREDENTIAL_EXPIRED` or a 401 that says no more. If there is another pair by
    /// then the call is sent again with it, once, whatever its retry policy, over connections of its
    /// own; the pair that was refused is not sent again by that call. The time that the provider
    /// takes counts against the call's. Calls that need credentials at the same time ask once for all
    /// of them; where the provider fails, the next call asks again. In place of
    /// [`credentials`](Self::credentials), whichever comes last.
    ///
    /// ```
    /// use enablex::{Client, Credentials};
    ///
    /// let client = Client::builder()
    ///     .credentials_provider(|| async {
    ///         // From wherever your application keeps its secrets.
    ///         Credentials::new("5af1c0de", "app-key")
    ///     })
    ///     .base_url("http://127.0.0.1:8080/video/v2")
    ///     .build()?;
    /// # Ok::<(), enablex::Error>(())
    /// ```
    pub fn credentials_provider<F, T, E>(mut self, provider: F) -> Self
    where
        F: Fn() -> T + Send + Sync + 'static,
        T: Future<Output = Result<Credentials, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        self.credentials = Source::provider(provider);
        self
    }

    /// Takes the credentials from `ENABLEX_APP_ID` and `ENABLEX_APP_KEY`, and the base URL from
    /// `ENABLEX_BASE_URL` where that is set and not empty.
    #[allow(clippy::wrong_self_convention)]
    pub fn from_env(mut self) -> Self {
        self.credentials = Source::Given(Given::from_env());
        if let Some(url) = std::env::var_os(BASE_URL).filter(|url| !url.is_empty()) {
            let unreadable = |_| Violation::new(BASE_URL, "must be a URL", None);
            self.base_url = url.into_string().map_err(unreadable);
            self.base_url_field = BASE_URL;
        }
        self
    }

    /// The recording user and password, from EnableX's portal, and the hosts that they are for, as
    /// `host` or `host:port`: what [`Client::file`](crate::Client::file) needs. They are sent to these
    /// hosts and no others, whatever link an archive holds; over TLS, or to a loopback host or one that
    /// [was permitted](Self::allow_plain_http). Without a port, the one of the link's scheme is meant and no
    /// other. Any text without control characters;
    /// no colon in the user.
    ///
    /// ```no_run
    /// # use enablex::Client;
    /// let client = Client::builder()
    ///     .from_env()
    ///     .recording_credentials("portal-user", "password", ["archive.example.com"])
    ///     .build()?;
    /// # Ok::<(), enablex::Error>(())
    /// ```
    pub fn recording_credentials<H>(
        mut self,
        user: impl Into<String>,
        password: impl Into<String>,
        hosts: impl IntoIterator<Item = H>,
    ) -> Self
    where
        H: Into<String>,
    {
        let hosts = hosts.into_iter().map(Into::into).collect();
        self.recording =
            Some(Recording { user: user.into().into(), password: password.into().into(), hosts });
        self
    }

    /// The address of the API, `/video/v2` included, with or without a slash at its end. EnableX's
    /// production API by default. `https`, or `http` to a loopback host or one permitted by
    /// [`allow_plain_http`](Self::allow_plain_http), without query and credentials.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Ok(url.into());
        self.base_url_field = "base_url";
        self
    }

    /// Permits plain http to this host, as `host` or `host:port`, for the base URL and for files: to one
    /// service of a private network, such as the sandbox of a compose file. Without a port,
    /// port 80 is meant and no other. May be called for several hosts.
    ///
    /// What it gives up: whoever can listen on the way there reads the app id, the app key, every join token
    /// and the recording password, and whoever can answer in the host's place gets them. Calls over plain
    /// http use no proxy.
    ///
    /// ```
    /// # use enablex::Client;
    /// let client = Client::builder()
    ///     .credentials("sandbox-app-id", "sandbox-app-key")
    ///     .base_url("http://sandbox:8080/video/v2")
    ///     .allow_plain_http("sandbox:8080")
    ///     .build()?;
    /// # Ok::<(), enablex::Error>(())
    /// ```
    pub fn allow_plain_http(mut self, host: impl Into<String>) -> Self {
        self.plain_hosts.push(host.into());
        self
    }

    /// How long a connection may take to come about, TLS included; 5 s by default, or the attempt's
    /// timeout where that is shorter. Not longer than that.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = Some(timeout);
        self
    }

    /// How long each attempt may take, its answer's body included; 10 s by default, or the call's
    /// timeout where that is shorter. Not longer than that. What comes by and by, the rows of a report
    /// and files, may take longer, but not be silent for longer.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = Some(timeout);
        self
    }

    /// How long a whole call may take, whatever it does: attempts, waits between them, waits for a
    /// place under the limits below. 30 s by default. What comes by and by has it for its first
    /// [row](crate::ReportRows), and for every standstill of a [file](crate::FileHandle).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.call = Some(timeout);
        self
    }

    /// How often a call is sent, and how long it waits in between: see [`retry`](crate::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// At most this many requests begin in any second, repeats included; others wait their turn.
    /// No limit by default: EnableX has one, but does not document it.
    pub fn max_calls_per_second(mut self, calls: u32) -> Self {
        self.max_calls_per_second = Some(calls);
        self
    }

    /// At most this many requests are under way at once; others wait their turn. A call that waits
    /// before a repeat is not counted; a [report](crate::ReportRows) that is read row by row is one
    /// until it ends. No limit by default.
    pub fn max_calls_in_flight(mut self, calls: u32) -> Self {
        self.max_calls_in_flight = Some(calls);
        self
    }

    /// How many bytes the body of an answer may have: 8 MiB by default, at least 4 KiB, which is
    /// this crate's choice as what a token may need. The largest answers are the list of all rooms and
    /// reports; of a report that is read [row by row](crate::ReportRows) it is the cap of a row.
    /// With the cap goes a limit of what is in the body, since small JSON takes much memory: an
    /// object for every 48 bytes of the cap, a value for every 8 (of 64 KiB, where the cap is less).
    ///
    /// The other limits of an answer are fixed: 100 headers, about 400 KiB of them, and JSON that
    /// nests 127 deep.
    pub fn body_cap(mut self, bytes: usize) -> Self {
        self.body_cap = bytes;
        self
    }

    /// Trusts the certificates of a PEM text beside those of the system, for a host of a reseller's own or a
    /// proxy that breaks TLS open: the certificate of the issuer, not the host's own, unless that is no CA.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Adds to the `User-Agent`, after `enablex-rust/<version>`: visible ASCII and blanks.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Shapes the `reqwest::ClientBuilder`: a proxy, DNS, the connection pool. Redirects, repeats,
    /// TLS, timeouts, logs and the user agent are set afterwards, so what this crate promises of
    /// them holds; over plain http no proxy is used either. Called once for each pair of credentials and
    /// each runtime, and for the hosts that redirects of files lead to: headers that it sets by default go
    /// to every one of them.
    ///
    /// Without a proxy set here, `HTTPS_PROXY` and `ALL_PROXY` name one, and `NO_PROXY` the hosts that are
    /// reached without it, each in capitals or small letters. User and password stand in its URL,
    /// percent-encoded. A proxy speaks HTTP; SOCKS is not supported.
    ///
    /// ```
    /// # use enablex::{Client, reqwest};
    /// let builder = Client::builder()
    ///     .credentials("5af1c0de", "app-key")
    ///     .configure_http(|http| http.pool_max_idle_per_host(4));
    /// ```
    pub fn configure_http<F>(mut self, shape: F) -> Self
    where
        F: Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    {
        self.shape = Some(Arc::new(shape));
        self
    }

    /// Tells this of every way in which the service's answers depart from the document that this crate is
    /// made by (`openapi/video.json`): unknown keys, values and codes, other types, what is missing. A
    /// [`Drift`](crate::Drift) never holds a value. What calls return is the same with it and without.
    ///
    /// Each drift is told once for a client and its clones, 1,000 at most and then one of
    /// [`DriftKind::TooMany`](crate::DriftKind::TooMany). Looked at are the answers of all calls that came
    /// whole, those of refusals and of attempts that are repeated among them, and each row of a
    /// [report](crate::ReportRows) as it comes. Every body is parsed once more for it: a long report takes
    /// some three to four times as long to read. Not looked at are headers, keys that are there twice,
    /// files, and what direct calls of the [`bindings`] are answered.
    ///
    /// It is called by the task that makes the call, before the call goes on, and by several at once: it
    /// must be quick. A panic of it is reported as any other, but goes no further: the answer, which may
    /// be all that is known of a room that was created, still reaches who called, and the next drift is
    /// told again. In place of an earlier one.
    ///
    /// ```
    /// # use enablex::sandbox::{Fault, Sandbox};
    /// use std::{io::Write, sync::Mutex};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = Sandbox::start().await?;
    /// # let builder = sandbox.client_builder();
    /// # let path = std::env::temp_dir().join(format!("enablex-drift-{}.jsonl", std::process::id()));
    /// let file = Mutex::new(std::fs::File::create(&path)?);
    /// let client = builder
    ///     .observe_drift(move |drift| {
    ///         let line = serde_json::to_string(drift).unwrap_or_default();
    ///         let mut file = file.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    ///         let _ = writeln!(file, "{line}");
    ///     })
    ///     .build()?;
    /// # let odd = Fault::status(enablex::reqwest::StatusCode::OK).body(r#"{"result":"0","rooms":[]}"#);
    /// # sandbox.inject(odd);
    /// client.rooms().list().await?;
    /// # let lines = std::fs::read_to_string(&path)?;
    /// # assert!(lines.contains(r#""at":"result""#) && lines.lines().count() == 1, "{lines}");
    /// # std::fs::remove_file(path)?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "drift")]
    pub fn observe_drift(mut self, observer: impl Fn(&crate::Drift) + Send + Sync + 'static) -> Self {
        self.observer = Some(Arc::new(crate::drift::Observer::new(observer)));
        self
    }

    /// Takes the time from this clock, in tests. Tokio's by default.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.time = Time::Given(Box::new(clock));
        self
    }

    /// Takes the random part of a backoff from this, in tests: from 0 to 1.
    pub fn jitter(mut self, fraction: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Box::new(fraction);
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with every setting that breaks a
    /// rule, or a variable that names a proxy and cannot be read, where https is spoken;
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup) where the HTTP client cannot be built, for lack of CA
    /// certificates for example.
    pub fn build(self) -> Result<Client, Error> {
        let mut violations = Vec::new();
        let credentials = self.credentials.checked(&mut violations);
        let field = self.base_url_field;
        let plain_hosts: Result<Vec<_>, _> =
            self.plain_hosts.iter().map(|host| NamedHost::parse(host, "allow_plain_http")).collect();
        let plain_hosts = kept(plain_hosts, &mut violations).unwrap_or_default();
        let base_url = self.base_url.and_then(|url| BaseUrl::parse(&url, field, &plain_hosts));
        let base_url = kept(base_url, &mut violations);
        let roots: Result<Vec<_>, _> = self.root_certificates.iter().map(|pem| certificates(pem)).collect();
        let roots = kept(roots, &mut violations);
        let user_agent = kept(user_agent(self.user_agent.as_deref()), &mut violations);
        violations.extend(self.recording.iter().flat_map(Recording::violations));
        violations.extend(self.timeouts.violations());
        violations.extend(self.retry.violations());
        violations.extend(at_least("max_calls_per_second", self.max_calls_per_second, 1));
        violations.extend(at_least("max_calls_in_flight", self.max_calls_in_flight, 1));
        violations.extend(at_least("body_cap", Some(self.body_cap), LEAST_BODY_CAP));
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
        let hook_state = HookState::direct(clients.clone(), attempt_timeout);
        let transport = Transport {
            bindings: bindings::Client::new_with_client(base_url.text(), http, hook_state),
            clients,
            files,
            plain_hosts,
            server: Server::of(&base_url.url),
            observer: self.observer,
            body_cap: self.body_cap,
            attempt_timeout,
            timeout,
            retry: self.retry,
            budget: Budget::new(),
            limits: Limits::new(self.max_calls_in_flight, self.max_calls_per_second),
            time: self.time,
            jitter: self.jitter,
        };
        Ok(Client { transport: Arc::new(transport) })
    }
}

/// The value, or its violation put to the others.
fn kept<T>(checked: Result<T, Violation>, violations: &mut Vec<Violation>) -> Option<T> {
    checked.map_err(|violation| violations.push(violation)).ok()
}

/// The violation of a number that is set too small.
fn at_least<N: PartialOrd + fmt::Display>(
    field: &'static str,
    set: Option<N>,
    least: N,
) -> Option<Violation> {
    let set = set.filter(|number| *number < least)?;
    Some(Violation::new(field, format!("must be at least {least}"), Some(&set.to_string())))
}

/// Whether a header may have this as its value: visible ASCII and blanks.
pub(crate) fn is_visible_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn user_agent(product: Option<&str>) -> Result<String, Violation> {
    let ours = concat!("enablex-rust/", env!("CARGO_PKG_VERSION"));
    match product {
        None => Ok(ours.to_owned()),
        Some(product) if is_visible_ascii(product) => Ok(format!("{ours} {product}").trim_end().to_owned()),
        Some(product) => Err(Violation::new("user_agent", "must be visible ASCII and blanks", Some(product))),
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
