//! How a client is set up.

use std::{fmt, sync::Arc, time::Duration};

use super::{
    Client,
    base_url::{BaseUrl, PRODUCTION},
    credentials::{Credentials, Field},
};
use crate::{
    Error, Violation, bindings,
    transport::{HttpSettings, Transport, Wire, certificates},
};

const APP_ID: &str = "ENABLEX_APP_ID";
const APP_KEY: &str = "ENABLEX_APP_KEY";
const BASE_URL: &str = "ENABLEX_BASE_URL";

/// Sets up a [`Client`]. Nothing is checked before [`build`](Self::build), which then tells of
/// everything at once.
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
    credentials: Credentials,
    base_url: Result<String, Violation>,
    base_url_field: &'static str,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    timeout: Duration,
    root_certificates: Vec<Vec<u8>>,
    user_agent: Option<String>,
    shape: Option<crate::transport::Shape>,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            credentials: Credentials { app_id: Field::missing("app_id"), app_key: Field::missing("app_key") },
            base_url: Ok(PRODUCTION.to_owned()),
            base_url_field: "base_url",
            connect_timeout: Duration::from_secs(5),
            attempt_timeout: Duration::from_secs(10),
            timeout: Duration::from_secs(30),
            root_certificates: Vec::new(),
            user_agent: None,
            shape: None,
        }
    }
}

impl ClientBuilder {
    /// The project's `APP_ID` and `APP_KEY`, from EnableX's portal. ASCII without blanks.
    pub fn credentials(mut self, app_id: impl Into<String>, app_key: impl Into<String>) -> Self {
        self.credentials = Credentials {
            app_id: Field::given("app_id", app_id.into()),
            app_key: Field::given("app_key", app_key.into()),
        };
        self
    }

    /// Takes the credentials from `ENABLEX_APP_ID` and `ENABLEX_APP_KEY`, and the base URL from
    /// `ENABLEX_BASE_URL` where that is set.
    #[allow(clippy::wrong_self_convention)]
    pub fn from_env(mut self) -> Self {
        self.credentials = Credentials { app_id: Field::from_env(APP_ID), app_key: Field::from_env(APP_KEY) };
        if let Some(url) = std::env::var_os(BASE_URL) {
            let unreadable = |_| Violation::new(BASE_URL, "must be a URL", None);
            self.base_url = url.into_string().map_err(unreadable);
            self.base_url_field = BASE_URL;
        }
        self
    }

    /// The address of the API, `/video/v2` included, with or without a slash at its end. EnableX's
    /// production API by default. `https`, or `http` to a loopback host, without query and
    /// credentials.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Ok(url.into());
        self.base_url_field = "base_url";
        self
    }

    /// How long a connection may take to come about; 5 s by default.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long an attempt may take, its answer's body included; 10 s by default. A call makes one
    /// attempt: nothing is repeated on its own, and [`Error::is_retryable`] tells what may be.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How long a whole call may take, whatever it does; 30 s by default.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Trusts the certificates of a PEM text beside those of the system, for a host of a reseller's
    /// own.
    pub fn root_certificates_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Adds to the `User-Agent`, after `enablex-rust/<version>`: visible ASCII and blanks.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Shapes the `reqwest::ClientBuilder`: a proxy, DNS, the connection pool. Redirects, TLS,
    /// timeouts and the user agent are set afterwards, so what this crate promises of them holds;
    /// over plain-http loopback no proxy is used either.
    ///
    /// ```
    /// # use enablex::{Client, reqwest};
    /// let builder = Client::builder()
    ///     .credentials("5af1c0de", "app-key")
    ///     .configure_http(|http| http.pool_max_idle_per_host(4));
    /// ```
    pub fn configure_http<F>(mut self, shape: F) -> Self
    where
        F: FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    {
        self.shape = Some(Box::new(shape));
        self
    }

    /// Builds the client. Nothing is sent.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with every setting that breaks a
    /// rule; [`ErrorKind::Setup`](crate::ErrorKind::Setup) where the HTTP client cannot be
    /// built, for lack of CA certificates for example.
    pub fn build(self) -> Result<Client, Error> {
        let mut violations: Vec<Violation> = self.credentials.violations().collect();
        let field = self.base_url_field;
        let base_url = self.base_url.and_then(|url| BaseUrl::parse(&url, field));
        let base_url = kept(base_url, &mut violations);
        let roots: Result<Vec<_>, _> = self.root_certificates.iter().map(|pem| certificates(pem)).collect();
        let roots = kept(roots, &mut violations);
        let user_agent = kept(user_agent(self.user_agent.as_deref()), &mut violations);
        for (field, timeout) in [
            ("connect_timeout", self.connect_timeout),
            ("attempt_timeout", self.attempt_timeout),
            ("timeout", self.timeout),
        ] {
            if timeout.is_zero() {
                violations.push(Violation::new(field, "must be longer than zero", Some("0 s")));
            }
        }
        let (Some(base_url), Some(roots), Some(user_agent), true) =
            (base_url, roots, user_agent, violations.is_empty())
        else {
            return Err(Error::invalid(violations));
        };

        let settings = HttpSettings {
            plain: base_url.plain,
            connect_timeout: self.connect_timeout,
            attempt_timeout: self.attempt_timeout,
            roots: roots.into_iter().flatten().collect(),
            user_agent,
            shape: self.shape,
        };
        let authorization = self
            .credentials
            .authorization()
            .map_err(|error| Error::setup("the credentials make no header", error))?;
        let bindings =
            bindings::Client::new_with_client(&base_url.text, settings.build()?, Wire::new(authorization));
        let transport = Transport { bindings, deadline: self.timeout, scrub: self.credentials.scrub() };
        Ok(Client { transport: Arc::new(transport) })
    }
}

/// The value, or its violation put to the others.
fn kept<T>(checked: Result<T, Violation>, violations: &mut Vec<Violation>) -> Option<T> {
    checked.map_err(|violation| violations.push(violation)).ok()
}

fn user_agent(product: Option<&str>) -> Result<String, Violation> {
    let ours = concat!("enablex-rust/", env!("CARGO_PKG_VERSION"));
    match product {
        None => Ok(ours.to_owned()),
        Some(product) if product.bytes().all(|byte| matches!(byte, b' '..=b'~')) => {
            Ok(format!("{ours} {product}").trim_end().to_owned())
        }
        Some(product) => Err(Violation::new("user_agent", "must be visible ASCII and blanks", Some(product))),
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder").finish_non_exhaustive()
    }
}
