//! EnableX's codes for failures.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Advice;

/// One line for each published code: variant, code, meaning, advice. [`ErrorCode`] and its methods come
/// from these lines.
macro_rules! codes {
    (
        results { $($result:ident = $number:literal, $result_meaning:literal, $result_advice:expr;)+ }
        words { $($word:ident = $text:literal, $word_meaning:literal, $word_advice:expr;)+ }
    ) => {
        /// Why the service refused: a `result` of the older failure form, or an `error_code` of the
        /// newer one.
        ///
        /// Every published code has a variant. EnableX's tables have gaps and grow; a code that is not in
        /// them is kept as it was received.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorCode {
            $(
                #[doc = concat!("`", stringify!($number), "`: ", $result_meaning, ".")]
                $result,
            )+
            $(
                #[doc = concat!("`", $text, "`: ", $word_meaning, ".")]
                $word,
            )+
            /// A `result` that is not published.
            OtherResult(i64),
            /// An `error_code` that is not published.
            OtherWord(String),
        }

        impl ErrorCode {
            /// Every published `result`, in ascending order.
            pub const PUBLISHED_RESULTS: &'static [i64] = &[$($number),+];
            /// Every published `error_code`.
            pub const PUBLISHED_WORDS: &'static [&'static str] = &[$($text),+];

            /// The `result`, for a code of the older form.
            pub fn result(&self) -> Option<i64> {
                match self {
                    $(Self::$result => Some($number),)+
                    Self::OtherResult(number) => Some(*number),
                    _ => None,
                }
            }

            /// The `error_code`, for a code of the newer form.
            pub fn word(&self) -> Option<&str> {
                match self {
                    $(Self::$word => Some($text),)+
                    Self::OtherWord(word) => Some(word),
                    _ => None,
                }
            }

            /// What EnableX says it means; `None` for a code that is not published.
            pub fn meaning(&self) -> Option<&'static str> {
                match self {
                    $(Self::$result => Some($result_meaning),)+
                    $(Self::$word => Some($word_meaning),)+
                    Self::OtherResult(_) | Self::OtherWord(_) => None,
                }
            }

            /// What to do about it; `None` for a code that is not published.
            pub fn advice(&self) -> Option<Advice> {
                match self {
                    $(Self::$result => Some($result_advice),)+
                    $(Self::$word => Some($word_advice),)+
                    Self::OtherResult(_) | Self::OtherWord(_) => None,
                }
            }
        }

        impl From<i64> for ErrorCode {
            fn from(result: i64) -> Self {
                match result {
                    $($number => Self::$result,)+
                    _ => Self::OtherResult(result),
                }
            }
        }

        impl From<&str> for ErrorCode {
            fn from(word: &str) -> Self {
                match word {
                    $($text => Self::$word,)+
                    _ => Self::OtherWord(word.to_owned()),
                }
            }
        }
    };
}

const fn fix(field: &'static str) -> Advice {
    Advice::FixRequest { field: Some(field) }
}

const FIX: Advice = Advice::FixRequest { field: None };

