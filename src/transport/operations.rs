//! The operations that the facade calls, and what may be done with each.

/// An operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// EnableX's operationId.
    pub id: &'static str,
    /// Whether its path names a room.
    pub names_room: bool,
    /// Whether it may be sent again after a failure that leaves open whether it took effect.
    pub repeatable: bool,
    /// Whether its answer holds a secret, so that its body is never quoted.
    pub secret: bool,
}

const fn operation(id: &'static str) -> Operation {
    Operation { id, names_room: true, repeatable: true, secret: false }
}

/// The room may have been created although the call failed.
pub(crate) static CREATE_ROOM: Operation =
    Operation { names_room: false, repeatable: false, ..operation("createRoom") };
pub(crate) static GET_ROOM_LIST: Operation = Operation { names_room: false, ..operation("getRoomList") };
pub(crate) static GET_ROOM_BY_ID: Operation = operation("getRoomById");
pub(crate) static UPDATE_ROOM_BY_ID: Operation = operation("updateRoomById");
pub(crate) static DELETE_ROOM: Operation = operation("deleteRoom");
pub(crate) static GET_ROOM_USERS: Operation = operation("getRoomUsers");
/// An unused token just expires, so a second one does no harm.
pub(crate) static CREATE_TOKEN: Operation = Operation { secret: true, ..operation("createToken") };
