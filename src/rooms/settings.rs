//! The settings of a room.

use serde::Serialize;

use super::{MediaZone, Quality, RecordingMedia};
use crate::bindings::types;

mod response;
pub(crate) mod rules;

pub(super) use rules::violations;

/// The settings of a room that can be given in a [`NewRoom`](crate::NewRoom) and changed with a
/// [`RoomUpdate`](crate::RoomUpdate).
///
/// EnableX refuses keys that it does not document, so only documented ones can be set. A setting that is not
/// set gets the service's default in a new room, and stays as it is in an update. Mode, kind and time of a
/// room are not settings: see [`NewRoom`](crate::NewRoom) and [`RoomUpdate`](crate::RoomUpdate).
///
/// `Settings::from(&room_settings)` copies the settings of another room from a
/// [`RoomSettings`](crate::RoomSettings). It leaves out keys that cannot be sent, and values that are not as
/// documented.
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

/// Defines setters that store their argument unchanged.
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
    /// Settings of which none is set.
    pub fn new() -> Self {
        Self::default()
    }

    setters! {
        /// Sets a description of the room.
        description: String,
        /// Whether recording starts with the session. Off by default.
        auto_recording: bool,
        /// Whether users have a canvas to draw on. Off by default.
        canvas: bool,
        /// Whether a moderator admits each user. Off by default.
        knock: bool,
        /// Whether users wait until a moderator has joined. Off by default.
        wait_for_moderator: bool,
        /// Whether all streams are recorded into one file. Off by default.
        single_file_recording: bool,
        /// Whether the streams have a watermark. Off by default.
        watermark: bool,
        /// Whether faces are analysed. EnableX's pages disagree on the default.
        facex: bool,
        /// Whether users may share their screens. On by default.
        screen_share: bool,
        /// Whether the streams adapt to the bandwidth. On by default.
        abwd: bool,
        /// The best video quality. Without it the subscription decides.
        quality: Quality,
        /// The location of the media servers.
        media_zone: MediaZone,
        /// The application's own reference for billing.
        billing_code: String,
        /// The view for the HLS audience: an https URL, or `DEFAULT`.
        hls_view_url: String,
        /// Whether statistics of the HLS audience are sent. Not in EnableX's reference, but in client code.
        send_audiences_stats: bool,
    }

    /// The number of moderators: 1 to 5, 1 by default.
    pub fn moderators(mut self, count: u32) -> Self {
        self.0.moderators = Some(count.to_string());
        self
    }

    /// The number of participants, moderators not included: at least 1, and at most 250 together with the
    /// moderators (1 if they are not set).
    pub fn participants(mut self, count: u32) -> Self {
        self.0.participants = Some(count.to_string());
        self
    }

    /// The number of listeners over HLS: at least 1. The subscription sets the maximum.
    pub fn audiences(mut self, count: u32) -> Self {
        self.0.audiences = Some(count.to_string());
        self
    }

    /// The number of active talkers that are shown: 1 to 16, 6 by default.
    pub fn max_active_talkers(mut self, count: u32) -> Self {
        self.0.max_active_talkers = Some(count.into());
        self
    }

    /// How long the room is open, in minutes: at least 1. A scheduled room gets it from
    /// [`NewRoom::scheduled`](crate::NewRoom::scheduled).
    pub fn duration(mut self, minutes: u32) -> Self {
        self.0.duration = Some(minutes.into());
        self
    }

    /// Which media of moderators and of participants are recorded.
    pub fn role_based_recording(mut self, moderator: RecordingMedia, participant: RecordingMedia) -> Self {
        self.0.role_based_recording = Some(types::RoleBasedRecordingRequest {
            moderator: Some(moderator),
            participant: Some(participant),
            ..Default::default()
        });
        self
    }

    /// Records a rendered view of the session. With `auto_recording` the recording starts with the session.
    /// With a URL it records the application's own view.
    pub fn live_recording(mut self, auto_recording: bool, url: Option<String>) -> Self {
        let auto_recording = Some(auto_recording);
        self.0.live_recording =
            Some(types::LiveRecordingRequest { auto_recording, url, ..Default::default() });
        self
    }

    /// Enables transcription in a language, such as `en-IN`. With `auto_transcribe` it starts with the session.
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