codes! {
    results {
        ApplicationNotFound = 10000, "no application has these credentials", Advice::CheckCredentials;
        RoomIdAbsent = 10001, "the room id is absent from the path", fix("room_id");
        NameAbsent = 10002, "the room's name is absent", fix("name");
        ScheduledBad = 10003, "`settings.scheduled` is bad", fix("settings.scheduled");
        ScheduledTimeAbsent = 10004, "`settings.scheduled_time` is absent", fix("settings.scheduled_time");
        ScheduledTimeMalformed = 10005, "`settings.scheduled_time` is malformed", fix("settings.scheduled_time");
        ScheduledTimeRefused = 10006, "`settings.scheduled_time` is not acceptable", fix("settings.scheduled_time");
        ParticipantsBad = 10007, "`settings.participants` is bad", fix("settings.participants");
        AutoRecordingBad = 10008, "`settings.auto_recording` is bad", fix("settings.auto_recording");
        SettingUnknown = 10009, "a key in `settings` is not known", fix("settings");
        OwnerRefAbsent = 10010, "`owner_ref` is absent", fix("owner_ref");
        DurationBad = 10011, "`settings.duration` is bad", fix("settings.duration");
        MaxActiveTalkersBad = 10012, "`settings.max_active_talkers` is bad", fix("settings.max_active_talkers");
        WaitForModeratorBad = 10013, "`settings.wait_for_moderator` is bad", fix("settings.wait_for_moderator");
        QualityBad = 10014, "`settings.quality` is bad", fix("settings.quality");
        SipUriAbsent = 10015, "`sip.uri` is absent", fix("sip.uri");
        AdhocBad = 10016, "`settings.adhoc` is bad", fix("settings.adhoc");
        AdhocRefused = 10017, "`settings.adhoc` is not allowed here", fix("settings.adhoc");
        NotForThisKind = 10018, "a parameter does not apply to this kind of room", FIX;
        ModeBad = 10019, "`settings.mode` is bad", fix("settings.mode");
        ModeRefused = 10020, "`settings.mode` is not allowed here", fix("settings.mode");
        QualityRefused = 10021, "the quality is above what the project may use", fix("settings.quality");
        ModeratorsBad = 10022, "`settings.moderators` is bad", fix("settings.moderators");
        ModeratorsRefused = 10023, "`settings.moderators` is not acceptable", fix("settings.moderators");
        PeepRefused = 10024, "`settings.peep` is not acceptable", fix("settings.peep");
        KnockRefused = 10025, "`settings.knock` is not acceptable", fix("settings.knock");
        SipAddressBad = 10026, "the SIP address is bad", fix("settings.aor");
        SessionOn = 10030, "refused while a session is on", Advice::Wait;
        UserNameAbsent = 10101, "the user's name is absent", fix("name");
        UserRefAbsent = 10102, "`user_ref` is absent", fix("user_ref");
        RoleAbsent = 10103, "`role` is absent", fix("role");
        RoleBad = 10104, "`role` is not one of the lower-case words", fix("role");
        ServerBusy = 10105, "the server is busy", Advice::Wait;
        KindFixed = 10106, "the kind of a room cannot be changed", FIX;
        ConferenceOver = 10111, "the conference is over", Advice::Over;
        OutsideTime = 10112, "outside the permitted time", Advice::WaitOrGone;
        RoomInactive = 10113, "the room is not active", Advice::WaitOrGone;
        RoomFull = 10114, "the room is full", Advice::RoomFull;
        ConfNumAbsent = 10201, "the conference number is absent from the path", fix("conf_num");
        ReportRoomIdAbsent = 10202, "the room id is absent from the path", fix("room_id");
        ToDateAbsent = 10203, "`to_date` is absent from the path", fix("to_date");
        PeriodRoomIdAbsent = 10204, "the room id is absent from the path", fix("room_id");
        ReportConfNumAbsent = 10205, "the conference number is absent from the path", fix("conf_num");
        RoomNotFound = 40001, "no room has this id", Advice::RoomGone;
        NotAuthorized = 40002, "the application may not use this room", Advice::CheckCredentials;
        InternalError = 50000, "internal error", Advice::ServiceFailed;
        RoomNotCreated = 50001, "the room could not be created", Advice::ServiceFailed;
        RoomsNotListed = 50002, "the rooms could not be listed", Advice::ServiceFailed;
        RoomNotFetched = 50003, "the room could not be fetched", Advice::ServiceFailed;
        RoomNotChanged = 50004, "the room could not be deleted or updated", Advice::ServiceFailed;
        RoomNotDeleted = 50005, "the room could not be deleted or updated", Advice::ServiceFailed;
    }
    words {
        Unauthorized = "UNAUTHORIZED", "the credentials are not accepted", Advice::CheckCredentials;
        CredentialExpired = "CREDENTIAL_EXPIRED", "the credentials were replaced", Advice::CheckCredentials;
        ProjectSuspended = "PROJECT_SUSPENDED", "the project is suspended", Advice::CheckCredentials;
        RateLimited = "RATE_LIMITED", "too many requests", Advice::Wait;
        InvalidParam = "INVALID_PARAM", "a parameter is bad", FIX;
    }
}

impl ErrorCode {
    /// Whether it stands beside failures of any kind, so that the HTTP status may say more.
    pub(crate) fn is_general(&self) -> bool {
        matches!(self, Self::InvalidParam | Self::InternalError)
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.result(), self.word()) {
            (Some(number), _) => number.fmt(f),
            (None, word) => f.write_str(word.unwrap_or_default()),
        }
    }
}

/// A number for a `result`, a string for an `error_code`.
impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.result() {
            Some(number) => serializer.serialize_i64(number),
            None => serializer.collect_str(self),
        }
    }
}
