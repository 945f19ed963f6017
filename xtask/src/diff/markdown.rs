//! A report for a pull request. Whatever comes out of a document stands in code, where GitHub reads
//! no markup, no HTML, no mentions and no numbers of issues.

use std::fmt::Write;

use super::{
    Change, Class, Entry, Report,
    text::sentence,
    words::{cut, excerpts, visible},
};

/// GitHub takes 65,536 characters for the text of a pull request; the changelog and the heads need
/// some of them.
const LONGEST: usize = 40_000;
/// And of the changelog.
const LONGEST_CHANGELOG: usize = 15_000;

pub(super) fn markdown(report: &Report) -> String {
    let mut text = format!("**{}**\n", report.summary());
    let mut room = LONGEST;
    for class in Class::ALL {
        let entries = report.of(class);
        if !entries.is_empty() {
            section(&mut text, &mut room, &head(report, class), &entries);
        }
    }
    if !report.changes.is_empty() {
        let mut changelog = report.changelog.clone();
        if let Some((end, _)) = changelog.char_indices().nth(LONGEST_CHANGELOG) {
            changelog.truncate(changelog[..end].rfind("\n- ").map_or(end, |line| line + 1));
            changelog.push_str("- …\n");
        }
        let fence = "`".repeat(longest_run(&changelog).max(2) + 1);
        // Writing to a string cannot fail.
        let _ = write!(text, "\n### For `CHANGELOG.md`\n\n{fence}markdown\n{changelog}{fence}\n");
    }
    text
}

fn head(report: &Report, class: Class) -> String {
    format!("\n### {} ({})\n\n{}\n\n", sentence(class.label()), report.count(class), class.meaning())
}

fn section(text: &mut String, room: &mut usize, head: &str, entries: &[Entry]) {
    text.push_str(head);
    for (index, entry) in entries.iter().enumerate() {
        let item = item(entry);
        let length = item.chars().count();
        if length > *room {
            let _ = writeln!(
                text,
                "- … and {} more, which are in the other forms of the report",
                entries.len() - index
            );
            *room = 0;
            return;
        }
        *room -= length;
        text.push_str(&item);
    }
}

fn item(entry: &Entry) -> String {
    let Entry { change, .. } = entry;
    let facade = entry.facade_line(code).map(|line| format!(" {line}")).unwrap_or_default();
    let mut item = format!("- **{}**: {}  \n", code(&change.place), what(change));
    let _ = writeln!(item, "  {}.{facade}{}", sentence(change.why), entry.operations_line(code));
    if change.kind.is_prose() {
        item.push_str(&prose(change));
    }
    item
}

fn what(change: &Change) -> String {
    let label = change.kind.label();
    match (&change.old, &change.new) {
        _ if change.kind.is_prose() => label.to_owned(),
        (Some(old), Some(new)) => format!("{label}: {} → {}", code(&cut(old)), code(&cut(new))),
        (None, Some(new)) => format!("{label}: {}", code(&cut(new))),
        (Some(old), None) => format!("{label}: was {}", code(&cut(old))),
        (None, None) => label.to_owned(),
    }
}

fn prose(change: &Change) -> String {
    let text = |text: &Option<String>| text.as_deref().map(visible).unwrap_or_default();
    let (old, new) = excerpts(&text(&change.old), &text(&change.new));
    let fence = "`".repeat(longest_run(&old).max(longest_run(&new)).max(2) + 1);
    let line =
        |mark: &str, text: &str| if text.is_empty() { String::new() } else { format!("  {mark} {text}\n") };
    format!("\n  {fence}diff\n{}{}  {fence}\n", line("-", &old), line("+", &new))
}

/// A text as code in a line.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let edge = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    if edge { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or_default()
}
