//! The builder of a client.

use std::{error::Error as StdError, fmt, future::Future, sync::Arc, time::Duration};

use super::{
    base_url::PRODUCTION,
    credentials::{Credentials, Source, Unchecked},
    recording::Recording,
    timeouts::Timeouts,
};
use crate::{
    Clock, RetryPolicy, Violation,
    clock::Time,
    transport::{Observe, Shape},
};

mod build;

const BASE_URL: &str = "ENABLEX_BASE_URL";

/// The default cap of a response body, in bytes.
const BODY_CAP: usize = 8 * 1024 * 1024;

/// Sets up a [`Client`](crate::Client); from [`Client::builder`](crate::Client::builder).
/// [`build`](Self::build) checks all settings, and its error has a [`Violation`] for each one that breaks a
/// rule.
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
            credentials: Source::Pair(Unchecked::missing()),
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
    /// Sets the project's `APP_ID` and `APP_KEY`, from EnableX's portal. Both are ASCII without blanks; the
    /// app id has no colon.
    pub fn credentials(mut self, app_id: impl Into<String>, app_key: impl Into<String>) -> Self {
        self.credentials = Source::Pair(Unchecked::pair(app_id.into(), app_key.into()));
        self
    }

    /// Sets a provider of the credentials, so that they can change while the client runs. The last one of
    /// this and [`credentials`](Self::credentials) counts.
    ///
    /// The provider is called before the first call, and again when a call is refused with `UNAUTHORIZED`,
    /// `CREDENTIAL_EXPIRED` or a plain HTTP 401. Where it then gives another pair, that call is retried with
    /// it once, whatever its [`RetryPolicy`], over new connections; otherwise the call is not retried. Calls
    /// that need credentials at the same time share one run of the provider, whose time counts against their
    /// timeouts. After a provider has failed, the next call runs it again.
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

    /// Takes the credentials from the environment variables `ENABLEX_APP_ID` and `ENABLEX_APP_KEY`, and the
    /// base URL from `ENABLEX_BASE_URL` where that is set and not empty.
    #[allow(clippy::wrong_self_convention)]
    pub fn from_env(mut self) -> Self {
        self.credentials = Source::Pair(Unchecked::from_env());
        if let Some(url) = std::env::var_os(BASE_URL).filter(|url| !url.is_empty()) {
            let unreadable = |_| Violation::new(BASE_URL, "must be a URL", None);
            self.base_url = url.into_string().map_err(unreadable);
            self.base_url_field = BASE_URL;
        }
        self
    }

    /// Sets the recording user and password, from EnableX's portal, and the hosts that they are for, which
    /// [`Client::file`](crate::Client::file) needs.
    ///
    /// A host is `host` or `host:port`; without a port it is the default port of the link's scheme alone. The
    /// two are sent to these hosts and no others, whatever an archive links to: over TLS, or in plain http to
    /// loopback and to hosts that [`allow_plain_http`](Self::allow_plain_http) permits. Neither has control
    /// characters; the user has no colon.
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

    /// Sets the address of the API, with `/video/v2`, and with or without a slash at its end. The default is
    /// EnableX's production API. It is `https`, or `http` to loopback and to a host that
    /// [`allow_plain_http`](Self::allow_plain_http) permits, and has no query and no credentials.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Ok(url.into());
        self.base_url_field = "base_url";
        self
    }

    /// Permits plain http to a host, for the base URL and for files: to one service of a private network,
    /// such as the sandbox of a compose file. The host is `host` or `host:port`; without a port it is port 80
    /// alone. Call it once for each host.
    ///
    /// **Plain http protects nothing.** Anyone on the network path can read the app id, the app key, every
    /// join token and the recording password, and so can a server that takes the place of the host. Calls
    /// over plain http use no proxy.
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

    /// Sets how long a connection may take, its TLS handshake included. At most the
    /// [`attempt_timeout`](Self::attempt_timeout). The default is 5 s, or the attempt's timeout where that is
    /// shorter.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = Some(timeout);
        self
    }

    /// Sets how long an attempt may take, the body of its response included. At most the
    /// [`timeout`](Self::timeout). The default is 10 s, or the call's timeout where that is shorter.
    ///
    /// A [report](crate::ReportRows) that is read row by row and a [file](crate::FileHandle) may take any
    /// time, but fail when no bytes come for this long.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = Some(timeout);
        self
    }

    /// Sets how long a whole call may take: its attempts, the waits between them, and the waits for the
    /// limits below. The default is 30 s.
    ///
    /// For a [report](crate::ReportRows) that is read row by row it is the time until the first row, for a
    /// [file](crate::FileHandle) the time without new bytes.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.call = Some(timeout);
        self
    }

    /// Sets how many attempts a call makes, and how long it waits between them: see [`retry`](crate::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Limits how many requests start in any second, retries included. Other requests wait their turn. There
    /// is no limit by default: EnableX has one, but does not document it.
    pub fn max_calls_per_second(mut self, calls: u32) -> Self {
        self.max_calls_per_second = Some(calls);
        self
    }

    /// Limits how many requests are in flight at once. Other requests wait for a permit. A call that waits
    /// before a retry holds none; a [report](crate::ReportRows) that is read row by row holds one until it
    /// ends. There is no limit by default.
    pub fn max_calls_in_flight(mut self, calls: u32) -> Self {
        self.max_calls_in_flight = Some(calls);
        self
    }

    /// Limits the body of a response, in bytes. The default is 8 MiB; at least 4 KiB, which is this crate's
    /// choice and enough for a token. The largest responses are reports and the list of all rooms. For a
    /// report that is read [row by row](crate::ReportRows) it is the limit of a row.
    ///
    /// The number of JSON values is limited, too, since small values take much memory: to one object for
    /// every 48 bytes of the limit and one value for every 8 bytes (of 64 KiB, where the limit is less).
    /// Other limits of a response are fixed: 100 headers with about 400 KiB in all, and JSON nested 127 deep.
    pub fn body_cap(mut self, bytes: usize) -> Self {
        self.body_cap = bytes;
        self
    }

    /// Trusts the certificates of a PEM text in addition to those of the system: for a reseller's own host,
    /// or for a proxy that intercepts TLS. Give the certificate of the issuing CA; a server's own certificate
    /// works only if it is not a CA certificate.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Adds a product to the `User-Agent` header, after `enablex-rust/<version>`. Visible ASCII and blanks.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Configures the [`reqwest::ClientBuilder`]: a proxy, DNS, the connection pool.
    ///
    /// Redirects, retries, TLS, timeouts, logs and the user agent are set afterwards, so that they are as
    /// this crate documents them; over plain http no proxy is used. The function runs when the client is built,
    /// and for each pair of credentials, each runtime, and the hosts that redirects of files lead to: default
    /// headers that it sets are sent to all of these hosts. Mark their secret values as
    /// [sensitive](reqwest::header::HeaderValue::set_sensitive): the `Debug` of the
    /// [`bindings`](crate::Client::bindings) shows the others.
    ///
    /// Without a proxy set here, the environment variables `HTTPS_PROXY` and `ALL_PROXY` name one, and
    /// `NO_PROXY` names the hosts that need none, each in upper or lower case. User and password are
    /// percent-encoded in the proxy's URL. A proxy speaks HTTP; SOCKS is not supported.
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

    /// Sets an observer of drift: of every way in which the service's responses differ from the document that
    /// this crate is generated from (`openapi/video.json`), such as unknown keys, values and codes, other
    /// types, and missing keys. A [`Drift`](crate::Drift) never holds a value. An observer changes nothing of
    /// what calls return.
    ///
    /// It is called once for each drift that the client and its clones meet, for 1,000 of them at most, and
    /// then once with [`DriftKind::TooMany`](crate::DriftKind::TooMany). It sees the responses that arrived
    /// whole, refusals and attempts that are retried included, and each row of a [report](crate::ReportRows).
    /// It does not see headers, repeated keys, files, and responses to direct calls of the [`bindings`](crate::bindings).
    /// Every body is read a second time, so reading a long report takes up to half as long again.
    ///
    /// The task that makes the call runs the observer before the call goes on, and several tasks may run it
    /// at once, so it should return quickly. A panic of the observer is caught after the panic hook has run:
    /// the call returns its response, and the observer is called for the next drift. The last observer that
    /// is set counts.
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

    /// Sets the [`Clock`] that the client uses, for tests. The default is Tokio's.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.time = Time::Given(Box::new(clock));
        self
    }

    /// Sets the source of the random part of a backoff, a number from 0 to 1, for tests.
    pub fn jitter(mut self, fraction: impl Fn() -> f64 + Send + Sync + 'static) -> Self {
        self.jitter = Box::new(fraction);
        self
    }
}

/// Whether the text is a header value that this crate sends: visible ASCII and blanks.
pub(crate) fn is_visible_ascii(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
