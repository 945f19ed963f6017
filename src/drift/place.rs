//! Where a look is.

use super::document::Schema;

/// A place of the document: what stands from here on in the path belongs to this schema.
#[derive(Clone, Copy)]
pub(super) struct Owner<'d> {
    /// Empty where the schema has no name.
    pub name: &'d str,
    /// Where in the path it begins.
    pub from: usize,
}

/// A schema that holds for a value, and whose fields it has.
#[derive(Clone, Copy)]
pub(super) struct Part<'d> {
    pub schema: &'d Schema,
    pub owner: Owner<'d>,
}

/// The path from the root of an answer; every key has its dot before it here, the first one too.
#[derive(Default)]
pub(super) struct Place(String);

impl Place {
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Back to where it was so long.
    pub fn back(&mut self, len: usize) {
        self.0.truncate(len);
    }

    /// A step down, to a key. One that is no plain word is quoted, so that it cannot be taken for a path,
    /// and has nothing in it that a terminal would act on.
    pub fn key(&mut self, key: &str) {
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

    /// A step down, to any key of an object that may have any.
    pub fn any_key(&mut self) {
        self.0.push_str(".*");
    }

    /// A step down, to any element of a list.
    pub fn element(&mut self) {
        self.0.push_str("[]");
    }

    /// As it is told.
    pub fn path(&self) -> &str {
        self.0.strip_prefix('.').unwrap_or(&self.0)
    }

    /// The place in the document.
    pub fn schema(&self, owner: Owner<'_>) -> Option<String> {
        (!owner.name.is_empty()).then(|| format!("{}{}", owner.name, &self.0[owner.from..]))
    }
}
