//! File names that every operating system takes.

use percent_encoding::percent_decode_str;
use reqwest::Url;

/// The longest file name that common file systems take, in bytes.
pub(crate) const LONGEST: usize = 255;

/// The same on file systems with a lower limit, such as those that encrypt names.
pub(crate) const LONGEST_OF_SOME: usize = 128;

/// The longest extension that is kept when a name is cut, in bytes and with its dot.
const LONGEST_EXTENSION: usize = 32;

/// The name of a file whose link has none.
const NAMELESS: &str = "file";

/// The last segment of the path, percent-decoded. Bytes that are not UTF-8 become U+FFFD.
pub(crate) fn last_segment(url: &Url) -> String {
    let segment = url.path_segments().and_then(|mut segments| segments.next_back()).unwrap_or_default();
    percent_decode_str(segment).decode_utf8_lossy().into_owned()
}

/// A name of one plain file on every operating system.
pub(crate) struct Name {
    stem: String,
    /// With its dot, or empty.
    extension: String,
}

impl Name {
    /// The nearest such name. Characters that Windows forbids and control characters become `_`. Invisible
    /// characters are removed, and so are dots and blanks at both ends. A name that Windows reserves for a
    /// device gets the prefix `_`.
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

    /// The name with a suffix behind its stem. The stem is cut where the name would have more than `longest`
    /// bytes.
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

/// Whether this is the name of one plain file on every operating system, unchanged.
pub(crate) fn is_plain(name: &str) -> bool {
    Name::nearest(name).with("", LONGEST) == name
}

fn allowed(c: char) -> char {
    let forbidden = matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*') || c.is_control();
    if forbidden { '_' } else { c }
}

/// Dots and blanks. Windows drops them at the end of a name; a name that begins with a dot is hidden on Unix.
fn is_loose(c: char) -> bool {
    c == '.' || c.is_whitespace()
}

/// Characters that have no shape of their own or change the direction of the text around them. Two names that
/// differ in them alone look the same, and a name may look as if it had another extension.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}'..='\u{ffff}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether Windows reserves the name for a device, with or without an extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")).unwrap_or_default();
    let mut port = port.chars();
    matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$" | "CLOCK$")
        || matches!((port.next(), port.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
}
