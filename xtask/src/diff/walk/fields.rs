//! The fields of objects.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Walk, schemas::say, view::Views};
use crate::diff::{
    Kind, Subject,
    pair::{Pair, Spot},
    scope::Scope,
};

impl<'a> Walk<'a, '_> {
    pub(super) fn fields(&mut self, views: &Views<'a>, scope: &Scope) {
        let (fields, required) = (views.get("properties"), views.get("required"));
        let are_names =
            required.all(|names| names.as_array().is_some_and(|all| all.iter().all(Value::is_string)));
        if !fields.all(Value::is_object) || !are_names {
            self.other(&fields, &scope.field("properties"));
            return self.other(&required, &scope.field("required"));
        }
        let (old_names, new_names) = (names(&required.old), names(&required.new));
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for name in fields.keys() {
            match fields.get(name) {
                Pair { old: Some(old), new: None } => gone.push((name, old)),
                Pair { old: None, new: Some(new) } => come.push((name, new)),
                both => self.schema(&both, &scope.field(name)),
            }
        }
        for name in old_names.symmetric_difference(&new_names) {
            let pair = fields.get(name);
            if pair.old.is_some() == pair.new.is_some() {
                self.requiredness(name, &pair, &required, scope);
            }
        }
        self.lone_fields(gone, come, &new_names, scope);
    }

    fn requiredness(&mut self, name: &str, field: &Pair<'a>, required: &Pair<'a>, scope: &Scope) {
        let listed = names(&required.new).contains(name);
        let kind = if listed { Kind::FieldRequired } else { Kind::FieldOptional };
        let pair = if field.new.is_some() { field } else { required };
        self.report(kind, pair, &scope.field(name), None, None);
    }

    fn lone_fields(
        &mut self,
        mut gone: Vec<(&'a str, Spot<'a>)>,
        mut come: Vec<(&'a str, Spot<'a>)>,
        required: &BTreeSet<&str>,
        scope: &Scope,
    ) {
        if let ([(from, old)], [(to, new)]) = (&gone[..], &come[..])
            && self.is_envelope(scope)
            && say(old) == say(new)
        {
            let pair = Pair::of(old.clone(), new.clone());
            let (from, to) = (Some((*from).to_owned()), Some((*to).to_owned()));
            self.report(Kind::PayloadKeyChanged, &pair, scope, from, to);
            self.schema(&pair, &scope.field(come[0].0));
            gone.clear();
            come.clear();
        }
        for (name, old) in gone {
            self.field_removed(name, old, scope);
        }
        for (name, new) in come {
            self.field_added(name, new, required.contains(name), scope);
        }
    }

    pub(super) fn field_removed(&mut self, name: &str, old: Spot<'a>, scope: &Scope) {
        let what = Some(say(&old));
        self.report(Kind::FieldRemoved, &Pair::removed(old), &scope.field(name), what, None);
    }

    pub(super) fn field_added(&mut self, name: &str, new: Spot<'a>, required: bool, scope: &Scope) {
        let kind = if required { Kind::RequiredFieldAdded } else { Kind::FieldAdded };
        let what = Some(say(&new));
        self.report(kind, &Pair::added(new), &scope.field(name), None, what);
    }

    /// Whether the schema itself is what a success has as a whole.
    fn is_envelope(&self, scope: &Scope) -> bool {
        match &scope.subject {
            Subject::Schema(name) if *name == scope.path => {
                self.old.is_envelope(name) || self.new.is_envelope(name)
            }
            _ => false,
        }
    }

    /// Fields that are not named. By the specification there may be any.
    pub(super) fn extra_fields(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let (Some(old), Some(new)) = (openness(&pair.old), openness(&pair.new)) else {
            return self.other(pair, &scope.field("additionalProperties"));
        };
        match (&old, &new) {
            (Openness::Some, Openness::Some) => self.schema(pair, &scope.extra_fields()),
            _ if old == new => {}
            _ => {
                let kind = if new > old { Kind::ExtraFieldsOpened } else { Kind::ExtraFieldsClosed };
                let say = |openness: Openness, spot: &Option<Spot<'a>>| match (openness, spot) {
                    (Openness::None, _) => Some("none".to_owned()),
                    (Openness::Some, Some(spot)) => Some(say(spot)),
                    _ => Some("any".to_owned()),
                };
                self.report(kind, pair, scope, say(old, &pair.old), say(new, &pair.new));
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Openness {
    None,
    Some,
    Any,
}

fn openness(spot: &Option<Spot<'_>>) -> Option<Openness> {
    match spot.as_ref().map(|spot| spot.value) {
        None | Some(Value::Bool(true)) => Some(Openness::Any),
        Some(Value::Bool(false)) => Some(Openness::None),
        Some(Value::Object(schema)) if schema.is_empty() => Some(Openness::Any),
        Some(Value::Object(_)) => Some(Openness::Some),
        Some(_) => None,
    }
}

pub(super) fn names<'a>(list: &Option<Spot<'a>>) -> BTreeSet<&'a str> {
    let list = list.as_ref().and_then(|spot| spot.value.as_array());
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}
