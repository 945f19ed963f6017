//! The start of a scheduled room.

use std::{
    fmt,
    str::FromStr,
    time::{Duration, SystemTime},
};

use serde_json::Value;

use crate::{
    Error, Violation,
    wire::{Lenient, Scalar, rfc3339, whole_seconds},
};

const FIELD: &str = "settings.scheduled_time";
const RULE: &str = "must be `YYYY-MM-DD HH:MM:SS` in UTC";

/// The start of a scheduled room, in UTC and whole seconds. Its text is `YYYY-MM-DD HH:MM:SS`, which is not
/// RFC 3339.
///
/// ```
/// use enablex::ScheduledTime;
///
/// let time: ScheduledTime = "2026-03-09 10:30:00".parse()?;
/// assert_eq!(time.to_string(), "2026-03-09 10:30:00");
/// assert!("2026-03-09T10:30:00Z".parse::<ScheduledTime>().is_err());
/// # Ok::<(), enablex::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScheduledTime(SystemTime);

impl ScheduledTime {
    /// The instant.
    pub fn time(self) -> SystemTime {
        self.0
    }
}

impl TryFrom<&str> for ScheduledTime {
    type Error = Violation;
    fn try_from(text: &str) -> Result<Self, Violation> {
        if text.trim().is_empty() {
            return Err(Violation::new(FIELD, "must be given for a scheduled room", Some(text)));
        }
        let documented = text.len() == 19 && text.as_bytes()[10] == b' ';
        let time = documented.then(|| humantime::parse_rfc3339_weak(text).ok()).flatten().map(Self);
        // A leap second is read as the second before it, and refused here.
        time.filter(|time| time.to_string() == text).ok_or_else(|| Violation::new(FIELD, RULE, Some(text)))
    }
}

impl FromStr for ScheduledTime {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Self::try_from(text)?)
    }
}

impl TryFrom<String> for ScheduledTime {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        text.as_str().try_into()
    }
}

impl TryFrom<SystemTime> for ScheduledTime {
    type Error = Violation;
    /// Takes an instant of the years 1970 to 9999, rounded down to a second.
    fn try_from(time: SystemTime) -> Result<Self, Violation> {
        let outside = || Violation::new(FIELD, "must lie in the years 1970 to 9999", None);
        let seconds = whole_seconds(time).ok_or_else(outside)?;
        Ok(Self(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)))
    }
}

impl fmt::Display for ScheduledTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(rfc3339(self.0).replace('T', " ").trim_end_matches('Z'))
    }
}

impl Scalar for ScheduledTime {
    fn read(value: &Value) -> Option<Self> {
        let time = SystemTime::read(value)?;
        Self::try_from(time).ok().filter(|whole| whole.0 == time)
    }
    fn lenient(value: Value) -> Lenient<Self> {
        let Some(read) = Self::read(&value) else { return Lenient::Raw(value) };
        match SystemTime::lenient(value) {
            Lenient::Read(_) => Lenient::Read(read),
            Lenient::ReadFrom(_, raw) | Lenient::Raw(raw) => Lenient::ReadFrom(read, raw),
        }
    }
    fn write(&self) -> Value {
        self.to_string().into()
    }
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        String::schema()
    }
}
