//! From the document's side: what exposes each part of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Coverage, Exposure, Gap, Names,
    document::{Document, Property},
    generated::{Generated, Method},
    index::Field,
    reach::{Item, Reach},
};

mod failures;
mod whole;

pub struct Exposures<'e, 'c, 's> {
    pub document: &'e Document,
    pub generated: &'e Generated,
    pub reach: &'e Reach<'c, 's>,
}

impl Exposures<'_, '_, '_> {
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for id in self.document.operations.keys() {
            let items = self.operation(id);
            if items.is_empty() {
                let reason = "no public function calls this operation";
                coverage.gaps.push(Gap { of: id.clone(), reason });
            }
            coverage.operations.insert(id.clone(), items);
        }
        coverage.gaps.extend(self.promises(&coverage));
        for property in &self.document.properties {
            let (items, missing) = self.property(property);
            let of = format!("{}.{}", property.schema, property.name);
            coverage.gaps.extend(missing.map(|reason| Gap { of, reason }));
            let names = (property.schema.clone(), property.name.clone());
            coverage.fields.insert(names, Exposure { items, left_out: None });
        }
        for (names, items) in self.parameters() {
            if items.is_empty() {
                let of = format!("{}.{}", names.0, names.1);
                coverage.gaps.push(Gap { of, reason: "no public type stands for this parameter" });
            }
            coverage.parameters.insert(names, Exposure { items, left_out: None });
        }
        for names in &self.document.words {
            let items = self.word(names);
            if items.is_empty() {
                let of = format!("{}.{}", names.0, names.1);
                coverage.gaps.push(Gap { of, reason: "no variant of a public enum stands for this value" });
            }
            coverage.values.insert(names.clone(), Exposure { items, left_out: None });
        }
        coverage.schemas = self.schemas(&coverage);
        coverage
    }

    fn method(&self, id: &str) -> Option<&Method> {
        self.generated.methods.get(&self.document.operations.get(id)?.route)
    }

    /// The items that send an operation, and those that choose it.
    fn operation(&self, id: &str) -> Vec<String> {
        let Some(method) = self.method(id) else { return Vec::new() };
        let mut found = BTreeSet::new();
        for item in &self.reach.items {
            let sent = self.reach.facts_of(item).flat_map(|facts| &facts.sent);
            for sent in sent.filter(|sent| sent.method == method.name) {
                let choosing: Vec<Vec<&str>> =
                    sent.within.iter().map(|variant| self.makers(variant)).collect();
                if choosing.iter().all(|makers| !makers.is_empty()) {
                    found.insert(item.name.as_str());
                    found.extend(choosing.into_iter().flatten());
                }
            }
        }
        found.into_iter().map(str::to_owned).collect()
    }

    /// Functions whose documentation says more than their code does.
    fn promises(&self, coverage: &Coverage) -> Vec<Gap> {
        let broken = self.reach.items.iter().filter(|item| {
            let mut named = self.reach.index.functions[item.number].named.iter();
            named.any(|id| coverage.operations.get(id).is_some_and(|items| !items.contains(&item.name)))
        });
        let reason = "its documentation names an operation that it does not call";
        broken.map(|item| Gap { of: item.name.clone(), reason }).collect()
    }

    fn makers(&self, variant: &Field) -> Vec<&str> {
        let makers = self.reach.items_that(|facts| facts.variants.contains(variant));
        makers.map(|item| item.name.as_str()).collect()
    }

    /// What exposes a field, and what is missing of that.
    fn property(&self, property: &Property) -> (Vec<String>, Option<&'static str>) {
        let Some(schema) = &property.generated else {
            let items = self.of_failure(&property.name);
            let missing = items.is_empty().then_some("nothing reads this key of a failure");
            return (items, missing);
        };
        let Some(field) = self.field(schema, property) else {
            return (Vec::new(), Some("the bindings have no such field"));
        };
        let is_asked = self.document.bodies.values().any(|made_of| made_of.contains(&property.component));
        let is_answered = self.document.answers.contains(&property.component) || !is_asked;
        let setters = if is_asked { self.setters(&field, &property.component) } else { Vec::new() };
        let readers = if is_answered { self.readers(&field, &property.component) } else { Vec::new() };
        let missing = if is_asked && setters.is_empty() {
            Some("no public function sets this field of a request")
        } else if is_answered && readers.is_empty() {
            Some("nothing hands on this field of an answer")
        } else {
            None
        };
        let items = setters.into_iter().chain(readers).collect();
        (items, missing)
    }

    /// The field of the bindings that a property is.
    fn field(&self, schema: &str, property: &Property) -> Option<Field> {
        let generated = |owner: &String, name: &String| {
            let name = self.generated.fields.get(&(owner.clone(), name.clone()))?;
            Some((owner.clone(), name.clone()))
        };
        let owner = property.below.iter().try_fold(schema.to_owned(), |owner, step| {
            self.reach.index.fields.get(&generated(&owner, step)?)?.clone()
        })?;
        generated(&owner, &property.name)
    }

    /// The items that set a field of a request. What an item builds has to be a body that has the schema
    /// in it, where it is a body.
    fn setters(&self, field: &Field, component: &str) -> Vec<String> {
        let fits = |item: &Item| {
            let owner = self.reach.index.functions[item.number].owner.clone().unwrap_or_default();
            let held = self.reach.index.fields.iter().filter(|((of, _), _)| *of == owner);
            let held: Vec<&String> = held.filter_map(|(_, about)| about.as_ref()).collect();
            let mut bodies = self.document.bodies.iter().filter(|(body, _)| held.contains(body)).peekable();
            bodies.peek().is_none() || bodies.any(|(_, made_of)| made_of.contains(component))
        };
        let items = self.reach.setters(field).into_iter().map(|place| &self.reach.items[place]);
        items.filter(|item| fits(item)).map(|item| item.name.clone()).collect()
    }

    /// The methods of answers that read a field, and the field itself; of an envelope the functions that
    /// read it on their way.
    fn readers(&self, field: &Field, component: &str) -> Vec<String> {
        let is_answer = |name: &String| self.generated.fields.keys().any(|(of, _)| of == name);
        let reading = self.reach.readers(field).filter(|item| {
            let function = &self.reach.index.functions[item.number];
            function.takes_self && function.owner.as_ref().is_some_and(is_answer)
        });
        let mut items: Vec<String> = reading.map(|item| item.name.clone()).collect();
        if self.reach.index.public.contains(&field.0) {
            items.push(format!("{}.{}", field.0, field.1));
        } else {
            let operations = self.document.operations.iter();
            let answering: Vec<&str> = operations
                .filter(|(_, operation)| operation.answer.as_deref() == Some(component))
                .filter_map(|(id, _)| Some(self.method(id)?.name.as_str()))
                .collect();
            let sends = |item: &Item| {
                let mut sent = self.reach.facts_of(item).flat_map(|facts| &facts.sent);
                sent.any(|sent| answering.contains(&&*sent.method))
            };
            items.extend(self.reach.readers(field).filter(|item| sends(item)).map(|item| item.name.clone()));
        }
        items
    }

    /// The public types whose values become the parameters of operations.
    fn parameters(&self) -> BTreeMap<Names, Vec<String>> {
        let mut found: BTreeMap<Names, BTreeSet<String>> = BTreeMap::new();
        for (id, operation) in &self.document.operations {
            for names in &operation.parameters {
                let types = found.entry(names.clone()).or_default();
                let Some(method) = self.method(id) else { continue };
                let is_it = |argument: &String| argument.trim_end_matches('_') == names.1;
                let Some(place) = method.arguments.iter().position(is_it) else { continue };
                let sent = self.reach.run().flat_map(|(_, facts)| &facts.sent);
                let given = sent.filter(|sent| sent.method == method.name).filter_map(|sent| {
                    let about = sent.arguments.get(place)?.clone()?;
                    self.reach.index.public.contains(&about).then_some(about)
                });
                types.extend(given);
            }
        }
        found.into_iter().map(|(names, types)| (names, types.into_iter().collect())).collect()
    }

    /// The variants that stand for a word: of the enum of the schema's name, or else of any.
    fn word(&self, (schema, word): &Names) -> Vec<String> {
        let index = self.reach.index;
        let is_public = |name: &String| index.enums.contains(name) && index.public.contains(name);
        let all = self.reach.facts.iter().flat_map(|facts| &facts.words);
        let of_word = all.filter(|(of, (name, _))| of == word && is_public(name));
        let own = |name: &String| !is_public(schema) || name == schema;
        let variants: BTreeSet<String> = of_word
            .filter(|(_, (name, _))| own(name))
            .map(|(_, (name, variant))| format!("{name}::{variant}"))
            .collect();
        variants.into_iter().collect()
    }
}
