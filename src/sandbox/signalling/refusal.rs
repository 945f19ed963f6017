//! Why an event is refused.

use serde_json::{Value, json};

use crate::sandbox::join::JoinRefusal;

/// The numbers are **made up**, because EnableX's are not known, with two exceptions that were seen in its
/// samples.
#[derive(Clone, Copy)]
pub(super) enum Refusal {
    Join(JoinRefusal),
    /// The event is not JSON or not of its form.
    Malformed,
    /// It is larger than 1 MiB.
    TooLarge,
    /// The connection has a user already.
    Joined,
    /// The connection has no user yet.
    NotJoined,
    /// The user may not publish.
    Forbidden,
    /// The sandbox does not serve this event.
    NotServed,
}

impl Refusal {
    /// What is acknowledged.
    pub fn json(self) -> Value {
        let (result, message) = match self {
            // Of a used token in a sample of EnableX's.
            Self::Join(JoinRefusal::Used) => (4117, "The token was used before."),
            Self::Join(JoinRefusal::Expired) => (9001, "The token has expired."),
            Self::Join(JoinRefusal::Full) => (9002, "The room is full."),
            Self::Join(JoinRefusal::Unknown) => (9003, "The token is not known, or its room is deleted."),
            Self::Malformed => (9004, "The event is malformed. That of a token has the decoded token."),
            Self::TooLarge => (9005, "The event is larger than 1 MiB."),
            Self::Joined => (9006, "A user has joined over this connection."),
            Self::NotJoined => (9007, "Nobody has joined over this connection."),
            // Of a refused publication in a sample of EnableX's.
            Self::Forbidden => (1160, "The user may not publish."),
            Self::NotServed => (9008, "The sandbox does not serve this event."),
        };
        json!({"result": result, "msg": message, "error": message})
    }
}

impl From<JoinRefusal> for Refusal {
    fn from(refusal: JoinRefusal) -> Self {
        Self::Join(refusal)
    }
}
