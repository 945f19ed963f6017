//! The report: all changes, the version that they require, and its forms.

use std::collections::BTreeMap;

use semver::Version;
use serde::Serialize;
use serde_json::Value;

use super::{
    Change, Class, Step,
    class::words,
    compare,
    words::{code, cut, difference, longest_run, visible},
};

/// How many operations are listed.
const NAMED: usize = 8;
/// GitHub limits the text of a pull request to 65,536 characters. These are for the changes and for the
/// changelog.
const LONGEST: usize = 40_000;
const LONGEST_CHANGELOG: usize = 15_000;
const UNSAID_HEAD: &str = "Known to us, not said any more";
const UNSAID: &str =
    "It stays: in the document where nothing else is new, or else in openapi/overlay.json, without examples.";

/// The changes between two documents and what follows from them. The JSON has these fields.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The version of the crate as it is.
    pub current: Version,
    /// The version that the changes require. `None` without changes.
    pub next: Option<Version>,
    /// The largest step that a change requires.
    pub step: Option<Step>,
    /// How many changes there are of each class, the most severe first.
    pub counts: Vec<Count>,
    /// The changes, the most severe first.
    pub changes: Vec<Change>,
    /// What the old document says and the new one does not, where that is no statement: it is kept.
    pub unsaid: Vec<Change>,
    /// A section for `CHANGELOG.md`.
    pub changelog: String,
}

/// How many changes there are of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    pub class: Class,
    pub changes: usize,
}

impl Report {
    /// The report on two documents. `current` is the version of the crate.
    pub fn between(old: &Value, new: &Value, current: Version) -> Self {
        let changes = compare(old, new);
        let step = changes.iter().map(|change| change.step).max();
        let count = |class| Count { class, changes: changes.iter().filter(|it| it.class == class).count() };
        let counts = Class::ALL.map(count).into_iter().filter(|count| count.changes > 0).collect();
        let changelog = changelog(&changes);
        let next = step.map(|step| step.after(&current));
        Self { next, current, step, counts, changes, unsaid: Vec::new(), changelog }
    }

    /// The report with what is left of the changes to the new document as it is written.
    pub fn with_unsaid(mut self, mut written: Vec<Change>) -> Self {
        written.retain(|change| !self.changes.contains(change));
        self.unsaid = written;
        self
    }

    /// One line: how many changes of which class, and the step of the version.
    pub fn summary(&self) -> String {
        let (Some(next), Some(step)) = (&self.next, self.step) else {
            return format!("No changes: the version stays {}", self.current);
        };
        let counts = self.counts.iter().map(|count| format!("{} {}", count.changes, words(count.class)));
        let counts = counts.collect::<Vec<_>>().join(", ");
        format!("{counts}: {} → {next} ({} change)", self.current, words(step))
    }

    /// For a terminal.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.summary());
        for Count { class, changes } in &self.counts {
            text += &format!("\n{} ({changes})\n{}\n", words(class).to_uppercase(), class.meaning());
            for change in self.of(*class) {
                let (what, why) = (change.what(visible), change.reason(visible));
                text += &format!("- {}: {what}\n    {why}\n", visible(&change.place));
            }
        }
        if !self.unsaid.is_empty() {
            text += &format!("\n{} ({})\n{UNSAID}\n", UNSAID_HEAD.to_uppercase(), self.unsaid.len());
            text += &self.unsaid.iter().map(|change| change.unsaid(visible)).collect::<String>();
        }
        let head = if self.changes.is_empty() { "" } else { "\nFOR CHANGELOG.md\n\n" };
        let changelog = if self.changes.is_empty() { "" } else { &self.changelog };
        text + head + changelog
    }

    /// For a pull request. Texts of a document are inline code, so that they have no markup.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("**{}**\n", self.summary());
        for Count { class, changes } in &self.counts {
            let head = sentence(&words(class));
            text += &format!("\n### {head} ({changes})\n\n{}\n\n", class.meaning());
            let items = self.of(*class).map(|change| {
                let (what, why) = (change.what(code), change.reason(code));
                format!("- **{}**: {what}  \n  {why}\n", code(&change.place))
            });
            let room = LONGEST.saturating_sub(text.len());
            text += &shortened(items, room);
        }
        if !self.unsaid.is_empty() {
            text += &format!("\n### {UNSAID_HEAD} ({})\n\n{UNSAID}\n\n", self.unsaid.len());
            let room = LONGEST.saturating_sub(text.len());
            text += &shortened(self.unsaid.iter().map(|change| change.unsaid(code)), room);
        }
        if !self.changes.is_empty() {
            let changelog =
                shortened(self.changelog.split_inclusive('\n').map(str::to_owned), LONGEST_CHANGELOG);
            let fence = "`".repeat(longest_run(&changelog).max(2) + 1);
            text += &format!("\n### For `CHANGELOG.md`\n\n{fence}markdown\n{changelog}{fence}\n");
        }
        text
    }

    fn of(&self, class: Class) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.class == class)
    }
}

