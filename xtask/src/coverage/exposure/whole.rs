//! What stands for a schema as a whole.

use std::collections::{BTreeMap, BTreeSet};

use super::Exposures;
use crate::coverage::{Coverage, Exposure};

impl Exposures<'_, '_, '_> {
    /// The type of that name; or the types whose methods expose its fields, and for an envelope the
    /// functions that do.
    pub(super) fn schemas(&self, coverage: &Coverage) -> BTreeMap<String, Vec<String>> {
        let public = &self.reach.index.public;
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (schema, _, Exposure { items, .. }) in
            coverage.fields().chain(coverage.parameters()).chain(coverage.values())
        {
            let envelope = self.document.operations.values().any(|it| it.answer.as_deref() == Some(schema));
            // Of `Room::name`, `Room.name` and `<Error as Display>`.
            let owner = |item: &String| {
                item.trim_start_matches('<').split([':', '.', ' ']).next().unwrap_or_default().to_owned()
            };
            let whole = items.iter().map(|item| if envelope { item.clone() } else { owner(item) });
            found.entry(schema.to_owned()).or_default().extend(whole);
        }
        let failed: BTreeSet<String> =
            self.document.failures.iter().filter_map(|name| found.get(name)).flatten().cloned().collect();
        for failure in self.document.failures.difference(&self.document.answers) {
            found.entry(failure.clone()).or_insert_with(|| failed.clone());
        }
        let bodies = self.document.bodies.values().flatten();
        for schema in bodies.chain(&self.document.answers).chain(found.clone().keys()) {
            if public.contains(schema) {
                found.insert(schema.clone(), BTreeSet::from([schema.clone()]));
            }
        }
        found.into_iter().map(|(schema, items)| (schema, items.into_iter().collect())).collect()
    }
}
