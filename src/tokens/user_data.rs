//! Data about a user that a token carries into the session.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
    ser::SerializeMap,
};

use crate::Violation;

/// Up to five keys with text values, which a token carries into the session.
///
/// **Everyone in the session can read them**, so they must not be confidential. A literal with six keys does
/// not compile. A sixth key that is added at run time, an empty key and a repeated key are refused before
/// anything is sent.
///
/// ```
/// use enablex::UserData;
///
/// let data = UserData::from([("department", "claims")]).with("locale", "en-IN");
/// ```
///
/// ```compile_fail,E0277
/// use enablex::UserData;
///
/// let six = UserData::from([("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", ""), ("f", "")]);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct UserData(Vec<(String, String)>);

impl UserData {
    /// The most keys that EnableX accepts.
    pub const MAX_KEYS: usize = 5;

    /// No keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key and its value.
    pub fn with(mut self, key: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.push((key.into(), value.into()));
        self
    }

    /// The keys and their values, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no key.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn violations(&self, violations: &mut Vec<Violation>) {
        for (i, (key, _)) in self.0.iter().enumerate() {
            if key.trim().is_empty() {
                violations.push(Violation::new("data", "must have no empty key", Some(key)));
            }
            // With more keys than allowed the request is refused anyway.
            let mut earlier = self.0[..i.min(Self::MAX_KEYS)].iter();
            if earlier.any(|(other, _)| other == key) {
                violations.push(Violation::new("data", "must have each key once", Some(key)));
            }
            if i == Self::MAX_KEYS {
                let rule = format!("must have at most 5 keys, has {}", self.0.len());
                violations.push(Violation::new("data", rule, Some(key)));
            }
        }
    }
}

macro_rules! from_literals {
    ($($n:literal)*) => {$(
        impl<K: Into<String>, V: Into<String>> From<[(K, V); $n]> for UserData {
            fn from(pairs: [(K, V); $n]) -> Self {
                pairs.into_iter().collect()
            }
        }
    )*};
}

// Up to `MAX_KEYS`.
from_literals!(1 2 3 4 5);

impl<K: Into<String>, V: Into<String>> FromIterator<(K, V)> for UserData {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<K: Into<String>, V: Into<String>> Extend<(K, V)> for UserData {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        self.0.extend(pairs.into_iter().map(|(key, value)| (key.into(), value.into())));
    }
}

impl fmt::Debug for UserData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for UserData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for UserData {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;

        impl<'de> Visitor<'de> for Pairs {
            type Value = UserData;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("keys and values that are text")
            }

            // One by one, since a map would hide a repeated key.
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<UserData, A::Error> {
                let mut data = UserData::new();
                while let Some((key, value)) = map.next_entry::<String, String>()? {
                    data = data.with(key, value);
                }
                Ok(data)
            }
        }

        deserializer.deserialize_map(Pairs)
    }
}
