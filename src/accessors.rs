//! Accessors of responses. The fields are optional and keep values that they cannot read; an accessor returns
//! the value if it was read. Those of `RoomSettings` are in `rooms/settings/response.rs`, those of report rows
//! in `reports/`.

use std::time::Duration;

use crate::{
    DialInNumber, LiveRecording, LiveTranscription, Permissions, PublishedTrack, RecordingMedia, Role,
    RoleBasedRecording, Room, RoomSettings, ScheduledTime, Sip, User,
    wire::{Lenient, Text},
};

pub(crate) fn value<T>(field: &Option<Lenient<T>>) -> Option<&T> {
    field.as_ref()?.get()
}

pub(crate) fn copied<T: Copy>(field: &Option<Lenient<T>>) -> Option<T> {
    value(field).copied()
}

pub(crate) fn text(field: &Option<Text>) -> Option<&str> {
    value(field).map(String::as_str)
}

/// Defines the accessors of a structure, one for each field. The word before a field says how it is read:
/// `part` is an enum or a structure, `digits` a number written as text, `count` a number that is not negative.
macro_rules! accessors {
    ($($type:ident { $($kind:ident $field:ident $(: $of:ty)?,)+ })+) => {$(
        impl $type {
            $(accessors!(@one $kind $field $($of)?);)+
        }
    )+};
    (@one text $field:ident) => { accessors!(@fn $field, &str, |field| $crate::accessors::text(field)); };
    (@one flag $field:ident) => { accessors!(@fn $field, bool, |field| $crate::accessors::copied(field)); };
    (@one digits $field:ident) => { accessors!(@fn $field, u32, |field| $crate::accessors::value(field)?.parse().ok()); };
    (@one count $field:ident) => { accessors!(@fn $field, u32, |field| $crate::accessors::copied(field)?.try_into().ok()); };
    (@one time $field:ident) => { accessors!(@fn $field, ::std::time::SystemTime, |field| $crate::accessors::copied(field)); };
    (@one part $field:ident $of:ty) => { accessors!(@fn $field, &$of, |field| field.as_ref()); };
    (@fn $field:ident, $of:ty, |$it:ident| $read:expr) => {
        #[doc = concat!(
            "The value of [`", stringify!($field), "`](field@Self::", stringify!($field),
            "), if the response has one that can be read."
        )]
        pub fn $field(&self) -> Option<$of> {
            let $it = &self.$field;
            $read
        }
    };
}

pub(crate) use accessors;

accessors! {
    Room {
        text service_id,
        part settings: RoomSettings,
        part sip: Sip,
        time created,
        time updated,
    }
    RoleBasedRecording { part moderator: RecordingMedia, part participant: RecordingMedia, }
    LiveRecording { flag auto_recording, text url, }
    LiveTranscription { flag enable, text language, flag auto_transcribe, }
    Sip { flag enabled, text pin, text meeting_id, }
    User { text name, text user_ref, part role: Role, part permissions: Permissions, }
    Permissions { flag publish, flag subscribe, flag record, flag stats, flag controlhandlers, }
    PublishedTrack { flag audio, flag video, flag screen, flag data, flag url, }
    DialInNumber { text country, text country_code, text phone, flag toll, }
}

impl RoomSettings {
    /// When a scheduled room starts.
    pub fn scheduled_time(&self) -> Option<ScheduledTime> {
        copied(&self.scheduled_time)
    }

    /// How long the room is open. The service counts in minutes.
    pub fn duration(&self) -> Option<Duration> {
        let minutes = u64::try_from(copied(&self.duration)?).ok()?;
        minutes.checked_mul(60).map(Duration::from_secs)
    }

    /// The number of viewers. EnableX does not say whether it is a limit or a count.
    pub fn viewers(&self) -> Option<f64> {
        copied(&self.viewers)
    }
}
