//! The values that something may have.

use serde_json::Value;

use super::Walk;
use crate::diff::{
    Kind,
    pair::{Pair, Spot, matching_keys},
    scope::Scope,
    words::{brief, cut},
};

impl<'a> Walk<'a, '_> {
    pub(super) fn values(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if !pair.all(Value::is_array) {
            return self.other(pair, &scope.field("enum"));
        }
        if pair.old.is_none() || pair.new.is_none() {
            let kinds = [Kind::EnumClosed, Kind::EnumOpened];
            return self.report_presence(kinds, pair, scope, list);
        }
        let (mut olds, mut news) = pair.items();
        matching_keys(&mut olds, &mut news, |spot| Some(spot.value.to_string()));
        let lone = olds.into_iter().map(Pair::removed).chain(news.into_iter().map(Pair::added));
        for pair in lone {
            let kinds = [Kind::EnumValueAdded, Kind::EnumValueRemoved];
            self.report_presence(kinds, &pair, scope, |spot| brief(spot.value));
        }
    }
}

fn list(values: &Spot<'_>) -> String {
    let values: Vec<String> = values.items().iter().map(|spot| brief(spot.value)).collect();
    cut(&values.join(", "))
}
