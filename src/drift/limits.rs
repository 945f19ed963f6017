//! Limits and formats of single values.

use serde::Deserialize;
use serde_json::Value;

use crate::Date;

#[derive(Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Limits {
    minimum: Option<f64>,
    maximum: Option<f64>,
    min_length: Option<usize>,
    max_length: Option<usize>,
    min_items: Option<usize>,
    max_items: Option<usize>,
    min_properties: Option<usize>,
    max_properties: Option<usize>,
}

impl Limits {
    /// The limit that a value violates.
    pub fn violated(&self, value: &Value) -> Option<String> {
        match value {
            Value::Number(number) => {
                let number = number.as_f64()?;
                let below = self.minimum.filter(|least| number < *least);
                let above = self.maximum.filter(|most| number > *most);
                rule("minimum", below).or_else(|| rule("maximum", above))
            }
            Value::String(text) => {
                let (least, most) = (self.min_length, self.max_length);
                let count = || text.chars().count();
                (least.is_some() || most.is_some())
                    .then(count)
                    .and_then(|count| outside(count, ("minLength", least), ("maxLength", most)))
            }
            Value::Array(list) => {
                outside(list.len(), ("minItems", self.min_items), ("maxItems", self.max_items))
            }
            Value::Object(object) => {
                let (least, most) = (self.min_properties, self.max_properties);
                outside(object.len(), ("minProperties", least), ("maxProperties", most))
            }
            Value::Null | Value::Bool(_) => None,
        }
    }
}

type Limit = (&'static str, Option<usize>);

fn outside(count: usize, least: Limit, most: Limit) -> Option<String> {
    let below = least.1.filter(|least| count < *least);
    let above = most.1.filter(|most| count > *most);
    rule(least.0, below).or_else(|| rule(most.0, above))
}

fn rule(name: &str, limit: Option<impl ToString>) -> Option<String> {
    limit.map(|limit| format!("{name} {}", limit.to_string()))
}

/// Whether a text matches a format. Formats that this crate does not know match any text.
pub(super) fn has_format(text: &str, format: &str) -> bool {
    match format {
        "date-time" => is_rfc3339(text),
        "date" => text.parse::<Date>().is_ok(),
        _ => true,
    }
}

/// Accepts any offset from UTC.
fn is_rfc3339(text: &str) -> bool {
    let offset = text.len().checked_sub(6).and_then(|at| text.split_at_checked(at));
    match offset {
        Some((local, offset)) if offset.starts_with(['+', '-']) => {
            let Some((hours, minutes)) = offset[1..].split_once(':') else { return false };
            let below = |digits: &str, most| {
                let is_pair = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
                is_pair && digits < most
            };
            below(hours, "24") && below(minutes, "60") && is_utc(&format!("{local}Z"))
        }
        _ => is_utc(text),
    }
}

fn is_utc(text: &str) -> bool {
    text.ends_with('Z') && humantime::parse_rfc3339(text).is_ok()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Limits, has_format};

    /// The vendored document has none of these for responses; a newer one may.
    #[test]
    fn limits() {
        for (rule, good, bad) in [
            (json!({"minimum": 1}), json!(1), json!(0.5)),
            (json!({"maximum": 16.5}), json!(16.5), json!(17)),
            (json!({"minLength": 2}), json!("åå"), json!("å")),
            (json!({"maxLength": 1}), json!("å"), json!("åå")),
            (json!({"minItems": 1}), json!([1]), json!([])),
            (json!({"maxItems": 1}), json!([1]), json!([1, 2])),
            (json!({"minProperties": 1}), json!({"a": 1}), json!({})),
            (json!({"maxProperties": 1}), json!({"a": 1}), json!({"a": 1, "b": 2})),
        ] {
            let limits: Limits = serde_json::from_value(rule.clone()).unwrap();
            let (name, limit) = rule.as_object().unwrap().iter().next().unwrap();
            assert_eq!(limits.violated(&good), None, "{rule}");
            assert_eq!(limits.violated(&bad), Some(format!("{name} {limit}")), "{rule}");
            assert_eq!(limits.violated(&Value::Bool(true)), None);
        }
    }

    #[test]
    fn formats() {
        for good in [
            "2026-03-02T07:14:09Z",
            "2026-03-02T07:14:09.318Z",
            "2026-03-02T07:14:09+05:30",
            "2026-03-02T07:14:09-00:00",
        ] {
            assert!(has_format(good, "date-time"), "{good}");
        }
        for bad in [
            "",
            "Z",
            "+05:30",
            "2026-03-02 07:14:09",
            "2026-03-02",
            "2026-13-02T07:14:09Z",
            "2026-03-02T07:14:09+5:30",
            "2026-03-02T07:14:09+24:00",
            "2026-03-02T07:14:09+05:60",
            "2026-03-02T07:14:09+0530",
            "äöü-äö",
            "1772435649",
        ] {
            assert!(!has_format(bad, "date-time"), "{bad}");
        }
        assert!(has_format("2026-03-02", "date") && !has_format("2026-02-30", "date"));
        assert!(has_format("anything", "password"));
    }
}
