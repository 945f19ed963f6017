//! Which credentials the service asks for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Walk, renames::renamed};
use crate::diff::{
    Kind, Side,
    document::{Document, id, operations},
    pair::{Pair, Spot},
    scope::Scope,
};

/// Alternatives, in each of which all schemes, with a scope each, are asked for.
type Alternatives = BTreeSet<BTreeSet<(String, String)>>;

impl<'a> Walk<'a, '_> {
    pub(super) fn root_security(&mut self, pair: &Pair<'a>) {
        let mut inherit = Vec::new();
        for (path, item) in self.new.paths() {
            let silent = operations(&item).into_iter().filter(|(_, spot)| spot.get("security").is_none());
            inherit.extend(silent.map(|(method, spot)| id(method, path, &spot).into()));
        }
        let scope = Scope { operations: inherit.into(), ..Scope::document("security") };
        self.security(pair.old_value(), pair.new_value(), pair, &scope);
    }

    /// What an operation asks for, by itself or with the whole document.
    pub(super) fn operation_security(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let own = pair.get("security");
        if own.differs() {
            let scope = scope.part("security");
            let of_root = |root: &Spot<'a>| root.get("security").map(|spot| spot.value);
            let old = own.old_value().or_else(|| of_root(&self.old.root));
            let new = own.new_value().or_else(|| of_root(&self.new.root));
            self.security(old, new, &own, &scope);
        }
    }

    fn security(&mut self, old: Option<&Value>, new: Option<&Value>, pair: &Pair<'a>, scope: &Scope) {
        let renamed = renamed(self.old, self.new, "securitySchemes");
        let (Some(old), Some(new)) = (alternatives(old, &renamed), alternatives(new, &BTreeMap::new()))
        else {
            return self.other(pair, scope);
        };
        if old == new {
            return;
        }
        let is_taken = |sent: &BTreeSet<_>| new.iter().any(|asked| asked.is_subset(sent));
        let (old_schemes, new_schemes) = (names(&old), names(&new));
        let kind = if old.iter().all(is_taken) {
            Kind::SecurityLoosened
        } else if new_schemes.is_subset(&old_schemes) {
            Kind::SecurityTightened
        } else {
            Kind::OtherCredentialsRequired
        };
        self.report(kind, pair, scope, Some(say(&old)), Some(say(&new)));
    }

    pub(super) fn lone_security_scheme(&mut self, pair: &Pair<'a>, name: &str) {
        let mut scope = Scope::document(name);
        if pair.new.is_none() && !is_asked_for(self.old, name) {
            scope.sides = vec![Side::Unused];
        }
        let kinds = [Kind::SecuritySchemeAdded, Kind::SecuritySchemeRemoved];
        self.report_presence(kinds, pair, &scope, kind_of);
    }

    pub(super) fn security_scheme(&mut self, pair: &Pair<'a>, name: &str) {
        let scope = Scope::document(name);
        let Some(pair) = self.resolved(pair, &scope) else { return };
        if ["type", "scheme", "in", "name"].iter().any(|key| pair.get(key).differs()) {
            let say = |spot: &Option<Spot<'a>>| spot.as_ref().map(kind_of);
            self.report(Kind::SecuritySchemeChanged, &pair, &scope, say(&pair.old), say(&pair.new));
        }
        self.object(&pair, &scope, |walk, key, pair| {
            match key {
                "type" | "scheme" | "in" | "name" => {}
                "bearerFormat" => walk.report_values(Kind::BearerFormatChanged, pair, &scope.field(key)),
                "flows" | "openIdConnectUrl" => {
                    walk.alike_or(Kind::SecuritySchemeDetailChanged, pair, &scope.field(key));
                }
                _ => return false,
            }
            true
        });
    }
}

fn is_asked_for(document: &Document<'_>, scheme: &str) -> bool {
    let items = document.paths().flat_map(|(_, item)| operations(&item));
    let owners = items.map(|(_, operation)| operation).chain([document.root.clone()]);
    let requirements = owners.filter_map(|owner| owner.get("security")).flat_map(|list| list.items());
    requirements.into_iter().any(|requirement| requirement.get(scheme).is_some())
}

/// What kind of scheme it is: `http basic`.
fn kind_of(scheme: &Spot<'_>) -> String {
    let words: Vec<String> = ["type", "scheme", "in", "name"]
        .iter()
        .filter_map(|key| scheme.get(key))
        .map(|spot| super::brief(spot.value))
        .collect();
    words.join(" ")
}

/// Nothing where the value is of a wrong shape. No alternatives ask for nothing.
fn alternatives(security: Option<&Value>, renamed: &BTreeMap<&str, &str>) -> Option<Alternatives> {
    let list = match security {
        None => &Vec::new(),
        Some(security) => security.as_array()?,
    };
    let mut alternatives: Alternatives =
        list.iter().map(|one| schemes(one, renamed)).collect::<Option<_>>()?;
    if alternatives.is_empty() {
        alternatives.insert(BTreeSet::new());
    }
    Some(alternatives)
}

fn schemes(requirement: &Value, renamed: &BTreeMap<&str, &str>) -> Option<BTreeSet<(String, String)>> {
    let mut all = BTreeSet::new();
    for (scheme, scopes) in requirement.as_object()? {
        let scheme = renamed.get(scheme.as_str()).copied().unwrap_or(scheme);
        all.insert((scheme.to_owned(), String::new()));
        for scope in scopes.as_array()? {
            all.insert((scheme.to_owned(), scope.as_str()?.to_owned()));
        }
    }
    Some(all)
}

fn names(alternatives: &Alternatives) -> BTreeSet<&str> {
    alternatives.iter().flatten().map(|(scheme, _)| scheme.as_str()).collect()
}

fn say(alternatives: &Alternatives) -> String {
    let one = |schemes: &BTreeSet<(String, String)>| {
        let words: Vec<String> = schemes
            .iter()
            .map(
                |(scheme, scope)| if scope.is_empty() { scheme.clone() } else { format!("{scheme}:{scope}") },
            )
            .collect();
        if words.is_empty() { "nothing".to_owned() } else { words.join(" with ") }
    };
    alternatives.iter().map(one).collect::<Vec<_>>().join(" or ")
}
