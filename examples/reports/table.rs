//! A table with columns of fixed width, so that a row can be printed before the next one is known.

pub struct Column {
    title: &'static str,
    /// `None` for the last column, which has no limit.
    width: Option<usize>,
    right: bool,
}

impl Column {
    pub const fn left(title: &'static str, width: usize) -> Self {
        Self { title, width: Some(width), right: false }
    }

    pub const fn right(title: &'static str, width: usize) -> Self {
        Self { title, width: Some(width), right: true }
    }

    pub const fn last(title: &'static str) -> Self {
        Self { title, width: None, right: false }
    }
}

pub fn header(columns: &[Column]) -> String {
    line(columns, columns.iter().map(|column| column.title))
}

pub fn line(columns: &[Column], cells: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    let cells = columns.iter().zip(cells).map(|(column, text)| cell(column, text.as_ref()));
    cells.collect::<Vec<_>>().join("  ")
}

fn cell(column: &Column, text: &str) -> String {
    let text = text.chars().flat_map(escaped);
    let Some(width) = column.width else { return text.collect() };
    let (text, taken) = clip(text, width);
    let blank = " ".repeat(width - taken);
    if column.right { blank + &text } else { text + &blank }
}

/// The part of the text that fits, and how many columns it takes.
fn clip(text: impl Iterator<Item = char>, width: usize) -> (String, usize) {
    let mut kept = String::new();
    let mut taken = 0;
    // The end of the text if an ellipsis follows.
    let mut fits = (0, 0);
    for c in text {
        taken += columns(c);
        if taken > width {
            kept.truncate(fits.0);
            kept.push('…');
            return (kept, fits.1 + 1);
        }
        kept.push(c);
        if taken < width {
            fits = (kept.len(), taken);
        }
    }
    (kept, taken)
}

/// Escapes characters that control a terminal or change the direction of text, and the backslash.
fn escaped(c: char) -> impl Iterator<Item = char> {
    let is_escaped = c.is_control()
        || matches!(c, '\\' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}');
    let (escaped, plain) = if is_escaped { (Some(c.escape_default()), None) } else { (None, Some(c)) };
    escaped.into_iter().flatten().chain(plain)
}

/// About how many columns a terminal takes for the character.
fn columns(c: char) -> usize {
    match c {
        // Combining marks, joiners, variation selectors.
        '\u{300}'..='\u{36f}' | '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => 0,
        // East Asian scripts and emoji.
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => 2,
        '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' => 2,
        '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
