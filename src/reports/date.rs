//! A day of the calendar.

use std::{
    fmt,
    str::FromStr,
    time::{Duration, SystemTime},
};

use crate::{
    Error, Violation,
    wire::{LAST_SECOND, rfc3339, whole_seconds},
};

const DAY: u64 = 24 * 60 * 60;
const RULE: &str = "must be a day of the calendar, `YYYY-MM-DD`";
const YEARS: &str = "must lie in the years 1970 to 9999";

/// A day of the calendar in UTC. Its year is 1970 to 9999, which is this crate's choice.
///
/// It is made from numbers, from text of the form `YYYY-MM-DD`, or from an instant:
///
/// ```
/// use std::time::SystemTime;
/// use enablex::Date;
///
/// let day: Date = "2026-03-09".parse()?;
/// assert_eq!(day, Date::new(2026, 3, 9)?);
/// assert_eq!(day.plus_days(-9)?.to_string(), "2026-02-28");
/// assert!("2026-02-30".parse::<Date>().is_err());
///
/// let today = Date::try_from(SystemTime::now())?;
/// # Ok::<(), enablex::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Since 1970-01-01.
    days: u64,
}

impl Date {
    /// The day of a year, a month and a day of the month, both counted from 1.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) where the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, Error> {
        format!("{year:04}-{month:02}-{day:02}").parse()
    }

    /// The day that many days later, or earlier where `days` is negative.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) outside the years 1970 to 9999.
    pub fn plus_days(self, days: i64) -> Result<Self, Error> {
        let then = self.days.checked_add_signed(days).filter(|days| *days <= LAST_SECOND.as_secs() / DAY);
        let outside = || Violation::new("days", YEARS, Some(&days.to_string()));
        Ok(then.map(|days| Self { days }).ok_or_else(outside)?)
    }

    /// The beginning of the day: midnight in UTC.
    pub fn start(self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.days * DAY)
    }
}

impl TryFrom<&str> for Date {
    type Error = Violation;
    fn try_from(text: &str) -> Result<Self, Violation> {
        let shape = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        if text.len() != 10 || !shape {
            return Err(Violation::new("date", RULE, Some(text)));
        }
        if text < "1970" {
            return Err(Violation::new("date", YEARS, Some(text)));
        }
        let start = humantime::parse_rfc3339_weak(&format!("{text} 00:00:00"))
            .map_err(|_| Violation::new("date", RULE, Some(text)))?;
        start.try_into()
    }
}

impl TryFrom<&String> for Date {
    type Error = Violation;
    fn try_from(text: &String) -> Result<Self, Violation> {
        text.as_str().try_into()
    }
}

impl TryFrom<String> for Date {
    type Error = Violation;
    fn try_from(text: String) -> Result<Self, Violation> {
        text.as_str().try_into()
    }
}

impl TryFrom<SystemTime> for Date {
    type Error = Violation;
    /// The day in UTC in which the instant lies.
    fn try_from(time: SystemTime) -> Result<Self, Violation> {
        let seconds = whole_seconds(time).ok_or_else(|| Violation::new("date", YEARS, None))?;
        Ok(Self { days: seconds / DAY })
    }
}

impl FromStr for Date {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(Self::try_from(text)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(rfc3339(self.start()).split('T').next().unwrap_or_default())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
