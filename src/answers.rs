//! What an answer says, one step away: the fields themselves are optional and keep what they cannot read.

use std::time::{Duration, SystemTime};

use crate::{
    DialInNumber, LiveRecording, LiveTranscription, MediaZone, Mode, Permissions, PublishedTrack, Quality,
    RecordingMedia, Role, RoleBasedRecording, Room, RoomSettings, ScheduledTime, Sip, User, wire::Lenient,
};

fn get<T>(field: &Option<Lenient<T>>) -> Option<&T> {
    field.as_ref()?.get()
}

/// A line for every structure, with how each field is read: a `part` is an enum or a structure of its own,
/// `digits` are a number in a text.
macro_rules! accessors {
    ($($type:ident { $($kind:ident $field:ident $(: $of:ty)?,)+ })+) => {$(
        impl $type {
            $(accessors!(@one $kind $field $($of)?);)+
        }
    )+};
    (@one text $field:ident) => { accessors!(@fn $field, &str, |field| get(field).map(String::as_str)); };
    (@one flag $field:ident) => { accessors!(@fn $field, bool, |field| get(field).copied()); };
    (@one digits $field:ident) => { accessors!(@fn $field, u32, |field| get(field)?.parse().ok()); };
    (@one count $field:ident) => { accessors!(@fn $field, u32, |field| u32::try_from(*get(field)?).ok()); };
    (@one time $field:ident) => { accessors!(@fn $field, SystemTime, |field| get(field).copied()); };
    (@one part $field:ident $of:ty) => { accessors!(@fn $field, &$of, |field| field.as_ref()); };
    (@fn $field:ident, $of:ty, |$it:ident| $read:expr) => {
        #[doc = concat!("`", stringify!($field), "`, where the answer had one that could be read.")]
        pub fn $field(&self) -> Option<$of> {
            let $it = &self.$field;
            $read
        }
    };
}

accessors! {
    Room {
        text service_id,
        part settings: RoomSettings,
        part sip: Sip,
        time created,
        time updated,
    }
    RoomSettings {
        text description,
        part mode: Mode,
        flag scheduled,
        flag adhoc,
        digits moderators,
        digits participants,
        digits audiences,
        text hls_view_url,
        flag send_audiences_stats,
        flag auto_recording,
        flag canvas,
        flag knock,
        flag wait_for_moderator,
        flag single_file_recording,
        flag watermark,
        flag facex,
        flag screen_share,
        flag abwd,
        part quality: Quality,
        count max_active_talkers,
        part media_zone: MediaZone,
        text billing_code,
        part role_based_recording: RoleBasedRecording,
        part live_recording: LiveRecording,
        part live_transcription: LiveTranscription,
        text media_configuration,
        flag active_talker,
        flag encryption,
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
    /// When a scheduled room starts, in whole seconds.
    pub fn scheduled_time(&self) -> Option<ScheduledTime> {
        get(&self.scheduled_time).copied()
    }

    /// `duration`, which is sent in minutes.
    pub fn duration(&self) -> Option<Duration> {
        let minutes = u64::try_from(*get(&self.duration)?).ok()?;
        minutes.checked_mul(60).map(Duration::from_secs)
    }

    /// Seats for viewers, as they came; whether it is a limit or a count is unclear.
    pub fn viewers(&self) -> Option<f64> {
        get(&self.viewers).copied()
    }
}
