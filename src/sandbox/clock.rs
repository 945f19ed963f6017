//! The clock of the sandbox.

use std::time::{Duration, SystemTime};

use crate::wire::LAST_SECOND;

/// The machine's clock, started behind it and moved ahead on demand. It never goes back, even if the
/// machine's clock does.
pub(super) struct Clock {
    behind: Duration,
    offset: Duration,
    latest: SystemTime,
}

impl Clock {
    pub fn new(behind: Duration) -> Self {
        Self { behind, offset: Duration::ZERO, latest: SystemTime::UNIX_EPOCH }
    }

    /// A clock that starts as this one did.
    pub fn again(&self) -> Self {
        Self::new(self.behind)
    }

    pub fn now(&mut self) -> SystemTime {
        let last = SystemTime::UNIX_EPOCH + LAST_SECOND;
        let start = SystemTime::now().checked_sub(self.behind).unwrap_or(SystemTime::UNIX_EPOCH);
        let now = start.checked_add(self.offset).unwrap_or(last);
        self.latest = self.latest.max(now.min(last));
        self.latest
    }

    /// The new time; `None`, without effect, if it would be after the year 9999.
    pub fn advance(&mut self, by: Duration) -> Option<SystemTime> {
        let last = SystemTime::UNIX_EPOCH + LAST_SECOND;
        let offset = self.offset.checked_add(by)?;
        self.now().checked_add(by).filter(|then| *then <= last)?;
        self.offset = offset;
        Some(self.now())
    }
}
