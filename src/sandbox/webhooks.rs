//! Webhooks: requests that tell an application what happens to its sessions.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::archive::Entry;

mod checked;
mod delivery;
mod event;
mod json;
mod sender;
mod target;

pub(super) use checked::Target;
pub use delivery::WebhookDelivery;
pub(super) use event::Subject;
pub(super) use json::TargetJson;
pub(super) use sender::send_all;
pub use target::WebhookTarget;

use delivery::Deliveries;
use event::media;

/// Where events go, and what was sent. It is a part of the store: all events of one moment are queued under its
/// lock.
pub(super) struct Webhooks {
    target: Option<Arc<Target>>,
    /// The events for the target. Those in it are lost when another takes its place.
    queue: Option<UnboundedSender<Value>>,
    turns: UnboundedSender<Turn>,
    /// Until the task that sends takes it.
    receiver: Option<UnboundedReceiver<Turn>>,
    pub deliveries: Deliveries,
}

/// A target, and the events for it.
struct Turn {
    target: Arc<Target>,
    /// Closed once the turn is over.
    events: UnboundedReceiver<Value>,
}

impl Default for Webhooks {
    fn default() -> Self {
        let (turns, receiver) = mpsc::unbounded_channel();
        Self { target: None, queue: None, turns, receiver: Some(receiver), deliveries: Deliveries::default() }
    }
}

impl Webhooks {
    /// Events go to this target from now on, instead of an earlier one.
    pub fn set(&mut self, target: Option<Target>) {
        self.target = target.map(Arc::new);
        self.start_turn();
    }

    /// The same target, without what was sent and what waits.
    pub fn again(mut self) -> Self {
        self.deliveries.clear();
        self.start_turn();
        self
    }

    pub fn session_started(&self, subject: &Subject<'_>) {
        self.push(|| vec![subject.event("session_start")]);
    }

    /// Takes the entry of the archive, if the session has left one, and the origin of its files.
    pub fn session_ended(&self, subject: &Subject<'_>, entry: Option<&Entry>, origin: &str) {
        self.push(|| {
            let mut events = vec![subject.event("session_stop"), subject.event("roomdrop")];
            events.extend(entry.into_iter().flat_map(|entry| media(subject, entry, origin)));
            events
        });
    }

    fn push(&self, events: impl FnOnce() -> Vec<Value>) {
        let Some(queue) = &self.queue else { return };
        for event in events() {
            // Fails once the server has stopped.
            _ = queue.send(event);
        }
    }

    fn start_turn(&mut self) {
        self.queue = self.target.clone().map(|target| {
            let (queue, events) = mpsc::unbounded_channel();
            // The same.
            _ = self.turns.send(Turn { target, events });
            queue
        });
    }
}
