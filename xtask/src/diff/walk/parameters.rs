//! Parameters, and headers of answers, which are much the same.

use serde_json::Value;

use super::{
    Walk,
    paths::{Operation, names},
};
use crate::diff::{
    Kind, Side,
    document::{Document, operations},
    pair::{Pair, Spot, matching, matching_keys},
    scope::Scope,
};

/// A parameter as it stands in a list, and what it is.
#[derive(Clone)]
struct Parameter<'a> {
    listed: Spot<'a>,
    spot: Spot<'a>,
}

impl<'a> Parameter<'a> {
    fn name(&self) -> &str {
        self.spot.text("name").unwrap_or_default()
    }

    fn location(&self) -> &str {
        self.spot.text("in").unwrap_or_default()
    }

    fn key(&self) -> (Option<&'a str>, Option<&'a str>) {
        (self.spot.text("name"), self.spot.text("in"))
    }

    fn has_key_of(&self, other: &Self) -> bool {
        self.key() == other.key()
    }

    /// What there is of it beside its name and its texts.
    fn but_for_name(&self) -> String {
        let mut rest = self.spot.value.clone();
        if let Value::Object(rest) = &mut rest {
            rest.retain(|key, _| !matches!(key.as_str(), "name" | "description" | "example" | "examples"));
        }
        rest.to_string()
    }
}

