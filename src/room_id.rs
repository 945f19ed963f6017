//! The id of a room.

use crate::{Room, Violation, path_segment::path_segment};

/// Of a response, and no input.
const FIELD: &str = "room.room_id";

path_segment! {
    /// The id of a room, assigned by EnableX.
    ///
    /// Opaque text: in every sample it has 24 hexadecimal digits, but EnableX does not document that, and
    /// this crate does not require it. The id becomes a segment of the request's path, so these are refused:
    /// an empty id, `.` and `..`, and an id with a slash, a backslash, white space or a control character. So
    /// is an id of more than 1,000 bytes, which is this crate's choice.
    ///
    /// ```
    /// use enablex::RoomId;
    ///
    /// let id: RoomId = "5b473a40ad3c0a58a4e0e5c1".parse()?;
    /// assert_eq!(id.as_str(), "5b473a40ad3c0a58a4e0e5c1");
    /// assert!("../cdr".parse::<RoomId>().is_err());
    /// # Ok::<(), enablex::Error>(())
    /// ```
    pub struct RoomId as "room_id";
}

impl TryFrom<&Room> for RoomId {
    type Error = Violation;
    /// The id of a room that the service returned, where it is there and valid.
    fn try_from(room: &Room) -> Result<Self, Violation> {
        match &room.room_id {
            Some(id) => id
                .get()
                .cloned()
                .ok_or_else(|| Violation::new(FIELD, "cannot stand in a path", Some(&id.to_string()))),
            None => Err(Violation::new(FIELD, "is not in the response", None)),
        }
    }
}
