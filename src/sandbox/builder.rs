//! How a sandbox is set up.

use std::{fmt, net::Ipv4Addr, sync::Arc, time::Duration};

use secrecy::SecretString;
use tokio::net::TcpListener;

use super::{
    Sandbox,
    auth::{Auth, Recording},
    check::Checks,
    clock::Clock,
    server,
    shared::Shared,
};
use crate::Error;

/// Sets up a [`Sandbox`].
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
    port: u16,
    app_id: String,
    app_key: SecretString,
    recording_user: String,
    recording_password: SecretString,
    clock_behind: Duration,
}

impl Default for SandboxBuilder {
    fn default() -> Self {
        Self {
            port: 0,
            app_id: "sandbox-app-id".into(),
            app_key: "sandbox-app-key".into(),
            recording_user: "sandbox-recording-user".into(),
            recording_password: "sandbox-recording-password".into(),
            clock_behind: Duration::ZERO,
        }
    }
}

impl SandboxBuilder {
    /// The port on 127.0.0.1; 0, the default, for one that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The `APP_ID` to take, under the rules of
    /// [`ClientBuilder::credentials`](crate::ClientBuilder::credentials).
    pub fn app_id(mut self, app_id: impl Into<String>) -> Self {
        self.app_id = app_id.into();
        self
    }

    /// The `APP_KEY` to take, under the same rules.
    pub fn app_key(mut self, app_key: impl Into<String>) -> Self {
        self.app_key = app_key.into().into();
        self
    }

    /// The recording user to take for the files of the archive, under the rules of an `APP_ID`.
    pub fn recording_user(mut self, user: impl Into<String>) -> Self {
        self.recording_user = user.into();
        self
    }

    /// The recording password to take, under the rules of an `APP_KEY`.
    pub fn recording_password(mut self, password: impl Into<String>) -> Self {
        self.recording_password = password.into().into();
        self
    }

    /// Starts its clock so much behind the real time, for sessions that are to lie in the past.
    pub fn clock_behind(mut self, behind: Duration) -> Self {
        self.clock_behind = behind;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) for credentials that no client
    /// could send; [`ErrorKind::Setup`](crate::ErrorKind::Setup) where the port is taken.
    ///
    /// # Panics
    /// Outside a Tokio runtime, as everything of Tokio does.
    pub async fn start(self) -> Result<Sandbox, Error> {
        let auth = Auth::new(self.app_id, self.app_key)?;
        let recording = Recording::new(self.recording_user, self.recording_password)?;
        let checks = Checks::get()?;
        let cannot_listen = |error| Error::setup("the sandbox cannot listen on its port", error);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await.map_err(cannot_listen)?;
        let address = listener.local_addr().map_err(cannot_listen)?;
        let shared = Arc::new(Shared::new(checks, auth, recording, address, Clock::new(self.clock_behind)));
        let server = tokio::spawn(server::serve(listener, shared.clone())).abort_handle();
        Ok(Sandbox { shared, server })
    }
}

impl fmt::Debug for SandboxBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SandboxBuilder")
            .field("port", &self.port)
            .field("app_id", &self.app_id)
            .finish_non_exhaustive()
    }
}
