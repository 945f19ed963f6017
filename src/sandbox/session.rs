//! A session of a room.

use std::time::SystemTime;

use super::join::SessionUser;

/// A session, from the first user who enters the empty room until the last one leaves.
pub(super) struct Session {
    pub conf_num: String,
    /// The connections that are open, in the order of their start.
    pub connections: Vec<Connection>,
    /// How many connections there have been.
    pub calls: u64,
    /// How many of the closed connections published media.
    pub published: u64,
}

/// A user's time in a session.
pub(super) struct Connection {
    pub user: SessionUser,
    pub since: SystemTime,
    /// Starts at 1 in each session.
    pub call_num: u64,
}

impl Session {
    pub fn new(conf_num: String) -> Self {
        Self { conf_num, connections: Vec::new(), calls: 0, published: 0 }
    }

    pub fn enter(&mut self, user: SessionUser, since: SystemTime) {
        self.calls += 1;
        self.connections.push(Connection { user, since, call_num: self.calls });
    }

    pub fn leave(&mut self, session_user_id: &str) -> Option<Connection> {
        let index = self.connections.iter().position(|connection| connection.user.id == session_user_id)?;
        let connection = self.connections.remove(index);
        self.published += u64::from(connection.publishes());
        Some(connection)
    }
}

impl Connection {
    /// Every user who may publish does so for the whole time.
    pub fn publishes(&self) -> bool {
        self.user.may_publish()
    }
}
