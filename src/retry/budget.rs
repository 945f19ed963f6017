//! The budget that all repeats of a client are drawn from.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// How much it holds; the AWS SDKs' figure.
const CAPACITY: u32 = 500;

pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub fn new() -> Self {
        Self(CAPACITY.into())
    }

    /// Takes the cost of a repeat; `false` where there is not enough.
    pub fn draw(&self, cost: u32) -> bool {
        self.0.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(cost)).is_ok()
    }

    /// Puts back after a success.
    pub fn give_back(&self, amount: u32) {
        // Never fails: there is always a new value.
        let _ = self.0.fetch_update(Relaxed, Relaxed, |left| Some((left + amount).min(CAPACITY)));
    }
}
