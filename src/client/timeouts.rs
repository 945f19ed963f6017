//! The timeouts of a client, and their defaults.

use std::time::Duration;

use crate::Violation;

const CONNECT: Duration = Duration::from_secs(5);
const ATTEMPT: Duration = Duration::from_secs(10);
const CALL: Duration = Duration::from_secs(30);

/// The timeouts that were set.
#[derive(Default)]
pub(super) struct Timeouts {
    pub connect: Option<Duration>,
    pub attempt: Option<Duration>,
    pub call: Option<Duration>,
}

impl Timeouts {
    /// The timeouts of a connection, an attempt and a call. A default is shortened to the timeout around it;
    /// a timeout that was set is not changed.
    pub fn resolved(&self) -> (Duration, Duration, Duration) {
        let call = self.call.unwrap_or(CALL);
        let attempt = self.attempt.unwrap_or(ATTEMPT.min(call));
        (self.connect.unwrap_or(CONNECT.min(attempt)), attempt, call)
    }

    pub fn violations(&self) -> impl Iterator<Item = Violation> {
        let (_, attempt, call) = self.resolved();
        [
            violation("connect_timeout", self.connect, "attempt_timeout", attempt),
            violation("attempt_timeout", self.attempt, "timeout", call),
            violation("timeout", self.call, "timeout", call),
        ]
        .into_iter()
        .flatten()
    }
}

/// The violation of a timeout that is zero, or longer than the one around it.
pub(crate) fn violation(
    field: &'static str,
    set: Option<Duration>,
    around: &'static str,
    longest: Duration,
) -> Option<Violation> {
    let set = set?;
    let rule = if set.is_zero() {
        "must be longer than zero".into()
    } else if set > longest && !longest.is_zero() {
        format!("must not be longer than `{around}`, which is {} s", longest.as_secs_f64())
    } else {
        return None;
    };
    Some(Violation::new(field, rule, Some(&format!("{} s", set.as_secs_f64()))))
}
