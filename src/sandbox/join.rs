//! Who is in a session, and who is not let in.

use std::{error::Error, fmt};

use serde_json::{Map, Value};

use crate::User;

/// A user who has joined a session.
#[derive(Clone, Debug)]
pub struct SessionUser {
    pub(super) id: String,
    pub(super) room_id: String,
    pub(super) user: User,
    pub(super) data: Map<String, Value>,
}

impl SessionUser {
    /// Names this one connection, for [`Sandbox::leave`](super::Sandbox::leave).
    pub fn session_user_id(&self) -> &str {
        &self.id
    }

    /// The room.
    pub fn room_id(&self) -> &str {
        &self.room_id
    }

    /// The user, as `getRoomUsers` answers.
    pub fn user(&self) -> &User {
        &self.user
    }

    /// The `data` of the token, which everyone in the session can read.
    pub fn data(&self) -> &Map<String, Value> {
        &self.data
    }
}

/// Why a token lets nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JoinRefusal {
    /// It was used already.
    Used,
    /// It is 15 minutes old.
    Expired,
    /// The room has no place left for its role.
    Full,
    /// It was not given out here, or its room is gone.
    Unknown,
}

impl JoinRefusal {
    /// The word for it: `used`, `expired`, `full` or `unknown`.
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
