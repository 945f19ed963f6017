//! Texts, short enough to be read.

use serde_json::Value;
use similar::{ChangeTag, TextDiff};

/// How many characters of a value are shown.
const LONGEST: usize = 200;
/// How many characters of a difference are shown.
const LONGEST_EXCERPT: usize = 600;
/// How many words around a difference, and in it.
const AROUND: usize = 4;
const WITHIN: usize = 40;

/// A value as a text, cut where it is long.
pub(super) fn brief(value: &Value) -> String {
    match value {
        Value::String(text) => cut(text),
        other => cut(&other.to_string()),
    }
}

pub(super) fn cut(text: &str) -> String {
    cut_at(text, LONGEST)
}

fn cut_at(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A text with one blank for every run of them.
pub(super) fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is different in a text, word by word, with few words around it: `a [-b-] {+c+} d`.
pub(super) fn difference(old: &str, new: &str) -> String {
    let Differing { before, old, new, after, cut_before, cut_after } = Differing::of(old, new);
    let ends = [cut_before, cut_after].map(|cut| cut.then(|| "…".to_owned()));
    let [start, end] = ends;
    let plain = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let all =
        start.into_iter().chain(plain(&before)).chain(middle(&old, &new)).chain(plain(&after)).chain(end);
    cut_at(&all.collect::<Vec<_>>().join(" "), LONGEST_EXCERPT)
}

/// What is different in each of two texts, with few words around it.
pub(super) fn excerpts(old: &str, new: &str) -> (String, String) {
    let differing = Differing::of(old, new);
    let excerpt = |words: &[&str], is_none: bool| {
        let Differing { before, after, cut_before, cut_after, .. } = &differing;
        let start = cut_before.then_some("…");
        let end = cut_after.then_some("…");
        let all = start.into_iter().chain(before.iter().copied()).chain(words.iter().copied());
        let all: Vec<&str> = all.chain(after.iter().copied()).chain(end).collect();
        if is_none { String::new() } else { cut_at(&all.join(" "), LONGEST_EXCERPT) }
    };
    (excerpt(&differing.old, old.is_empty()), excerpt(&differing.new, new.is_empty()))
}

/// The words in which two texts differ, and some around them.
struct Differing<'a> {
    before: Vec<&'a str>,
    old: Vec<&'a str>,
    new: Vec<&'a str>,
    after: Vec<&'a str>,
    cut_before: bool,
    cut_after: bool,
}

impl<'a> Differing<'a> {
    fn of(old: &'a str, new: &'a str) -> Self {
        let (olds, news): (Vec<&str>, Vec<&str>) =
            (old.split_whitespace().collect(), new.split_whitespace().collect());
        let same_start = olds.iter().zip(&news).take_while(|(old, new)| old == new).count();
        let rest = olds.len().min(news.len()) - same_start;
        let from_end = olds.iter().rev().zip(news.iter().rev());
        let same_end = from_end.take(rest).take_while(|(old, new)| old == new).count();
        let middle = |words: &[&'a str]| words[same_start..words.len() - same_end].to_vec();
        let (mut old, mut new) = (middle(&olds), middle(&news));
        let long = old.len().max(new.len()) > WITHIN;
        old.truncate(WITHIN);
        new.truncate(WITHIN);
        let tail = &olds[olds.len() - same_end..];
        Self {
            before: olds[same_start.saturating_sub(AROUND)..same_start].to_vec(),
            old,
            new,
            after: if long { Vec::new() } else { tail.iter().take(AROUND).copied().collect() },
            cut_before: same_start > AROUND,
            cut_after: long || tail.len() > AROUND,
        }
    }
}

fn middle(olds: &[&str], news: &[&str]) -> Vec<String> {
    let diff = TextDiff::from_slices(olds, news);
    let mut runs: Vec<(ChangeTag, Vec<&str>)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, words)) if *tag == change.tag() => words.push(change.value()),
            _ => runs.push((change.tag(), vec![change.value()])),
        }
    }
    runs.into_iter().map(|(tag, words)| marked(tag, &cut(&words.join(" ")))).collect()
}

fn marked(tag: ChangeTag, words: &str) -> String {
    match tag {
        ChangeTag::Equal => words.to_owned(),
        ChangeTag::Delete => format!("[-{words}-]"),
        ChangeTag::Insert => format!("{{+{words}+}}"),
    }
}

/// A text in which nothing is hidden and nothing steers a terminal.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() || steers(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Characters that are not seen, or that turn the direction of a text around.
fn steers(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    )
}
