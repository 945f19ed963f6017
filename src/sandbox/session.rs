//! One session of a room.

use std::time::SystemTime;

use super::join::SessionUser;
use crate::{User, wire::Flag};

/// From the first user who enters the empty room to the last who leaves it.
pub(super) struct Session {
    pub conf_num: String,
    /// Those who are in it, in the order in which they came.
    pub connections: Vec<Connection>,
    /// How many have come so far.
    pub calls: u64,
    /// How many of those who have left published something.
    pub published: u64,
}

/// A user's time in it.
pub(super) struct Connection {
    pub user: SessionUser,
    pub since: SystemTime,
    /// Counted from 1 in each session.
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

    /// Takes a user out.
    pub fn leave(&mut self, session_user_id: &str) -> Option<Connection> {
        let place = self.connections.iter().position(|connection| connection.user.id == session_user_id)?;
        let connection = self.connections.remove(place);
        self.published += u64::from(connection.publishes());
        Some(connection)
    }
}

impl Connection {
    /// Whoever may publish does, for the whole time.
    pub fn publishes(&self) -> bool {
        let User { permissions, .. } = &self.user.user;
        let publish = permissions.as_ref().and_then(|permissions| permissions.publish.as_ref());
        publish.and_then(Flag::get) == Some(&true)
    }
}
