//! What stands under `components`: each is compared once, for all that refer to it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Walk, renames};
use crate::diff::{
    Kind, Side, Subject,
    pair::{Pair, Spot},
    scope::{Called, Scope},
};

impl<'a> Walk<'a, '_> {
    pub(super) fn components(&mut self, pair: &Pair<'a>) {
        let scope = Scope::document("components");
        self.object(pair, &scope, |walk, kind, pair| {
            let known = matches!(
                kind,
                "schemas"
                    | "parameters"
                    | "responses"
                    | "requestBodies"
                    | "headers"
                    | "examples"
                    | "links"
                    | "callbacks"
                    | "securitySchemes"
            );
            if known && pair.all(Value::is_object) {
                walk.components_of(kind, pair);
            }
            known && pair.all(Value::is_object)
        });
    }

    fn components_of(&mut self, kind: &'a str, pair: &Pair<'a>) {
        let renamed =
            if kind == "schemas" { self.renamed.clone() } else { renames::renamed(self.old, self.new, kind) };
        for (old_name, new_name) in &renamed {
            let pair = Pair { old: pair.get(old_name).old, new: pair.get(new_name).new };
            let scope = self.component_scope(kind, old_name, new_name, &pair);
            let name = if kind == "schemas" { Kind::SchemaRenamed } else { Kind::ComponentRenamed };
            let (from, to) = (Some((*old_name).to_owned()), Some((*new_name).to_owned()));
            self.report(name, &pair, &scope, from, to);
            self.component(kind, &pair, &scope);
        }
        for name in pair.keys() {
            let inner = pair.get(name);
            if !inner.differs() {
                continue;
            }
            if inner.old.is_some() && inner.new.is_some() {
                let scope = self.component_scope(kind, name, name, &inner);
                self.component(kind, &inner, &scope);
            } else if kind != "schemas"
                && !renamed.contains_key(name)
                && !renamed.values().any(|new_name| *new_name == name)
            {
                self.lone_component(kind, name, &inner);
            }
        }
    }

    fn lone_component(&mut self, kind: &'a str, name: &'a str, pair: &Pair<'a>) {
        if kind == "securitySchemes" {
            return self.lone_security_scheme(pair, name);
        }
        let mut scope = self.component_scope(kind, name, name, pair);
        scope.sides = vec![Side::Whole];
        self.report_presence([Kind::ComponentAdded, Kind::ComponentRemoved], pair, &scope, |_| {
            name.to_owned()
        });
    }

    fn component(&mut self, kind: &str, pair: &Pair<'a>, scope: &Scope) {
        match kind {
            "schemas" => return self.schema(pair, scope),
            "securitySchemes" => return self.security_scheme(pair, &scope.path),
            "examples" => return self.alike_or(Kind::ExampleChanged, pair, scope),
            "links" => return self.alike_or(Kind::LinkChanged, pair, scope),
            "callbacks" => return self.alike_or(Kind::CallbackChanged, pair, scope),
            _ => {}
        }
        if let Some(pair) = self.resolved(pair, scope) {
            match kind {
                "responses" => self.response(&pair, scope),
                "requestBodies" => self.body(&pair, scope),
                _ => self.parameter(&pair, scope),
            }
        }
    }

    fn component_scope(&self, kind: &'a str, old_name: &'a str, new_name: &'a str, pair: &Pair<'a>) -> Scope {
        let (old, new) = (self.old.reached((kind, old_name)), self.new.reached((kind, new_name)));
        let mut sides: Vec<Side> = old.iter().chain(new).map(|(side, _)| *side).collect();
        sides.sort_unstable();
        sides.dedup();
        // Operations have the names that they have now, if they are still there.
        let reached = if new.is_empty() { old } else { new };
        let mut numbers: Vec<usize> = reached.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let operations = self.ids.named(&numbers);
        if sides.is_empty() {
            sides.push(Side::Unused);
        }
        let labels: Vec<&str> = sides.iter().map(|side| side.label()).collect();
        let owner = match &operations[..] {
            [] => String::new(),
            [one] => one.to_string(),
            [one, other] => format!("{one} and {other}"),
            all => format!("{} operations", all.len()),
        };
        let scope = Scope { owner, sides, operations, ..Scope::document("") };
        if kind == "schemas" {
            let subject = Subject::Schema(old_name.to_owned());
            return Scope { part: labels.join(" and "), path: new_name.to_owned(), subject, ..scope };
        }
        let own_name = pair.new.as_ref().and_then(|spot| spot.text("name")).unwrap_or(new_name);
        let part = match kind {
            "securitySchemes" => return Scope::document(new_name),
            "parameters" => format!("parameter {own_name}"),
            "responses" => format!("response {new_name}"),
            "requestBodies" => format!("request {new_name}"),
            "headers" => format!("header {new_name}"),
            _ => format!("{kind} {new_name}"),
        };
        Scope { part, called: Called::Part, subject: Subject::Operations, ..scope }
    }

    /// Schemas that come or go, but for those that are only written elsewhere.
    pub(super) fn schemas_come_and_gone(&mut self) {
        let (olds, news) = (self.old.components("schemas"), self.new.components("schemas"));
        let taken: BTreeSet<&str> = self.renamed.values().copied().collect();
        for (name, old) in &olds {
            if !news.contains_key(name)
                && !self.renamed.contains_key(name)
                && !self.inlined.contains_key(name)
            {
                self.lone_schema(name, &Pair::removed(old.clone()));
            }
        }
        for (name, new) in &news {
            if !olds.contains_key(name) && !taken.contains(name) && !self.named.contains_key(name) {
                self.lone_schema(name, &Pair::added(new.clone()));
            }
        }
        for (name, (pair, scope)) in std::mem::take(&mut self.inlined) {
            self.report(Kind::SchemaInlined, &pair, &scope, Some(name.to_owned()), None);
        }
        for (name, (pair, scope)) in std::mem::take(&mut self.named) {
            self.report(Kind::SchemaNamed, &pair, &scope, None, Some(name.to_owned()));
        }
    }

    fn lone_schema(&mut self, name: &'a str, pair: &Pair<'a>) {
        let scope = self.component_scope("schemas", name, name, pair);
        let kinds = [Kind::SchemaAdded, Kind::SchemaRemoved];
        self.report_presence(kinds, pair, &scope, |spot: &Spot<'a>| super::schemas::say(spot));
    }
}
