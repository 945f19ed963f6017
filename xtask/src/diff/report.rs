//! All changes with what follows from them.

use std::{cmp::Reverse, fmt::Write};

use serde::Serialize;

use super::{Change, Class, Step, Subject, Version, changelog, group::grouped, markdown, text};

/// How many operations are named.
const NAMED: usize = 8;

/// What the facade has for a part of the document.
pub trait Reach {
    /// The items that call an operation: `RoomHandle::create_token`.
    fn operation(&self, id: &str) -> Vec<String>;
    /// The items that write or read a field of a schema: `Room::name`.
    fn field(&self, schema: &str, field: &str) -> Vec<String>;
    /// The items that stand for a schema: `Room`.
    fn schema(&self, name: &str) -> Vec<String>;
}

impl Reach for () {
    fn operation(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn field(&self, _: &str, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn schema(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

/// The changes, the version that they call for, and an entry for the changelog. Its JSON has the
/// fields of this struct under their names.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of the crate as it is.
    pub current: Version,
    /// The version that the changes call for; nothing where there are none.
    pub next: Option<Version>,
    /// The largest step that a change calls for.
    pub step: Option<Step>,
    /// How many changes there are of each class, the most severe first.
    pub counts: Vec<Count>,
    /// The changes, the most severe first.
    pub changes: Vec<Entry>,
    /// A section for `CHANGELOG.md`.
    pub changelog: String,
}

/// How many changes there are of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The class.
    pub class: Class,
    /// How many.
    pub changes: usize,
}

/// A change with the items of the facade that it touches. Its JSON is the change's with one more
/// field.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The change.
    #[serde(flatten)]
    pub change: Change,
    /// The items; none where the facade does not reach it yet.
    pub facade: Vec<String>,
}

impl Report {
    /// What has changed from one document to another.
    pub fn between(old: &serde_json::Value, new: &serde_json::Value, current: Version) -> Self {
        Self::new(super::compare(old, new), current, &())
    }

    /// A report on changes, as [`compare`](super::compare) finds them.
    pub fn new(changes: Vec<Change>, current: Version, reach: &dyn Reach) -> Self {
        let step = changes.iter().map(|change| change.step).max();
        let count = |class| Count { class, changes: changes.iter().filter(|c| c.class == class).count() };
        let counts = Class::ALL.map(count).into_iter().filter(|count| count.changes > 0).collect();
        let entry = |change: Change| Entry { facade: facade(&change, reach), change };
        let mut changes: Vec<Entry> = changes.into_iter().map(entry).collect();
        changes.sort_by_key(|entry| Reverse(entry.change.class));
        let all: Vec<&Entry> = changes.iter().collect();
        let changelog = changelog::section(&all);
        Self { current, next: step.map(|step| current.after(step)), step, counts, changes, changelog }
    }

    /// For a terminal.
    pub fn to_text(&self) -> String {
        text::text(self)
    }

    /// For a pull request.
    pub fn to_markdown(&self) -> String {
        markdown::markdown(self)
    }

    /// One line: how many changes of which class, and the step of the version.
    pub fn summary(&self) -> String {
        let (Some(next), Some(step)) = (self.next, self.step) else {
            return format!("No changes: the version stays {}", self.current);
        };
        let counts: Vec<String> =
            self.counts.iter().map(|count| format!("{} {}", count.changes, count.class.label())).collect();
        let mut line = counts.join(", ");
        // Writing to a string cannot fail.
        let _ = write!(line, ": {} → {next} ({} step)", self.current, step.label());
        line
    }

    pub(super) fn count(&self, class: Class) -> usize {
        self.counts.iter().find(|count| count.class == class).map_or(0, |count| count.changes)
    }

    /// The entries of a class, to be read.
    pub(super) fn of(&self, class: Class) -> Vec<Entry> {
        let all: Vec<&Entry> = self.changes.iter().filter(|entry| entry.change.class == class).collect();
        grouped(&all)
    }
}

impl Entry {
    /// What it touches of the facade, where that can be asked, with every item put as `put` says.
    pub(super) fn facade_line(&self, put: impl Fn(&str) -> String) -> Option<String> {
        if self.change.subject == Subject::Document {
            return None;
        }
        if self.facade.is_empty() {
            return Some("Not reached by the facade yet.".to_owned());
        }
        let items: Vec<String> = self.facade.iter().map(|item| put(item)).collect();
        Some(format!("Facade: {}.", items.join(", ")))
    }
}

impl Entry {
    /// The operations, where the place does not name them, with every one put as `put` says.
    pub(super) fn operations_line(&self, put: impl Fn(&str) -> String) -> String {
        let Change { operations, place, .. } = &self.change;
        if operations.len() < 2 || operations.iter().all(|id| place.contains(&**id)) {
            return String::new();
        }
        let named: Vec<String> = operations.iter().take(NAMED).map(|id| put(id)).collect();
        let more = operations.len() - named.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!(" Operations: {}{more}.", named.join(", "))
    }
}

fn facade(change: &Change, reach: &dyn Reach) -> Vec<String> {
    let mut items: Vec<String> = match &change.subject {
        Subject::Document => Vec::new(),
        Subject::Operations => change.operations.iter().flat_map(|id| reach.operation(id)).collect(),
        Subject::Schema(name) => reach.schema(name),
        Subject::Field { schema, field } => reach.field(schema, field),
    };
    items.sort();
    items.dedup();
    items
}
