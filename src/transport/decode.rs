//! Lenient decoding of a response whose fields have other types than the document says.
//!
//! A response is decoded once. If that fails, the value at the failing path is moved aside and the rest
//! is decoded again: a field of a wrong type costs that field alone, and is kept raw in the `extra` of
//! its object.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use serde_path_to_error::Segment;

use crate::wire::ASIDE;

/// How many fields may be moved aside. A field of all elements of a list counts once. No response of
/// the document has as many fields.
const MAX_FIELDS: usize = 64;

/// How many bytes may be decoded in all rounds together, so that a large body does not take long.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Decodes as much as possible of a body that failed to decode. The payload, at this depth, is not a
/// field: without it the response is not understood.
pub(crate) fn decode_lenient<T: DeserializeOwned>(
    payload_depth: usize,
    body: &[u8],
) -> serde_json::Result<T> {
    let parsed = serde_json::from_slice(body);
    let mut value: Value =
        parsed.or_else(|error| serde_json::from_slice(&mended(body)).map_err(|_| error))?;
    for _ in 0..(MAX_BYTES / body.len().max(1)).min(MAX_FIELDS) {
        let error = match serde_path_to_error::deserialize(&value) {
            Ok(decoded) => return Ok(decoded),
            Err(error) => error,
        };
        let path: Vec<&Segment> = error.path().iter().collect();
        // serde's message for any list.
        let is_list = error.inner().to_string().contains("expected a sequence");
        if is_list && empty_lists(&mut value, &path) {
            continue;
        }
        if path.len() <= payload_depth || !move_aside(&mut value, &path) {
            return Err(error.into_inner());
        }
    }
    T::deserialize(&value)
}

/// The body as valid JSON text: without a byte order mark, with U+FFFD for bytes that are not UTF-8 and
/// for lone surrogates (half of an emoji), and with numbers that exceed an `f64` as strings.
pub(super) fn mended(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let mut mended = String::with_capacity(text.len());
    let mut rest = text.trim_start_matches('\u{feff}');
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        mended.push_str(before);
        let (keep, replace) = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(Half::High), Some(Half::Low)) => (12, false),
            (Some(_), _) => (6, true),
            // The escaped character may be of any length.
            (None, _) => (1 + escape[1..].chars().next().map_or(0, char::len_utf8), false),
        };
        mended.push_str(if replace { r"\ufffd" } else { &escape[..keep] });
        rest = &escape[keep..];
    }
    mended.push_str(rest);
    with_large_numbers_as_text(&mended).into_bytes()
}

/// serde_json refuses a whole body for one number that an `f64` cannot hold.
fn with_large_numbers_as_text(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '-' | '0'..='9' => {
                rest.find(|c| !matches!(c, '-' | '+' | '.' | 'e' | 'E' | '0'..='9')).unwrap_or(rest.len())
            }
            other => other.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        let is_large = first != '"' && token.parse().is_ok_and(|number: f64| number.is_infinite());
        let quote = if is_large { "\"" } else { "" };
        text.extend([quote, token, quote]);
        rest = after;
    }
    text
}

/// The length of the string at the beginning, with its quotes.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let is_end = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        is_end
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

enum Half {
    High,
    Low,
}

/// Which half of a surrogate pair the escape at the beginning is.
fn surrogate(escape: &str) -> Option<Half> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xD800..=0xDBFF => Some(Half::High),
        0xDC00..=0xDFFF => Some(Half::Low),
        _ => None,
    }
}

/// Replaces an empty value of another type, `{}` or a blank text, by an empty list: at the path, and at
/// the same path of all other elements of the lists on it.
fn empty_lists(value: &mut Value, path: &[&Segment]) -> bool {
    let Some((segment, rest)) = path.split_first() else {
        let is_empty = match &*value {
            Value::Object(object) => object.is_empty(),
            Value::String(text) => text.trim().is_empty(),
            _ => false,
        };
        if is_empty {
            *value = Value::Array(Vec::new());
        }
        return is_empty;
    };
    match (segment, value) {
        (Segment::Map { key }, Value::Object(object)) => {
            object.get_mut(key).is_some_and(|value| empty_lists(value, rest))
        }
        (Segment::Seq { .. }, Value::Array(items)) => {
            let mut any = false;
            for item in items {
                any |= empty_lists(item, rest);
            }
            any
        }
        _ => false,
    }
}

/// Moves the value at the path aside, and with it the same field of all other elements of the lists on
/// the path if it has the same type: scalars never fail, so it would fail again.
fn move_aside(value: &mut Value, path: &[&Segment]) -> bool {
    let Some(kind) = find(value, path).map(std::mem::discriminant) else { return false };
    move_all(value, path, kind)
}

fn find<'v>(value: &'v Value, path: &[&Segment]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, segment| match segment {
        Segment::Map { key } => value.get(key),
        Segment::Seq { index } => value.get(index),
        Segment::Enum { .. } | Segment::Unknown => None,
    })
}

fn move_all(value: &mut Value, path: &[&Segment], kind: std::mem::Discriminant<Value>) -> bool {
    let Some((segment, rest)) = path.split_first() else { return false };
    let has_kind = |value: &Value| std::mem::discriminant(value) == kind;
    let mut moved = false;
    match (segment, value) {
        (Segment::Map { key }, Value::Object(object)) if !rest.is_empty() => {
            moved = object.get_mut(key).is_some_and(|value| move_all(value, rest, kind));
        }
        (Segment::Map { key }, Value::Object(object)) if object.get(key).is_some_and(has_kind) => {
            let odd = object.remove(key).unwrap_or_default();
            object.insert(format!("{ASIDE}{key}"), odd);
            moved = true;
        }
        (Segment::Seq { .. }, Value::Array(items)) => {
            for item in items {
                if !rest.is_empty() {
                    moved |= move_all(item, rest, kind);
                } else if has_kind(item) {
                    // An element has no key: it becomes an object with the empty key.
                    *item = Value::Object(Map::from_iter([(String::new(), item.take())]));
                    moved = true;
                }
            }
        }
        _ => {}
    }
    moved
}
