//! Fields of failures: the generator sees none of them, so that they are read by their keys.

use std::collections::BTreeSet;

use super::Exposures;
use crate::coverage::{
    facts::{Facts, Origin},
    index::{Field, Function},
    reach::full_name,
};

impl Exposures<'_, '_, '_> {
    /// What hands on what stands under a key: the public functions that read the field which it gets
    /// into, or else the implementations of traits that do, or else who reads the key.
    pub(super) fn of_failure(&self, key: &str) -> Vec<String> {
        let run: Vec<(&Function<'_>, &Facts)> =
            self.reach.run().filter(|(_, facts)| self.looks_up(facts)).collect();
        let kept: BTreeSet<&Field> = run.iter().flat_map(|(_, facts)| self.kept(facts, key)).collect();
        let mut found: BTreeSet<String> = kept.iter().flat_map(|field| self.accessors(field)).collect();
        if found.is_empty() {
            found = self.implementations(&kept);
        }
        if found.is_empty() {
            let reading = run.iter().filter(|(_, facts)| facts.texts.contains(key));
            found = reading.map(|(function, _)| full_name(function)).collect();
        }
        found.into_iter().collect()
    }

    /// Whether a function looks something up by a key, itself or by another one that is given the key.
    /// The same text elsewhere is something else.
    fn looks_up(&self, facts: &Facts) -> bool {
        let by_argument = |number: &usize| {
            let mut keys = self.reach.facts[*number].keys.iter();
            keys.any(|key| matches!(key, Origin::Argument(of, _) if of == number))
        };
        !facts.keys.is_empty() || facts.calls.iter().any(by_argument)
    }

    /// The fields of the facade's own that get what stands under a key: from the function itself,
    /// or by what it gives to another one.
    fn kept<'f>(&'f self, reader: &'f Facts, key: &str) -> Vec<&'f Field> {
        let is_from = |origins: &BTreeSet<Origin>| {
            origins.iter().any(|origin| match origin {
                Origin::Text(text) => text == key,
                Origin::Returned(number) => {
                    let facts = &self.reach.facts[*number];
                    facts.texts.contains(key) && self.looks_up(facts)
                }
                Origin::Field(_) | Origin::Argument(..) => false,
            })
        };
        let direct = reader.writes.iter().filter(|write| is_from(&write.origins));
        let given = reader.given.iter().filter(|(_, _, origins)| is_from(origins));
        let passed_on = given.flat_map(|(number, place, _)| {
            let argument = Origin::Argument(*number, *place);
            let writes = self.reach.facts[*number].writes.iter();
            writes.filter(move |write| write.origins.contains(&argument))
        });
        direct.chain(passed_on).map(|write| &write.field).collect()
    }

    /// The public methods that read a field of their own type, or of one that stands in it.
    fn accessors(&self, field: &Field) -> Vec<String> {
        let index = self.reach.index;
        let holds = |owner: &String| {
            let mut fields = index.fields.iter();
            *owner == field.0
                || fields.any(|((of, _), about)| of == owner && about.as_ref() == Some(&field.0))
        };
        let readers = self.reach.readers(field).filter(|item| {
            let function = &index.functions[item.number];
            function.takes_self && function.owner.as_ref().is_some_and(holds)
        });
        readers.map(|item| item.name.clone()).collect()
    }

    /// The implementations of traits for public types that read one of these fields.
    fn implementations(&self, fields: &BTreeSet<&Field>) -> BTreeSet<String> {
        let index = self.reach.index;
        let all = index.functions.iter().zip(&self.reach.facts);
        let reading = all.filter(|(function, facts)| {
            let is_public = function.owner.as_ref().is_some_and(|owner| index.public.contains(owner));
            let reads = || fields.iter().any(|field| facts.reads.contains(*field));
            is_public && function.of_trait.as_deref().is_some_and(|of_trait| of_trait != "Debug") && reads()
        });
        reading.map(|(function, _)| full_name(function)).collect()
    }
}
