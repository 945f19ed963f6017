//! A section for the changelog.

use std::collections::{BTreeMap, BTreeSet};

use super::{Class, Entry, Subject, group::grouped, markdown::code, words::cut};

/// How wide the lines of the changelog are.
const WIDTH: usize = 110;
/// Where the facade has more items than these, the schema is named.
const NAMED: usize = 3;
/// Stands for a blank within code, where no line is to end. Code has no such character of its own.
const BLANK: char = '\0';

pub(super) fn section(entries: &[&Entry]) -> String {
    let mut section = "## Unreleased\n\n".to_owned();
    let (counted, told): (Vec<&Entry>, Vec<&Entry>) =
        entries.iter().partition(|entry| entry.change.class == Class::Documentation);
    let mut said = BTreeSet::new();
    for entry in grouped(&told) {
        let text = format!("{}{}", head(entry.change.class), sentence(&entry));
        // Several schemas may come to one item of the facade.
        if said.insert(text.clone()) {
            section.push_str(&bullet(&text));
        }
    }
    if !counted.is_empty() {
        section.push_str(&bullet(&documentation(&counted)));
    }
    if entries.is_empty() {
        section.push_str("- Nothing changed in the document of the service.\n");
    }
    section
}

fn head(class: Class) -> &'static str {
    match class {
        Class::BreakingForCallers => "Breaking: ",
        Class::BreakingOnTheWire => "Breaking for earlier releases: ",
        Class::Additive | Class::Documentation => "",
    }
}

fn sentence(entry: &Entry) -> String {
    let Entry { change, .. } = entry;
    // Piece by piece, so that a text with braces of its own is not filled in again.
    let mut filled = String::new();
    for piece in change.kind.sentence().split_inclusive(['{', '}']) {
        match piece {
            "name}" => filled.push_str(&name(entry)),
            "old}" => filled.push_str(&put(change.old.as_deref().unwrap_or("nothing"))),
            "new}" => filled.push_str(&put(change.new.as_deref().unwrap_or("nothing"))),
            _ => filled.push_str(piece.trim_end_matches('{')),
        }
    }
    filled
}

/// What users call it.
fn name(Entry { change, facade }: &Entry) -> String {
    match facade.len() {
        0 if change.subject != Subject::Document => format!("{} (in the bindings alone)", put(&change.name)),
        1..=NAMED => facade.iter().map(|item| put(item)).collect::<Vec<_>>().join(", "),
        _ => put(&change.name),
    }
}

fn put(text: &str) -> String {
    code(&cut(text)).replace(' ', &BLANK.to_string())
}

/// What changes nothing but words is counted, not told.
fn documentation(entries: &[&Entry]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in entries {
        *counts.entry(entry.change.kind.label()).or_default() += 1;
    }
    let say = |(label, count): (&str, usize)| {
        if count > 1 { format!("{label} ({count})") } else { label.to_owned() }
    };
    let said: Vec<String> = counts.into_iter().map(say).collect();
    format!("The documentation follows EnableX's: {}.", said.join(", "))
}

/// An item of a list, in lines of their usual width.
fn bullet(text: &str) -> String {
    let mut lines = "-".to_owned();
    let mut width = 1;
    for word in text.split(' ') {
        let length = word.chars().count();
        if width + 1 + length > WIDTH && width > 2 {
            lines.push_str("\n ");
            width = 1;
        }
        lines.push(' ');
        lines.push_str(word);
        width += 1 + length;
    }
    lines.push('\n');
    lines.replace(BLANK, " ")
}
