//! The settings of a response: their accessors, and how they are copied into a request.

use std::ops::RangeInclusive;

use super::{
    Settings,
    rules::{AT_LEAST_ONE, MAX_ACTIVE_TALKERS, MODERATORS, PARTICIPANTS, hls_view_url},
};
use crate::{
    LiveRecording, LiveTranscription, MediaZone, Mode, Quality, RecordingMedia, RoleBasedRecording,
    RoomSettings,
    accessors::{accessors, value},
    bindings::types,
    wire::Lenient,
};

accessors! {
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
}

/// The value of a field, if it was understood.
fn read<T: Clone>(field: &Option<Lenient<T>>) -> Option<T> {
    value(field).cloned()
}

/// The number of a numeric string within its limits, in its plain spelling.
fn count(field: &Option<Lenient<String>>, allowed: RangeInclusive<i64>) -> Option<String> {
    let count: u32 = read(field)?.parse().ok()?;
    allowed.contains(&count.into()).then(|| count.to_string())
}

impl From<&RoomSettings> for Settings {
    fn from(response: &RoomSettings) -> Self {
        let media = |word: &Option<RecordingMedia>| {
            word.clone().filter(|word| !matches!(word, RecordingMedia::Other(_)))
        };
        Self(types::RoomSettingsRequest {
            abwd: read(&response.abwd),
            audiences: count(&response.audiences, AT_LEAST_ONE),
            auto_recording: read(&response.auto_recording),
            billing_code: read(&response.billing_code),
            canvas: read(&response.canvas),
            description: read(&response.description),
            // A room without a duration may return 0.
            duration: read(&response.duration).filter(|minutes| AT_LEAST_ONE.contains(minutes)),
            facex: read(&response.facex),
            hls_view_url: read(&response.hls_view_url).filter(|url| hls_view_url(url).is_none()),
            knock: read(&response.knock),
            live_recording: response.live_recording.as_ref().map(|recording| types::LiveRecordingRequest {
                auto_recording: read(&recording.auto_recording),
                url: read(&recording.url),
            }),
            live_transcription: response.live_transcription.as_ref().map(|transcription| {
                types::LiveTranscriptionRequest {
                    auto_transcribe: read(&transcription.auto_transcribe),
                    enable: read(&transcription.enable),
                    language: read(&transcription.language),
                }
            }),
            max_active_talkers: read(&response.max_active_talkers)
                .filter(|talkers| MAX_ACTIVE_TALKERS.contains(talkers)),
            media_zone: response.media_zone.clone().filter(|zone| !zone.as_str().is_empty()),
            moderators: count(&response.moderators, MODERATORS),
            participants: count(&response.participants, PARTICIPANTS),
            quality: response.quality.clone().filter(|word| !matches!(word, Quality::Other(_))),
            role_based_recording: response.role_based_recording.as_ref().map(|recording| {
                types::RoleBasedRecordingRequest {
                    moderator: media(&recording.moderator),
                    participant: media(&recording.participant),
                }
            }),
            screen_share: read(&response.screen_share),
            send_audiences_stats: read(&response.send_audiences_stats),
            single_file_recording: read(&response.single_file_recording),
            wait_for_moderator: read(&response.wait_for_moderator),
            watermark: read(&response.watermark),
            // These are fixed when the room is created, or set beside its settings.
            adhoc: None,
            mode: None,
            scheduled: None,
            scheduled_time: None,
        })
    }
}
