//! Limits of values.

use serde_json::{Number, Value};

use super::Walk;
use crate::diff::{Kind, pair::Pair, scope::Scope, words::brief};

pub(super) const LIMITS: &[&str] = &[
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

impl<'a> Walk<'a, '_> {
    pub(super) fn limit(&mut self, key: &str, pair: &Pair<'a>, scope: &Scope) {
        let kind = match (pair.old_value(), pair.new_value()) {
            (None, Some(new)) if fits(key, new) => Kind::LimitAdded,
            (Some(old), None) if fits(key, old) => Kind::LimitRemoved,
            (Some(Value::Number(old)), Some(Value::Number(new))) => match tightened(key, old, new) {
                Some(true) => Kind::LimitTightened,
                Some(false) => Kind::LimitLoosened,
                // Another way to write the same number.
                None => return,
            },
            // Whether a pattern takes more or less than another one cannot be told.
            (Some(Value::String(_)), Some(Value::String(_))) if key == "pattern" => Kind::LimitTightened,
            _ => return self.other(pair, &scope.field(key)),
        };
        let say = |value: Option<&Value>| value.map(|value| format!("{key} {}", brief(value)));
        self.report(kind, pair, scope, say(pair.old_value()), say(pair.new_value()));
    }
}

fn fits(key: &str, value: &Value) -> bool {
    match key {
        "pattern" => value.is_string(),
        "uniqueItems" => *value == Value::Bool(true),
        "exclusiveMaximum" | "exclusiveMinimum" => *value == Value::Bool(true) || value.is_number(),
        _ => value.is_number(),
    }
}

/// Whether the new limit takes less than the old one, or nothing where both are the same.
fn tightened(key: &str, old: &Number, new: &Number) -> Option<bool> {
    if let (Some(old), Some(new)) = (old.as_i128(), new.as_i128()) {
        return (old != new).then(|| match key {
            "multipleOf" => new == 0 || old == 0 || old % new != 0,
            _ => (new > old) == key.to_lowercase().contains("min"),
        });
    }
    let (old, new) = (old.as_f64()?, new.as_f64()?);
    (old != new).then(|| match key {
        "multipleOf" => new == 0.0 || (old / new).fract() != 0.0,
        _ => (new > old) == key.to_lowercase().contains("min"),
    })
}
