//! The `result` of a response.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The `result` of a response: an integer, or an integer's digits in a string. Nothing else is coerced.
#[derive(Clone, Debug)]
pub struct ResultField(Value);

impl ResultField {
    /// The code, `0` for success. `None` where the value is not an integer.
    pub fn code(&self) -> Option<i64> {
        Self::read(&self.0)
    }

    /// The code in a JSON value.
    pub(crate) fn read(value: &Value) -> Option<i64> {
        match value {
            Value::String(text) => digits(text),
            value => value.as_i64(),
        }
    }
}

/// The integer in a text that consists of its digits.
fn digits(text: &str) -> Option<i64> {
    let plain = !text.starts_with('+') && text != "-0";
    text.parse().ok().filter(|_| plain)
}

impl From<i64> for ResultField {
    fn from(code: i64) -> Self {
        Self(code.into())
    }
}

impl<'de> Deserialize<'de> for ResultField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self)
    }
}

impl Serialize for ResultField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for ResultField {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Result".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": ["integer", "string"]})
    }
}
