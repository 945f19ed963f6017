//! What was sent, and what came back.

use std::{collections::VecDeque, time::SystemTime};

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::wire::rfc3339_millis;

/// How many are kept.
const MOST: usize = 1000;

/// A request by which the sandbox has sent an event, and what came back. See
/// [`Sandbox::webhooks`](crate::sandbox::Sandbox::webhooks).
///
/// It serializes as `{"event": {…}, "url": "…", "sent_at": "…", "attempt": 1, "status": 200, "error": null}`,
/// with `sent_at` in RFC 3339. It holds no credentials.
///
/// Without a status and an error, the response is still awaited, or it never came because the sandbox was
/// stopped, or another target was set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WebhookDelivery {
    /// The JSON that was sent.
    pub event: Value,
    /// The URL, without its query, which may be a secret.
    pub url: String,
    /// The time of the sandbox's clock when it was sent.
    #[serde(serialize_with = "rfc3339")]
    pub sent_at: SystemTime,
    /// 1 for the first request, and one more for each redelivery. A
    /// [duplicate](super::WebhookTarget::duplicates) starts with 1, too.
    pub attempt: u32,
    /// The HTTP status of the response.
    pub status: Option<u16>,
    /// Why there is no response.
    pub error: Option<String>,
}

fn rfc3339<S: Serializer>(time: &SystemTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&rfc3339_millis(*time))
}

/// The latest deliveries, in their order.
#[derive(Default)]
pub(in crate::sandbox) struct Deliveries {
    all: VecDeque<WebhookDelivery>,
    /// How many there have been, with those that are no longer kept.
    count: usize,
}

impl Deliveries {
    /// Adds one that has no response yet. Returns its number.
    pub(super) fn add(&mut self, delivery: WebhookDelivery) -> usize {
        if self.all.len() == MOST {
            self.all.pop_front();
        }
        self.all.push_back(delivery);
        self.count += 1;
        self.count
    }

    /// The one with this number, as long as it is kept.
    pub(super) fn get_mut(&mut self, number: usize) -> Option<&mut WebhookDelivery> {
        let since = self.count - number;
        let index = self.all.len().checked_sub(since + 1)?;
        self.all.get_mut(index)
    }

    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    pub fn all(&self) -> &VecDeque<WebhookDelivery> {
        &self.all
    }
}
