//! What a room may be set to.

use serde::Serialize;

use super::{MediaZone, Quality, RecordingMedia};
use crate::bindings::types;

mod from_answer;
mod rules;

pub(super) use rules::violations;

/// The settings of a room that can be given when it is created and changed later.
///
/// Only documented keys can be set: EnableX refuses others. What is not set is left to the service,
/// or as it is. Mode, kind and time of a room are not among them: see
/// [`NewRoom`](crate::NewRoom) and [`RoomUpdate`](crate::RoomUpdate).
///
/// The settings of an answer can be sent again with `Settings::from(&settings)`, which takes the
/// keys that may be sent and whose values are as documented.
///
/// ```
/// use enablex::{Quality, Settings};
///
/// let settings = Settings::new().moderators(1).participants(5).quality(Quality::Hd).knock(true);
/// ```
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
#[must_use]
pub struct Settings(pub(super) types::RoomSettingsRequest);

/// Setters of the keys whose value is taken as it is.
macro_rules! setters {
    ($($(#[$doc:meta])* $field:ident: $type:ty,)+) => {
        $(
            $(#[$doc])*
            pub fn $field(mut self, value: impl Into<$type>) -> Self {
                self.0.$field = Some(value.into());
                self
            }
        )+
    };
}

impl Settings {
    /// Nothing set.
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// A description of the room.
        description: String,
        /// Starts recording with the session. Off by default.
        auto_recording: bool,
        /// Offers a canvas to draw on. Off by default.
        canvas: bool,
        /// Lets a moderator admit each user. Off by default.
        knock: bool,
        /// Lets nobody in before a moderator. Off by default.
        wait_for_moderator: bool,
        /// Records all streams into one file. Off by default.
        single_file_recording: bool,
        /// Puts a watermark on the streams. Off by default.
        watermark: bool,
        /// Face analysis. EnableX's pages disagree on the default.
        facex: bool,
        /// Allows screens to be shared. On by default.
        screen_share: bool,
        /// Adapts the streams to the bandwidth. On by default.
        abwd: bool,
        /// The best video quality; by subscription where it is not set.
        quality: Quality,
        /// Where the media servers stand.
        media_zone: MediaZone,
        /// The application's own reference for billing.
        billing_code: String,
        /// The view for HLS: an https URL, or `DEFAULT`.
        hls_view_url: String,
        /// Sends statistics of the HLS audience. Seen in client code alone.
        send_audiences_stats: bool,
    }

    /// How many moderators: 1 to 5, 1 by default. Sent as a numeric string.
    pub fn moderators(mut self, count: u32) -> Self {
        self.0.moderators = Some(count.to_string());
        self
    }

    /// How many participants, moderators not counted: from 1, and with the moderators (one, where
    /// they are not set) at most 250. Sent as a numeric string.
    pub fn participants(mut self, count: u32) -> Self {
        self.0.participants = Some(count.to_string());
        self
    }

    /// How many listeners over HLS: from 1, as far as the subscription allows. Sent as a numeric
    /// string.
    pub fn audiences(mut self, count: u32) -> Self {
        self.0.audiences = Some(count.to_string());
        self
    }

    /// How many talkers are shown: 1 to 16, 6 by default.
    pub fn max_active_talkers(mut self, count: u32) -> Self {
        self.0.max_active_talkers = Some(count.into());
        self
    }

    /// How long the room is open, in minutes, from 1: needed for a scheduled room, where
    /// [`NewRoom::scheduled`](crate::NewRoom::scheduled) asks for it.
    pub fn duration(mut self, minutes: u32) -> Self {
        self.0.duration = Some(minutes.into());
        self
    }

    /// What is recorded of moderators and of participants.
    pub fn role_based_recording(mut self, moderator: RecordingMedia, participant: RecordingMedia) -> Self {
        self.0.role_based_recording = Some(types::RoleBasedRecordingRequest {
            moderator: Some(moderator),
            participant: Some(participant),
            ..Default::default()
        });
        self
    }

    /// Records a view of the session as people see it, of the application's own where a URL is
    /// given.
    pub fn live_recording(mut self, auto_recording: bool, url: Option<String>) -> Self {
        let auto_recording = Some(auto_recording);
        self.0.live_recording =
            Some(types::LiveRecordingRequest { auto_recording, url, ..Default::default() });
        self
    }

    /// Offers a transcription in a language, `en-IN` for example, and starts it with the session
    /// where `auto_transcribe` is set.
    pub fn live_transcription(mut self, language: impl Into<String>, auto_transcribe: bool) -> Self {
        self.0.live_transcription = Some(types::LiveTranscriptionRequest {
            enable: Some(true),
            language: Some(language.into()),
            auto_transcribe: Some(auto_transcribe),
            ..Default::default()
        });
        self
    }
}
