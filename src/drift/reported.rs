//! The differences that a client has reported.

use std::{
    collections::BTreeSet,
    hash::{BuildHasher, Hash, RandomState},
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use super::Drift;

/// The number of differences to report. A service can invent keys without end.
pub(super) const MOST: usize = 1000;

/// Differences as hashes with a random key, so that a service cannot provoke collisions.
#[derive(Default)]
pub(super) struct Reported {
    hasher: RandomState,
    hashes: RwLock<Hashes>,
    is_full: AtomicBool,
}

#[derive(Default)]
struct Hashes {
    /// Those of the differences that were reported, and those by which they are known before they are put
    /// into words, of which a difference may have any number.
    known: BTreeSet<u64>,
    reported: usize,
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

    pub fn hash(&self, difference: impl Hash) -> u64 {
        self.hasher.hash_one(difference)
    }

    /// Whether a difference with this hash was reported.
    pub fn is_known(&self, hash: u64) -> bool {
        self.hashes.read().unwrap_or_else(PoisonError::into_inner).known.contains(&hash)
    }

    /// Adds a difference, which is known by this hash from then on.
    pub fn add(&self, hash: u64, drift: &Drift) -> Novelty {
        let drift = self.hash(drift);
        let mut hashes = self.hashes.write().unwrap_or_else(PoisonError::into_inner);
        if hashes.known.len() < 4 * MOST {
            hashes.known.insert(hash);
        }
        if hashes.known.contains(&drift) {
            Novelty::Known
        } else if hashes.reported < MOST {
            hashes.reported += 1;
            hashes.known.insert(drift);
            Novelty::New
        } else if self.is_full.swap(true, Relaxed) {
            Novelty::Known
        } else {
            Novelty::TooMany
        }
    }
}
