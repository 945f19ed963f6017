//! What comes back.

use serde_json::Value;

use super::{Walk, bodies::types};
use crate::diff::{
    Kind, Side,
    document::side_of,
    pair::{Pair, Spot},
    scope::Scope,
};

impl<'a> Walk<'a, '_> {
    pub(super) fn responses(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if !pair.all(Value::is_object) {
            return self.other(pair, &scope.part("responses"));
        }
        let side = |status: &str| {
            let of = |value: Option<&Value>| value.map(|responses| side_of(status, responses));
            of(pair.old_value()).into_iter().chain(of(pair.new_value())).min().unwrap_or(Side::Failure)
        };
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for status in pair.keys() {
            if status.starts_with("x-") {
                self.common(status, &pair.get(status), &scope.part("responses"));
                continue;
            }
            match pair.get(status) {
                Pair { old: Some(old), new: None } => gone.push((status, old)),
                Pair { old: None, new: Some(new) } => come.push((status, new)),
                both => self.answer(&both, &response_scope(scope, status, side(status))),
            }
        }
        // One success for another is the same answer under another status.
        let success = |(status, _): &(&'a str, Spot<'a>)| status.starts_with('2');
        if let ([old], [new]) = (&picked(&gone, success)[..], &picked(&come, success)[..]) {
            let pair = Pair::of(old.1.clone(), new.1.clone());
            let scope = response_scope(scope, new.0, Side::Answer);
            self.report(Kind::StatusChanged, &pair, &scope, Some(old.0.to_owned()), Some(new.0.to_owned()));
            self.answer(&pair, &scope);
            gone.retain(|one| !success(one));
            come.retain(|one| !success(one));
        }
        for (status, old) in gone {
            let scope = response_scope(scope, status, side(status));
            let what = self.old.resolve(&old).map(|response| types(&response));
            self.report(Kind::ResponseRemoved, &Pair::removed(old), &scope, what, None);
        }
        for (status, new) in come {
            let scope = response_scope(scope, status, side(status));
            let what = self.new.resolve(&new).map(|response| types(&response));
            self.report(Kind::ResponseAdded, &Pair::added(new), &scope, None, what);
        }
    }

    fn answer(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if pair.differs()
            && let Some(pair) = self.resolved(pair, scope)
        {
            self.response(&pair, scope);
        }
    }

    pub(super) fn response(&mut self, pair: &Pair<'a>, scope: &Scope) {
        self.object(pair, scope, |walk, key, pair| {
            match key {
                "content" => walk.content(pair, scope),
                "headers" => walk.headers(pair, scope),
                "links" => walk.alike_or(Kind::LinkChanged, pair, scope),
                _ => return false,
            }
            true
        });
    }

    fn headers(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if !pair.all(Value::is_object) {
            return self.other(pair, &scope.part("headers"));
        }
        for name in pair.keys() {
            let (pair, scope) = (pair.get(name), scope.part(format!("header {name}")));
            if pair.old.is_none() || pair.new.is_none() {
                let kinds = [Kind::HeaderAdded, Kind::HeaderRemoved];
                self.report_presence(kinds, &pair, &scope, |_| name.to_owned());
            } else if let Some(pair) = self.resolved(&pair, &scope) {
                self.parameter(&pair, &scope);
            }
        }
    }
}

fn response_scope(scope: &Scope, status: &str, side: Side) -> Scope {
    scope.on(side).part(format!("{} {status}", side.label()))
}

fn picked<'a>(
    responses: &[(&'a str, Spot<'a>)],
    is_one: impl Fn(&(&'a str, Spot<'a>)) -> bool,
) -> Vec<(&'a str, Spot<'a>)> {
    responses.iter().filter(|one| is_one(one)).cloned().collect()
}
