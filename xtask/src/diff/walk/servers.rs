//! Where the service is reached.

use serde_json::{Value, json};

use super::Walk;
use crate::diff::{
    Kind,
    pair::{Pair, Spot, matching_keys},
    scope::Scope,
};

impl<'a> Walk<'a, '_> {
    /// The servers in force for the first of these: its own, or those of the next one that has any.
    pub(super) fn servers_in_force(&mut self, owners: &[&Pair<'a>], scope: &Scope) {
        let lists: Vec<Pair<'a>> = owners.iter().map(|owner| owner.get("servers")).collect();
        let says = |spot: &&Spot<'a>| spot.value.as_array().is_none_or(|servers| !servers.is_empty());
        let old = lists.iter().filter_map(|list| list.old.as_ref()).find(says);
        let new = lists.iter().filter_map(|list| list.new.as_ref()).find(says);
        self.servers(&Pair { old: old.cloned(), new: new.cloned() }, scope);
    }

    pub(super) fn servers(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let scope = scope.part("servers");
        if !pair
            .all(|servers| servers.as_array().is_some_and(|all| all.iter().all(|one| one["url"].is_string())))
        {
            return self.other(pair, &scope);
        }
        // Without servers it is the host of the document.
        let is_default = |servers: &Value| *servers == json!([{"url": "/"}]);
        if (pair.old.is_none() || pair.new.is_none()) && pair.all(is_default) {
            return;
        }
        let (mut olds, mut news) = pair.items();
        let pairs = matching_keys(&mut olds, &mut news, |server| server.text("url"));
        // Both lists were in the same order, if what they share is.
        let order = |spots: Vec<&Spot<'a>>| -> Vec<String> {
            spots.iter().map(|spot| spot.text("url").unwrap_or_default().to_owned()).collect()
        };
        let mut by_new: Vec<_> = pairs.iter().map(|(_, new)| new).collect();
        by_new.sort_by_key(|spot| index(spot));
        let (old_order, new_order) = (order(pairs.iter().map(|(old, _)| old).collect()), order(by_new));
        if old_order != new_order {
            let [old, new] = [old_order, new_order].map(|order| Some(order.join(", ")));
            self.report(Kind::ServersReordered, pair, &scope, old, new);
        }
        for (old, new) in pairs {
            self.server(&Pair::of(old, new), &scope);
        }
        // What is left on both sides is the same server under another address.
        let moved = olds.len().min(news.len());
        let (gone, come) = (olds.split_off(moved), news.split_off(moved));
        for (old, new) in olds.into_iter().zip(news) {
            self.server(&Pair::of(old, new), &scope);
        }
        let lone = gone.into_iter().map(Pair::removed).chain(come.into_iter().map(Pair::added));
        for pair in lone {
            let say = |server: &Spot<'a>| server.text("url").unwrap_or_default().to_owned();
            self.report_presence([Kind::ServerAdded, Kind::ServerRemoved], &pair, &scope, say);
        }
    }

    fn server(&mut self, pair: &Pair<'a>, scope: &Scope) {
        self.object(pair, scope, |walk, key, pair| {
            match key {
                "url" => walk.report_values(Kind::ServerUrlChanged, pair, scope),
                "variables" => walk.report_values(Kind::ServerVariableChanged, pair, scope),
                _ => return false,
            }
            true
        });
    }
}

fn index(spot: &Spot<'_>) -> usize {
    spot.at.rsplit('/').next().and_then(|index| index.parse().ok()).unwrap_or_default()
}
