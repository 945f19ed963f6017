//! A clock that the tests move.

use std::{
    collections::BTreeMap,
    future::Future,
    ops::RangeFrom,
    pin::Pin,
    sync::{Mutex, MutexGuard},
    task::{Context, Poll, Waker},
    time::{Duration, Instant, SystemTime},
};

use enablex::Clock;

/// When the clock starts: Mon, 09 Mar 2026 10:00:00 GMT.
const START: Duration = Duration::from_secs(1_773_050_400);
/// Limits of 25 s or more belong to the provider of credentials or to the queue for a permit, all others to
/// attempts.
const ASKING: RangeFrom<Duration> = Duration::from_secs(25)..;

/// It moves in two cases only: a wait ends at once and moves it by its length, and the server moves it to let
/// the limit of an attempt pass.
#[derive(Debug)]
pub struct MovedClock {
    start: Instant,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    elapsed: Duration,
    /// How many limits have started, and how many of them belong to attempts.
    begun: u32,
    attempts: u32,
    /// The running limits: when each ends, and its waker.
    limits: BTreeMap<u32, (Duration, Option<Waker>)>,
    waits: Vec<Duration>,
}

impl MovedClock {
    pub fn new() -> Self {
        Self { start: Instant::now(), state: Mutex::default() }
    }

    pub fn elapsed(&self) -> Duration {
        self.state().elapsed
    }

    /// How many attempts have started: each has a limit.
    pub fn attempts(&self) -> u32 {
        self.state().attempts
    }

    pub fn waits(&self) -> Vec<Duration> {
        self.state().waits.clone()
    }

    /// The running limit.
    pub fn limit(&self) -> Option<u32> {
        self.state().limits.keys().next().copied()
    }

    /// Moves the clock, but not beyond the end of the limit. Returns `false` if that is reached.
    pub fn step(&self, limit: u32, by: Duration) -> bool {
        let mut state = self.state();
        let Some(&(until, _)) = state.limits.get(&limit) else { return false };
        state.elapsed = (state.elapsed + by).min(until);
        let over = state.elapsed == until;
        if over && let Some((_, Some(waker))) = state.limits.get(&limit) {
            waker.wake_by_ref();
        }
        !over
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        self.start + self.elapsed()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + START + self.elapsed()
    }

    fn sleep(&self, length: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            let mut state = self.state();
            state.elapsed += length;
            state.waits.push(length);
        })
    }

    fn deadline(&self, length: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        let mut state = self.state();
        let number = state.begun;
        let until = state.elapsed + length;
        state.begun += 1;
        state.attempts += u32::from(!ASKING.contains(&length));
        state.limits.insert(number, (until, None));
        Box::pin(Limit { clock: self, number, until })
    }
}

struct Limit<'a> {
    clock: &'a MovedClock,
    number: u32,
    until: Duration,
}

impl Future for Limit<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        if state.elapsed >= self.until {
            return Poll::Ready(());
        }
        state.limits.insert(self.number, (self.until, Some(context.waker().clone())));
        Poll::Pending
    }
}

impl Drop for Limit<'_> {
    fn drop(&mut self) {
        self.clock.state().limits.remove(&self.number);
    }
}
