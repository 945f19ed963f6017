//! JSON text, read token by token.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

use super::document::Kind;

/// A position in JSON text. Its methods return `None` where the text is not JSON.
pub(super) struct Json<'t> {
    text: &'t str,
    pub at: usize,
    /// The string that was read last has escapes.
    is_escaped: bool,
}

/// A value that was read.
pub(super) struct Read<'r, 't> {
    pub kind: Kind,
    pub json: &'r Json<'t>,
    /// Where it begins.
    pub begin: usize,
}

impl<'t> Json<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, is_escaped: false }
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// The next byte that is not white space.
    pub fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.rest().first()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Passes this byte if it comes next.
    pub fn passes(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Passes the comma in front of an element, or the byte that ends the list or object: `Some(false)`.
    pub fn next(&mut self, is_first: bool, end: u8) -> Option<bool> {
        if self.passes(end) {
            return Some(false);
        }
        (is_first || self.passes(b',')).then_some(true)
    }

    /// Reads a key and its colon.
    pub fn key(&mut self) -> Option<Cow<'t, str>> {
        self.peek()?;
        let begin = self.at;
        self.string()?;
        let key = self.string_since(begin);
        key.filter(|_| self.passes(b':'))
    }

    /// Passes this text if it comes next.
    pub fn passes_text(&mut self, text: &str) -> bool {
        let is_next = self.peek().is_some() && self.rest().starts_with(text.as_bytes());
        self.at += if is_next { text.len() } else { 0 };
        is_next
    }

    /// Reads a value that is no list and no object, and begins with this byte.
    pub fn scalar(&mut self, first: u8) -> Option<Kind> {
        let (word, kind): (&[u8], _) = match first {
            b'"' => return self.string().map(|()| Kind::String),
            b'n' => (b"null", Kind::Null),
            b't' => (b"true", Kind::Boolean),
            b'f' => (b"false", Kind::Boolean),
            _ => return self.number(),
        };
        let is_word = self.rest().starts_with(word);
        self.at += word.len();
        is_word.then_some(kind)
    }

    fn string(&mut self) -> Option<()> {
        let rest = self.rest().strip_prefix(b"\"")?;
        let length = plain(rest);
        if *rest.get(length)? != b'"' {
            return self.special_string();
        }
        self.at += length + 2;
        self.is_escaped = false;
        Some(())
    }

    /// Reads a string that has escapes, or is none.
    #[cold]
    fn special_string(&mut self) -> Option<()> {
        let begin = self.at;
        self.at += 1;
        while *self.rest().first()? != b'"' {
            self.at += if self.rest().starts_with(b"\\") { 2 } else { 1 };
        }
        self.at += 1;
        self.is_escaped = true;
        self.string_since(begin).map(|_| ())
    }

    /// The string that was read last, from this position on.
    fn string_since(&self, begin: usize) -> Option<Cow<'t, str>> {
        match self.is_escaped {
            true => self.since(begin).map(Cow::Owned),
            false => self.text.get(begin + 1..self.at - 1).map(Cow::Borrowed),
        }
    }

    fn number(&mut self) -> Option<Kind> {
        let begin = self.at;
        let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let length = self.rest().iter().take_while(is_part).count();
        // What most numbers are needs no parser: up to 15 digits, and up to 15 decimals.
        let mut parts = self.rest()[..length].split(|byte| *byte == b'.');
        let is_short = |part: &[u8]| (1..16).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
        let whole = parts.next().filter(|whole| is_short(whole) && (whole[0] != b'0' || whole.len() == 1));
        let decimals = parts.next();
        self.at += length;
        let is_plain = whole.is_some() && decimals.is_none_or(is_short) && parts.next().is_none();
        let is_integer = match is_plain {
            true => decimals.is_none(),
            false => !self.since::<Number>(begin)?.is_f64(),
        };
        Some(if is_integer { Kind::Integer } else { Kind::Number })
    }

    /// What was read since this position.
    pub fn since<T: DeserializeOwned>(&self, begin: usize) -> Option<T> {
        serde_json::from_str(self.text.get(begin..self.at)?).ok()
    }
}

impl<'t> Read<'_, 't> {
    pub fn value(&self) -> Value {
        self.json.since(self.begin).unwrap_or_default()
    }

    /// The value if it is a text.
    pub fn text(&self) -> Option<Cow<'t, str>> {
        (self.kind == Kind::String).then(|| self.json.string_since(self.begin))?
    }
}

/// The number of bytes in front of a quote, a backslash or a control character. It looks at eight at once.
fn plain(text: &[u8]) -> usize {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let (chunks, rest) = text.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        let bytes = u64::from_le_bytes(*chunk);
        // The highest bit of a byte that is less than this one, and maybe of bytes above it.
        let less = |bytes: u64, than: u8| bytes.wrapping_sub(EACH * u64::from(than)) & !bytes & (EACH << 7);
        let is = |byte: u8| less(bytes ^ (EACH * u64::from(byte)), 1);
        let ends = less(bytes, 0x20) | is(b'"') | is(b'\\');
        if ends != 0 {
            return index * 8 + ends.trailing_zeros() as usize / 8;
        }
    }
    let is_plain = |byte: &&u8| !matches!(byte, b'"' | b'\\' | 0..0x20);
    text.len() - rest.len() + rest.iter().take_while(is_plain).count()
}
