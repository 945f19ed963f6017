//! Joining a session: the user who has joined, and the reasons why one cannot.

use std::{error::Error, fmt};

use serde_json::{Map, Value};

use crate::{User, wire::Flag};

/// A user in a session, returned by [`Sandbox::join`](super::Sandbox::join).
#[derive(Clone, Debug)]
pub struct SessionUser {
    pub(super) id: String,
    pub(super) room_id: String,
    pub(super) user: User,
    pub(super) data: Map<String, Value>,
}

impl SessionUser {
    /// Identifies this connection, for [`Sandbox::leave`](super::Sandbox::leave).
    pub fn session_user_id(&self) -> &str {
        &self.id
    }

    /// The id of the room.
    pub fn room_id(&self) -> &str {
        &self.room_id
    }

    /// The user as [`RoomHandle::users`](crate::RoomHandle::users) returns it.
    pub fn user(&self) -> &User {
        &self.user
    }

    pub(super) fn may_publish(&self) -> bool {
        let publish = self.user.permissions.as_ref().and_then(|permissions| permissions.publish.as_ref());
        publish.and_then(Flag::get) == Some(&true)
    }

    /// The [`data`](crate::TokenRequest::data) of the token, which everyone in the session can read.
    pub fn data(&self) -> &Map<String, Value> {
        &self.data
    }
}

/// Why [`Sandbox::join`](super::Sandbox::join) refuses a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JoinRefusal {
    /// It was used before. A token can be used once.
    Used,
    /// It was issued 15 minutes ago or earlier.
    Expired,
    /// As many users of its role are in the session as the room allows. It can be used later.
    Full,
    /// It was not issued by this sandbox, or its room no longer exists.
    Unknown,
}

impl JoinRefusal {
    /// The reason as a word: `used`, `expired`, `full` or `unknown`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Expired => "expired",
            Self::Full => "full",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for JoinRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Error for JoinRefusal {}
