//! The limits of settings, by EnableX's reference.

use std::ops::RangeInclusive;

use crate::{Violation, bindings::types::RoomSettingsRequest};

/// The most moderators and participants of a session, together.
const MOST_USERS: i64 = 250;

pub(super) const MODERATORS: RangeInclusive<i64> = 1..=5;
/// Every room has at least one moderator.
pub(super) const PARTICIPANTS: RangeInclusive<i64> = 1..=MOST_USERS - 1;
pub(crate) const MAX_ACTIVE_TALKERS: RangeInclusive<i64> = 1..=16;
pub(super) const AT_LEAST_ONE: RangeInclusive<i64> = 1..=i64::MAX;

/// Every rule that the settings break.
pub(in crate::rooms) fn violations(settings: &RoomSettingsRequest) -> Vec<Violation> {
    let moderators = count(&settings.moderators);
    let participants = count(&settings.participants);
    let recording = settings.role_based_recording.as_ref();
    let moderator_media = recording.and_then(|recording| recording.moderator.as_ref());
    let participant_media = recording.and_then(|recording| recording.participant.as_ref());
    let checks = [
        within("settings.moderators", "must be 1 to 5", moderators, MODERATORS),
        within("settings.participants", "must be at least 1", participants, AT_LEAST_ONE)
            .or_else(|| too_many_users(moderators.unwrap_or(1), participants?)),
        within("settings.audiences", "must be at least 1", count(&settings.audiences), AT_LEAST_ONE),
        within(
            "settings.max_active_talkers",
            "must be 1 to 16",
            settings.max_active_talkers,
            MAX_ACTIVE_TALKERS,
        ),
        within("settings.duration", "must be at least 1 minute", settings.duration, AT_LEAST_ONE),
        settings.hls_view_url.as_deref().and_then(hls_view_url),
        settings
            .media_zone
            .as_ref()
            .and_then(|word| Violation::of_blank("settings.media_zone", word.as_str())),
        settings.mode.as_ref().and_then(|word| word.violation("settings.mode")),
        settings.quality.as_ref().and_then(|word| word.violation("settings.quality")),
        moderator_media.and_then(|word| word.violation("settings.role_based_recording.moderator")),
        participant_media.and_then(|word| word.violation("settings.role_based_recording.participant")),
    ];
    checks.into_iter().flatten().collect()
}

/// The value of a numeric string. The setters store no other strings.
fn count(text: &Option<String>) -> Option<i64> {
    text.as_ref()?.parse().ok()
}

fn within(
    field: &'static str,
    rule: &'static str,
    number: Option<i64>,
    allowed: RangeInclusive<i64>,
) -> Option<Violation> {
    let number = number.filter(|number| !allowed.contains(number))?;
    Some(Violation::new(field, rule, Some(&number.to_string())))
}

fn too_many_users(moderators: i64, participants: i64) -> Option<Violation> {
    let rule = "must be at most 250 together with the moderators";
    let value = participants.to_string();
    (moderators.saturating_add(participants) > MOST_USERS)
        .then(|| Violation::new("settings.participants", rule, Some(&value)))
}

pub(super) fn hls_view_url(url: &str) -> Option<Violation> {
    let in_one_word = !url.contains(|c: char| c.is_whitespace() || c.is_control());
    let is_https = || url.starts_with("https://") && in_one_word && reqwest::Url::parse(url).is_ok();
    let rule = "must be an https URL or `DEFAULT`";
    (url != "DEFAULT" && !is_https()).then(|| Violation::new("settings.hls_view_url", rule, Some(url)))
}
