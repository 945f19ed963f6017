//! The location of a value in a response and in the document.

use super::document::Schema;

/// A schema and where its part of a path begins.
#[derive(Clone, Copy)]
pub(super) struct Owner<'d> {
    /// The name of the schema; empty if it has none.
    pub name: &'d str,
    /// The length of the path in front of it.
    pub from: usize,
}

/// A schema that applies to a value.
#[derive(Clone, Copy)]
pub(super) struct Part<'d> {
    pub schema: &'d Schema,
    pub owner: Owner<'d>,
}

/// The path from the root of a response. Every key is preceded by a dot, including the first one.
#[derive(Default)]
pub(super) struct Location(String);

impl Location {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Goes back to a location whose path had this length.
    pub fn truncate(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// Goes down to a key. One that is not a plain word is quoted and escaped, so that it is safe to print.
    pub fn push_key(&mut self, key: &str) {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$');
        if !key.is_empty() && key.bytes().all(is_plain) {
            self.0.push('.');
            self.0.push_str(key);
        } else {
            self.0.push_str("[\"");
            self.0.extend(key.escape_debug());
            self.0.push_str("\"]");
        }
    }

    /// Goes down to any key of an object.
    pub fn push_any_key(&mut self) {
        self.0.push_str(".*");
    }

    /// Goes down to any element of a list.
    pub fn push_element(&mut self) {
        self.0.push_str("[]");
    }

    /// The path in the form of [`Drift::at`](super::Drift::at).
    pub fn path(&self) -> &str {
        self.0.strip_prefix('.').unwrap_or(&self.0)
    }

    /// The schema and field in the document.
    pub fn schema(&self, owner: Owner<'_>) -> Option<String> {
        (!owner.name.is_empty()).then(|| format!("{}{}", owner.name, &self.0[owner.from..]))
    }
}
