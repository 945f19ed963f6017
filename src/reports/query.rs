//! Which rows a report selects, and the operation that fetches them.

use std::time::SystemTime;

use progenitor_client::{ByteStream, ResponseValue};

use super::{ConfNum, Period};
use crate::{
    Archive, Cdr, RoomId,
    bindings::{self, types},
    transport::{
        operations::{self, Operation},
        report::Query,
    },
};

/// The four selections that the API offers.
#[derive(Clone, Debug)]
pub enum Selection {
    Period(Period),
    Room(RoomId),
    RoomPeriod(RoomId, Period),
    Conf(ConfNum),
}

/// A row of a report: [`Cdr`] or [`Archive`]. The trait is sealed.
pub trait ReportRow: Sized + Send + 'static {
    #[doc(hidden)]
    type Query: Query<Row = Self> + From<Selection>;

    #[doc(hidden)]
    fn trans_date(&self) -> Option<SystemTime>;
}

macro_rules! query {
    ($name:ident: $row:ty, $list:literal in $response:ident, $($operation:ident by $send:ident),*) => {
        #[derive(Debug)]
        pub struct $name(Selection);

        impl From<Selection> for $name {
            fn from(selection: Selection) -> Self {
                Self(selection)
            }
        }

        impl ReportRow for $row {
            type Query = $name;

            fn trans_date(&self) -> Option<SystemTime> {
                self.trans_date()
            }
        }

        impl Query for $name {
            type Row = $row;
            type Answer = types::$response;
            const LIST: &'static str = $list;

            fn operation(&self) -> &'static Operation {
                let [period, room, room_period, conf] = [$(&operations::$operation),*];
                match self.0 {
                    Selection::Period(_) => period,
                    Selection::Room(_) => room,
                    Selection::RoomPeriod(..) => room_period,
                    Selection::Conf(_) => conf,
                }
            }

            async fn send(
                &self,
                bindings: &bindings::Client,
            ) -> Result<ResponseValue<ByteStream>, bindings::Error<()>> {
                query!(@send self.0, bindings, $($send),*)
            }
        }
    };
    (@send $selection:expr, $bindings:ident, $period:ident, $room:ident, $room_period:ident, $conf:ident) => {
        match &$selection {
            Selection::Period(period) => {
                $bindings.$period(&period.from_date().to_string(), &period.to_date().to_string()).await
            }
            Selection::Room(room) => $bindings.$room(room.as_str()).await,
            Selection::RoomPeriod(room, period) => {
                let (from, to) = (period.from_date().to_string(), period.to_date().to_string());
                $bindings.$room_period(room.as_str(), &from, &to).await
            }
            Selection::Conf(number) => $bindings.$conf(number.as_str()).await,
        }
    };
}

query!(
    CdrQuery: Cdr, "cdr" in CdrResponse,
    GET_PERIOD_CDR by get_period_cdr,
    GET_CDR_BY_ROOM by get_cdr_by_room,
    GET_CDR_BY_ROOM_AND_PERIOD by get_cdr_by_room_and_period,
    GET_CDR_BY_CONF_NUMBER by get_cdr_by_conf_number
);
query!(
    ArchiveQuery: Archive, "archive" in ArchiveResponse,
    GET_PERIOD_ARCHIVE by get_period_archive,
    GET_ARCHIVE_BY_ROOM by get_archive_by_room,
    GET_ARCHIVE_BY_ROOM_AND_PERIOD by get_archive_by_room_and_period,
    GET_ARCHIVE_BY_CONF_NUMBER by get_archive_by_conf_number
);
