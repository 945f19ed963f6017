//! Who is told, and what was told already.

use std::{
    collections::HashSet,
    hash::{BuildHasher, Hash, RandomState},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use super::{Drift, Look};
use crate::transport::Scrub;

/// How much is told before it is said that no more is: a service can make up keys without end.
const MOST: usize = 1000;

/// The observer of a client.
pub(crate) struct Observer {
    tell: Box<dyn Fn(&Drift) + Send + Sync>,
    told: Told,
}

impl Observer {
    pub fn new(tell: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        Self { tell: Box::new(tell), told: Told::default() }
    }

    /// Looks at something of an operation's answer, and tells what is new of it.
    pub fn look(&self, operation: &'static str, scrub: &Scrub, see: impl FnOnce(&mut Look<'_>)) {
        if self.told.is_full() {
            return;
        }
        let mut look = Look::new(operation, scrub, &self.told);
        see(&mut look);
        for drift in look.found() {
            // The answer is its caller's, whatever becomes of the observer: it may be a room that was
            // created. The panic was reported where it began.
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| (self.tell)(&drift))) {
                // Dropping it may panic once more.
                std::mem::forget(payload);
            }
        }
    }
}

/// What was told, by hashes that nobody outside can aim at.
#[derive(Default)]
pub(super) struct Told {
    hasher: RandomState,
    hashes: Mutex<HashSet<u64>>,
    is_full: AtomicBool,
}

/// Whether something is to be told.
pub(super) enum News {
    New,
    Old,
    /// There is too much of it, which was not said yet.
    TooMany,
}

impl Told {
    pub fn is_full(&self) -> bool {
        self.is_full.load(Relaxed)
    }

    /// Whether this is new; it is not, from now on.
    pub fn news(&self, of: impl Hash) -> News {
        let hash = self.hasher.hash_one(of);
        let mut hashes = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
        if hashes.contains(&hash) {
            News::Old
        } else if hashes.len() < MOST {
            hashes.insert(hash);
            News::New
        } else if self.is_full.swap(true, Relaxed) {
            News::Old
        } else {
            News::TooMany
        }
    }
}
