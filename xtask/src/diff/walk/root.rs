//! The document as a whole.

use serde_json::Value;

use super::Walk;
use crate::diff::{
    Kind,
    pair::{Pair, Spot, matching_keys},
    scope::Scope,
    words::collapsed,
};

impl<'a> Walk<'a, '_> {
    pub(super) fn root(&mut self) {
        let root = Pair::of(self.old.root.clone(), self.new.root.clone());
        let scope = Scope::document("");
        self.object(&root, &scope, |walk, key, pair| {
            match key {
                "openapi" => walk.specification(pair),
                "info" => walk.info(pair),
                "servers" => walk.servers(pair, &Scope::document("")),
                "security" => walk.root_security(pair),
                "tags" => walk.tags(pair),
                "paths" => walk.paths(pair),
                "components" => walk.components(pair),
                "externalDocs" => {
                    walk.alike_or(Kind::ExternalDocsChanged, pair, &Scope::document("document"));
                }
                _ => walk.common(key, pair, &Scope::document("document")),
            }
            true
        });
        self.schemas_come_and_gone();
    }

    fn specification(&mut self, pair: &Pair<'a>) {
        let line = |value: Option<&'a Value>| {
            let version = value.and_then(Value::as_str)?;
            version.rsplit_once('.').map(|(line, _)| line)
        };
        let same_line = line(pair.old_value()).is_some() && line(pair.old_value()) == line(pair.new_value());
        let kind = if same_line { Kind::SpecificationPatchChanged } else { Kind::SpecificationChanged };
        self.report_values(kind, pair, &Scope::document("openapi"));
    }

    fn info(&mut self, pair: &Pair<'a>) {
        let scope = Scope::document("info");
        self.object(pair, &scope, |walk, key, pair| {
            match key {
                "version" => walk.report_values(Kind::InfoVersionChanged, pair, &scope),
                "title" => walk.text(Kind::TitleChanged, pair, &scope),
                "contact" | "license" | "termsOfService" => {
                    walk.report_values(Kind::InfoChanged, pair, &scope.field(key));
                }
                _ => return false,
            }
            true
        });
    }

    /// Tags belong together by their names.
    fn tags(&mut self, pair: &Pair<'a>) {
        if !pair
            .all(|tags| tags.as_array().is_some_and(|tags| tags.iter().all(|tag| tag["name"].is_string())))
        {
            return self.other(pair, &Scope::document("tags"));
        }
        let (mut olds, mut news) = pair.items();
        let pairs = matching_keys(&mut olds, &mut news, |tag| tag.text("name"));
        for (old, new) in pairs {
            let scope = Scope::document(format!("tag {}", old.text("name").unwrap_or_default()));
            self.object(&Pair::of(old, new), &scope, |_, _, _| false);
        }
        let lone = olds.into_iter().map(Pair::removed).chain(news.into_iter().map(Pair::added));
        for pair in lone {
            let kinds = [Kind::TagAdded, Kind::TagRemoved];
            let say = |tag: &Spot<'a>| collapsed(tag.text("name").unwrap_or_default());
            self.report_presence(kinds, &pair, &Scope::document("tags"), say);
        }
    }
}
