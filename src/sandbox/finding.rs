//! What requests depart in from the document, and are taken nevertheless.

use std::{collections::HashMap, fmt};

use serde::Serialize;

/// How many different findings are kept.
const MOST: usize = 1000;

/// A request that departs from EnableX's document in one key, and that the sandbox takes, because the
/// service was seen to take it or because public programs send it. See [`Sandbox::findings`].
///
/// It serializes as `{"operation": "createRoom", "key": "settings.duration", "document": "…",
/// "answer_known": true, "times": 1}`. It holds no value of the request.
///
/// [`Sandbox::findings`]: super::Sandbox::findings
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// The operationId of the document: `createRoom`.
    pub operation: String,
    /// The key in the body, with dots between levels: `settings.duration`. Its first 100 characters.
    pub key: String,
    /// What the document says: `must be an integer`.
    pub document: String,
    /// Whether logs of the service show how it answers. Otherwise the sandbox answers as if the request had
    /// been as documented.
    pub answer_known: bool,
    /// How many requests departed in this way.
    pub times: u64,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { operation, key, document, .. } = self;
        let answer =
            if self.answer_known { "the service takes it" } else { "the service's answer is not known" };
        // A key may have any characters.
        write!(f, "{operation}: {} {document} ({answer})", key.escape_debug())
    }
}

/// The different findings, in the order in which they were made.
#[derive(Default)]
pub(super) struct Findings {
    all: Vec<Finding>,
    /// Where each is, by its operation, its key and what the document says.
    places: HashMap<[String; 3], usize>,
}

impl Findings {
    /// Counts a finding. Returns it if it is a new one.
    pub fn add(&mut self, finding: Finding) -> Option<Finding> {
        let id = [&finding.operation, &finding.key, &finding.document].map(String::clone);
        if let Some(place) = self.places.get(&id) {
            self.all[*place].times += 1;
            return None;
        }
        if self.all.len() == MOST {
            return None;
        }
        self.places.insert(id, self.all.len());
        self.all.push(finding.clone());
        Some(finding)
    }

    pub fn all(&self) -> &[Finding] {
        &self.all
    }
}
