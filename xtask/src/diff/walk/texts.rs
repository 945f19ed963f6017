//! Texts and examples, in which blanks and the order of keys say nothing.

use serde_json::Value;

use super::Walk;
use crate::diff::{Kind, pair::Pair, scope::Scope, words::collapsed};

impl<'a> Walk<'a, '_> {
    pub(super) fn text(&mut self, kind: Kind, pair: &Pair<'a>, scope: &Scope) {
        match (pair.old_value(), pair.new_value()) {
            (None | Some(Value::String(_)), None | Some(Value::String(_))) => {
                let text = |value: Option<&Value>| value.and_then(Value::as_str).map(collapsed);
                let (old, new) = (text(pair.old_value()), text(pair.new_value()));
                // An empty text says as much as none.
                if old.as_deref().unwrap_or_default() != new.as_deref().unwrap_or_default() {
                    self.report(kind, pair, scope, old, new);
                }
            }
            _ => self.other(pair, scope),
        }
    }

    /// Reports values that differ in more than the blanks of their texts.
    pub(super) fn alike_or(&mut self, kind: Kind, pair: &Pair<'a>, scope: &Scope) {
        let alike = match (pair.old_value(), pair.new_value()) {
            (Some(old), Some(new)) => alike(old, new),
            (old, new) => old == new,
        };
        if !alike {
            self.report_values(kind, pair, scope);
        }
    }

    pub(super) fn examples(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if !pair.all(Value::is_object) {
            return self.report_values(Kind::ExampleChanged, pair, scope);
        }
        for name in pair.keys() {
            self.alike_or(Kind::ExampleChanged, &pair.get(name), &scope.part(format!("example {name}")));
        }
    }
}

/// Whether two values say the same: blanks in descriptions apart.
pub(super) fn alike(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(olds), Value::Object(news)) => {
            olds.len() == news.len()
                && olds.iter().all(|(key, old)| news.get(key).is_some_and(|new| alike_under(key, old, new)))
        }
        (Value::Array(olds), Value::Array(news)) => {
            olds.len() == news.len() && olds.iter().zip(news).all(|(old, new)| alike(old, new))
        }
        _ => old == new,
    }
}

fn alike_under(key: &str, old: &Value, new: &Value) -> bool {
    match (key, old, new) {
        ("description" | "summary" | "title", Value::String(old), Value::String(new)) => {
            collapsed(old) == collapsed(new)
        }
        _ => alike(old, new),
    }
}
