//! The id of a room.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Error, Room, Violation, wire::Scalar};

/// In bytes; far below what HTTP servers take for a path.
const LONGEST: usize = 1_000;

/// The id of a room, as EnableX gave it.
///
/// Opaque: in every sample 24 hexadecimal digits, but that is not documented and not asked for. It
/// becomes a segment of the request's path, so what could leave that segment is refused: an empty
/// id, `.` and `..`, and an id with a slash, a backslash, white space or a control character. So is
/// one of more than 1,000 bytes, which is this crate's choice.
///
/// ```
/// use enablex::RoomId;
///
/// let id: RoomId = "5b473a40ad3c0a58a4e0e5c1".parse()?;
/// assert_eq!(id.as_str(), "5b473a40ad3c0a58a4e0e5c1");
/// assert!("../cdr".parse::<RoomId>().is_err());
/// # Ok::<(), enablex::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct RoomId(String);

impl RoomId {
    /// The id as it stands on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RoomId {
    type Error = Violation;
    fn try_from(id: String) -> Result<Self, Violation> {
        let rule = if id.is_empty() {
            "must not be empty"
        } else if id.len() > LONGEST {
            "must have at most 1,000 bytes"
        } else if matches!(id.as_str(), "." | "..") {
            "must not be `.` or `..`"
        } else if id.chars().any(|c| matches!(c, '/' | '\\') || c.is_whitespace() || c.is_control()) {
            "must have no slash, backslash, white space or control character"
        } else {
            return Ok(Self(id));
        };
        Err(Violation::new("room_id", rule, Some(&id)))
    }
}

impl TryFrom<&str> for RoomId {
    type Error = Violation;
    fn try_from(id: &str) -> Result<Self, Violation> {
        id.to_owned().try_into()
    }
}

impl TryFrom<&String> for RoomId {
    type Error = Violation;
    fn try_from(id: &String) -> Result<Self, Violation> {
        id.as_str().try_into()
    }
}

impl From<&RoomId> for RoomId {
    fn from(id: &RoomId) -> Self {
        id.clone()
    }
}

impl TryFrom<&Room> for RoomId {
    type Error = Violation;
    /// The id of a room that was answered; refused where the answer had none that can be used.
    fn try_from(room: &Room) -> Result<Self, Violation> {
        match &room.room_id {
            Some(crate::wire::Lenient::Read(id)) => Ok(id.clone()),
            Some(raw) => {
                Err(Violation::new("room_id", "of the answer cannot stand in a path", Some(&raw.to_string())))
            }
            None => Err(Violation::new("room_id", "is not in the answer", None)),
        }
    }
}

impl FromStr for RoomId {
    type Err = Error;
    fn from_str(id: &str) -> Result<Self, Error> {
        Ok(Self::try_from(id)?)
    }
}

impl fmt::Display for RoomId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Scalar for RoomId {
    fn read(value: &Value) -> Option<Self> {
        // A number too large for an integer has lost digits, and would be another id.
        let exact = !value.is_f64();
        String::read(value).filter(|_| exact)?.try_into().ok()
    }
    fn write(&self) -> Value {
        self.0.clone().into()
    }
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        String::schema()
    }
}
