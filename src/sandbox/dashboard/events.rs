//! The stream that tells a page when to read the state again.

use std::time::Duration;

use bytes::Bytes;
use futures_util::{Stream, stream};
use tokio::{sync::watch, time::timeout};

/// After this time without a change something is sent, so that nobody takes the connection for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// An event at once, and one after each change. Changes of which nobody has read are one event.
pub(super) fn of(mut version: watch::Receiver<u64>) -> impl Stream<Item = Bytes> {
    version.mark_changed();
    stream::unfold(version, async |mut version: watch::Receiver<u64>| {
        let event = match timeout(KEEP_ALIVE, version.changed()).await {
            Ok(changed) => {
                changed.ok()?;
                format!("data: {{\"version\":{}}}\n\n", *version.borrow_and_update())
            }
            Err(_) => ":\n\n".to_owned(),
        };
        Some((event.into(), version))
    })
}
