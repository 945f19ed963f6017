//! The stream that tells a page when to read the state again.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, stream};
use tokio::{sync::watch, time::timeout};

/// After this time without a change there is an event, too: for what changes by time alone, and so that nobody takes
/// the connection for dead.
const QUIET: Duration = Duration::from_secs(15);

/// An event at once, one after each change, and one after each quiet time. Changes of which nobody has read are one
/// event.
pub(super) fn of(mut version: watch::Receiver<u64>) -> impl Stream<Item = Bytes> {
    version.mark_changed();
    stream::unfold(version, async |mut version: watch::Receiver<u64>| {
        if let Ok(changed) = timeout(QUIET, version.changed()).await {
            changed.ok()?;
        }
        let event = format!("data: {{\"version\":{}}}\n\n", *version.borrow_and_update());
        Some((event.into(), version))
    })
}
