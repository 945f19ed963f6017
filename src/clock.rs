//! The client's source of time.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
    time::{Duration, Instant, SystemTime},
};

/// A source of time, for tests that move a clock instead of waiting.
///
/// A client with one, set by [`ClientBuilder::clock`](crate::ClientBuilder::clock), uses it for every
/// deadline and every wait but the connect timeout, which uses real time.
///
/// ```
/// use std::{pin::Pin, sync::Mutex, time::{Duration, Instant, SystemTime}};
///
/// use enablex::{Client, Clock};
///
/// /// Waits end at once, and no deadline passes while a request is in flight.
/// struct Skipping {
///     start: (Instant, SystemTime),
///     passed: Mutex<Duration>,
/// }
///
/// impl Clock for Skipping {
///     fn now(&self) -> Instant {
///         self.start.0 + *self.passed.lock().unwrap()
///     }
///     fn system_time(&self) -> SystemTime {
///         self.start.1 + *self.passed.lock().unwrap()
///     }
///     fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
///         Box::pin(async move { *self.passed.lock().unwrap() += duration })
///     }
///     fn deadline(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
///         Box::pin(std::future::pending())
///     }
/// }
///
/// let clock = Skipping { start: (Instant::now(), SystemTime::now()), passed: Mutex::default() };
/// let client = Client::builder()
///     .credentials("5af1c0de", "app-key")
///     .base_url("http://127.0.0.1:8080/video/v2")
///     .clock(clock)
///     .build()?;
/// # Ok::<(), enablex::Error>(())
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The monotonic time, for deadlines and waits.
    fn now(&self) -> Instant;

    /// The calendar time, for dates in `Retry-After` and for
    /// [`JoinToken::issued_at`](crate::JoinToken::issued_at).
    fn system_time(&self) -> SystemTime;

    /// Waits for `duration`: before a retry, or for a turn under
    /// [`max_calls_per_second`](crate::ClientBuilder::max_calls_per_second).
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// Waits for `duration` while an attempt, the provider of credentials or the queue of a limit runs beside
    /// it and is cancelled when the wait ends first. A clock that skips waits must not skip these; for any
    /// other clock it is the same as [`sleep`](Self::sleep).
    fn deadline(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Instant {
        (**self).now()
    }
    fn system_time(&self) -> SystemTime {
        (**self).system_time()
    }
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        (**self).sleep(duration)
    }
    fn deadline(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        (**self).deadline(duration)
    }
}

/// Tokio's time, which needs no boxed future, or a clock of the caller.
pub(crate) enum Time {
    Tokio,
    Given(Box<dyn Clock>),
}

impl Time {
    pub fn now(&self) -> Instant {
        match self {
            Self::Tokio => tokio::time::Instant::now().into_std(),
            Self::Given(clock) => clock.now(),
        }
    }

    pub fn system_time(&self) -> SystemTime {
        match self {
            Self::Tokio => SystemTime::now(),
            Self::Given(clock) => clock.system_time(),
        }
    }

    pub async fn sleep(&self, duration: Duration) {
        match self {
            Self::Tokio => tokio::time::sleep(duration).await,
            Self::Given(clock) => clock.sleep(duration).await,
        }
    }

    /// The future's output, or `None` where it takes longer than `limit`, which is asked for only if the
    /// future is not ready at once.
    pub async fn within<F: Future>(
        &self,
        limit: impl FnOnce() -> Duration,
        mut future: Pin<&mut F>,
    ) -> Option<F::Output> {
        let mut deadline = pin!(async {
            match self {
                Self::Tokio => tokio::time::sleep(limit()).await,
                Self::Given(clock) => clock.deadline(limit()).await,
            }
        });
        poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => deadline.as_mut().poll(context).map(|()| None),
        })
        .await
    }
}
