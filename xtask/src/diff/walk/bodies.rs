//! Bodies of requests, and what bodies of both directions hold.

use serde_json::Value;

use super::Walk;
use crate::diff::{
    Kind, Side,
    pair::{Pair, Spot},
    scope::Scope,
};

impl<'a> Walk<'a, '_> {
    pub(super) fn request_body(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let scope = scope.on(Side::Request).part("request");
        match (&pair.old, &pair.new) {
            (None, Some(new)) => {
                let body = self.new.resolve(new).unwrap_or_else(|| new.clone());
                let required = body.get("required").is_some();
                let kind = if required { Kind::RequiredRequestBodyAdded } else { Kind::RequestBodyAdded };
                self.report(kind, pair, &scope, None, Some(types(&body)));
            }
            (Some(old), None) => {
                let body = self.old.resolve(old).unwrap_or_else(|| old.clone());
                self.report(Kind::RequestBodyRemoved, pair, &scope, Some(types(&body)), None);
            }
            _ => {
                if let Some(pair) = self.resolved(pair, &scope) {
                    self.body(&pair, &scope);
                }
            }
        }
    }

    pub(super) fn body(&mut self, pair: &Pair<'a>, scope: &Scope) {
        self.object(pair, scope, |walk, key, pair| {
            match key {
                "required" => {
                    walk.switch([Kind::RequestBodyRequired, Kind::RequestBodyOptional], pair, scope)
                }
                "content" => walk.content(pair, scope),
                _ => return false,
            }
            true
        });
    }

    /// What there is of each content type. Where one has taken the place of another, what it holds
    /// is compared all the same.
    pub(super) fn content(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if !pair.all(Value::is_object) {
            return self.other(pair, &scope.field("content"));
        }
        let (mut gone, mut come) = (Vec::new(), Vec::new());
        for name in pair.keys() {
            match pair.get(name) {
                Pair { old: Some(old), new: None } => gone.push((name, old)),
                Pair { old: None, new: Some(new) } => come.push((name, new)),
                both => self.media(&both, scope),
            }
        }
        if let ([(old_name, old)], [(new_name, new)]) = (&gone[..], &come[..]) {
            let pair = Pair::of(old.clone(), new.clone());
            let (old_name, new_name) = (Some((*old_name).to_owned()), Some((*new_name).to_owned()));
            self.report(Kind::ContentTypeChanged, &pair, scope, old_name, new_name);
            return self.media(&pair, scope);
        }
        for (name, old) in gone {
            let name = Some(name.to_owned());
            self.report(Kind::ContentTypeRemoved, &Pair::removed(old), scope, name, None);
        }
        for (name, new) in come {
            let name = Some(name.to_owned());
            self.report(Kind::ContentTypeAdded, &Pair::added(new), scope, None, name);
        }
    }

    fn media(&mut self, pair: &Pair<'a>, scope: &Scope) {
        self.object(pair, scope, |walk, key, pair| {
            match key {
                "schema" => walk.schema(pair, scope),
                "example" => walk.alike_or(Kind::ExampleChanged, pair, scope),
                "examples" => walk.examples(pair, scope),
                "encoding" => walk.alike_or(Kind::EncodingChanged, pair, scope),
                _ => return false,
            }
            true
        });
    }
}

/// The content types of a body.
pub(super) fn types(body: &Spot<'_>) -> String {
    let types = body.get("content").and_then(|spot| spot.value.as_object());
    let names: Vec<&str> = types.into_iter().flat_map(|types| types.keys()).map(String::as_str).collect();
    if names.is_empty() { "no content".to_owned() } else { names.join(", ") }
}
