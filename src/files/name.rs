//! Names that a file may have on every system.

use std::borrow::Cow;

use reqwest::Url;

/// The longest name of a file, in bytes: what file systems of today take.
pub(crate) const LONGEST: usize = 255;

/// The longest extension that is kept where a name is cut, in bytes and with its dot.
const LONGEST_EXTENSION: usize = 32;

/// The name of a file whose link has none.
const NAMELESS: &str = "file";

/// The last segment of the path, percent-decoded; what is no UTF-8 becomes U+FFFD.
pub(crate) fn last_segment(url: &Url) -> String {
    let segment = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    let bytes = decoded(segment.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn decoded(text: &[u8]) -> Cow<'_, [u8]> {
    if !text.contains(&b'%') {
        return text.into();
    }
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let [first, after @ ..] = rest {
        let encoded = match rest {
            [b'%', high, low, ..] => digit(high).zip(digit(low)),
            _ => None,
        };
        bytes.push(encoded.map_or(*first, |(high, low)| high * 16 + low));
        rest = if encoded.is_some() { &rest[3..] } else { after };
    }
    bytes.into()
}

/// A name that every system takes as that of one plain file.
pub(crate) struct Name {
    stem: String,
    /// With its dot, or empty.
    extension: String,
}

impl Name {
    /// The nearest such name. Characters that Windows forbids and control characters become `_`,
    /// invisible ones go; so do dots and blanks at both ends. A name that Windows reserves for a
    /// device gets a `_` before it.
    pub fn nearest(name: &str) -> Self {
        let name: String = name.chars().filter(|c| !is_invisible(*c)).map(allowed).collect();
        let name = name.trim_matches(is_loose);
        let name = match name {
            "" => NAMELESS.into(),
            name if is_reserved(name) => format!("_{name}"),
            name => name.to_owned(),
        };
        let dot = name.rfind('.').filter(|dot| name.len() - dot <= LONGEST_EXTENSION);
        let (stem, extension) = name.split_at(dot.unwrap_or(name.len()));
        Self { stem: stem.to_owned(), extension: extension.to_owned() }
    }

    /// The name with something at the end of its stem, in at most so many bytes.
    pub fn with(&self, suffix: &str, longest: usize) -> String {
        let room = longest.saturating_sub(suffix.len() + self.extension.len());
        let mut stem = &*self.stem;
        if stem.len() > room {
            let mut end = room;
            while !stem.is_char_boundary(end) {
                end -= 1;
            }
            stem = stem[..end].trim_end_matches(is_loose);
        }
        format!("{stem}{suffix}{}", self.extension)
    }
}

/// Whether every system takes it as the name of one plain file, as it is.
pub(crate) fn is_plain(name: &str) -> bool {
    Name::nearest(name).with("", LONGEST) == name
}

fn allowed(c: char) -> char {
    let forbidden = matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*') || c.is_control();
    if forbidden { '_' } else { c }
}

/// What a name does not end with on every system, nor show where it begins with it.
fn is_loose(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// Characters that show nothing, or change the direction of what is around them: two names that
/// differ in them look alike, or like one of another extension.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{2800}' | '\u{fe00}'..='\u{fe0f}' | '\u{1d159}' | '\u{fffe}'..='\u{ffff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether Windows takes it for a device, whatever its extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")).unwrap_or_default();
    let mut port = port.chars();
    matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
        || matches!((port.next(), port.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}
