//! The range of a file that a request wants.

use std::ops::Range;

use http::{
    HeaderMap, Method,
    header::{IF_RANGE, RANGE},
};

/// The part of a file to send.
pub(super) enum Part {
    Whole,
    From(Range<usize>),
    /// Nothing: the range begins after the end of the file.
    Beyond,
}

/// Reads the headers. A single range that names its first byte is honoured; anything else gets the whole
/// file.
pub(super) fn part(method: &Method, headers: &HeaderMap, tag: &str, length: usize) -> Part {
    let unchanged = headers.get(IF_RANGE).is_none_or(|expected| expected == tag);
    if *method != Method::GET || !unchanged {
        return Part::Whole;
    }
    let mut given = headers.get_all(RANGE).iter();
    let (Some(range), None) = (given.next(), given.next()) else { return Part::Whole };
    let Some((first, last)) = range.to_str().ok().and_then(bytes) else { return Part::Whole };
    if first >= length {
        return Part::Beyond;
    }
    Part::From(first..last.saturating_add(1).min(length))
}

/// The first byte and the last.
fn bytes(range: &str) -> Option<(usize, usize)> {
    let (unit, range) = range.split_once('=')?;
    let (first, last) = range.split_once('-')?;
    let first = number(first)?;
    let last = if last.is_empty() { usize::MAX } else { number(last)? };
    (unit.eq_ignore_ascii_case("bytes") && first <= last).then_some((first, last))
}

/// Reads digits; [`usize::MAX`] if there are too many.
fn number(digits: &str) -> Option<usize> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| digits.parse().unwrap_or(usize::MAX))
}
