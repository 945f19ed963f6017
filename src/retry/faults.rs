//! The table of faults: what becomes of each, as the tests see it.
//!
//! The time is what passes where the random part of a backoff is always a half, the connect timeout
//! aside. The tests run the table, and make this page from it.
//!
#![doc = include_str!("faults.md")]
