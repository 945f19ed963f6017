//! One operation.

use serde_json::Value;

use super::{Walk, paths::Operation};
use crate::diff::{Kind, Side, pair::Pair, scope::Scope, words::brief};

impl<'a> Walk<'a, '_> {
    pub(super) fn operation(&mut self, old: &Operation<'a>, new: &Operation<'a>, scope: &Scope) {
        let pair = Pair::of(old.spot.clone(), new.spot.clone());
        self.parameters(old, new, &scope.on(Side::Request));
        self.operation_security(&pair, scope);
        // Another path may have servers of its own.
        if pair.get("servers").differs() || old.path != new.path {
            let item = Pair::of(old.item.clone(), new.item.clone());
            let root = Pair::of(self.old.root.clone(), self.new.root.clone());
            self.servers_in_force(&[&pair, &item, &root], scope);
        }
        self.object(&pair, scope, |walk, key, pair| {
            match key {
                // Compared above, and by whom operations are matched.
                "operationId" if pair.all(Value::is_string) => {}
                "parameters" | "security" | "servers" => {}
                "tags" => walk.operation_tags(pair, scope),
                "requestBody" => walk.request_body(pair, scope),
                "responses" => walk.responses(pair, scope),
                "callbacks" => walk.alike_or(Kind::CallbackChanged, pair, scope),
                _ => return false,
            }
            true
        });
    }

    fn operation_tags(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let list = |value: Option<&Value>| match value {
            Some(Value::Array(tags)) => {
                let tags: Vec<String> = tags.iter().map(brief).collect();
                Some(tags.join(", "))
            }
            other => other.map(brief),
        };
        let (old, new) = (list(pair.old_value()), list(pair.new_value()));
        self.report(Kind::TagsChanged, pair, scope, old, new);
    }
}
