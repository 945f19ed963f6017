//! Secrets in escaped notations.

/// How many characters identify a secret whose rest is cut off.
const MIN_BEGINNING: usize = 8;

/// The length of the longest escape.
const MAX_ESCAPE: usize = 8;

/// A way to escape characters.
#[derive(Clone, Copy)]
pub(super) enum Notation {
    Plain,
    /// `%2F`
    Url,
    /// `\/`, `\u002f`
    Json,
    /// `&amp;`, `&#47;`, `&#x2f;`
    Html,
}

impl Notation {
    /// How many bytes at the beginning of the text spell the secret, in any notation.
    pub fn length(text: &str, secret: &str) -> Option<usize> {
        [Self::Plain, Self::Url, Self::Json, Self::Html]
            .into_iter()
            .filter_map(|notation| notation.spelled(text, secret))
            .max()
    }

    fn spelled(self, text: &str, secret: &str) -> Option<usize> {
        let mut rest = text;
        for (i, wanted) in secret.chars().enumerate() {
            let (found, length) = match self.escaped(rest) {
                Some(escaped) => escaped,
                None if i >= MIN_BEGINNING && self.is_cut(rest) => return Some(text.len()),
                None => rest.chars().next().map(|plain| (plain, plain.len_utf8()))?,
            };
            if found != wanted {
                return None;
            }
            rest = &rest[length..];
        }
        Some(text.len() - rest.len())
    }

    /// The escaped character at the beginning, if there is one, and its length in bytes.
    fn escaped(self, text: &str) -> Option<(char, usize)> {
        match self {
            Self::Plain => None,
            Self::Url => url(text),
            Self::Json => json(text),
            Self::Html => html(text),
        }
    }

    /// Whether the text ends here or within an escape.
    fn is_cut(self, text: &str) -> bool {
        let mark = match self {
            Self::Plain => return text.is_empty(),
            Self::Url => '%',
            Self::Json => '\\',
            Self::Html => '&',
        };
        text.is_empty() || (text.len() < MAX_ESCAPE && text.starts_with(mark))
    }
}

fn url(text: &str) -> Option<(char, usize)> {
    Some((character(text.strip_prefix('%')?.get(..2)?, 16)?, 3))
}

fn json(text: &str) -> Option<(char, usize)> {
    let escape = text.strip_prefix('\\')?;
    match escape.chars().next()? {
        'u' => Some((character(escape.get(1..5)?, 16)?, 6)),
        same @ ('"' | '\\' | '/') => Some((same, 2)),
        _ => None,
    }
}

fn html(text: &str) -> Option<(char, usize)> {
    text.strip_prefix('&')?;
    let end = text.bytes().take(MAX_ESCAPE).position(|byte| byte == b';')?;
    let named = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        name => {
            let number = name.strip_prefix('#')?;
            match number.strip_prefix(['x', 'X']) {
                Some(digits) => character(digits, 16)?,
                None => character(number, 10)?,
            }
        }
    };
    Some((named, end + 1))
}

fn character(digits: &str, radix: u32) -> Option<char> {
    char::from_u32(u32::from_str_radix(digits, radix).ok()?)
}
