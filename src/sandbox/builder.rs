//! The builder of a sandbox.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener},
    sync::Arc,
    time::Duration,
};

use secrecy::SecretString;

#[cfg(feature = "signalling")]
use super::authority::Authority;
use super::{
    Sandbox,
    auth::{Auth, Recording},
    check::Checks,
    clock::Clock,
    finding::Finding,
    host,
    query::LastDay,
    server::Server,
    shared::{FindingObserver, Shared},
    store::Store,
    watched::Watched,
    webhooks::{Target, WebhookTarget},
};
use crate::{Error, Violation};

/// Configures and starts a [`Sandbox`]; made by [`Sandbox::builder`].
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), enablex::Error> {
/// use enablex::sandbox::Sandbox;
///
/// let sandbox = Sandbox::builder().app_id("5af1c0de").app_key("not-a-real-key").start().await?;
/// assert_eq!(sandbox.app_id(), "5af1c0de");
/// # Ok(())
/// # }
/// ```
#[must_use]
pub struct SandboxBuilder {
    address: IpAddr,
    port: u16,
    app_id: String,
    app_key: SecretString,
    recording_user: String,
    recording_password: SecretString,
    clock_behind: Duration,
    last_day: LastDay,
    strict: bool,
    finding_observer: Option<FindingObserver>,
    webhooks: Option<WebhookTarget>,
    #[cfg(feature = "signalling")]
    tls: bool,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            address: Ipv4Addr::LOCALHOST.into(),
            port: 0,
            app_id: "sandbox-app-id".into(),
            app_key: "sandbox-app-key".into(),
            recording_user: "sandbox-recording-user".into(),
            recording_password: "sandbox-recording-password".into(),
            clock_behind: Duration::ZERO,
            last_day: LastDay::Included,
            strict: false,
            finding_observer: None,
            webhooks: None,
            #[cfg(feature = "signalling")]
            tls: false,
        }
    }
}

