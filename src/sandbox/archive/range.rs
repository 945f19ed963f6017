//! Which part of a file is asked for.

use std::ops::Range;

use http::{
    HeaderMap, Method,
    header::{IF_RANGE, RANGE},
};

/// What is sent of a file.
pub(super) enum Part {
    Whole,
    From(Range<usize>),
    /// None of it: what is asked for lies behind its end.
    Beyond,
}

/// What the headers ask for. Only one range from a first byte on is honoured; what asks otherwise
/// gets the whole file.
pub(super) fn part(method: &Method, headers: &HeaderMap, tag: &str, length: usize) -> Part {
    let unchanged = headers.get(IF_RANGE).is_none_or(|asked| asked == tag);
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

/// Digits; as large as can be where they say more.
fn number(digits: &str) -> Option<usize> {
    let all_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    all_digits.then(|| digits.parse().unwrap_or(usize::MAX))
}
