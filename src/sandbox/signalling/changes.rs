//! Who comes to a session and who leaves it.

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use crate::sandbox::join::SessionUser;

pub(in crate::sandbox) struct Change {
    /// Ascending.
    pub number: u64,
    pub kind: ChangeKind,
}

pub(in crate::sandbox) enum ChangeKind {
    Entered(SessionUser),
    Left(SessionUser),
    /// The sandbox was reset: no session is left.
    Reset,
}

/// The changes in their order, for the task that tells them to users.
#[derive(Default)]
pub(in crate::sandbox) struct Changes {
    latest: u64,
    sender: Option<UnboundedSender<Change>>,
}

impl Changes {
    pub fn add(&mut self, kind: ChangeKind) {
        self.latest += 1;
        if let Some(sender) = &self.sender {
            // Fails once the server has stopped: nobody is connected then.
            _ = sender.send(Change { number: self.latest, kind });
        }
    }

    /// The number of the latest one, 0 before the first.
    pub fn latest(&self) -> u64 {
        self.latest
    }

    /// Those from now on, instead of an earlier receiver.
    pub fn receive(&mut self) -> UnboundedReceiver<Change> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.sender = Some(sender);
        receiver
    }
}
