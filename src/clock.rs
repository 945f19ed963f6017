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
/// every deadline and every wait: each attempt runs against one [`sleep`](Self::sleep), and every
/// wait is one. Only the connect timeout goes by the real time.
///
/// ```
/// use std::{pin::Pin, sync::Mutex, time::{Duration, Instant, SystemTime}};
///
/// use enablex::Clock;
///
/// /// Waits are over at once; the limits of attempts never pass. Here a sleep of 5 s and more is
/// /// taken for a limit: an attempt has 10 s by default, and a wait is shorter unless `Retry-After`
/// /// asks for more.
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
///         Box::pin(async move {
///             if duration >= Duration::from_secs(5) {
///                 std::future::pending().await
///             }
///             *self.passed.lock().unwrap() += duration;
///         })
///     }
/// }
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The time that never goes back, for deadlines and waits.
    fn now(&self) -> Instant;

    /// The time of the calendar, for `Retry-After` dates and for when a token was issued.
    fn system_time(&self) -> SystemTime;

    /// Ends when that much time has passed.
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
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
        let mut sleep = pin!(self.sleep(limit));
        poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => sleep.as_mut().poll(context).map(|()| None),
        })
        .await
    }
}
