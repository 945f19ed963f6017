//! Values and texts as they are shown: short, and without control characters or markup.

use serde_json::Value;

/// How many characters of a value are shown.
const LONGEST: usize = 200;
/// How many words are shown around a difference, and of it.
const AROUND: usize = 4;
const WITHIN: usize = 40;

/// A value as a short text: its name, or the type of a schema.
pub(super) fn brief(value: &Value) -> String {
    let text = |key: &str| value[key].as_str();
    let name = ["route", "$ref", "url", "meaning", "in"].into_iter().find_map(text);
    match (value, name, text("type")) {
        (Value::String(text), ..) => text.clone(),
        (_, Some(name), _) => name.strip_prefix("#/components/schemas/").unwrap_or(name).to_owned(),
        (_, _, Some("array")) if value["items"].is_object() => format!("list of {}", brief(&value["items"])),
        (_, _, Some(kind)) => {
            text("format").or(text("scheme")).map_or(kind.to_owned(), |detail| format!("{kind} ({detail})"))
        }
        (Value::Object(all), ..) if all.keys().all(|key| key.starts_with('[')) => {
            all.values().map(brief).collect::<Vec<_>>().join(", ")
        }
        _ if value["allOf"].is_object() => brief(&value["allOf"]),
        _ => value.to_string(),
    }
}

pub(crate) fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A text with each run of white space as one blank.
pub(super) fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The difference of two texts with some words around it: `a [-b-] {+c+} d`.
pub(super) fn difference(old: &str, new: &str) -> String {
    let (olds, news): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let start = olds.iter().zip(&news).take_while(|(old, new)| old == new).count();
    let ends = olds[start..].iter().rev().zip(news[start..].iter().rev());
    let end = ends.take_while(|(old, new)| old == new).count();
    let middle = |words: &[&str]| {
        let words = &words[start..words.len() - end];
        cut(&words[..words.len().min(WITHIN)].join(" "))
    };
    let (before, after) = (&olds[start.saturating_sub(AROUND)..start], &olds[olds.len() - end..]);
    let parts = [
        (start > AROUND).then(|| "…".to_owned()),
        Some(before.join(" ")),
        Some(middle(&olds)).filter(|words| !words.is_empty()).map(|words| format!("[-{words}-]")),
        Some(middle(&news)).filter(|words| !words.is_empty()).map(|words| format!("{{+{words}+}}")),
        Some(after[..end.min(AROUND)].join(" ")),
        (end > AROUND).then(|| "…".to_owned()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A text without invisible characters and without control characters.
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

/// Characters that are invisible or change the direction of a text.
fn steers(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A text as inline code in Markdown, so that markup, mentions and HTML in it have no effect.
pub(crate) fn code(text: &str) -> String {
    let text = visible(text);
    if text.trim().is_empty() {
        return format!("`\"{text}\"`");
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    let edge = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    if edge { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// The longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or_default()
}
