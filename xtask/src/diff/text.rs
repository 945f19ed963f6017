//! A report for a terminal.

use std::fmt::Write;

use super::{
    Change, Class, Entry, Report,
    words::{cut, difference, visible},
};

pub(super) fn text(report: &Report) -> String {
    let mut text = format!("{}\n", report.summary());
    for class in Class::ALL {
        let entries = report.of(class);
        if entries.is_empty() {
            continue;
        }
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n{} ({})\n{}\n",
            class.label().to_uppercase(),
            report.count(class),
            class.meaning()
        );
        for entry in entries {
            text.push_str(&lines(&entry));
        }
    }
    if !report.changes.is_empty() {
        let _ = write!(text, "\nFOR CHANGELOG.md\n\n{}", report.changelog);
    }
    text
}

fn lines(entry: &Entry) -> String {
    let Entry { change, .. } = entry;
    let facade = entry.facade_line(visible).map(|line| format!(" {line}")).unwrap_or_default();
    let place = visible(&change.place);
    let operations = entry.operations_line(visible);
    format!("- {place}: {}\n    {}.{facade}{operations}\n", what(change), sentence(change.why))
}

fn what(change: &Change) -> String {
    let label = change.kind.label();
    let values = match (&change.old, &change.new) {
        (Some(old), Some(new)) if change.kind.is_prose() => difference(old, new),
        (Some(old), Some(new)) => format!("{} → {}", cut(old), cut(new)),
        (None, Some(new)) => cut(new),
        (Some(old), None) => format!("was {}", cut(old)),
        (None, None) => return label.to_owned(),
    };
    format!("{label}: {}", visible(&values))
}

/// With a capital letter at its start.
pub(super) fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
