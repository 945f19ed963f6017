//! The events that were seen before.

use std::{
    collections::{HashSet, VecDeque},
    convert::Infallible,
    fmt,
    future::{Future, ready},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use crate::{Clock, clock::Time};

/// A store of the [keys](super::Event::dedup_key) of events that were seen.
///
/// ```
/// use std::time::Duration;
///
/// use enablex::webhooks::{Event, Seen, SeenInMemory};
///
/// /// Takes an event once. Respond with a 5XX where it fails, so that it is taken if it is delivered again.
/// async fn take<S: Seen>(seen: &S, event: &Event) -> Result<(), String> {
///     let key = event.dedup_key();
///     // Where the store cannot be asked: to take an event twice is better than to lose it.
///     if !seen.is_new(&key).await.unwrap_or(true) {
///         return Ok(()); // a redelivery
///     }
///     let stored = store(event).await;
///     if stored.is_err() {
///         _ = seen.forget(&key).await;
///     }
///     stored
/// }
/// # async fn store(event: &Event) -> Result<(), String> { Ok(()) }
/// let seen = SeenInMemory::new(10_000, Duration::from_secs(24 * 60 * 60));
/// ```
///
/// A delivery that comes while another one of the same event is being processed counts as seen. If that one then
/// fails, or its process ends, the event is lost: the reports have it.
pub trait Seen {
    /// Why the store could not be asked.
    type Error;

    /// Adds a key. `true` if it was not there: of several calls at once, exactly one gets that.
    fn is_new(&self, key: &str) -> impl Future<Output = Result<bool, Self::Error>> + Send;

    /// Removes a key whose event could not be processed, so that a redelivery is taken.
    fn forget(&self, key: &str) -> impl Future<Output = Result<(), Self::Error>> + Send;
}

/// The keys that one process has seen. They are lost when it ends.
pub struct SeenInMemory {
    most: usize,
    expiry: Duration,
    time: Time,
    keys: Mutex<Keys>,
}

#[derive(Default)]
struct Keys {
    known: HashSet<Arc<str>>,
    /// The same, in the order of their arrival.
    order: VecDeque<(Instant, Arc<str>)>,
}

impl Keys {
    fn drop_oldest(&mut self) {
        if let Some((_, oldest)) = self.order.pop_front() {
            self.known.remove(&oldest);
        }
    }
}

impl SeenInMemory {
    /// Keeps at most so many keys (0 counts as 1), each for so long. Of more the oldest are forgotten. A key
    /// takes some 200 bytes.
    pub fn new(most: usize, expiry: Duration) -> Self {
        Self { most: most.max(1), expiry, time: Time::Tokio, keys: Mutex::default() }
    }

    /// Sets the source of time, for a test that moves the clock.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.time = Time::Given(Box::new(clock));
        self
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, key: &str) -> bool {
        let now = self.time.now();
        let mut keys = self.keys();
        while let Some((since, _)) = keys.order.front()
            && now.saturating_duration_since(*since) >= self.expiry
        {
            keys.drop_oldest();
        }
        if keys.known.contains(key) {
            return false;
        }
        if keys.order.len() == self.most {
            keys.drop_oldest();
        }
        let key: Arc<str> = key.into();
        keys.known.insert(key.clone());
        keys.order.push_back((now, key));
        true
    }
}

impl Seen for SeenInMemory {
    type Error = Infallible;

    fn is_new(&self, key: &str) -> impl Future<Output = Result<bool, Infallible>> + Send {
        ready(Ok(self.add(key)))
    }

    fn forget(&self, key: &str) -> impl Future<Output = Result<(), Infallible>> + Send {
        let mut keys = self.keys();
        if keys.known.remove(key) {
            keys.order.retain(|(_, known)| **known != *key);
        }
        ready(Ok(()))
    }
}

impl fmt::Debug for SeenInMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SeenInMemory")
            .field("most", &self.most)
            .field("expiry", &self.expiry)
            .finish_non_exhaustive()
    }
}
