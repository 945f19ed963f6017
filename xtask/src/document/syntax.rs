//! JSON and YAML.

use serde_json::Value;
use serde_saphyr::{budget, options};

use crate::Result;

/// Reads JSON, or else YAML. A key that is given twice is an error in both.
pub fn parse(text: &str) -> Result<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value = if text.trim_start().starts_with('{') {
        // It may be YAML all the same.
        json(text).or_else(|error| yaml(text).map_err(|_| error))?
    } else {
        yaml(text)?
    };
    if !value.is_object() {
        return Err("no OpenAPI document: it is not an object".into());
    }
    Ok(value)
}

fn json(text: &str) -> Result<Value> {
    let value = serde_json::from_str::<unique::Unique>(text).map_err(|error| format!("JSON: {error}"))?;
    Ok(value.0)
}

/// Aliases are written out, within bounds that a document cannot reach that was written to be read.
fn yaml(text: &str) -> Result<Value> {
    let options = options! {
        // In YAML 1.2 `no` is a word.
        strict_booleans: true,
        budget: budget! {
            max_depth: 128,
            max_events: 20_000_000,
            max_nodes: 10_000_000,
            max_total_scalar_bytes: 256 * 1024 * 1024,
        },
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| format!("YAML: {error}").into())
}

/// A value whose objects have each key once.
mod unique {
    use std::fmt;

    use serde::{
        Deserialize, Deserializer,
        de::{Error, MapAccess, SeqAccess, Visitor},
    };
    use serde_json::{Map, Value};

    pub struct Unique(pub Value);

    impl<'de> Deserialize<'de> for Unique {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(AnyValue).map(Self)
        }
    }

    struct AnyValue;

    impl<'de> Visitor<'de> for AnyValue {
        type Value = Value;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a value")
        }

        fn visit_unit<E>(self) -> Result<Value, E> {
            Ok(Value::Null)
        }

        fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_str<E>(self, value: &str) -> Result<Value, E> {
            Ok(value.into())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
            let mut list = Vec::new();
            while let Some(Unique(item)) = items.next_element()? {
                list.push(item);
            }
            Ok(list.into())
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
            let mut map = Map::new();
            while let Some((key, Unique(value))) = entries.next_entry::<String, Unique>()? {
                if map.contains_key(&key) {
                    return Err(Error::custom(format_args!("duplicate key {key:?}")));
                }
                map.insert(key, value);
            }
            Ok(map.into())
        }
    }
}
