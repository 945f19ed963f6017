//! A value behind a lock, whose changes can be watched.

use std::{
    ops::{Deref, DerefMut},
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

pub(super) struct Watched<T> {
    value: Mutex<T>,
    /// How often it was changed.
    version: watch::Sender<u64>,
}

impl<T> Watched<T> {
    pub fn new(value: T) -> Self {
        Self { value: Mutex::new(value), version: watch::Sender::default() }
    }

    /// Locks the value. What is done with it as `&mut` counts as a change, once the guard is dropped.
    pub fn lock(&self) -> Guard<'_, T> {
        Guard { value: self.look(), version: &self.version, is_changed: false }
    }

    /// Locks the value for what is no change.
    pub fn look(&self) -> MutexGuard<'_, T> {
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn version(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }
}

pub(super) struct Guard<'a, T> {
    value: MutexGuard<'a, T>,
    version: &'a watch::Sender<u64>,
    is_changed: bool,
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.is_changed = true;
        &mut self.value
    }
}

impl<T> Drop for Guard<'_, T> {
    fn drop(&mut self) {
        if self.is_changed {
            self.version.send_modify(|version| *version += 1);
        }
    }
}
