//! Reads instants in the spellings of RFC 3339 and ISO 8601.

use std::time::{Duration, SystemTime};

const DAY: i64 = 24 * 60 * 60;

/// An instant, and whether its spelling says nothing more.
pub(super) struct Instant {
    pub time: SystemTime,
    pub is_plain: bool,
}

/// Reads a date and a time of day with an offset: calendar, ordinal and week dates in basic and extended
/// format, with a time of day to the hour, the minute or a fraction of any length, of which nanoseconds are
/// kept. Without an offset only `YYYY-MM-DD HH:MM:SS`, with a blank or a `T` and with or without a fraction,
/// is an instant, in UTC.
pub(super) fn instant(text: &str) -> Option<Instant> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let (clock, offset) = match rest.find(['Z', 'z', '+', '-', '\u{2212}']) {
        Some(at) => (rest[..at].trim_end(), Some(&rest[at..])),
        None => (rest, None),
    };
    let (whole, fraction) = match clock.split_once(['.', ',']) {
        Some((whole, digits)) => (whole, Some(digits).filter(|digits| is_digits(digits))?),
        None => (clock, ""),
    };
    let is_full = date.len() == 10 && date.as_bytes()[7] == b'-' && whole.len() == 8;
    let offset_s = match offset {
        Some(offset) => offset_seconds(offset)?,
        None if is_full => 0,
        None => return None,
    };
    let (seconds, unit) = time_of_day(whole)?;
    let seconds = days(date)?.checked_mul(DAY)? + seconds - offset_s;
    // A leap second is the last one of a day in UTC. It is read as the second after it.
    let is_leap = whole.ends_with("60") && unit == 1;
    let is_end = whole.starts_with("24");
    if (is_leap && seconds.rem_euclid(DAY) != 0) || (is_end && fraction.contains(|c| c != '0')) {
        return None;
    }
    // 18 digits are more than the nanoseconds of an hour need.
    let digits = &fraction[..fraction.len().min(18)];
    let part = match digits.parse::<u128>() {
        Ok(part) => part * unit * 1_000_000_000 / 10_u128.pow(u32::try_from(digits.len()).ok()?),
        Err(_) => 0,
    };
    let part = Duration::from_nanos(u64::try_from(part).ok()?);
    let whole_seconds = Duration::from_secs(seconds.unsigned_abs());
    let time = if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(whole_seconds)?
    } else {
        SystemTime::UNIX_EPOCH.checked_add(whole_seconds)?
    };
    let is_utc = offset.is_none_or(|offset| matches!(offset, "Z" | "z"));
    let is_written = (0..=super::LAST_SECOND.as_secs() as i64).contains(&seconds);
    let is_usual = !is_leap && !is_end;
    let is_plain = is_utc && is_full && is_written && is_usual && fraction.len() <= 9;
    Some(Instant { time: time.checked_add(part)?, is_plain })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The number of a text that is exactly this many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    if text.len() == digits && is_digits(text) { text.parse().ok() } else { None }
}

/// `Z`, or hours and perhaps minutes.
fn offset_seconds(offset: &str) -> Option<i64> {
    if matches!(offset, "Z" | "z") {
        return Some(0);
    }
    let mut chars = offset.chars();
    let sign = if chars.next()? == '+' { 1 } else { -1 };
    let rest = chars.as_str();
    let (hours, minutes) = match rest.len() {
        2 => (rest, "00"),
        4 => rest.split_at_checked(2)?,
        _ => rest.split_once(':')?,
    };
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes) * 60)
}

/// Seconds since midnight, and how many seconds a fraction is one of.
fn time_of_day(text: &str) -> Option<(i64, u128)> {
    let part = |at: usize| number(text.get(at..at + 2)?, 2);
    let colon = |at: usize| text.as_bytes()[at] == b':';
    let (hour, minute, second, unit) = match text.len() {
        2 => (part(0)?, 0, 0, 3600),
        4 => (part(0)?, part(2)?, 0, 60),
        5 if colon(2) => (part(0)?, part(3)?, 0, 60),
        6 => (part(0)?, part(2)?, part(4)?, 1),
        8 if colon(2) && colon(5) => (part(0)?, part(3)?, part(6)?, 1),
        _ => return None,
    };
    // The end of a day is the beginning of the next one.
    let is_end = (hour, minute, second) == (24, 0, 0);
    let is_time = hour < 24 && minute < 60 && second <= 60;
    (is_end || is_time).then_some((hour * 3600 + minute * 60 + second, unit))
}

/// Days since 1970-01-01, of a calendar, ordinal or week date.
fn days(date: &str) -> Option<i64> {
    let year = number(date.get(..4)?, 4)?;
    let part = |at: usize, digits: usize| number(date.get(at..at + digits)?, digits);
    let byte = |at: usize| date.as_bytes()[at];
    match date.len() {
        7 => day_of_year(year, part(4, 3)?),
        8 if byte(4) == b'-' => day_of_year(year, part(5, 3)?),
        8 if byte(4) == b'W' => day_of_week(year, part(5, 2)?, part(7, 1)?),
        8 => day_of_month(year, part(4, 2)?, part(6, 2)?),
        10 if byte(4) == b'-' && byte(5) == b'W' && byte(8) == b'-' => {
            day_of_week(year, part(6, 2)?, part(9, 1)?)
        }
        10 if byte(4) == b'-' && byte(7) == b'-' => day_of_month(year, part(5, 2)?, part(8, 2)?),
        _ => None,
    }
}

fn day_of_year(year: i64, day: i64) -> Option<i64> {
    (1..=365 + i64::from(is_leap_year(year))).contains(&day).then_some(new_year(year) + day - 1)
}

fn day_of_month(year: i64, month: i64, day: i64) -> Option<i64> {
    let february = 28 + i64::from(is_leap_year(year));
    let months = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let (before, rest) = months.split_at_checked(usize::try_from(month - 1).ok()?)?;
    (1..=*rest.first()?).contains(&day).then_some(new_year(year) + before.iter().sum::<i64>() + day - 1)
}

/// Weeks begin on Monday, and the first week of a year is the one with the 4th of January.
fn day_of_week(year: i64, week: i64, day: i64) -> Option<i64> {
    // 1970-01-01 was a Thursday.
    let first = |year| {
        let fourth = new_year(year) + 3;
        fourth - (fourth + 3).rem_euclid(7)
    };
    let weeks = (first(year + 1) - first(year)) / 7;
    let is_day = (1..=weeks).contains(&week) && (1..=7).contains(&day);
    is_day.then_some(first(year) + (week - 1) * 7 + day - 1)
}

fn is_leap_year(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

/// Days from 1970-01-01 to the first day of a year.
fn new_year(year: i64) -> i64 {
    let leap_days = |year: i64| year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969)
}
