//! The words that settings take.

use crate::wire::open_enum;

open_enum! {
    /// How a session runs; fixed when the room is created.
    ///
    /// EnableX counts three modes and names two; only those two can be sent.
    pub enum Mode as "settings.mode" {
        /// Everyone publishes. The default.
        Group = "group",
        /// Participants publish once a moderator has granted the floor.
        Lecture = "lecture",
    }
}

open_enum! {
    /// The best video quality of a session; by subscription where it is absent.
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
    /// Where the media servers stand. More zones may come, so any other word may be sent too.
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
    /// What is recorded of a user.
    pub enum RecordingMedia as "settings.role_based_recording" {
        /// Sound and picture. The default.
        AudioVideo = "audiovideo",
        /// Sound alone.
        Audio = "audio",
    }
}
