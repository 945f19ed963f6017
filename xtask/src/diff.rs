//! What has changed between two OpenAPI 3.0 documents, and what that means for users of the crate.
//!
//! Both documents are brought into one form ([`tree`]), whose differences are found without knowing what
//! they mean ([`edits`]). Where a difference lies is seen from its path (`spot.rs`), which operations reach
//! it from references (`reach.rs`), and what it means stands in one table (`table.rs`). What no row of the
//! table knows counts as breaking on the wire.

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

/// One change from the old document to the new one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What has happened: `field-added`.
    pub kind: &'static str,
    /// What it means.
    pub class: Class,
    /// The step of the version that it calls for.
    pub step: Step,
    /// Where: `createRoom, request: RoomSettingsRequest.quality`.
    pub place: String,
    /// The place without the operations that reach it, if that is enough: `RoomSettingsRequest.quality`.
    pub name: String,
    /// What of the operations it stands in.
    #[serde(skip)]
    part: String,
    #[serde(skip)]
    is_schema: bool,
    /// On which sides of calls it stands.
    pub sides: BTreeSet<Side>,
    /// The operations that reach it, by id, or by method and path where they have none.
    pub operations: reach::Operations,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum In {
    /// The one before.
    Old,
    /// The one after.
    New,
}