impl<'a> Walk<'a, '_> {
    pub(super) fn parameters(&mut self, old: &Operation<'a>, new: &Operation<'a>, scope: &Scope) {
        let pair = Pair::of(old.spot.clone(), new.spot.clone()).get("parameters");
        if !pair.all(Value::is_array) {
            return self.other(&pair, &scope.part("parameters"));
        }
        let mut olds = self.listed(&old.item, &old.spot, true);
        let mut news = self.listed(&new.item, &new.spot, false);
        let mut pairs = matching_keys(&mut olds, &mut news, |one| one.listed.text("$ref"));
        pairs.extend(matching_keys(&mut olds, &mut news, |one| Some(one.key())));
        let renames: Vec<_> = names(old.path).into_iter().zip(names(new.path)).collect();
        let same_shape = names(old.path).len() == names(new.path).len();
        let in_path = matching(&mut olds, &mut news, |old, new| {
            same_shape
                && (old.location(), new.location()) == ("path", "path")
                && renames.contains(&(old.name(), new.name()))
        });
        self.path_names(&pairs, &in_path, if same_shape { &renames } else { &[] }, scope, new);
        pairs.extend(in_path);
        pairs.extend(matching_keys(&mut olds, &mut news, |one| one.spot.text("name")));
        pairs.extend(matching_keys(&mut olds, &mut news, |one| Some(one.but_for_name())));
        for (old, new) in pairs {
            let scope = scope.part(format!("parameter {}", new.name()));
            if let Some(pair) = self.resolved(&Pair::of(old.listed, new.listed), &scope) {
                self.parameter(&pair, &scope);
            }
        }
        self.lone(olds, news, scope);
    }

    /// The names in a template that parameters do not account for.
    fn path_names(
        &mut self,
        known: &[(Parameter<'a>, Parameter<'a>)],
        renamed: &[(Parameter<'a>, Parameter<'a>)],
        names: &[(&str, &str)],
        scope: &Scope,
        operation: &Operation<'a>,
    ) {
        for (old, new) in names.iter().filter(|(old, new)| old != new) {
            let told = known.iter().chain(renamed).any(|pair| (pair.0.name(), pair.1.name()) == (*old, *new));
            if !told {
                let pair = Pair::added(operation.spot.clone());
                let (old, new) = (Some((*old).to_owned()), Some((*new).to_owned()));
                self.report(Kind::PathParameterRenamed, &pair, &scope.part("path"), old, new);
            }
        }
    }

    fn lone(&mut self, olds: Vec<Parameter<'a>>, news: Vec<Parameter<'a>>, scope: &Scope) {
        for old in olds {
            let scope = scope.part(format!("parameter {}", old.name()));
            let location = Some(old.location().to_owned());
            self.report(Kind::ParameterRemoved, &Pair::removed(old.listed), &scope, location, None);
        }
        for new in news {
            let scope = scope.part(format!("parameter {}", new.name()));
            let required = new.spot.get("required").is_some();
            let kind = if required { Kind::RequiredParameterAdded } else { Kind::ParameterAdded };
            let location = Some(new.location().to_owned());
            self.report(kind, &Pair::added(new.listed), &scope, None, location);
        }
    }

    /// The parameters of an operation, and those of its path that it does not put others for.
    fn listed(&self, item: &Spot<'a>, operation: &Spot<'a>, is_old: bool) -> Vec<Parameter<'a>> {
        let document = if is_old { self.old } else { self.new };
        let mut all = of(document, operation);
        let of_path: Vec<_> =
            of(document, item).into_iter().filter(|one| !all.iter().any(|own| own.has_key_of(one))).collect();
        all.extend(of_path);
        all
    }

    /// Parameters of a path, for all of its operations: what comes or goes is reported with each of
    /// these, what changes only here.
    pub(super) fn item_parameters(&mut self, old: &Spot<'a>, new: &Spot<'a>, scope: &Scope) {
        let pair = Pair::of(old.clone(), new.clone()).get("parameters");
        if !pair.all(Value::is_array) {
            return self.other(&pair, &scope.part("parameters"));
        }
        let (mut olds, mut news) = (of(self.old, old), of(self.new, new));
        let scope = scope.on(Side::Request);
        let mut pairs = matching_keys(&mut olds, &mut news, |one| one.listed.text("$ref"));
        pairs.extend(matching_keys(&mut olds, &mut news, |one| Some(one.key())));
        for (old, new) in pairs {
            let scope = scope.part(format!("parameter {}", new.name()));
            if let Some(pair) = self.resolved(&Pair::of(old.listed, new.listed), &scope) {
                self.parameter(&pair, &scope);
            }
        }
        // What every operation puts another one for says nothing to any of them.
        olds.retain(|parameter| is_hidden(self.old, old, parameter));
        news.retain(|parameter| is_hidden(self.new, new, parameter));
        self.lone(olds, news, &scope.on(Side::Unused));
    }

    /// What a parameter is; a header has neither name nor place.
    pub(super) fn parameter(&mut self, pair: &Pair<'a>, scope: &Scope) {
        self.style(pair, scope);
        self.object(pair, scope, |walk, key, inner| {
            match key {
                "name" => walk.parameter_name(pair, inner, scope),
                "in" => walk.report_values(Kind::ParameterMoved, inner, scope),
                "required" => walk.switch([Kind::ParameterRequired, Kind::ParameterOptional], inner, scope),
                "schema" => walk.schema(inner, scope),
                "content" => walk.content(inner, scope),
                // Compared with what they are by default.
                "style" | "explode" => {}
                "allowReserved" | "allowEmptyValue" => {
                    walk.report_values(Kind::ParameterStyleChanged, inner, &scope.part(key));
                }
                "example" => walk.alike_or(Kind::ExampleChanged, inner, scope),
                "examples" => walk.examples(inner, scope),
                _ => return false,
            }
            true
        });
    }

    fn parameter_name(&mut self, parameter: &Pair<'a>, name: &Pair<'a>, scope: &Scope) {
        let in_path = parameter.get("in").all(|location| location == "path");
        let kind = if in_path { Kind::PathParameterRenamed } else { Kind::ParameterRenamed };
        self.report_values(kind, name, scope);
    }

    fn style(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let (Some(old), Some(new)) = (&pair.old, &pair.new) else { return };
        let (old_style, new_style) = (style(old), style(new));
        if old_style != new_style {
            let moved = pair.get("in").differs();
            let told = !pair.get("style").differs() && !pair.get("explode").differs();
            // Another place has other defaults: the move says it.
            if !(moved && told) {
                let [old, new] = [old_style, new_style].map(|(style, explode)| {
                    Some(if explode == "true" { format!("{style}, exploded") } else { style })
                });
                self.report(Kind::ParameterStyleChanged, pair, scope, old, new);
            }
        }
    }
}

/// The parameters in the list of a path or of an operation.
fn of<'a>(document: &Document<'a>, owner: &Spot<'a>) -> Vec<Parameter<'a>> {
    let listed = owner.get("parameters").map(|list| list.items()).unwrap_or_default();
    let resolved = |listed: Spot<'a>| {
        let spot = document.resolve(&listed).unwrap_or_else(|| listed.clone());
        Parameter { listed, spot }
    };
    listed.into_iter().map(resolved).collect()
}

fn is_hidden<'a>(document: &Document<'a>, item: &Spot<'a>, parameter: &Parameter<'a>) -> bool {
    operations(item)
        .iter()
        .all(|(_, operation)| of(document, operation).iter().any(|own| own.has_key_of(parameter)))
}

/// How a parameter is written, by the defaults of the specification where it does not say it.
fn style(spot: &Spot<'_>) -> (String, String) {
    let text = |key| spot.get(key).map(|spot| super::brief(spot.value));
    let by_default = if matches!(spot.text("in"), Some("query" | "cookie")) { "form" } else { "simple" };
    let style = text("style").unwrap_or_else(|| by_default.to_owned());
    let explode = text("explode").unwrap_or_else(|| (style == "form").to_string());
    (style, explode)
}
