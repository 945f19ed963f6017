//! The enums of settings.

use crate::wire::open_enum;

open_enum! {
    /// How the sessions of a room run, which cannot be changed after creation.
    ///
    /// EnableX counts three modes and names two; only these two can be sent.
    pub enum Mode as "settings.mode" {
        /// Everyone publishes. The default.
        Group = "group",
        /// Participants publish only when a moderator has given them the floor.
        Lecture = "lecture",
    }
}

open_enum! {
    /// The best video quality of a session. Without it the subscription decides.
    pub enum Quality as "settings.quality" {
        /// High definition.
        Hd = "HD",
        /// Standard definition.
        Sd = "SD",
        /// Low definition.
        Ld = "LD",
    }
}

open_enum! {
    /// The location of the media servers. EnableX may add zones, so any other word can be sent, too.
    pub enum MediaZone as "settings.media_zone" {
        /// India.
        India = "IN",
        /// Singapore.
        Singapore = "SG",
        /// The United States.
        UnitedStates = "US",
        /// The service chooses. The default.
        Any = "XX",
    }
}

open_enum! {
    /// Which media of a user are recorded.
    pub enum RecordingMedia as "settings.role_based_recording" {
        /// Sound and picture. The default.
        AudioVideo = "audiovideo",
        /// Sound alone.
        Audio = "audio",
    }
}
