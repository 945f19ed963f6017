//! What is sent again, after what, and when.
//!
//! A call is what your code asks for; every request that is sent for it is an attempt, and every one
//! but the first a repeat. A call makes at most three attempts ([`RetryPolicy`]). What may be repeated after which failure
//! is the one table of [`Cause`]. No call is repeated where that could do a thing twice: a room is
//! created again only where it surely was not created. Reads, updates, deletions and token creation
//! do no harm when they are repeated: an unused token just expires, and a repeated deletion that
//! meets "room not found" is done.
//!
//! Before a repeat the call waits: for what the answer's `Retry-After` asks (seconds or a date; what
//! is neither is ignored), and on top for a random part of a backoff that doubles each time. A wait
//! that would reach the call's deadline is not begun: the error comes at once, and tells
//! [what was asked for](crate::Error::retry_after).
//!
//! All calls of a client draw their repeats from one budget of 500, and a repeat costs what
//! [`Cause::cost`] says. A success gives back what the last repeat of its call cost, or 1 where it
//! had none.
//! So a client that keeps failing makes one attempt a call, and does not add to an outage.
//!
//! A connection that the server has closed while it was idle is replaced, which uses up no attempt.
//! One that breaks when the request is on its way leaves in doubt what the server has done.
//!
//! What becomes of each single fault stands in [`faults`].

mod budget;
mod cause;
pub mod faults;
mod policy;
mod retry_after;

pub(crate) use budget::{Budget, Draw};
pub use cause::{Cause, Repeat};
pub use policy::RetryPolicy;
pub(crate) use retry_after::retry_after;
