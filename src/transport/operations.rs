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

    /// Whether a method of the bindings is its own; `get_cdr_by_room` is `getCDRByRoom`'s.
    pub fn is_called_by(&self, method: &str) -> bool {
        method.replace('_', "").eq_ignore_ascii_case(self.id)
    }

    /// Whether its path names a room.
    pub fn names_room(&self) -> bool {
        self.route.contains("{room_id}")
    }
}

const fn operation(id: &'static str, route: &'static str) -> Operation {
    Operation { id, route, makes: None, done_when_gone: false, secret: false }
}

// What a report answers with is of persons: tokens that were used, addresses, names.
const fn report(id: &'static str, route: &'static str) -> Operation {
    Operation { secret: true, ..operation(id, route) }
}

macro_rules! operations {
    ($($(#[$doc:meta])* $name:ident = $operation:expr;)+) => {
        $($(#[$doc])* pub(crate) static $name: Operation = $operation;)+

        /// Those of the document.
        #[cfg(test)]
        pub(crate) static ALL: &[&Operation] = &[$(&$name),+];
    };
}

operations! {
    /// The room may have been created although the call failed.
    CREATE_ROOM = Operation { makes: Some("room"), ..operation("createRoom", "POST /rooms") };
    GET_ROOM_LIST = operation("getRoomList", "GET /rooms");
    GET_ROOM_BY_ID = operation("getRoomById", "GET /rooms/{room_id}");
    UPDATE_ROOM_BY_ID = operation("updateRoomById", "PATCH /rooms/{room_id}");
    DELETE_ROOM = Operation { done_when_gone: true, ..operation("deleteRoom", "DELETE /rooms/{room_id}") };
    GET_ROOM_USERS = operation("getRoomUsers", "GET /rooms/{room_id}/users");
    /// An unused token just expires, so a second one does no harm.
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

/// A file of the archive, behind its own address: no operation of the document.
pub(crate) static FILE: Operation = Operation { secret: true, ..operation("archiveFile", "GET {file}") };
