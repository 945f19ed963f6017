//! The limits of a client: calls in flight, and calls per second.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use tokio::sync::{Mutex, OwnedSemaphorePermit, Semaphore};

use crate::clock::Time;

const SECOND: Duration = Duration::from_secs(1);

/// The limits that a client has. Both queues are first come, first served. A call that is dropped
/// leaves the queue.
pub(crate) struct Limits {
    in_flight: Option<Arc<Semaphore>>,
    per_second: Option<PerSecond>,
}

struct PerSecond {
    most: usize,
    /// The start times of the calls of the last second.
    started: Mutex<VecDeque<Instant>>,
}

impl Limits {
    pub fn new(in_flight: Option<u32>, per_second: Option<u32>) -> Self {
        let number = |most| usize::try_from(most).unwrap_or(usize::MAX);
        Self {
            in_flight: in_flight
                .map(|most| Arc::new(Semaphore::new(number(most).min(Semaphore::MAX_PERMITS)))),
            per_second: per_second.map(|most| PerSecond { most: number(most), started: Mutex::default() }),
        }
    }

    /// Waits until a request may be sent. The permit is held until its response has been read.
    pub async fn admit(&self, time: &Time) -> Option<OwnedSemaphorePermit> {
        let permit = match &self.in_flight {
            // The semaphore is never closed.
            Some(in_flight) => in_flight.clone().acquire_owned().await.ok(),
            None => None,
        };
        if let Some(per_second) = &self.per_second {
            per_second.admit(time).await;
        }
        permit
    }
}

impl PerSecond {
    async fn admit(&self, time: &Time) {
        let mut started = self.started.lock().await;
        if started.len() >= self.most
            && let Some(first) = started.front()
        {
            let passed = time.now().saturating_duration_since(*first);
            if passed < SECOND {
                time.sleep(SECOND - passed).await;
            }
        }
        let now = time.now();
        while started.front().is_some_and(|first| now.saturating_duration_since(*first) >= SECOND) {
            started.pop_front();
        }
        started.push_back(now);
    }
}
