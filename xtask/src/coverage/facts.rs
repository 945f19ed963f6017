//! What the body of one function does, as far as it matters here.

use std::collections::BTreeSet;

use super::index::Field;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Field(Field),
    /// A text in the source.
    Text(String),
    /// The argument of this function at this place.
    Argument(usize, usize),
    /// What this function hands back.
    Returned(usize),
}

/// What is known of an expression.
#[derive(Clone, Default)]
pub struct Value {
    /// The type that it is about.
    pub about: Option<String>,
    /// Where it is of no type of the crate's: the one that it was made of.
    pub made_of: Option<String>,
    pub origins: BTreeSet<Origin>,
    /// The elements of a tuple.
    pub parts: Vec<Value>,
}

impl Value {
    pub fn about(about: Option<String>) -> Self {
        Self { about, ..Self::default() }
    }

    pub fn of(origin: Origin) -> Self {
        Self { origins: [origin].into(), ..Self::default() }
    }

    /// One or the other: the first that is known.
    pub fn or(mut self, other: Self) -> Self {
        self.origins.extend(other.origins);
        Self {
            about: self.about.or(other.about),
            made_of: self.made_of.or(other.made_of),
            parts: if self.parts.is_empty() { other.parts } else { self.parts },
            ..self
        }
    }

    /// The same, made with the help of another one.
    pub fn with(mut self, other: &Self) -> Self {
        self.origins.extend(other.origins.iter().cloned());
        self
    }
}

/// A field that is given a value.
#[derive(Debug)]
pub struct Write {
    pub field: Field,
    pub origins: BTreeSet<Origin>,
    /// Nothing is set by it: `None`, a default, or what the field of that name had before.
    pub sets_nothing: bool,
}

/// A call of the generated client.
#[derive(Debug)]
pub struct Sent {
    /// The generated method.
    pub method: String,
    /// Variants of the crate's own enums, in whose arm the call stands.
    pub within: Vec<Field>,
    /// The types that the arguments are about or were made of.
    pub arguments: Vec<Option<String>>,
}

#[derive(Debug, Default)]
pub struct Facts {
    pub calls: BTreeSet<usize>,
    pub sent: Vec<Sent>,
    pub reads: BTreeSet<Field>,
    pub writes: Vec<Write>,
    /// Variants that are made.
    pub variants: BTreeSet<Field>,
    /// Texts in it, and constants that are texts.
    pub texts: BTreeSet<String>,
    /// Keys by which something is looked up.
    pub keys: BTreeSet<Origin>,
    /// What the arguments of functions are given, by their places.
    pub given: Vec<(usize, usize, BTreeSet<Origin>)>,
    /// Words and numbers, and the variant of an enum that each stands for.
    pub words: Vec<(String, Field)>,
}
