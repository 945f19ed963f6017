//! What is sent again, after what, and when.
//!
//! A call makes at most three attempts ([`RetryPolicy`]). Whether a failure is one that may be
//! repeated at all is the table of [`Cause`], and it is never repeated where that could do a thing
//! twice: to create a room again is safe only where the service has surely not created it. What a
//! table says of other operations holds for reads, updates, deletions and token creation: an unused
//! token just expires, and a repeated deletion that meets "room not found" is done.
//!
//! Before a repeat the call waits: what the answer's `Retry-After` asks for (seconds or a date;
//! what is neither is ignored), and on top a random part of a backoff that doubles each time. A
//! wait that would reach the call's deadline is not begun, and the error comes at once; it tells
//! [what was asked for](crate::Error::retry_after).
//!
//! All calls of a client draw their repeats from one budget of 500, and a repeat costs what
//! [`Cause::cost`] says. A success gives back what its call drew last, or 1 where it drew nothing.
//! So a client that keeps failing makes one attempt a call, and does not add to an outage.
//!
//! A connection that the server has closed while it was idle is replaced without an attempt being
//! used up.
//!
//! # Faults
//!
//! What becomes of each fault, with the time that passes where the random part is always a half.
//! The tests make this table.
//!
#![doc = include_str!("retry/faults.md")]

mod budget;
mod cause;
mod policy;
mod retry_after;

pub(crate) use budget::Budget;
pub use cause::{Cause, Repeat};
pub use policy::RetryPolicy;
pub(crate) use retry_after::retry_after;
