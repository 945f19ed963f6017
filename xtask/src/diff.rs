//! What has changed between two OpenAPI 3.0 documents, and what that means for users of the crate.
//!
//! [`compare`] finds the changes, [`Report`] makes of them what a person or a program reads. What a
//! change means is said in one table, in `diff/rules.rs`. What says the same is no change: another
//! order of what is a set, other blanks in a text, what holds by the specification anyway.

mod change;
mod changelog;
mod class;
mod document;
mod graph;
mod group;
mod kind;
pub(crate) mod markdown;
mod pair;
pub(crate) mod pointer;
mod report;
mod rules;
mod scope;
mod text;
mod version;
mod walk;
pub(crate) mod words;

pub use change::{Change, In, Subject};
pub use class::{Class, Side, Step};
pub use kind::Kind;
pub use report::{Count, Entry, Reach, Report};
pub use version::{BadVersion, Version};

use std::cmp::Reverse;

use serde_json::Value;

use crate::document::normalise;
use pointer::Original;

/// The changes from one document to another, the most severe first. Any JSON will do.
pub fn compare(old: &Value, new: &Value) -> Vec<Change> {
    let (mut old_normal, mut new_normal) = (old.clone(), new.clone());
    normalise(&mut old_normal);
    normalise(&mut new_normal);
    let mut changes = walk::walk(&old_normal, &new_normal);
    // Pointers lead into the documents as they are.
    let mut old = Original::new(&old_normal, old);
    let mut new = Original::new(&new_normal, new);
    for change in &mut changes {
        let original = if change.document == In::Old { &mut old } else { &mut new };
        change.pointer = original.pointer(&change.pointer);
    }
    changes.sort_by_key(|change| Reverse(change.class));
    changes
}
