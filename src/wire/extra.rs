//! The keys of an answer that no field takes.

use std::{collections::BTreeMap, fmt, ops::Deref};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::redact;

/// Stands before a key that the second look at a body has moved aside, so that the value passes
/// by the field of that name and reaches [`Extra`].
pub(crate) const ASIDE: &str = "\0";

/// The keys of an answer that have no field of their own, and those whose value had a shape that
/// their field could not take. `Debug` prints the keys alone; `Serialize` leaves out what stands under a
/// key that is one of a secret elsewhere.
#[derive(Clone, PartialEq)]
pub struct Extra<K, V>(BTreeMap<K, V>);

impl<K, V> Default for Extra<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

/// The keys alone: nobody knows what is in the values, a secret perhaps.
impl<K: fmt::Debug, V> fmt::Debug for Extra<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<K, V> Deref for Extra<K, V> {
    type Target = BTreeMap<K, V>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Extra<String, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = BTreeMap::<String, V>::deserialize(deserializer)?;
        if !map.keys().any(|key| key.starts_with(ASIDE)) {
            return Ok(Self(map));
        }
        let own_key = |key: String| key.strip_prefix(ASIDE).map(str::to_owned).unwrap_or(key);
        Ok(Self(map.into_iter().map(|(key, value)| (own_key(key), value)).collect()))
    }
}

impl<K: Serialize, V: Serialize> Serialize for Extra<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut values = serde_json::to_value(&self.0).map_err(serde::ser::Error::custom)?;
        redact(&mut values);
        values.serialize(serializer)
    }
}

#[cfg(feature = "schemars")]
impl<K, V: schemars::JsonSchema> schemars::JsonSchema for Extra<K, V> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Extra".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "object", "additionalProperties": true})
    }
}
