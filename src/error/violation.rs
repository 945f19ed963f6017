//! Rules that the input breaks.

use std::{borrow::Cow, convert::Infallible, fmt};

/// How many characters of an offending value are kept.
const MAX_VALUE: usize = 200;

/// One rule that the input breaks. It is found before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    field: Cow<'static, str>,
    rule: Cow<'static, str>,
    value: Option<String>,
}

impl Violation {
    pub(crate) fn new(
        field: impl Into<Cow<'static, str>>,
        rule: impl Into<Cow<'static, str>>,
        value: Option<&str>,
    ) -> Self {
        let value = value.map(|value| clip(value, MAX_VALUE));
        Self { field: field.into(), rule: rule.into(), value }
    }

    /// The same violation for another field.
    pub(crate) fn of_field(self, field: impl Into<Cow<'static, str>>) -> Self {
        Self { field: field.into(), ..self }
    }

    /// The violation of a required text that is empty or blank.
    pub(crate) fn of_blank(field: &'static str, text: &str) -> Option<Self> {
        let blank = text.trim().is_empty();
        blank.then(|| Self::new(field, "must not be empty or blank", Some(text)))
    }

    /// The field in EnableX's spelling, as a path: `settings.moderators`.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The rule that it breaks.
    pub fn rule(&self) -> &str {
        &self.rule
    }

    /// The offending value, clipped to 200 characters. `None` if there is none or if it is a secret.
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.field, self.rule)?;
        match &self.value {
            Some(value) => write!(f, " (got {value:?})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Violation {}

impl From<Infallible> for Violation {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

/// The text, or its first characters and an ellipsis.
pub(crate) fn clip(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
