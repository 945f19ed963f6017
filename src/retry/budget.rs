//! The budget that all repeats of a client are drawn from.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// How much it holds; the AWS SDKs' figure.
const CAPACITY: u32 = 500;

pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub fn new() -> Self {
        Self(CAPACITY.into())
    }

    /// Takes the cost of a repeat; `None` where there is not enough.
    pub fn draw(&self, cost: u32) -> Option<Draw<'_>> {
        self.0.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(cost)).ok()?;
        Some(Draw { budget: self, cost })
    }

    /// Puts back after a success.
    pub fn give_back(&self, amount: u32) {
        // Never fails: there is always a new value.
        let _ = self.0.fetch_update(Relaxed, Relaxed, |left| Some((left + amount).min(CAPACITY)));
    }
}

/// What a repeat costs, drawn before the wait for it. It goes back where the repeat is not made.
pub(crate) struct Draw<'a> {
    budget: &'a Budget,
    cost: u32,
}

impl Draw<'_> {
    /// The repeat is made.
    pub fn spent(mut self) -> u32 {
        std::mem::take(&mut self.cost)
    }
}

impl Drop for Draw<'_> {
    fn drop(&mut self) {
        self.budget.give_back(self.cost);
    }
}
