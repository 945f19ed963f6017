//! How long things may take.

use std::time::Duration;

use crate::Violation;

const CONNECT: Duration = Duration::from_secs(5);
const ATTEMPT: Duration = Duration::from_secs(10);
const CALL: Duration = Duration::from_secs(30);

/// The timeouts of a client that were set.
#[derive(Default)]
pub(super) struct Timeouts {
    pub connect: Option<Duration>,
    pub attempt: Option<Duration>,
    pub call: Option<Duration>,
}

impl Timeouts {
    /// Connect, attempt and call. A default that is longer than what was set around it shrinks to
    /// it; what was set is never changed.
    pub fn resolved(&self) -> (Duration, Duration, Duration) {
        let call = self.call.unwrap_or(CALL);
        let attempt = self.attempt.unwrap_or(ATTEMPT.min(call));
        (self.connect.unwrap_or(CONNECT.min(attempt)), attempt, call)
    }

    pub fn violations(&self) -> impl Iterator<Item = Violation> {
        let (connect, attempt, call) = self.resolved();
        [
            violation("connect_timeout", connect, "must not be longer than `attempt_timeout`", attempt),
            violation("attempt_timeout", attempt, "must not be longer than `timeout`", call),
            violation("timeout", call, "", call),
        ]
        .into_iter()
        .flatten()
    }
}

/// A timeout of zero, or one longer than that around it.
pub(crate) fn violation(
    field: &'static str,
    timeout: Duration,
    rule: &'static str,
    around: Duration,
) -> Option<Violation> {
    let broken = |rule: &str, value: String| Violation::new(field, rule.to_owned(), Some(&value));
    if timeout.is_zero() {
        Some(broken("must be longer than zero", "0 s".into()))
    } else if timeout > around && !around.is_zero() {
        let rule = format!("{rule}, which is {} s", around.as_secs_f64());
        Some(broken(&rule, format!("{} s", timeout.as_secs_f64())))
    } else {
        None
    }
}
