//! What users reach through each public function: itself, and through it what they cannot call.

use std::collections::BTreeSet;

use super::{
    body::{Context, facts},
    facts::{Facts, Origin, Write},
    index::{Field, Function, Index},
};

/// A public function, and all that is run by it up to other public ones.
pub struct Item {
    pub number: usize,
    pub name: String,
    runs: BTreeSet<usize>,
}

pub struct Reach<'c, 's> {
    pub index: &'c Index<'s>,
    pub facts: Vec<Facts>,
    pub items: Vec<Item>,
}

impl<'c, 's> Reach<'c, 's> {
    pub fn of(context: Context<'c, 's>) -> Self {
        let index = context.index;
        let facts: Vec<Facts> = (0..index.functions.len()).map(|number| facts(context, number)).collect();
        let mut reach = Self { index, facts, items: Vec::new() };
        let all = index.functions.iter().enumerate();
        let public = all.filter(|(_, function)| index.is_reachable(function));
        let items = public.map(|(number, function)| Item {
            number,
            name: full_name(function),
            runs: reach.runs(number),
        });
        reach.items = items.collect();
        reach.items.sort_by(|one, other| one.name.cmp(&other.name));
        reach
    }

    fn runs(&self, number: usize) -> BTreeSet<usize> {
        let mut runs = BTreeSet::from([number]);
        let mut left = vec![number];
        while let Some(next) = left.pop() {
            for &called in &self.facts[next].calls {
                if !self.index.is_reachable(&self.index.functions[called]) && runs.insert(called) {
                    left.push(called);
                }
            }
        }
        runs
    }

    /// All that one item runs.
    pub fn facts_of<'r>(&'r self, item: &'r Item) -> impl Iterator<Item = &'r Facts> {
        item.runs.iter().map(|&number| &self.facts[number])
    }

    /// The items that run something.
    pub fn items_that(&self, does: impl Fn(&Facts) -> bool) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| self.facts_of(item).any(&does))
    }

    /// The items that read a field.
    pub fn readers(&self, field: &Field) -> impl Iterator<Item = &Item> {
        self.items_that(move |facts| facts.reads.contains(field))
    }

    /// The functions that any item runs.
    pub fn run(&self) -> impl Iterator<Item = (&Function<'s>, &Facts)> {
        let numbers: BTreeSet<usize> = self.items.iter().flat_map(|item| &item.runs).copied().collect();
        numbers.into_iter().map(|number| (&self.index.functions[number], &self.facts[number]))
    }

    /// The items by which a field of a request is set. A field of the facade's own that it is taken
    /// from is followed to where that one is set.
    pub fn setters(&self, field: &Field) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        self.follow_setters(field, &mut BTreeSet::new(), &mut found);
        found
    }

    fn follow_setters(&self, field: &Field, seen: &mut BTreeSet<Field>, found: &mut BTreeSet<usize>) {
        if !seen.insert(field.clone()) {
            return;
        }
        for (number, facts) in self.facts.iter().enumerate() {
            let owner = self.index.functions[number].owner.as_ref();
            for write in facts.writes.iter().filter(|write| write.field == *field && !write.sets_nothing) {
                let own: Vec<&Field> = own_fields(write, owner).filter(|own| *own != field).collect();
                own.iter().for_each(|own| self.follow_setters(own, seen, found));
                if own.is_empty() {
                    let run_it = self.items.iter().enumerate();
                    let run_it = run_it.filter(|(_, item)| item.runs.contains(&number));
                    found.extend(run_it.map(|(place, _)| place));
                }
            }
        }
    }
}

fn own_fields<'w>(write: &'w Write, owner: Option<&'w String>) -> impl Iterator<Item = &'w Field> {
    write.origins.iter().filter_map(move |origin| match origin {
        Origin::Field(field) if Some(&field.0) == owner => Some(field),
        _ => None,
    })
}

/// As in `Rooms::create`.
pub fn full_name(function: &Function<'_>) -> String {
    match (&function.owner, &function.of_trait) {
        (Some(owner), Some(of_trait)) if owner != of_trait => format!("<{owner} as {of_trait}>"),
        (Some(owner), _) => format!("{owner}::{}", function.name),
        (None, _) => function.name.clone(),
    }
}
