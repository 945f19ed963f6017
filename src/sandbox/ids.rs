//! Unique ids.

use std::{
    hash::{BuildHasher, RandomState},
    time::SystemTime,
};

/// Generates ids that no other sandbox generates, nor the same one after a reset.
pub(super) struct Ids {
    seed: u64,
    next: u64,
}

impl Ids {
    pub fn new() -> Self {
        Self { seed: RandomState::new().hash_one(()), next: 0 }
    }

    /// 24 hexadecimal digits in ascending order: 8 of the time in seconds, 10 of the sandbox, 6 of a counter.
    pub fn object(&mut self, now: SystemTime) -> String {
        let seed = self.seed & 0xff_ffff_ffff;
        format!("{:08x}{seed:010x}{:06x}", seconds(now), self.count() & 0xff_ffff)
    }

    /// 24 hexadecimal digits in ascending order, which nobody can tell from other ids: 8 of the time in seconds, 6
    /// of a counter, 10 of chance.
    pub fn secret(&mut self, now: SystemTime) -> String {
        let chance = RandomState::new().hash_one(()) & 0xff_ffff_ffff;
        format!("{:08x}{:06x}{chance:010x}", seconds(now), self.count() & 0xff_ffff)
    }

    /// The same 24 hexadecimal digits each time.
    pub fn service(&self) -> String {
        format!("{:024x}", self.seed)
    }

    /// 16 hexadecimal digits.
    pub fn short(&mut self) -> String {
        let seed = self.seed >> 32;
        format!("{seed:08x}{:08x}", self.count() & 0xffff_ffff)
    }

    pub fn count(&mut self) -> u64 {
        self.next += 1;
        self.next
    }
}

fn seconds(now: SystemTime) -> u64 {
    now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs() & 0xffff_ffff
}
