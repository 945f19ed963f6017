//! What the fields of an answer are made of.
//!
//! The service is not strict about types: numbers come as strings, booleans as `0` and `1`, and
//! EnableX's own pages disagree on some fields. So every scalar of an answer is a [`Lenient`], read
//! as what it stands for where it stands for anything, and kept as it came otherwise.

use std::{fmt, time::SystemTime};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

mod extra;
mod instant;
mod link;
mod open_enum;
mod result_field;
mod scalar;
mod secret;

pub(crate) use extra::ASIDE;
pub use extra::Extra;
pub use link::Link;
pub(crate) use open_enum::open_enum;
pub use result_field::ResultField;
pub use scalar::Scalar;
pub(crate) use scalar::{LAST_SECOND, rfc3339, rfc3339_millis, whole_seconds};
pub use secret::{Secret, TokenField};
pub(crate) use secret::{redact, secrets_in};

/// A scalar of an answer: read, or as it came. [`get`](Self::get) gives the value however it was spelled,
/// [`raw`](Self::raw) the spelling where that says more.
///
/// ```
/// use enablex::wire::Integer;
///
/// let minutes: Integer = serde_json::from_str(r#""50""#)?;
/// assert_eq!(minutes.get(), Some(&50));
///
/// let odd: Integer = serde_json::from_str("true")?;
/// assert_eq!(odd.get(), None);
/// assert_eq!(odd, Integer::Raw(true.into()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Lenient<T> {
    /// The value it stands for.
    Read(T),
    /// The value it stands for, and the JSON value, which says more: an instant with its offset, or more
    /// digits than are kept.
    ReadFrom(T, Value),
    /// The JSON value that stands for none.
    Raw(Value),
}

/// A boolean: also `"true"`, `"false"`, `0`, `1`, `"0"` and `"1"`.
pub type Flag = Lenient<bool>;
/// An integer: also its digits in a string, or with decimals that are zeros.
pub type Integer = Lenient<i64>;
/// A number with decimals: also its digits in a string, as many as there are. Where they are more than an
/// `f64` keeps it is the nearest one, and the digits stay reachable.
pub type Number = Lenient<f64>;
/// Free text: also a number or a boolean, which become their own spelling.
pub type Text = Lenient<String>;
/// An instant: any spelling of RFC 3339, or of ISO 8601 with an offset, and `YYYY-MM-DD HH:MM:SS`, with a blank
/// or a `T`, which is UTC. To the nanosecond; a leap second counts as the one after it (this crate's choice).
pub type Time = Lenient<SystemTime>;

impl<T> Lenient<T> {
    /// The value, where there is one.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Read(value) | Self::ReadFrom(value, _) => Some(value),
            Self::Raw(_) => None,
        }
    }

    /// The JSON value, where it says more than the value that was read, or none could be.
    pub fn raw(&self) -> Option<&Value> {
        match self {
            Self::Read(_) => None,
            Self::ReadFrom(_, raw) | Self::Raw(raw) => Some(raw),
        }
    }
}

impl<T> From<T> for Lenient<T> {
    fn from(value: T) -> Self {
        Self::Read(value)
    }
}

/// As it stands on the wire in its documented spelling, an instant in RFC 3339, for example; as it came where
/// that says more.
impl<T: Scalar> fmt::Display for Lenient<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(value) => match value.write() {
                Value::String(text) => f.pad(&text),
                value => f.pad(&value.to_string()),
            },
            Self::ReadFrom(_, Value::String(text)) => f.pad(text),
            Self::ReadFrom(_, raw) | Self::Raw(raw) => raw.fmt(f),
        }
    }
}

impl<'de, T: Scalar> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(T::lenient(Value::deserialize(deserializer)?))
    }
}

impl<T: Scalar> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Read(value) => value.write().serialize(serializer),
            Self::ReadFrom(_, raw) | Self::Raw(raw) => raw.serialize(serializer),
        }
    }
}

#[cfg(feature = "schemars")]
impl<T: Scalar> schemars::JsonSchema for Lenient<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Lenient".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        T::schema()
    }
}
