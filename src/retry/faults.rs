//! Faults, and what a call does about each. The tests generate this page.
//!
//! The times assume that the random factor of a backoff is always one half. They leave out the connect
//! timeout.
//!
#![doc = include_str!("faults.md")]
