//! Extensions: the tables of result codes, and those that are not known.

use serde_json::Value;

use super::{Walk, texts::alike};
use crate::diff::{
    Kind,
    pair::{Pair, Spot, matching_keys},
    scope::Scope,
    words::{brief, collapsed},
};

impl<'a> Walk<'a, '_> {
    pub(super) fn extension(&mut self, key: &str, pair: &Pair<'a>, scope: &Scope) {
        let is_table =
            |value: &Value| value.as_array().is_some_and(|all| all.iter().all(|one| code(one).is_some()));
        match key {
            "x-result-codes" | "x-error-codes" if pair.all(is_table) => self.codes(pair, scope),
            "x-result-codes" | "x-error-codes" => self.other(pair, &scope.field(key)),
            _ => self.report_values(Kind::ExtensionChanged, pair, &scope.field(key)),
        }
    }

    fn codes(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let (mut olds, mut news) = pair.items();
        let pairs = matching_keys(&mut olds, &mut news, |spot| code(spot.value).map(Value::to_string));
        let scope = |spot: &Spot<'a>| scope.named(format!("{} {}", scope.path, name(spot)));
        for (old, new) in pairs {
            let scope = scope(&new);
            self.code(&Pair::of(old, new), &scope);
        }
        let lone = olds.into_iter().map(Pair::removed).chain(news.into_iter().map(Pair::added));
        for pair in lone {
            let Some(spot) = pair.new.as_ref().or(pair.old.as_ref()) else { continue };
            let kinds = [Kind::ResultCodeAdded, Kind::ResultCodeRemoved];
            self.report_presence(kinds, &pair, &scope(spot), meaning);
        }
    }

    fn code(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let is_text = |key: &str| matches!(key, "meaning" | "description");
        let differs: Vec<&str> = pair.keys().into_iter().filter(|key| !same(&pair.get(key))).collect();
        for key in differs.iter().filter(|key| is_text(key)) {
            self.text(Kind::ResultCodeReworded, &pair.get(key), scope);
        }
        let rest: Vec<&str> = differs.into_iter().filter(|key| !is_text(key)).collect();
        if !rest.is_empty() {
            let say = |spot: &Spot<'a>| {
                let said = rest.iter().map(|key| {
                    let value = spot.get(key).map_or("nothing".to_owned(), |spot| brief(spot.value));
                    format!("{key} {value}")
                });
                said.collect::<Vec<_>>().join(", ")
            };
            let (old, new) = (pair.old.as_ref().map(say), pair.new.as_ref().map(say));
            self.report(Kind::ResultCodeChanged, pair, scope, old, new);
        }
    }
}

/// A key that says nothing is as good as none.
fn same(pair: &Pair<'_>) -> bool {
    match (pair.old_value(), pair.new_value()) {
        (Some(old), Some(new)) => alike(old, new),
        (one, other) => one.or(other).is_none(),
    }
}

fn code(entry: &Value) -> Option<&Value> {
    entry.as_object()?.get("code").filter(|code| code.is_string() || code.is_number())
}

fn name(spot: &Spot<'_>) -> String {
    code(spot.value).map(brief).unwrap_or_default()
}

fn meaning(spot: &Spot<'_>) -> String {
    spot.text("meaning").map(collapsed).unwrap_or_else(|| name(spot))
}