impl SandboxBuilder {
    /// Sets the address to listen on; 127.0.0.1 by default. `0.0.0.0` and `::` listen on all addresses of the
    /// machine; [`base_url`](Sandbox::base_url), [`host`](Sandbox::host) and [`client`](Sandbox::client) then
    /// use the loopback address of the same family.
    ///
    /// **Use an address other than loopback in private networks only**, such as that of a compose file: the
    /// default credentials are public, and the controls need no credentials. A
    /// [`Client`](crate::Client) on another machine has to
    /// [permit plain http](crate::ClientBuilder::allow_plain_http) to it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// use std::net::Ipv4Addr;
    ///
    /// use enablex::sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::builder().listen(Ipv4Addr::UNSPECIFIED).start().await?;
    /// assert!(sandbox.host().starts_with("127.0.0.1:"));
    /// sandbox.client()?.rooms().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn listen(mut self, address: impl Into<IpAddr>) -> Self {
        self.address = address.into().to_canonical();
        self
    }

    /// Sets the port. 0, the default, chooses a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Sets the `APP_ID` that the sandbox accepts; `sandbox-app-id` by default. The rules are those of
    /// [`ClientBuilder::credentials`](crate::ClientBuilder::credentials).
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = app_id.into();
        self
    }

    /// Sets the `APP_KEY` that the sandbox accepts, under the same rules; `sandbox-app-key` by default.
    pub fn app_key(mut self, app_key: impl Into<String>) -> Self {
        self.app_key = app_key.into().into();
        self
    }

    /// Sets the recording user that the sandbox accepts for the files of the archive, under the rules of an
    /// `APP_ID`; `sandbox-recording-user` by default.
    pub fn recording_user(mut self, user: impl Into<String>) -> Self {
        self.recording_user = user.into();
        self
    }

    /// Sets the recording password that the sandbox accepts, under the rules of an `APP_KEY`;
    /// `sandbox-recording-password` by default.
    pub fn recording_password(mut self, password: impl Into<String>) -> Self {
        self.recording_password = password.into().into();
        self
    }

    /// Starts the clock this much behind the real time, for sessions in the past.
    pub fn clock_behind(mut self, behind: Duration) -> Self {
        self.clock_behind = behind;
        self
    }

    /// Sets whether a report by period includes the last day of the period; `true` by default. With `false`,
    /// a period from a day to the same day is empty. It applies to call reports and archives, by period and
    /// by room and period.
    ///
    /// EnableX does not document which of them the service does, so test code that reads reports with both.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// use enablex::{Date, sandbox::Sandbox};
    ///
    /// for (counts, rows) in [(true, 1), (false, 0)] {
    ///     let sandbox = Sandbox::builder().last_day_counts(counts).start().await?;
    ///     sandbox.fill_report("5b473a40ad3c0a58a4e0e5c1", 1);
    ///     let today = Date::try_from(sandbox.now())?;
    ///     let report = sandbox.client()?.cdr().period(today..=today).list().await?;
    ///     assert_eq!(report.len(), rows);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn last_day_counts(mut self, counts: bool) -> Self {
        self.last_day = if counts { LastDay::Included } else { LastDay::Excluded };
        self
    }

    /// Sets whether the sandbox refuses every request that the document does not allow; `false` by default.
    /// Otherwise it takes what EnableX was seen to take, and what public programs send, and
    /// [reports](Sandbox::findings) it. Turn it on to test requests that you build yourself. A [`Client`] sends
    /// none that it refuses. (An empty `description` is a finding, but allowed by the document.)
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// # use enablex::sandbox::Sandbox;
    /// let sandbox = Sandbox::builder().strict(true).start().await?;
    /// # drop(sandbox);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`Client`]: crate::Client
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets a function that is called once for each [finding](Sandbox::findings), on the sandbox's thread. It
    /// must not block. If it panics, its caller gets no response, but no test fails by that: to fail one, assert
    /// on [`Sandbox::findings`].
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// # use enablex::sandbox::Sandbox;
    /// let sandbox = Sandbox::builder().observe_findings(|finding| eprintln!("{finding}")).start().await?;
    /// # drop(sandbox);
    /// # Ok(())
    /// # }
    /// ```
    pub fn observe_findings(mut self, observer: impl Fn(&Finding) + Send + Sync + 'static) -> Self {
        self.finding_observer = Some(Box::new(observer));
        self
    }

    /// Sends webhooks to this target from the start; to none by default. See
    /// [`Sandbox::send_webhooks`](Sandbox::send_webhooks).
    pub fn webhooks(mut self, target: WebhookTarget) -> Self {
        self.webhooks = Some(target);
        self
    }

    /// Sets whether the sandbox speaks TLS, and nothing else, on its port (feature `signalling`); `false` by
    /// default. Pages that were loaded over https open no other connections.
    ///
    /// Its certificates are issued while it runs, for each name and address by which it is reached, by an
    /// authority of its own: see [`Sandbox::ca_certificate`]. They are valid for a year. A
    /// [client of the sandbox](Sandbox::client_builder) trusts it.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), enablex::Error> {
    /// # use enablex::sandbox::Sandbox;
    /// let sandbox = Sandbox::builder().tls(true).start().await?;
    /// assert!(sandbox.base_url().starts_with("https://"));
    /// sandbox.client()?.rooms().list().await?;
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "signalling")]
    pub fn tls(mut self, tls: bool) -> Self {
        self.tls = tls;
        self
    }

    /// Starts the sandbox on a thread of its own. This works on any executor, without a Tokio runtime.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for credentials that no client could send,
    /// for a multicast or broadcast address in [`listen`](Self::listen), and for a target of webhooks that
    /// [`Sandbox::send_webhooks`] refuses;
    /// [`ErrorKind::Setup`](crate::ErrorKind::Setup) if the port is taken, the address does not belong to
    /// this machine, or no thread can be started.
    pub async fn start(self) -> Result<Sandbox, Error> {
        let auth = Auth::new(self.app_id, self.app_key)?;
        let recording = Recording::new(self.recording_user, self.recording_password)?;
        let target = self.webhooks.map(Target::new).transpose()?;
        let checks = Checks::get()?;
        let listener = listen(SocketAddr::new(self.address, self.port))?;
        let address = listener.local_addr().map(host::reachable);
        let address = address.map_err(|error| Error::setup("the sandbox cannot tell its port", error))?;
        let clock = Clock::new(self.clock_behind);
        let mut store = Store::new(auth.app_id().to_owned(), clock);
        store.webhooks.set(target);
        let shared = Arc::new(Shared {
            checks,
            auth,
            recording,
            address,
            last_day: self.last_day,
            strict: self.strict,
            finding_observer: self.finding_observer,
            #[cfg(feature = "signalling")]
            authority: if self.tls { Some(Arc::new(Authority::new()?)) } else { None },
            state: Watched::new(store),
        });
        let server = Server::start(listener, shared.clone()).await;
        let server = server.map_err(|error| Error::setup("the sandbox cannot have a thread", error))?;
        Ok(Sandbox { shared, server })
    }
}

/// Opens the port. From now on connections wait until the thread accepts them.
fn listen(address: SocketAddr) -> Result<TcpListener, Error> {
    let ip = address.ip();
    if ip.is_multicast() || ip == Ipv4Addr::BROADCAST {
        let rule = "must be an address of one machine, or of all of this machine's";
        return Err(Error::invalid(vec![Violation::new("listen", rule, Some(&ip.to_string()))]));
    }
    TcpListener::bind(address)
        .map_err(|error| Error::setup(format!("the sandbox cannot listen on {address}: {error}"), error))
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("listen", &self.address)
            .field("port", &self.port)
            .field("app_id", &self.app_id)
            .finish_non_exhaustive()
    }
}
