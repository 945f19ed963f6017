//! The settings of an answer, to be sent again.

use std::ops::RangeInclusive;

use super::{
    Settings,
    rules::{AT_LEAST_ONE, MAX_ACTIVE_TALKERS, MODERATORS, PARTICIPANTS, hls_view_url},
};
use crate::{Quality, RecordingMedia, RoomSettings, bindings::types, wire::Lenient};

/// The value of an answer's field, where it was understood.
fn read<T: Clone>(field: &Option<Lenient<T>>) -> Option<T> {
    field.as_ref()?.get().cloned()
}

/// The number of a numeric string within its limits, in its plain spelling.
fn count(field: &Option<Lenient<String>>, allowed: RangeInclusive<i64>) -> Option<String> {
    let count: u32 = read(field)?.parse().ok()?;
    allowed.contains(&count.into()).then(|| count.to_string())
}

impl From<&RoomSettings> for Settings {
    fn from(answer: &RoomSettings) -> Self {
        let media = |word: &Option<RecordingMedia>| {
            word.clone().filter(|word| !matches!(word, RecordingMedia::Other(_)))
        };
        Self(types::RoomSettingsRequest {
            abwd: read(&answer.abwd),
            audiences: count(&answer.audiences, AT_LEAST_ONE),
            auto_recording: read(&answer.auto_recording),
            billing_code: read(&answer.billing_code),
            canvas: read(&answer.canvas),
            description: read(&answer.description),
            // Not every room has one, and then it may be told as 0.
            duration: read(&answer.duration).filter(|minutes| AT_LEAST_ONE.contains(minutes)),
            facex: read(&answer.facex),
            hls_view_url: read(&answer.hls_view_url).filter(|url| hls_view_url(url).is_none()),
            knock: read(&answer.knock),
            live_recording: answer.live_recording.as_ref().map(|recording| types::LiveRecordingRequest {
                auto_recording: read(&recording.auto_recording),
                url: read(&recording.url),
            }),
            live_transcription: answer.live_transcription.as_ref().map(|transcription| {
                types::LiveTranscriptionRequest {
                    auto_transcribe: read(&transcription.auto_transcribe),
                    enable: read(&transcription.enable),
                    language: read(&transcription.language),
                }
            }),
            max_active_talkers: read(&answer.max_active_talkers)
                .filter(|talkers| MAX_ACTIVE_TALKERS.contains(talkers)),
            media_zone: answer.media_zone.clone().filter(|zone| !zone.as_str().is_empty()),
            moderators: count(&answer.moderators, MODERATORS),
            participants: count(&answer.participants, PARTICIPANTS),
            quality: answer.quality.clone().filter(|word| !matches!(word, Quality::Other(_))),
            role_based_recording: answer.role_based_recording.as_ref().map(|recording| {
                types::RoleBasedRecordingRequest {
                    moderator: media(&recording.moderator),
                    participant: media(&recording.participant),
                }
            }),
            screen_share: read(&answer.screen_share),
            send_audiences_stats: read(&answer.send_audiences_stats),
            single_file_recording: read(&answer.single_file_recording),
            wait_for_moderator: read(&answer.wait_for_moderator),
            watermark: read(&answer.watermark),
            // These are fixed when the room is created, or set beside its settings.
            adhoc: None,
            mode: None,
            scheduled: None,
            scheduled_time: None,
        })
    }
}
