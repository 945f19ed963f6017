//! The types of the fields of responses.
//!
//! The service is not strict about types: numbers come as strings, booleans as `0` and `1`, and EnableX's own
//! pages disagree on some fields. So every scalar of a response is a [`Lenient`], which keeps a value that it
//! cannot read as raw JSON, and keys without a field are in an [`Extra`].

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
pub(crate) use scalar::{LAST_SECOND, rfc3339, rfc3339_millis, rfc3339_seconds, whole_seconds};
pub use secret::{Secret, TokenField};
pub(crate) use secret::{redact, secrets_in};

/// A scalar of a response. [`get`](Self::get) is its value, whatever its spelling in JSON; [`raw`](Self::raw)
/// is the JSON value where it could not be read or says more than the value.
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
    /// The value.
    Read(T),
    /// The value, and the JSON value, which says more: an instant with its offset, or more digits than the
    /// value keeps.
    ReadFrom(T, Value),
    /// The JSON value, which could not be read.
    Raw(Value),
}

/// A boolean. Reads `"true"`, `"false"`, `0`, `1`, `"0"` and `"1"`, too.
pub type Flag = Lenient<bool>;
/// An integer. Reads its digits in a string, and decimals that are zeros, too.
pub type Integer = Lenient<i64>;
/// A number with decimals. Reads its digits in a string, too. Where an `f64` cannot keep all digits it is the
/// nearest one, and [`Lenient::raw`] has the digits.
pub type Number = Lenient<f64>;
/// Free text. Reads numbers and booleans as their spelling, too.
pub type Text = Lenient<String>;
/// An instant. Reads RFC 3339, ISO 8601 with an offset, and `YYYY-MM-DD HH:MM:SS`, with a blank or a `T`,
/// which is UTC. Nanoseconds are kept. A leap second is read as the second after it, which is this crate's
/// choice.
pub type Time = Lenient<SystemTime>;

impl<T> Lenient<T> {
    /// The value, where it could be read.
    pub fn get(&self) -> Option<&T> {
        match self {
            Self::Read(value) | Self::ReadFrom(value, _) => Some(value),
            Self::Raw(_) => None,
        }
    }

    /// The JSON value, where it could not be read, or says more than the value.
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

/// The value in its documented spelling, for an instant RFC 3339; the JSON value where there is one.
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
