//! The operations that the facade calls, and what may be done with each.

/// An operation of the document.
#[derive(Debug)]
pub struct Operation {
    /// EnableX's operationId.
    pub id: &'static str,
    /// Its method and its path, with the names of its parameters.
    pub route: &'static str,
    /// What it makes, by the key of its answer: to do it twice would make another one. All others do
    /// no harm when they are done twice.
    pub makes: Option<&'static str>,
    /// Whether it is done when what it names is found to be gone.
    pub done_when_gone: bool,
    /// Whether its answer holds a secret, so that its body is never quoted.
    pub secret: bool,
}

impl Operation {
    pub fn is_harmless(&self) -> bool {
        self.makes.is_none()
    }

    /// Whether it is a file's, which another server than the service's may have.
    pub fn is_file(&self) -> bool {
        self.id == FILE.id
    }

    /// Whether its path names a room.
    pub fn names_room(&self) -> bool {
        self.route.contains("{room_id}")
    }
}

const fn operation(id: &'static str, route: &'static str) -> Operation {
    Operation { id, route, makes: None, done_when_gone: false, secret: false }
}

/// The room may have been created although the call failed.
pub(crate) static CREATE_ROOM: Operation =
    Operation { makes: Some("room"), ..operation("createRoom", "POST /rooms") };
pub(crate) static GET_ROOM_LIST: Operation = operation("getRoomList", "GET /rooms");
pub(crate) static GET_ROOM_BY_ID: Operation = operation("getRoomById", "GET /rooms/{room_id}");
pub(crate) static UPDATE_ROOM_BY_ID: Operation = operation("updateRoomById", "PATCH /rooms/{room_id}");
pub(crate) static DELETE_ROOM: Operation =
    Operation { done_when_gone: true, ..operation("deleteRoom", "DELETE /rooms/{room_id}") };
pub(crate) static GET_ROOM_USERS: Operation = operation("getRoomUsers", "GET /rooms/{room_id}/users");
/// An unused token just expires, so a second one does no harm.
pub(crate) static CREATE_TOKEN: Operation =
    Operation { secret: true, ..operation("createToken", "POST /rooms/{room_id}/tokens") };

// What a report answers with is of persons: tokens that were used, addresses, names.
const fn report(id: &'static str, route: &'static str) -> Operation {
    Operation { secret: true, ..operation(id, route) }
}

pub(crate) static GET_PERIOD_CDR: Operation = report("getPeriodCDR", "GET /cdr/period/{from_date}/{to_date}");
pub(crate) static GET_CDR_BY_ROOM: Operation = report("getCDRByRoom", "GET /cdr/room/{room_id}");
pub(crate) static GET_CDR_BY_ROOM_AND_PERIOD: Operation =
    report("getCDRByRoomAndPeriod", "GET /cdr/room-period/{room_id}/{from_date}/{to_date}");
pub(crate) static GET_CDR_BY_CONF_NUMBER: Operation =
    report("getCDRByConfNumber", "GET /cdr/conf/{conf_num}");
/// This id is not EnableX's own.
pub(crate) static GET_PERIOD_ARCHIVE: Operation =
    report("getPeriodArchive", "GET /archive/period/{from_date}/{to_date}");
pub(crate) static GET_ARCHIVE_BY_ROOM: Operation = report("getArchiveByRoom", "GET /archive/room/{room_id}");
pub(crate) static GET_ARCHIVE_BY_ROOM_AND_PERIOD: Operation =
    report("getArchiveByRoomAndPeriod", "GET /archive/room-period/{room_id}/{from_date}/{to_date}");
pub(crate) static GET_ARCHIVE_BY_CONF_NUMBER: Operation =
    report("getArchiveByConfNumber", "GET /archive/conf/{conf_num}");
/// This id is not EnableX's own.
pub(crate) static GET_DIAL_IN_NUMBERS: Operation =
    Operation { secret: true, ..operation("getDialInNumbers", "GET /dialin/") };

/// A file of the archive, behind its own address: no operation of the document.
pub(crate) static FILE: Operation = Operation { secret: true, ..operation("archiveFile", "GET {file}") };
