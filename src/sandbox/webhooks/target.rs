//! Where webhooks are sent, and how.

use std::{fmt, time::Duration};

use secrecy::SecretString;

use crate::client::printable_url;

/// Where the sandbox sends [webhooks](crate::sandbox#webhooks), and how; for
/// [`SandboxBuilder::webhooks`](crate::sandbox::SandboxBuilder::webhooks) and
/// [`Sandbox::send_webhooks`](crate::sandbox::Sandbox::send_webhooks).
///
/// By default each event is sent once, at once, and in the order in which it happened. EnableX documents no
/// redelivery, no order and no id of an event, so an application should bear all that can be set here: events
/// that come twice, late or in another order.
///
/// The URL is http or https, with the certificates that the machine trusts. No proxy is used and no redirect
/// followed. A request may take 5 seconds; the next event waits for it, the API does not. `Debug` prints neither
/// user nor password nor the query of the URL.
///
/// ```
/// use std::time::Duration;
///
/// use enablex::sandbox::{Sandbox, WebhookTarget};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), enablex::Error> {
/// let target = WebhookTarget::new("http://127.0.0.1:3000/webhooks")
///     .basic("user", "password")
///     .duplicates(1)
///     .redeliveries(3)
///     .delay(Duration::from_secs(1))
///     .reorder(true);
/// let sandbox = Sandbox::builder().webhooks(target).start().await?;
/// // Users join and leave …
/// for delivery in sandbox.webhooks() {
///     println!("{:?}: {}", delivery.status, delivery.event);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use]
pub struct WebhookTarget {
    pub(super) url: String,
    pub(super) basic: Option<(String, SecretString)>,
    pub(super) duplicates: u32,
    pub(super) redeliveries: u32,
    pub(super) delay: Duration,
    pub(super) reorder: bool,
}

impl WebhookTarget {
    /// A target at this http or https URL. It must have no credentials in it.
    pub fn new(url: impl Into<String>) -> Self {
        let url = url.into();
        Self { url, basic: None, duplicates: 0, redeliveries: 0, delay: Duration::ZERO, reorder: false }
    }

    /// Sends this user and password with HTTP Basic; none by default. The user must have no colon.
    pub fn basic(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.basic = Some((user.into(), password.into().into()));
        self
    }

    /// Sends each event so many times more at once; 0 by default.
    pub fn duplicates(mut self, duplicates: u32) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Sends an event again, up to so many times, if the response is no 2XX or there is none; 0 by default.
    /// Each time is after the [delay](Self::delay). The events that follow wait.
    pub fn redeliveries(mut self, redeliveries: u32) -> Self {
        self.redeliveries = redeliveries;
        self
    }

    /// Waits for this real time before an event is sent; zero by default. The events of the meantime are then
    /// due together with it.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Sets whether the events that are due together are sent in reverse order; `false` by default. At the end
    /// of a session `session_stop` then comes last.
    pub fn reorder(mut self, reorder: bool) -> Self {
        self.reorder = reorder;
        self
    }
}

impl fmt::Debug for WebhookTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookTarget")
            .field("url", &printable_url(&self.url))
            .field("duplicates", &self.duplicates)
            .field("redeliveries", &self.redeliveries)
            .field("delay", &self.delay)
            .field("reorder", &self.reorder)
            .finish_non_exhaustive()
    }
}