/// As many items as fit, and a note if there are more.
fn shortened(items: impl Iterator<Item = String>, room: usize) -> String {
    let mut text = String::new();
    for item in items {
        if text.len() + item.len() > room {
            return text + "- … and more, which the other forms of the report list\n";
        }
        text += &item;
    }
    text
}

impl Change {
    /// What has changed, with `put` applied to values.
    fn what(&self, put: fn(&str) -> String) -> String {
        let is_prose =
            matches!(self.kind, "description-changed" | "summary-changed" | "result-code-reworded");
        let values = match (&self.old, &self.new) {
            (Some(old), Some(new)) if is_prose => put(&difference(old, new)),
            (Some(old), Some(new)) => format!("{} → {}", put(&cut(old)), put(&cut(new))),
            (None, Some(new)) => put(&cut(new)),
            (Some(old), None) => format!("was {}", put(&cut(old))),
            (None, None) => return self.label(),
        };
        format!("{}: {values}", self.label())
    }

    /// What is no longer said, in a line.
    fn unsaid(&self, put: fn(&str) -> String) -> String {
        let what = match self.kind {
            "field-optional" => "required",
            kind => kind.rsplit_once('-').map_or(kind, |(what, _)| what),
        };
        let value = self.old.as_ref().map(|old| format!(" {}", put(&cut(old)))).unwrap_or_default();
        format!("- {}: {}{value}\n", put(&self.name), what.replace('-', " "))
    }

    /// What has changed.
    fn label(&self) -> String {
        if self.kind == "other" { "changed otherwise".to_owned() } else { self.kind.replace('-', " ") }
    }

    /// Why it has its class, and the operations, if the place does not name them.
    fn reason(&self, put: fn(&str) -> String) -> String {
        let why = sentence(self.why);
        if self.operations.len() < 3 {
            return format!("{why}.");
        }
        let mut named: Vec<String> = self.operations.iter().take(NAMED).map(|id| put(id)).collect();
        named.extend((self.operations.len() > NAMED).then(|| "…".to_owned()));
        format!("{why}. Operations: {}.", named.join(", "))
    }
}

/// A section for the changelog.
fn changelog(changes: &[Change]) -> String {
    let mut section = "## Unreleased\n\n".to_owned();
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for change in changes {
        let head = match change.class {
            Class::BreakingForCallers => "Breaking: ",
            Class::BreakingOnTheWire => "Breaking for earlier releases: ",
            Class::Additive => "",
            Class::DocumentationOnly => {
                *counted.entry(change.label()).or_default() += 1;
                continue;
            }
        };
        section += &format!("- {head}{}: {}.\n", code(&cut(&change.name)), change.what(code));
    }
    if !counted.is_empty() {
        let labels: Vec<String> = counted.iter().map(|(label, count)| format!("{label} ({count})")).collect();
        section += &format!("- The documentation follows EnableX's: {}.\n", labels.join(", "));
    }
    if changes.is_empty() {
        section += "- Nothing changed in the document of the service.\n";
    }
    section
}

/// The text with a capital letter at its start.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
