//! What is wrong with a request.

use std::borrow::Cow;

use jsonschema::{Validator, error::ValidationErrorKind};
use serde_json::Value;

/// In which way a value is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Wrong {
    /// Missing, null, or blank text.
    Absent,
    /// Another type than the documented one.
    Mistyped,
    /// The type is right, the value is none of the documented ones.
    Invalid,
    /// Well formed, and yet not acceptable.
    Refused,
    /// Not for a room or a request of this kind.
    Misplaced,
    /// It would turn the room into one of another kind.
    ChangesKind,
    /// A key that is not documented.
    Unknown,
}

/// One thing that is wrong.
#[derive(Debug)]
pub(super) struct Finding {
    /// JSON pointer into the body.
    pub pointer: String,
    pub wrong: Wrong,
    /// What the value must be, as far as more can be said of it.
    pub rule: Option<Cow<'static, str>>,
}

impl Finding {
    pub fn new(pointer: &str, wrong: Wrong, rule: &'static str) -> Self {
        Self { pointer: pointer.to_owned(), wrong, rule: Some(rule.into()) }
    }

    /// Everything by which a body departs from its schema.
    pub fn of(validator: &Validator, body: &Value) -> Vec<Self> {
        let mut findings = Vec::new();
        for error in validator.iter_errors(body) {
            let at = error.instance_path().as_str();
            let mut add = |pointer, wrong, rule: Option<String>| {
                findings.push(Self { pointer, wrong, rule: rule.map(Into::into) });
            };
            match error.kind() {
                ValidationErrorKind::Required { property } => {
                    let key = property.as_str().unwrap_or_default();
                    add(child(at, key), Wrong::Absent, None);
                }
                ValidationErrorKind::AdditionalProperties { unexpected } => {
                    for key in unexpected {
                        add(child(at, key), Wrong::Unknown, None);
                    }
                }
                _ if is_absent(error.instance()) => add(at.to_owned(), Wrong::Absent, None),
                ValidationErrorKind::Type { .. } => add(at.to_owned(), Wrong::Mistyped, None),
                kind => add(at.to_owned(), Wrong::Invalid, rule(kind)),
            }
        }
        findings
    }

    /// The name of the key, with dots between levels.
    pub fn field(&self) -> String {
        let path = self.pointer.trim_start_matches('/').replace('/', ".");
        if path.is_empty() { "body".to_owned() } else { path.replace("~1", "/").replace("~0", "~") }
    }

    /// A sentence that names the field.
    pub fn sentence(&self) -> String {
        let what = match self.wrong {
            Wrong::Absent => "is missing, null or blank",
            Wrong::Mistyped => "has a value of the wrong type",
            Wrong::Invalid => "has a value that is not allowed",
            Wrong::Refused => "has a value that is not acceptable",
            Wrong::Misplaced => "is not allowed here",
            Wrong::ChangesKind => "would change the kind of the room",
            Wrong::Unknown => "is not a known key",
        };
        let field = self.field();
        match &self.rule {
            Some(rule) => format!("{field} {what}: {rule}."),
            None => format!("{field} {what}."),
        }
    }
}

/// EnableX takes empty text for an absent key.
fn is_absent(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn rule(kind: &ValidationErrorKind) -> Option<String> {
    Some(match kind {
        ValidationErrorKind::Enum { options } => format!("must be one of {options}"),
        ValidationErrorKind::Pattern { pattern } => format!("must match {pattern}"),
        ValidationErrorKind::Minimum { limit } => format!("must be at least {limit}"),
        ValidationErrorKind::Maximum { limit } => format!("must be at most {limit}"),
        ValidationErrorKind::MaxProperties { limit } => format!("must have at most {limit} keys"),
        ValidationErrorKind::MinProperties { limit } => format!("must have at least {limit} key"),
        _ => return None,
    })
}

fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
