//! The observer of a client, to which each difference is reported once.

use std::{
    collections::HashSet,
    hash::{BuildHasher, Hash, RandomState},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use super::{Drift, Inspection};
use crate::transport::Scrub;

/// The number of differences to report. A service can invent keys without end.
const MOST: usize = 1000;

pub(crate) struct Observer {
    callback: Box<dyn Fn(&Drift) + Send + Sync>,
    reported: Reported,
}

impl Observer {
    pub fn new(callback: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        Self { callback: Box::new(callback), reported: Reported::default() }
    }

    /// Inspects a response of an operation, or a part of one, and reports the differences that are new.
    pub fn inspect(&self, operation: &'static str, scrub: &Scrub, run: impl FnOnce(&mut Inspection<'_>)) {
        if self.reported.is_full() {
            return;
        }
        let mut inspection = Inspection::new(operation, scrub, &self.reported);
        run(&mut inspection);
        for drift in inspection.into_found() {
            // A panic of the observer must not lose the response, which may be a room that was created. The
            // panic hook has reported it already.
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| (self.callback)(&drift))) {
                // Dropping the payload may panic again.
                std::mem::forget(payload);
            }
        }
    }
}

/// The differences that were reported, as hashes with a random key, so that a service cannot provoke
/// collisions.
#[derive(Default)]
pub(super) struct Reported {
    hasher: RandomState,
    hashes: Mutex<HashSet<u64>>,
    is_full: AtomicBool,
}

/// Whether a difference has to be reported.
pub(super) enum Novelty {
    New,
    Known,
    /// The limit is reached, which has to be reported once.
    TooMany,
}

impl Reported {
    pub fn is_full(&self) -> bool {
        self.is_full.load(Relaxed)
    }

    /// Adds a difference.
    pub fn add(&self, difference: impl Hash) -> Novelty {
        let hash = self.hasher.hash_one(difference);
        let mut hashes = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
        if hashes.contains(&hash) {
            Novelty::Known
        } else if hashes.len() < MOST {
            hashes.insert(hash);
            Novelty::New
        } else if self.is_full.swap(true, Relaxed) {
            Novelty::Known
        } else {
            Novelty::TooMany
        }
    }
}
