//! One schema.

use serde_json::Value;

use super::{
    Noted, Walk,
    limits::LIMITS,
    view::{View, Views, name, reference},
};
use crate::diff::{
    Kind,
    document::component,
    pair::{Pair, Spot},
    scope::Scope,
    words::{brief, collapsed},
};

/// What belongs to a type, beside its limits.
const OF_ITS_TYPE: &[&str] = &["default", "discriminator", "enum", "format", "items", "not"];

/// What has a type of its own in Rust; the generator is shown no other formats.
const TYPED_FORMATS: &[&str] = &["date-time", "password"];

impl<'a> Walk<'a, '_> {
    pub(super) fn schema(&mut self, pair: &Pair<'a>, scope: &Scope) {
        if !pair.differs() {
            return;
        }
        if !pair.all(Value::is_object) {
            return self.other(pair, scope);
        }
        let (Some(old), Some(new)) = (&pair.old, &pair.new) else {
            let (old, new) = (pair.old.as_ref().map(say), pair.new.as_ref().map(say));
            return self.report(Kind::TypeChanged, pair, scope, old, new);
        };
        match (reference(old), reference(new)) {
            (Some((_, from)), Some((_, to))) => {
                if !self.is_same(from, to) {
                    self.report(Kind::TypeChanged, pair, scope, Some(say(old)), Some(say(new)));
                }
                self.keywords(&Views { old: View::beside(old), new: View::beside(new) }, scope);
            }
            (Some((_, from)), None) if !self.has_part(new, from, true) => self.inlined(old, new, from, scope),
            (None, Some((_, to))) if !self.has_part(old, to, false) => self.named(old, new, to, scope),
            _ => {
                self.keywords(&Views { old: View::plain(old), new: View::plain(new) }, scope);
            }
        }
    }

    /// Whether two references lead to the same schema.
    pub(super) fn is_same(&self, old: &str, new: &str) -> bool {
        let (old, new) = (name(old), name(new));
        old == new || self.renamed.get(old) == Some(&new)
    }

    /// Whether a schema refers to another one as to a part of it.
    fn has_part(&self, schema: &Spot<'a>, part: &str, part_is_old: bool) -> bool {
        let parts = schema.get("allOf").map(|parts| parts.items()).unwrap_or_default();
        parts.iter().filter_map(|spot| spot.text("$ref")).any(|reference| {
            if part_is_old { self.is_same(part, reference) } else { self.is_same(reference, part) }
        })
    }

    fn inlined(&mut self, old: &Spot<'a>, new: &Spot<'a>, from: &'a str, scope: &Scope) {
        let pair = Pair::of(old.clone(), new.clone());
        let Some(resolved) = View::resolved(old, self.old) else { return self.other(&pair, scope) };
        let retyped = self.keywords(&Views { old: resolved, new: View::plain(new) }, scope);
        if let (false, Some(("schemas", name))) = (retyped, component(from)) {
            note(&mut self.inlined, name, pair, scope);
        }
    }

    fn named(&mut self, old: &Spot<'a>, new: &Spot<'a>, to: &'a str, scope: &Scope) {
        let pair = Pair::of(old.clone(), new.clone());
        let Some(resolved) = View::resolved(new, self.new) else { return self.other(&pair, scope) };
        let retyped = self.keywords(&Views { old: View::plain(old), new: resolved }, scope);
        if let (false, Some(("schemas", name))) = (retyped, component(to)) {
            note(&mut self.named, name, pair, scope);
        }
    }

    /// Compares keyword by keyword, and says whether the type is another one.
    pub(super) fn keywords(&mut self, views: &Views<'a>, scope: &Scope) -> bool {
        let types = views.get("type");
        let retyped = types.differs();
        if retyped {
            let pair = if types.new.is_some() { types } else { views.spots() };
            let (old, new) = (views.old.spot().as_ref().map(say), views.new.spot().as_ref().map(say));
            self.report(Kind::TypeChanged, &pair, scope, old, new);
        }
        // What comes or goes with a type is a part of it; what both types have is compared.
        let told = |key: &str| retyped && (views.old.get(key).is_none() || views.new.get(key).is_none());
        if !(told("properties") && told("required")) {
            self.fields(views, scope);
        }
        if !told("additionalProperties") {
            self.extra_fields(&views.get("additionalProperties"), scope);
        }
        if !told("allOf") {
            self.parts(views, scope);
        }
        if !(told("oneOf") && told("anyOf")) {
            self.alternatives(views, scope);
        }
        for key in views.keys() {
            let pair = views.get(key);
            let of_type = OF_ITS_TYPE.contains(&key) || LIMITS.contains(&key);
            if pair.differs() && !(of_type && told(key)) {
                self.keyword(key, &pair, scope);
            }
        }
        retyped
    }

    fn keyword(&mut self, key: &'a str, pair: &Pair<'a>, scope: &Scope) {
        match key {
            // Compared above.
            "type" | "properties" | "required" | "additionalProperties" | "allOf" | "oneOf" | "anyOf" => {}
            "$ref" if pair.all(Value::is_string) => {}
            "format" => self.format(pair, scope),
            "enum" => self.values(pair, scope),
            "items" => self.schema(pair, &scope.items()),
            "not" if pair.new.is_none() => self.report_values(Kind::NotRemoved, pair, scope),
            "not" => self.alike_or(Kind::NotChanged, pair, scope),
            "discriminator" => self.discriminator(pair, scope),
            "nullable" => self.switch([Kind::NullableAllowed, Kind::NullableForbidden], pair, scope),
            "readOnly" => self.switch([Kind::ReadOnlySet, Kind::ReadOnlyUnset], pair, scope),
            "writeOnly" => self.switch([Kind::WriteOnlySet, Kind::WriteOnlyUnset], pair, scope),
            "default" => self.default(pair, scope),
            "example" => self.alike_or(Kind::ExampleChanged, pair, scope),
            "examples" => self.examples(pair, scope),
            "title" => self.text(Kind::TitleChanged, pair, scope),
            "xml" => self.alike_or(Kind::XmlChanged, pair, scope),
            _ if LIMITS.contains(&key) => self.limit(key, pair, scope),
            _ => self.common(key, pair, scope),
        }
    }

    /// Schemas of another name are the same ones.
    fn discriminator(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let mapping = pair.get("mapping");
        let is_same = |key: &&str| match mapping.get(key) {
            Pair { old: Some(old), new: Some(new) } => match (old.value.as_str(), new.value.as_str()) {
                (Some(old), Some(new)) => self.is_same(old, new),
                _ => old.value == new.value,
            },
            _ => false,
        };
        let only_mapping = pair.keys().into_iter().all(|key| key == "mapping" || !pair.get(key).differs());
        let both = mapping.old.is_some() && mapping.new.is_some() && mapping.all(Value::is_object);
        if !(only_mapping && both && mapping.keys().iter().all(is_same)) {
            self.alike_or(Kind::DiscriminatorChanged, pair, scope);
        }
    }

    fn format(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let has_type = |format: Option<&Value>| {
            format.and_then(Value::as_str).is_some_and(|format| TYPED_FORMATS.contains(&format))
        };
        let kind = match (has_type(pair.old_value()) || has_type(pair.new_value()), &pair.new) {
            (false, Some(_)) => Kind::FormatChanged,
            (false, None) => Kind::FormatRemoved,
            (true, Some(_)) => Kind::TypedFormatChanged,
            (true, None) => Kind::TypedFormatRemoved,
        };
        self.report_values(kind, pair, scope);
    }

    fn default(&mut self, pair: &Pair<'a>, scope: &Scope) {
        let kind = match (&pair.old, &pair.new) {
            (None, _) => Kind::DefaultAdded,
            (_, None) => Kind::DefaultRemoved,
            _ => Kind::DefaultChanged,
        };
        self.report_values(kind, pair, scope);
    }
}

