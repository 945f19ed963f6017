//! The keys of a response that no field takes.

use std::{
    collections::{BTreeMap, btree_map},
    fmt,
    ops::Index,
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::redact;

/// The prefix of a key that the lenient decode has moved aside, so that its value passes by the field of
/// that name and ends up in [`Extra`].
pub(crate) const ASIDE: &str = "\0";

/// The keys of a response object that have no field of their own, and those whose value has a shape that
/// their field cannot take.
///
/// The keys are in alphabetical order. `Debug` prints the keys alone, since a value may be a secret;
/// `Serialize` redacts the value of a key that is a secret's elsewhere in the API.
///
/// ```no_run
/// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
/// let room = client.room("5b473a40ad3c0a58a4e0e5c1").get().await?;
/// if let Some(value) = room.extra.get("new_key") {
///     println!("{value}");
/// }
/// for (key, value) in &room.extra {
///     println!("{key}: {value}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct Extra<K, V>(BTreeMap<K, V>);

impl<K, V> Default for Extra<K, V> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<V> Extra<String, V> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&V> {
        self.0.get(key)
    }

    /// Whether the key is there.
    pub fn contains_key(&self, key: &str) -> bool {
        self.0.contains_key(key)
    }
}

impl<K, V> Extra<K, V> {
    /// The keys and their values.
    pub fn iter(&self) -> btree_map::Iter<'_, K, V> {
        self.0.iter()
    }

    /// The keys.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// `extra["key"]`, which panics where the key is missing.
impl<V> Index<&str> for Extra<String, V> {
    type Output = V;
    fn index(&self, key: &str) -> &V {
        &self.0[key]
    }
}

impl<'a, K, V> IntoIterator for &'a Extra<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = btree_map::Iter<'a, K, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<K, V> IntoIterator for Extra<K, V> {
    type Item = (K, V);
    type IntoIter = btree_map::IntoIter<K, V>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<K: fmt::Debug, V> fmt::Debug for Extra<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
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
