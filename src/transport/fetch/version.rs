//! The version of a file, by the headers of a response.

use reqwest::header::{ETAG, HeaderMap, HeaderValue, LAST_MODIFIED};

/// What identifies the version of a file, as far as the server says.
#[derive(Clone, Default)]
pub(super) struct Version {
    /// `ETag`, or else `Last-Modified`.
    pub validator: Option<HeaderValue>,
    pub total: Option<u64>,
}

impl Version {
    pub fn of(headers: &HeaderMap, total: Option<u64>) -> Self {
        let validator = headers.get(ETAG).or_else(|| headers.get(LAST_MODIFIED)).cloned();
        Self { validator, total }
    }

    /// The validator for `If-Range`: not a weak tag.
    pub fn strong(&self) -> Option<&HeaderValue> {
        self.validator.as_ref().filter(|validator| !validator.as_bytes().starts_with(b"W/"))
    }

    /// Whether a part of the other version fits. It has to repeat the tag, if there is one.
    pub fn takes(&self, other: &Self) -> bool {
        let is_tag = |validator: &HeaderValue| matches!(validator.as_bytes(), [b'"' | b'W', ..]);
        let needs_tag = self.validator.as_ref().is_some_and(is_tag);
        self.may_be(other) && (!needs_tag || other.validator.is_some())
    }

    pub fn is_known(&self) -> bool {
        self.validator.is_some() || self.total.is_some()
    }

    /// Whether nothing that both have differs.
    pub fn may_be(&self, other: &Self) -> bool {
        let validators = self.validator.as_ref().zip(other.validator.as_ref());
        let totals = self.total.zip(other.total);
        validators.is_none_or(|(this, that)| this == that) && totals.is_none_or(|(this, that)| this == that)
    }
}

/// First byte and total length, as far as they are given.
pub(super) fn content_range(text: &str) -> Option<(Option<u64>, Option<u64>)> {
    let (unit, range) = text.split_once(' ')?;
    let (range, total) = range.split_once('/').filter(|_| unit.eq_ignore_ascii_case("bytes"))?;
    Some((range.split('-').next().and_then(|first| first.parse().ok()), total.parse().ok()))
}
