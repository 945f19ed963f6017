//! Schemas that are one of others, and what belongs together in lists of schemas.

use serde_json::Value;

use super::{
    Walk,
    schemas::say,
    view::{Views, name, reference},
};
use crate::diff::{
    Kind,
    document::Document,
    pair::{Pair, Spot, matching_keys},
    scope::Scope,
};

impl<'a> Walk<'a, '_> {
    /// `oneOf` and `anyOf`.
    pub(super) fn alternatives(&mut self, views: &Views<'a>, scope: &Scope) {
        let (one, any) = (views.get("oneOf"), views.get("anyOf"));
        let crossed = match (&one, &any) {
            (Pair { old: Some(old), new: None }, Pair { old: None, new: Some(new) })
            | (Pair { old: None, new: Some(new) }, Pair { old: Some(old), new: None }) => {
                Some(Pair::of(old.clone(), new.clone()))
            }
            _ => None,
        };
        if let Some(pair) = crossed {
            let [from, to] = if one.old.is_some() { ["one of", "any of"] } else { ["any of", "one of"] };
            let (from, to) = (Some(from.to_owned()), Some(to.to_owned()));
            self.report(Kind::CompositionChanged, &pair, scope, from, to);
            return self.alternative_lists(&pair, scope);
        }
        for pair in [one, any].into_iter().filter(Pair::differs) {
            if pair.old.is_some() && pair.new.is_some() {
                self.alternative_lists(&pair, scope);
            } else {
                let (old, new) = (views.old.spot().as_ref().map(say), views.new.spot().as_ref().map(say));
                self.report(Kind::CompositionChanged, &pair, scope, old, new);
            }
        }
    }

    fn alternative_lists(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if !pair.all(Value::is_array) {
            return self.other(pair, scope);
        }
        let (olds, news) = pair.items();
        for pair in self.members(olds, news, scope) {
            self.report_presence([Kind::AlternativeAdded, Kind::AlternativeRemoved], &pair, scope, say);
        }
    }

    /// Compares the parts or alternatives that belong together, and gives those that come or go.
    pub(super) fn members(
        &mut self,
        olds: Vec<Spot<'a>>,
        news: Vec<Spot<'a>>,
        scope: &Scope,
    ) -> Vec<Pair<'a>> {
        let renamed = |name: &'a str| self.renamed.get(name).copied().unwrap_or(name);
        let mut olds: Vec<Member<'a>> =
            olds.into_iter().map(|spot| Member::of(spot, self.old, renamed)).collect();
        let mut news: Vec<Member<'a>> =
            news.into_iter().map(|spot| Member::of(spot, self.new, |name| name)).collect();
        matching_keys(&mut olds, &mut news, |member| Some(member.spot.value.to_string()));
        let mut pairs = matching_keys(&mut olds, &mut news, |member| member.name);
        // Written in place, or given a name.
        pairs.extend(matching_keys(&mut olds, &mut news, |member| member.content.clone()));
        pairs.extend(matching_keys(&mut olds, &mut news, |member| {
            member.name.is_none().then(|| member.spot.value.get("type").map(Value::to_string))
        }));
        for (old, new) in pairs {
            self.schema(&Pair::of(old.spot, new.spot), scope);
        }
        let gone = olds.into_iter().map(|member| Pair::removed(member.spot));
        let come = news.into_iter().map(|member| Pair::added(member.spot));
        gone.chain(come).collect()
    }
}

/// A part or an alternative.
struct Member<'a> {
    spot: Spot<'a>,
    /// Of the schema that it refers to, as the new document calls it.
    name: Option<&'a str>,
    /// What it says, in place or by reference.
    content: Option<String>,
}

impl<'a> Member<'a> {
    fn of(spot: Spot<'a>, document: &Document<'a>, renamed: impl Fn(&'a str) -> &'a str) -> Self {
        let name = reference(&spot).map(|(_, reference)| renamed(name(reference)));
        let content = document.resolve(&spot).map(|resolved| resolved.value.to_string());
        Self { spot, name, content }
    }
}
