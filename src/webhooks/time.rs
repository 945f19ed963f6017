//! The time of an event.

use std::time::{Duration, SystemTime};

use serde_json::Value;

use crate::wire::{LAST_SECOND, Scalar};

/// From this number on it is milliseconds: in seconds it is the year 5138, in milliseconds 1973.
const FIRST_MILLIS: f64 = 1e11;

/// Reads seconds or milliseconds since 1970, as a number or in a string, and the spellings of a
/// [`Time`](crate::wire::Time).
pub(super) fn read(value: &Value) -> Option<SystemTime> {
    if let Some(time) = SystemTime::read(value) {
        return Some(time);
    }
    let number = f64::read(value).filter(|number| *number >= 0.)?;
    let seconds = if number < FIRST_MILLIS { number } else { number / 1000. };
    let since = Duration::try_from_secs_f64(seconds).ok().filter(|since| *since <= LAST_SECOND)?;
    // An `f64` is exact to the millisecond, and not to the nanosecond.
    let millis = (since.as_secs_f64() * 1000.).round();
    Some(SystemTime::UNIX_EPOCH + Duration::from_millis(millis as u64))
}
