//! One change.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::{Class, Kind, Side, Step};

/// One change from the old document to the new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What has happened.
    pub kind: Kind,
    /// What it means.
    pub class: Class,
    /// The step of the version that it calls for.
    pub step: Step,
    /// Where, for a person: `createRoom, request: RoomSettingsRequest.quality`.
    pub place: String,
    /// The place without the operations that come to it: `RoomSettingsRequest.quality`.
    pub name: String,
    /// On which sides of calls it stands.
    pub sides: Vec<Side>,
    /// The operations that come to it, by id, or by method and path where they have none.
    #[serde(serialize_with = "list")]
    pub operations: Arc<[Arc<str>]>,
    /// What of the document the facade may have an item for.
    pub subject: Subject,
    /// Which document `pointer` leads into.
    pub document: In,
    /// A JSON pointer.
    pub pointer: String,
    /// What was there, where it can be said in a text.
    pub old: Option<String>,
    /// What is there now, where it can be said in a text.
    pub new: Option<String>,
    /// Why it is of this class.
    pub why: &'static str,
}

/// One of the two documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum In {
    /// The one before.
    Old,
    /// The one after.
    New,
}

/// What of the document the facade may have an item for, by the names of the old document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// Nothing that has a name.
    Document,
    /// Operations: those of the change.
    Operations,
    /// A schema under `components`.
    Schema(String),
    /// A field of such a schema.
    Field {
        /// The name of the schema.
        schema: String,
        /// The name of the field.
        field: String,
    },
}

fn list<S: Serializer>(items: &Arc<[Arc<str>]>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(items.iter().map(|item| &**item))
}
