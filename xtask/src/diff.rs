//! The changes between two OpenAPI 3.0 documents, and what they mean for users of the crate.
//!
//! [`tree`] brings both documents into one form, and [`edits`] finds the differences between the trees
//! without interpreting them. `spot.rs` says where a difference is, `reach.rs` which operations reach it by
//! references, and the table in `table.rs` what it means. A change without a row in the table counts as
//! breaking on the wire.

mod changes;
mod class;
mod edits;
mod reach;
mod report;
mod spot;
mod table;
mod tree;
pub(crate) mod words;

use std::collections::BTreeSet;

use serde::Serialize;

pub use changes::compare;
pub use class::{Class, Side, Step};
pub use edits::{Edit, edits};
pub use report::{Count, Report};
pub use table::kinds;
pub use tree::tree;
pub(crate) use tree::{is_success, parameter_key, template};

/// One change from the old document to the new one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The kind of change: `field-added`.
    pub kind: &'static str,
    /// What it means.
    pub class: Class,
    /// The version step that it requires.
    pub step: Step,
    /// Where: `createRoom, request: RoomSettingsRequest.quality`.
    pub place: String,
    /// The place without the operations that reach it, if that is enough: `RoomSettingsRequest.quality`.
    pub name: String,
    /// The part of the operations.
    #[serde(skip)]
    part: String,
    #[serde(skip)]
    is_schema: bool,
    /// On which sides of calls it is.
    pub sides: BTreeSet<Side>,
    /// The operations that reach it, by id, or by method and path if they have none.
    pub operations: reach::Operations,
    /// The document that `pointer` leads into.
    pub document: In,
    /// A JSON pointer.
    pub pointer: String,
    /// The old value, if it has a short text.
    pub old: Option<String>,
    /// The new value, if it has a short text.
    pub new: Option<String>,
    /// What it is about.
    pub subject: Subject,
    /// Why it has this class.
    pub why: &'static str,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Nothing with a name.
    Document,
    /// The operations of the change.
    Operations,
    /// A schema under `components`.
    Schema(String),
    /// A field of such a schema.
    Field { schema: String, field: String },
}

impl Subject {
    fn of(path: &[String], operations: &[impl Sized]) -> Self {
        let plain = |name: &str| name.trim_matches(['[', ']']).to_owned();
        match path {
            [components, schemas, schema, rest @ ..]
                if components == "components" && schemas == "schemas" =>
            {
                match rest {
                    [properties, field, ..] if properties == "properties" => {
                        Self::Field { schema: plain(schema), field: plain(field) }
                    }
                    _ => Self::Schema(plain(schema)),
                }
            }
            _ if operations.is_empty() => Self::Document,
            _ => Self::Operations,
        }
    }
}

/// One of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum In {
    /// The old document.
    Old,
    /// The new document.
    New,
}
