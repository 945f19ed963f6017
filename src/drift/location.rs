//! The location of a value in a response and in the document.

use super::{inspection::LONGEST, shape::Name};
use crate::transport::Scrub;

/// A location in a response: the steps that lead to it.
#[derive(Clone, Copy)]
pub(super) struct Place<'p> {
    from: Option<(&'p Place<'p>, Step<'p>)>,
    pub depth: usize,
}

#[derive(Clone, Copy)]
pub(super) enum Step<'p> {
    Key(&'static str),
    /// A key that the document does not name.
    UnknownKey(&'p str),
    /// Any key of an object.
    AnyKey,
    /// Any element of a list.
    Element,
}

/// A schema that names a value or its fields.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    /// Empty if it has no name.
    pub name: &'static str,
    /// The depth of the place that it describes.
    pub depth: usize,
}

impl<'p> Place<'p> {
    /// The response itself.
    pub const ROOT: Self = Self { from: None, depth: 0 };

    pub fn to(&'p self, step: Step<'p>) -> Self {
        Self { from: Some((self, step)), depth: self.depth + 1 }
    }

    pub fn is_root(&self) -> bool {
        self.depth == 0
    }

    /// The key, if the document does not name it.
    pub fn unknown_key(&self) -> Option<&'p str> {
        match self.from {
            Some((_, Step::UnknownKey(key))) => Some(key),
            _ => None,
        }
    }

    /// Identifies the place, apart from the text of an unknown key.
    pub fn id(&self) -> usize {
        let Some((before, step)) = self.from else { return 0 };
        let step = match step {
            Step::Key(key) => key.as_ptr().addr(),
            Step::UnknownKey(_) => 1,
            Step::AnyKey => 2,
            Step::Element => 3,
        };
        fold(before.id(), step)
    }

    /// The schema of this name describes the value here.
    pub fn owner(&self, name: Name, outer: Owner) -> Owner {
        name.map_or(outer, |name| Owner { name, depth: self.depth })
    }

    /// The path in the form of [`Drift::at`](super::Drift::at).
    pub fn path(&self, scrub: &Scrub) -> String {
        let mut path = String::new();
        self.write(0, scrub, &mut path);
        match path.strip_prefix('.') {
            Some(path) => path.into(),
            None => path,
        }
    }

    /// The schema and field in the document.
    pub fn schema(&self, owner: Owner, scrub: &Scrub) -> Option<String> {
        let mut path = owner.name.to_owned();
        self.write(owner.depth, scrub, &mut path);
        (!owner.name.is_empty()).then_some(path)
    }

    /// Writes the path from this depth on. Every key is preceded by a dot, including the first one.
    fn write(&self, depth: usize, scrub: &Scrub, path: &mut String) {
        let Some((before, step)) = self.from.filter(|_| self.depth > depth) else { return };
        before.write(depth, scrub, path);
        match step {
            Step::Key(key) => push_key(key, path),
            Step::UnknownKey(key) => push_key(&scrub.text(key, LONGEST), path),
            Step::AnyKey => path.push_str(".*"),
            Step::Element => path.push_str("[]"),
        }
    }
}

/// Folds a word into a number that identifies what was folded before.
pub(super) fn fold(id: usize, word: usize) -> usize {
    (id.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95_u64 as usize)
}

/// A key that is not a plain word is quoted and escaped, so that it is safe to print.
fn push_key(key: &str, path: &mut String) {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'$');
    if !key.is_empty() && key.bytes().all(is_plain) {
        path.push('.');
        path.push_str(key);
    } else {
        path.push_str("[\"");
        path.extend(key.escape_debug());
        path.push_str("\"]");
    }
}
