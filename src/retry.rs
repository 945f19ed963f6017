//! Which failed attempts are retried, and when.
//!
//! A call sends a request, which is its first attempt, and may retry it. It makes at most three attempts
//! ([`RetryPolicy`]). The failure decides whether it is retried: [`Cause`] is the table.
//!
//! **Nothing is done twice.** A request to create a room is retried only if it was not carried out. All
//! other operations are idempotent: an unused token just expires, and a room that is not found when a
//! deletion is retried has been deleted.
//!
//! **Waits.** Before a retry the call waits as long as the `Retry-After` header of the response asks
//! (seconds or a date; anything else is ignored), plus a random part of a backoff that doubles each time. A
//! wait that would reach the call's deadline is not begun: the error is returned at once, with
//! [`Error::retry_after`](crate::Error::retry_after).
//!
//! **Budget.** All calls of a client share a retry budget of 500. A retry costs what [`Cause::cost`] says. A
//! call that succeeds pays back the cost of its last retry, or 1 if it made none. While every call fails, a
//! client soon makes one attempt per call, and does not add to an outage.
//!
//! **Connections.** A request on a kept-alive connection that the server had closed is sent again on a new
//! one, which does not count as an attempt. A connection that breaks after the request was sent leaves in
//! doubt what the server has done.
//!
//! [`faults`] lists some 300 faults and what a call does about each.

mod budget;
mod cause;
pub mod faults;
mod policy;
mod retry_after;

pub(crate) use budget::{Budget, Draw};
pub use cause::{Cause, RetryWhen};
pub use policy::RetryPolicy;
pub(crate) use retry_after::retry_after;
