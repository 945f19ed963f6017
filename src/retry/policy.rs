//! How many attempts a call makes, and how long it waits between them.

use std::time::Duration;

use crate::Violation;

/// How many attempts a call makes, and how long it waits between them.
///
/// The backoff before the first retry is [`initial_backoff`](Self::initial_backoff). It doubles with each
/// further one, up to [`max_backoff`](Self::max_backoff). The call waits a random part of it, from zero to
/// all ("full jitter"), so that clients that failed together do not retry together.
///
/// ```
/// use std::time::Duration;
/// use enablex::{Client, RetryPolicy};
///
/// let patient = RetryPolicy::standard().max_attempts(5).max_backoff(Duration::from_secs(15));
/// let client = Client::builder()
///     .credentials("5af1c0de", "app-key")
///     .base_url("http://127.0.0.1:8080/video/v2")
///     .retry(patient)
///     .build()?;
/// # Ok::<(), enablex::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct RetryPolicy {
    max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
}

impl RetryPolicy {
    /// Three attempts, an initial backoff of 500 ms and a maximum of 8 s. The figures are this crate's
    /// choice: EnableX documents only "back off exponentially".
    pub fn standard() -> Self {
        Self {
            max_attempts: 3,
            initial_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(8),
        }
    }

    /// One attempt. New credentials from a provider are still tried once.
    pub fn none() -> Self {
        Self { max_attempts: 1, ..Self::standard() }
    }

    /// The most attempts that a call makes, the first one included. At least 1.
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// The longest wait before the first retry. Longer than zero.
    pub fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.initial_backoff = backoff;
        self
    }

    /// The longest wait before any retry, `Retry-After` aside. Not shorter than the initial one.
    pub fn max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.max_attempts
    }

    /// The wait before this retry, counted from 1. `fraction` is the random factor, from 0 to 1.
    pub(crate) fn backoff(&self, retry: u32, fraction: f64) -> Duration {
        let factor = 2_u32.checked_pow(retry - 1).unwrap_or(u32::MAX);
        let longest = self.initial_backoff.saturating_mul(factor).min(self.max_backoff);
        let seconds = longest.as_secs_f64() * fraction.clamp(0.0, 1.0);
        Duration::try_from_secs_f64(seconds).unwrap_or(longest)
    }

    pub(crate) fn violations(&self) -> impl Iterator<Item = Violation> {
        let Self { max_attempts, initial_backoff, max_backoff } = *self;
        let seconds = |duration: Duration| format!("{} s", duration.as_secs_f64());
        [
            (max_attempts == 0)
                .then(|| Violation::new("retry.max_attempts", "must be at least 1", Some("0"))),
            initial_backoff.is_zero().then(|| {
                let got = seconds(initial_backoff);
                Violation::new("retry.initial_backoff", "must be longer than zero", Some(&got))
            }),
            (max_backoff < initial_backoff).then(|| {
                let rule =
                    format!("must not be shorter than the initial one of {}", seconds(initial_backoff));
                Violation::new("retry.max_backoff", rule, Some(&seconds(max_backoff)))
            }),
        ]
        .into_iter()
        .flatten()
    }
}

impl Default for RetryPolicy {
    /// [`standard`](Self::standard).
    fn default() -> Self {
        Self::standard()
    }
}
