//! Who comes to a session and who leaves it.

use tokio::sync::mpsc;

use crate::sandbox::join::SessionUser;

pub(in crate::sandbox) enum Change {
    Entered(SessionUser),
    Left(SessionUser),
    /// The sandbox was reset: no session is left.
    Reset,
}

/// The changes in their order, for the task that tells them to users.
#[derive(Default)]
pub(in crate::sandbox) struct Changes(Option<mpsc::UnboundedSender<Change>>);

impl Changes {
    pub fn add(&self, change: Change) {
        if let Some(sender) = &self.0 {
            // Fails once the server has stopped: nobody is connected then.
            _ = sender.send(change);
        }
    }

    /// Those from now on, instead of an earlier receiver.
    pub fn receive(&mut self) -> mpsc::UnboundedReceiver<Change> {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.0 = Some(sender);
        receiver
    }
}
