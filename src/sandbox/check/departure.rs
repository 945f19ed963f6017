//! In what a request departs from the document.

use std::borrow::Cow;

use jsonschema::{
    Validator,
    error::{TypeKind, ValidationErrorKind},
};
use serde_json::Value;

/// In characters.
const LONGEST_FIELD: usize = 100;

/// In which way a value is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Problem {
    /// Missing, null, or blank text.
    Absent,
    /// Not of the documented type.
    Mistyped,
    /// Of the documented type, but not a documented value.
    Invalid,
    /// Well formed, but not acceptable.
    Refused,
    /// Not allowed in a room or a request of this kind.
    Misplaced,
    /// It would change the kind of the room.
    ChangesKind,
    /// A key that is not documented.
    Unknown,
}

/// One departure of a request body.
#[derive(Debug)]
pub(in super::super) struct Departure {
    /// JSON pointer into the body.
    pub pointer: String,
    pub problem: Problem,
    /// What the value must be, if that is known.
    pub rule: Option<Cow<'static, str>>,
}

impl Departure {
    pub fn new(pointer: &str, problem: Problem, rule: &'static str) -> Self {
        Self { pointer: pointer.to_owned(), problem, rule: Some(rule.into()) }
    }

    /// Everything in which a body departs from its schema.
    pub fn of(validator: &Validator, body: &Value) -> Vec<Self> {
        let mut departures = Vec::new();
        for error in validator.iter_errors(body) {
            let at = error.instance_path().as_str();
            let mut add = |pointer, problem, rule: Option<String>| {
                departures.push(Self { pointer, problem, rule: rule.map(Into::into) });
            };
            match error.kind() {
                ValidationErrorKind::Required { property } => {
                    let key = property.as_str().unwrap_or_default();
                    add(child(at, key), Problem::Absent, None);
                }
                ValidationErrorKind::AdditionalProperties { unexpected } => {
                    for key in unexpected {
                        add(child(at, key), Problem::Unknown, None);
                    }
                }
                _ if is_absent(error.instance()) => add(at.to_owned(), Problem::Absent, None),
                kind @ ValidationErrorKind::Type { .. } => add(at.to_owned(), Problem::Mistyped, rule(kind)),
                kind => add(at.to_owned(), Problem::Invalid, rule(kind)),
            }
        }
        departures
    }

    /// The name of the key, with dots between levels, as far as its first 100 characters.
    pub fn field(&self) -> String {
        match self.pointer.strip_prefix('/') {
            None => "body".to_owned(),
            Some("") => "\"\"".to_owned(),
            Some(path) => {
                let field = unescaped(&path.replace('/', "."));
                field.chars().take(LONGEST_FIELD).collect()
            }
        }
    }

    /// A sentence that names the field.
    pub fn sentence(&self) -> String {
        format!("{} {}.", self.field(), self.explanation())
    }

    /// What is wrong with the field.
    pub fn explanation(&self) -> String {
        let what = match self.problem {
            Problem::Absent => "is missing, null or blank",
            Problem::Mistyped => "has a value of the wrong type",
            Problem::Invalid => "has a value that is not allowed",
            Problem::Refused => "has a value that is not acceptable",
            Problem::Misplaced => "is not allowed here",
            Problem::ChangesKind => "would change the kind of the room",
            Problem::Unknown => "is not a known key",
        };
        match &self.rule {
            Some(rule) => format!("{what}: {rule}"),
            None => what.to_owned(),
        }
    }
}

/// EnableX treats empty text as an absent key.
fn is_absent(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn rule(kind: &ValidationErrorKind) -> Option<String> {
    Some(match kind {
        ValidationErrorKind::Type { kind: TypeKind::Single(json_type) } => {
            format!("must be of type {json_type}")
        }
        ValidationErrorKind::Enum { options } => format!("must be one of {options}"),
        ValidationErrorKind::Pattern { pattern } => format!("must match {pattern}"),
        ValidationErrorKind::Minimum { limit } => format!("must be at least {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("must be at most {limit}"),
        ValidationErrorKind::MaxProperties { limit } => format!("must have at most {limit} keys"),
        ValidationErrorKind::MinProperties { limit } => format!("must have at least {limit} key"),
        _ => return None,
    })
}

/// The keys of a JSON pointer as they are.
pub(super) fn unescaped(pointer: &str) -> String {
    pointer.replace("~1", "/").replace("~0", "~")
}

fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
