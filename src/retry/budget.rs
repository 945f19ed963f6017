//! The retry budget of a client.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// The capacity, as in the AWS SDKs.
const CAPACITY: u32 = 500;

pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub fn new() -> Self {
        Self(CAPACITY.into())
    }

    /// Draws the cost of a retry. `None`: there is not enough left.
    pub fn draw(&self, cost: u32) -> Option<Draw<'_>> {
        self.0.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(cost)).ok()?;
        Some(Draw { budget: self, cost })
    }

    /// Returns this much after a success.
    pub fn give_back(&self, amount: u32) {
        // Cannot fail: the closure always returns a value.
        let _ = self.0.fetch_update(Relaxed, Relaxed, |left| Some((left + amount).min(CAPACITY)));
    }
}

/// The cost of a retry, drawn before the wait for it. Returned on drop, if the retry was not made.
pub(crate) struct Draw<'a> {
    budget: &'a Budget,
    cost: u32,
}

impl Draw<'_> {
    /// The retry is made. Returns its cost.
    pub fn spent(mut self) -> u32 {
        std::mem::take(&mut self.cost)
    }
}

impl Drop for Draw<'_> {
    fn drop(&mut self) {
        self.budget.give_back(self.cost);
    }
}
