//! Schemas that are all of others.

use serde_json::Value;

use super::{
    Walk,
    fields::names,
    schemas::say,
    view::{View, Views},
};
use crate::diff::{Kind, document::entries, pair::Pair, scope::Scope};

impl<'a> Walk<'a, '_> {
    /// `allOf`: a value is each of its parts. A reference to one schema is one part.
    pub(super) fn parts(&mut self, views: &Views<'a>, scope: &Scope) {
        let listed = views.get("allOf");
        if !listed.all(Value::is_array) {
            return self.other(&listed, &scope.field("allOf"));
        }
        let (mut olds, mut news) = listed.items();
        match (views.old.lone_reference(), views.new.lone_reference()) {
            (Some(old), None) => olds.push(old),
            (None, Some(new)) => news.push(new),
            // References on both sides are compared as such.
            _ => {}
        }
        for part in self.members(olds, news, scope) {
            self.lone_part(&part, views, scope);
        }
    }

    /// A part that comes or goes.
    fn lone_part(&mut self, part: &Pair<'a>, wholes: &Views<'a>, scope: &Scope) {
        let told = self.changes.len();
        let document = if part.new.is_some() { self.new } else { self.old };
        let spot = part.new.as_ref().or(part.old.as_ref());
        let view = spot.and_then(|spot| View::resolved(spot, document));
        let says_more = view.is_none_or(|view| self.fields_of_part(part, &view, wholes, scope));
        if says_more || self.changes.len() == told {
            self.report_presence([Kind::PartAdded, Kind::PartRemoved], part, scope, say);
        }
    }

    /// Takes the fields of a part for those of the whole, and says whether there is more to the part.
    fn fields_of_part(
        &mut self,
        part: &Pair<'a>,
        view: &View<'a>,
        wholes: &Views<'a>,
        scope: &Scope,
    ) -> bool {
        let comes = part.new.is_some();
        let whole = if comes { &wholes.new } else { &wholes.old };
        let (required, required_anyway) = (names(&view.get("required")), names(&whole.get("required")));
        let own = whole.get("properties");
        let mut says_more = !view.has_only_fields();
        for (name, field) in entries(view.get("properties")) {
            if own.as_ref().is_some_and(|own| own.get(name).is_some()) {
                says_more = true;
            } else if comes {
                let required = required.contains(name) || required_anyway.contains(name);
                self.field_added(name, field, required, scope);
            } else {
                self.field_removed(name, field, scope);
            }
        }
        let kind = if comes { Kind::FieldRequired } else { Kind::FieldOptional };
        for name in required.difference(&required_anyway) {
            let field = wholes.get("properties").get(name);
            if field.old.is_some() && field.new.is_some() {
                self.report(kind, &field, &scope.field(name), None, None);
            }
        }
        says_more
    }
}