/// Where it is found first, on all sides on which it is found.
fn note<'a>(noted: &mut Noted<'a>, name: &'a str, pair: Pair<'a>, scope: &Scope) {
    let (_, first) = noted.entry(name).or_insert_with(|| (pair, scope.clone()));
    for side in &scope.sides {
        if !first.sides.contains(side) {
            first.sides.push(*side);
        }
    }
}

/// What a schema is, in a few words: `list of Room`.
pub(super) fn say(schema: &Spot<'_>) -> String {
    say_to_depth(schema, 3)
}

fn say_to_depth(schema: &Spot<'_>, depth: usize) -> String {
    if let Some((_, reference)) = reference(schema) {
        return collapsed(name(reference));
    }
    let alternatives = |key: &str| {
        let all = schema.get(key)?.items();
        let all: Vec<String> =
            all.iter().take(5).map(|one| say_to_depth(one, depth.saturating_sub(1))).collect();
        Some(all.join(" or ")).filter(|said| depth > 0 && !said.is_empty())
    };
    match (schema.get("type").map(|spot| spot.value), schema.text("format")) {
        (Some(Value::String(array)), _) if array == "array" && depth > 0 => {
            let items =
                schema.get("items").map_or("anything".to_owned(), |items| say_to_depth(&items, depth - 1));
            format!("list of {items}")
        }
        (Some(Value::String(plain)), None) => collapsed(plain),
        (Some(Value::String(plain)), Some(format)) => collapsed(&format!("{plain} ({format})")),
        (Some(odd), _) => brief(odd),
        (None, _) => alternatives("oneOf").or_else(|| alternatives("anyOf")).unwrap_or_else(|| {
            if schema.get("properties").is_some() { "object" } else { "anything" }.to_owned()
        }),
    }
}
