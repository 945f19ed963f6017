//! The time of an event.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::wire::{LAST_SECOND, Scalar};

/// From this number on it is milliseconds: in seconds it is the year 5138, in milliseconds 1973.
const FIRST_MILLIS: u64 = 100_000_000_000;

/// Reads seconds or milliseconds since 1970, as a number or in a string, and the spellings of a
/// [`Time`](crate::wire::Time).
pub(super) fn read(value: &Value) -> Option<SystemTime> {
    if let Some(time) = SystemTime::read(value) {
        return Some(time);
    }
    let since = match i64::read(value).and_then(|number| u64::try_from(number).ok()) {
        Some(seconds) if seconds < FIRST_MILLIS => Duration::from_secs(seconds),
        Some(millis) => Duration::from_millis(millis),
        None => {
            let number = f64::read(value).filter(|number| *number >= 0.)?;
            let micros = if number < FIRST_MILLIS as f64 { number * 1e6 } else { number * 1e3 };
            // An `f64` is exact to the microsecond, and not to the nanosecond.
            Duration::from_micros(micros.round() as u64)
        }
    };
    (since <= LAST_SECOND).then(|| SystemTime::UNIX_EPOCH + since)
}
