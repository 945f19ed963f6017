//! The task that sends events, one after the other.

use std::{error::Error as StdError, iter, pin::pin, sync::Arc};

use futures_util::future::{Either, select};
use serde_json::Value;
use tokio::time::sleep;

use super::{Turn, WebhookDelivery};
use crate::{error::sources, sandbox::shared::Shared};

/// How many bytes of a response are read.
const MOST_BYTES: usize = 64 * 1024;

/// Sends the events of one turn after the other. The next one ends a turn at once.
pub(in crate::sandbox) async fn send_all(shared: Arc<Shared>) {
    let Some(mut turns) = shared.store().webhooks.receiver.take() else { return };
    let mut turn = turns.recv().await;
    while let Some(current) = turn {
        let (next, send) = (pin!(turns.recv()), pin!(current.send(&shared)));
        turn = match select(next, send).await {
            Either::Left((next, _)) => next,
            Either::Right(((), next)) => next.await,
        };
    }
}

impl Turn {
    /// Sends the events until the turn is over.
    async fn send(mut self, shared: &Shared) {
        while let Some(first) = self.events.recv().await {
            self.wait().await;
            let mut due = vec![first];
            {
                // Under the lock, what happened in one moment is queued as a whole.
                let _store = shared.store();
                due.extend(iter::from_fn(|| self.events.try_recv().ok()));
            }
            if self.target.how.reorder {
                due.reverse();
            }
            for event in &due {
                for _ in 0..=self.target.how.duplicates {
                    self.deliver(shared, event).await;
                }
            }
        }
    }

    /// Sends an event, and again if it has to be.
    async fn deliver(&self, shared: &Shared, event: &Value) {
        let mut attempt = 1;
        while !self.attempt(shared, event, attempt).await && attempt <= self.target.how.redeliveries {
            attempt = attempt.saturating_add(1);
            self.wait().await;
        }
    }

    /// Sends a request. Returns whether it was a success, or the turn is over.
    async fn attempt(&self, shared: &Shared, event: &Value, attempt: u32) -> bool {
        let number = {
            let mut store = shared.store();
            if self.events.is_closed() {
                return true;
            }
            let (event, url, sent_at) = (event.clone(), self.target.shown(), store.now());
            store.webhooks.deliveries.add(WebhookDelivery {
                event,
                url,
                sent_at,
                attempt,
                status: None,
                error: None,
            })
        };
        let result = self.target.post(event).await;
        let status = result.as_ref().ok().map(reqwest::Response::status);
        if let Some(delivery) = shared.store().webhooks.deliveries.get_mut(number) {
            delivery.status = status.map(|status| status.as_u16());
            delivery.error = result.as_ref().err().map(text);
        }
        if let Ok(mut response) = result {
            // A receiver may fail if nobody reads what it writes.
            let mut left = MOST_BYTES;
            while let Ok(Some(chunk)) = response.chunk().await {
                match left.checked_sub(chunk.len()) {
                    Some(rest) => left = rest,
                    None => break,
                }
            }
        }
        status.is_some_and(|status| status.is_success())
    }

    async fn wait(&self) {
        if !self.target.how.delay.is_zero() {
            sleep(self.target.how.delay).await;
        }
    }
}

/// What failed, and why. The error itself holds the URL with its query.
fn text(error: &reqwest::Error) -> String {
    let why = sources(error as &(dyn StdError + 'static)).map(ToString::to_string);
    let failed = if error.is_timeout() { "no response within 5 s" } else { "no response" };
    iter::once(failed.to_owned()).chain(why).collect::<Vec<_>>().join(": ")
}
