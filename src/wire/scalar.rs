//! The scalars of responses, and how each is read.

use std::{
    borrow::Cow,
    time::{Duration, SystemTime},
};

use serde_json::Value;

use super::{
    Lenient,
    instant::{Instant, instant},
};

/// A type that a [`Lenient`] can read.
pub trait Scalar: Sized {
    /// Reads a JSON value. `None` where it is not such a scalar in any accepted spelling.
    fn read(value: &Value) -> Option<Self>;
    /// Reads a JSON value, and keeps it where it could not be read or says more than the value.
    fn lenient(value: Value) -> Lenient<Self> {
        Self::read(&value).map_or(Lenient::Raw(value), Lenient::Read)
    }
    /// The JSON value in its documented spelling.
    fn write(&self) -> Value;
    /// The JSON type of the documented spelling.
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema;
}

/// The text of a JSON scalar. `None` for null, arrays and objects.
fn scalar_text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Number(number) => Some(number.to_string().into()),
        Value::Bool(flag) => Some(flag.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

impl Scalar for bool {
    fn read(value: &Value) -> Option<Self> {
        match scalar_text(value)?.as_ref() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }
    fn write(&self) -> Value {
        Value::Bool(*self)
    }
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        schemars::json_schema!({"type": "boolean"})
    }
}

impl Scalar for i64 {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
            Value::String(digits) => digits.parse().ok().or_else(|| whole(finite(digits)?)),
            _ => None,
        }
    }
    fn write(&self) -> Value {
        (*self).into()
    }
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        schemars::json_schema!({"type": "integer"})
    }
}

impl Scalar for f64 {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) if number.is_f64() => number.as_f64(),
            Value::Number(number) => finite(&number.to_string()),
            Value::String(digits) => finite(digits),
            _ => None,
        }
    }
    fn lenient(value: Value) -> Lenient<Self> {
        let Some(number) = Self::read(&value) else { return Lenient::Raw(value) };
        let is_kept = match &value {
            Value::Number(digits) => digits.is_f64() || keeps(number, &digits.to_string()),
            Value::String(digits) => keeps(number, digits),
            _ => true,
        };
        if is_kept { Lenient::Read(number) } else { Lenient::ReadFrom(number, value) }
    }
    fn write(&self) -> Value {
        (*self).into()
    }
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        schemars::json_schema!({"type": "number"})
    }
}

/// The integer of a number whose decimals are zeros, in the range in which an `f64` is exact.
fn whole(number: f64) -> Option<i64> {
    const MOST: f64 = 9_007_199_254_740_992.;
    (number.fract() == 0. && number.abs() < MOST).then_some(number as i64)
}

fn finite(digits: &str) -> Option<f64> {
    digits.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether the number keeps all of these digits. An `f64` keeps any 15.
fn keeps(number: f64, digits: &str) -> bool {
    let mantissa = digits.split(['e', 'E']).next().unwrap_or_default();
    let count = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let is_zero = !mantissa.contains(|c| ('1'..='9').contains(&c));
    (count <= 15 || number.to_string() == digits) && (number != 0. || is_zero)
}

impl Scalar for String {
    fn read(value: &Value) -> Option<Self> {
        scalar_text(value).map(Cow::into_owned)
    }
    fn write(&self) -> Value {
        self.clone().into()
    }
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        schemars::json_schema!({"type": "string"})
    }
}

impl Scalar for SystemTime {
    fn read(value: &Value) -> Option<Self> {
        instant(value.as_str()?).map(|instant| instant.time)
    }
    fn lenient(value: Value) -> Lenient<Self> {
        match value.as_str().and_then(instant) {
            Some(Instant { time, is_plain: true }) => Lenient::Read(time),
            Some(Instant { time, .. }) => Lenient::ReadFrom(time, value),
            None => Lenient::Raw(value),
        }
    }
    fn write(&self) -> Value {
        rfc3339(*self).into()
    }
    #[cfg(feature = "schemars")]
    fn schema() -> schemars::Schema {
        schemars::json_schema!({"type": "string"})
    }
}

/// The last second that RFC 3339 can write, at the end of the year 9999.
pub(crate) const LAST_SECOND: Duration = Duration::from_secs(253_402_300_799);

/// Whole seconds since 1970. `None` outside the years 1970 to 9999.
pub(crate) fn whole_seconds(time: SystemTime) -> Option<u64> {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(since.as_secs()).filter(|seconds| *seconds <= LAST_SECOND.as_secs())
}

/// RFC 3339 in UTC, with as many decimals as needed. An instant outside the years 1970 to 9999 is written as
/// the nearest one inside.
pub(crate) fn rfc3339(time: SystemTime) -> String {
    let since = writable(time);
    let time = SystemTime::UNIX_EPOCH + since;
    match since.subsec_nanos() {
        0 => humantime::format_rfc3339_seconds(time).to_string(),
        nanos if nanos % 1_000_000 == 0 => humantime::format_rfc3339_millis(time).to_string(),
        _ => humantime::format_rfc3339_nanos(time).to_string(),
    }
}

/// The same, rounded down to seconds; 1970 for an instant outside.
pub(crate) fn rfc3339_seconds(time: SystemTime) -> String {
    rfc3339(SystemTime::UNIX_EPOCH + Duration::from_secs(whole_seconds(time).unwrap_or_default()))
}

/// The same as [`rfc3339`], rounded down to milliseconds.
pub(crate) fn rfc3339_millis(time: SystemTime) -> String {
    humantime::format_rfc3339_millis(SystemTime::UNIX_EPOCH + writable(time)).to_string()
}

fn writable(time: SystemTime) -> Duration {
    let last = LAST_SECOND + Duration::from_nanos(999_999_999);
    time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().min(last)
}
