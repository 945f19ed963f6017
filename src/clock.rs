//! Where the time comes from.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    sync::Arc,
    task::Poll,
    time::{Duration, Instant, SystemTime},
};

/// A source of time: for tests that move a clock instead of waiting.
///
/// A client that is given one by [`ClientBuilder::clock`](crate::ClientBuilder::clock) asks it for
/// every deadline and every wait. Only the connect timeout goes by the real time.
///
/// ```
/// use std::{pin::Pin, sync::Mutex, time::{Duration, Instant, SystemTime}};
///
/// use enablex::{Client, Clock};
///
/// /// Waits are over at once, and no deadline passes while something is under way.
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
    /// The time that never goes back, for deadlines and waits.
    fn now(&self) -> Instant;

    /// The time of the calendar, for `Retry-After` dates and for when a token was issued.
    fn system_time(&self) -> SystemTime;

    /// A wait, before a repeat or for the next place under
    /// [`max_calls_per_second`](crate::ClientBuilder::max_calls_per_second): ends when that much time
    /// has passed.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;

    /// The time that something has, which runs beside it: an attempt, the provider of credentials,
    /// the queue for a place under the limits. Ends when that much time has passed; dropped where
    /// the other ends first. A clock that does not skip waits sleeps for both alike.
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

/// Tokio's time, which needs no boxed future, or a clock that was given.
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

    /// The future's output, or `None` where it takes longer than this.
    pub async fn within<F: Future>(&self, limit: Duration, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        let mut deadline = pin!(async {
            match self {
                Self::Tokio => tokio::time::sleep(limit).await,
                Self::Given(clock) => clock.deadline(limit).await,
            }
        });
        poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => deadline.as_mut().poll(context).map(|()| None),
        })
        .await
    }
}
