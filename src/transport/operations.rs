//! The table of operations: what the loop has to know of each, and what its response holds.

use progenitor_client::OperationInfo;
use secrecy::SecretString;

use super::envelope::envelopes;
use crate::bindings::types;

/// An operation of the document.
#[derive(Debug)]
pub struct Operation {
    /// EnableX's operationId.
    pub id: &'static str,
    /// Its method and its path template.
    pub route: &'static str,
    /// Whether sending it twice does no more than sending it once.
    pub idempotent: bool,
    /// The key of its response for what it creates. A failure that has it all the same leaves in doubt
    /// whether it was created.
    pub creates: Option<&'static str>,
    /// It has succeeded where what it names is gone after an earlier attempt.
    pub done_when_gone: bool,
    /// Its response holds a secret, so that its body is never quoted.
    pub secret: bool,
}

impl Operation {
    /// Whether the bindings call this operation. They spell its id in snake case.
    pub fn is_called(&self, called: &OperationInfo) -> bool {
        called.operation_id.replace('_', "").eq_ignore_ascii_case(self.id)
    }

    /// Whether it fetches a file, which may be on another server.
    pub fn is_file(&self) -> bool {
        self.id == FILE.id
    }

    /// Whether its path names a room.
    pub fn names_room(&self) -> bool {
        self.route.contains("{room_id}")
    }
}

const fn operation(id: &'static str, route: &'static str) -> Operation {
    Operation { id, route, idempotent: true, creates: None, done_when_gone: false, secret: false }
}

// A report holds personal data: used tokens, addresses, names.
const fn report(id: &'static str, route: &'static str) -> Operation {
    Operation { secret: true, ..operation(id, route) }
}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $operation:expr;)+) => {
        $($(#[$doc])* pub(crate) static $name: Operation = $operation;)+

        /// All operations of the document.
        #[cfg(test)]
        pub(crate) static ALL: &[&Operation] = &[$(&$name),+];
    };
}

operations! {
    CREATE_ROOM = Operation { idempotent: false, creates: Some("room"), ..operation("createRoom", "POST /rooms") };
    GET_ROOM_LIST = operation("getRoomList", "GET /rooms");
    GET_ROOM_BY_ID = operation("getRoomById", "GET /rooms/{room_id}");
    UPDATE_ROOM_BY_ID = operation("updateRoomById", "PATCH /rooms/{room_id}");
    DELETE_ROOM = Operation { done_when_gone: true, ..operation("deleteRoom", "DELETE /rooms/{room_id}") };
    GET_ROOM_USERS = operation("getRoomUsers", "GET /rooms/{room_id}/users");
    /// Idempotent in effect: an unused token just expires.
    CREATE_TOKEN = Operation { secret: true, ..operation("createToken", "POST /rooms/{room_id}/tokens") };
    GET_PERIOD_CDR = report("getPeriodCDR", "GET /cdr/period/{from_date}/{to_date}");
    GET_CDR_BY_ROOM = report("getCDRByRoom", "GET /cdr/room/{room_id}");
    GET_CDR_BY_ROOM_AND_PERIOD =
        report("getCDRByRoomAndPeriod", "GET /cdr/room-period/{room_id}/{from_date}/{to_date}");
    GET_CDR_BY_CONF_NUMBER = report("getCDRByConfNumber", "GET /cdr/conf/{conf_num}");
    /// This id is not EnableX's own.
    GET_PERIOD_ARCHIVE = report("getPeriodArchive", "GET /archive/period/{from_date}/{to_date}");
    GET_ARCHIVE_BY_ROOM = report("getArchiveByRoom", "GET /archive/room/{room_id}");
    GET_ARCHIVE_BY_ROOM_AND_PERIOD =
        report("getArchiveByRoomAndPeriod", "GET /archive/room-period/{room_id}/{from_date}/{to_date}");
    GET_ARCHIVE_BY_CONF_NUMBER = report("getArchiveByConfNumber", "GET /archive/conf/{conf_num}");
    /// This id is not EnableX's own.
    GET_DIAL_IN_NUMBERS = Operation { secret: true, ..operation("getDialInNumbers", "GET /dialin/") };
}

/// A file of the archive, at a URL of its own: not an operation of the document.
pub(crate) static FILE: Operation = Operation { secret: true, ..operation("archiveFile", "GET {file}") };

// A list that is missing or null is an empty one.
envelopes! {
    ArchiveResponse => Vec<types::Archive>, |response| Some(response.archive.unwrap_or_default());
    CdrResponse => Vec<types::Cdr>, |response| Some(response.cdr.unwrap_or_default());
    ResultResponse => (), |_| Some(()), or ();
    RoomListResponse => Vec<types::Room>, |response| Some(response.rooms.unwrap_or_default());
    RoomResponse => types::Room, |response| response.room;
    RoomUsersResponse => Vec<types::User>, |response| Some(response.users.unwrap_or_default());
    TokenResponse => SecretString, |response| response.token?.into_secret();
}
