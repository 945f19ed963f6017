//! Where a change stands, as a person says it, and whom it concerns.

use std::sync::Arc;

use super::{Side, Subject};

/// How the place is called where the operations that come to it go without saying.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// As the whole place is.
    Whole,
    /// Without the operations.
    Part,
    /// By its path.
    Path,
}

#[derive(Clone)]
pub(super) struct Scope {
    /// The operation, or how many there are.
    pub owner: String,
    /// What of it: `request`, `answer 2XX`, `parameter room_id`.
    pub part: String,
    /// A schema and the way into it: `Room.settings`.
    pub path: String,
    pub called: Called,
    pub sides: Vec<Side>,
    pub operations: Arc<[Arc<str>]>,
    pub subject: Subject,
}

impl Scope {
    /// The document as a whole.
    pub fn document(path: impl Into<String>) -> Self {
        Self {
            owner: String::new(),
            part: String::new(),
            path: path.into(),
            called: Called::Path,
            sides: vec![Side::Whole],
            operations: Arc::new([]),
            subject: Subject::Document,
        }
    }

    pub fn operation(id: &str) -> Self {
        Self {
            owner: id.to_owned(),
            called: Called::Whole,
            operations: Arc::new([id.into()]),
            subject: Subject::Operations,
            ..Self::document("")
        }
    }

    /// The same place with another name at its end.
    pub fn named(&self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self.clone() }
    }

    pub fn part(&self, part: impl AsRef<str>) -> Self {
        Self { part: joined(&[&self.part, part.as_ref()]), ..self.clone() }
    }

    pub fn on(&self, side: Side) -> Self {
        Self { sides: vec![side], ..self.clone() }
    }

    pub fn field(&self, field: &str) -> Self {
        let path = if self.path.is_empty() { field.to_owned() } else { format!("{}.{field}", self.path) };
        let subject = match &self.subject {
            Subject::Schema(schema) if *schema == self.path => {
                Subject::Field { schema: schema.clone(), field: field.to_owned() }
            }
            other => other.clone(),
        };
        Self { path, subject, ..self.clone() }
    }

    pub fn items(&self) -> Self {
        self.named(format!("{}[]", self.path))
    }

    pub fn extra_fields(&self) -> Self {
        self.named(format!("{}.*", self.path))
    }

    pub fn place(&self) -> String {
        let head = joined(&[&self.owner, &self.part]);
        match (head.is_empty(), self.path.is_empty()) {
            (true, _) => self.path.clone(),
            (false, true) => head,
            (false, false) => format!("{head}: {}", self.path),
        }
    }

    pub fn name(&self) -> String {
        match self.called {
            Called::Whole => self.place(),
            Called::Part => Self { owner: String::new(), ..self.clone() }.place(),
            Called::Path => self.path.clone(),
        }
    }
}

fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
