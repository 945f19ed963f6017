//! Where the vendored document and the live service disagree, by the record of a client's observer
//! (feature `drift`): one line of JSON for each drift.

use std::{collections::BTreeMap, collections::BTreeSet, fmt::Write};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Result,
    diff::words::{code, visible},
};

/// A line of a record. Not the crate's own type, because this task has to run while the crate does not
/// compile.
#[derive(Debug, Deserialize)]
struct Line {
    operation: String,
    at: String,
    schema: Option<String>,
    kind: String,
    documented: Option<String>,
    seen: Option<String>,
    code: Option<String>,
    version: String,
}

/// A record, compared with the document.
#[derive(Debug, Serialize)]
pub struct Report {
    /// What the document does not say, or says differently.
    pub open: Vec<Disagreement>,
    /// What the document says since the record was written.
    pub settled: Vec<Disagreement>,
    /// The numbers of lines that cannot be read. The last line may be cut off.
    pub unread: Vec<usize>,
}

/// One way in which the two disagree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Disagreement {
    /// A schema and its field, or else a path in a response.
    pub place: String,
    /// The kind of drift: `unknown-key`, `wrong-type`, …
    pub kind: String,
    /// What the document said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documented: Option<String>,
    /// The JSON types that were received.
    pub seen: BTreeSet<String>,
    /// The unknown code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The operations whose responses it was found in.
    pub operations: BTreeSet<String>,
    /// The versions of the crate that found it.
    pub versions: BTreeSet<String>,
}

impl Report {
    /// Reads a record and compares it with a document.
    ///
    /// # Errors
    /// No line can be read. Names the first one.
    pub fn read(record: &str, document: &Value) -> Result<Self> {
        let mut found: BTreeMap<_, Disagreement> = BTreeMap::new();
        let (mut unread, mut first) = (Vec::new(), None);
        for (number, text) in record.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
            let line: Line = match serde_json::from_str(text) {
                Ok(line) => line,
                Err(error) => {
                    unread.push(number + 1);
                    first.get_or_insert_with(|| format!("line {}: {error}", number + 1));
                    continue;
                }
            };
            let place = line.schema.unwrap_or(line.at);
            let place = if place.is_empty() { "the answer".into() } else { place };
            let key = (place.clone(), line.kind.clone(), line.documented.clone(), line.code.clone());
            let known = found.entry(key).or_insert_with(|| Disagreement {
                place,
                kind: line.kind,
                documented: line.documented,
                seen: BTreeSet::new(),
                code: line.code,
                operations: BTreeSet::new(),
                versions: BTreeSet::new(),
            });
            known.seen.extend(line.seen);
            known.operations.insert(line.operation);
            known.versions.insert(line.version);
        }
        if let (true, Some(error)) = (found.is_empty(), first) {
            return Err(error.into());
        }
        let (settled, open) = found.into_values().partition(|known| known.is_settled(document));
        Ok(Self { open, settled, unread })
    }

    /// For a terminal.
    pub fn to_text(&self) -> String {
        self.write(visible)
    }

    /// For an issue or a pull request.
    pub fn to_markdown(&self) -> String {
        self.write(code)
    }

    fn write(&self, put: impl Fn(&str) -> String) -> String {
        let mut text = format!(
            "{} disagreements between the document and the service, {} settled since\n",
            self.open.len(),
            self.settled.len()
        );
        for (head, all) in [("Open", &self.open), ("Settled since", &self.settled)] {
            if !all.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(text, "\n### {head}\n\n");
            }
            for known in all {
                let _ = writeln!(text, "- {}", known.line(&put));
            }
        }
        text
    }
}

impl Disagreement {
    fn line(&self, put: &impl Fn(&str) -> String) -> String {
        let list =
            |names: &BTreeSet<String>| names.iter().map(|name| put(name)).collect::<Vec<_>>().join(", ");
        let mut line = format!("{}: {}", put(&self.place), put(&self.kind));
        if let Some(code) = &self.code {
            let _ = write!(line, " {}", put(code));
        }
        if let Some(documented) = &self.documented {
            let _ = write!(line, "; documented: {}", put(documented));
        }
        if !self.seen.is_empty() {
            let _ = write!(line, "; seen: {}", list(&self.seen));
        }
        let _ = write!(line, " ({}; version {})", list(&self.operations), list(&self.versions));
        line
    }

    /// Whether the document has the key or the code now. Only the service can answer the rest.
    fn is_settled(&self, document: &Value) -> bool {
        let schemas = &document["components"]["schemas"];
        match (self.kind.as_str(), &self.code, self.place.split_once('.')) {
            ("unknown-key", _, Some((schema, field))) => schemas[schema]["properties"].get(field).is_some(),
            ("unknown-code", Some(code), _) => {
                let lists =
                    [&schemas["ResultCode"]["x-result-codes"], &schemas["ErrorCode"]["x-error-codes"]];
                let mut codes =
                    lists.into_iter().filter_map(Value::as_array).flatten().map(|known| &known["code"]);
                codes.any(|known| known.as_str().map_or_else(|| known.to_string(), str::to_owned) == *code)
            }
            _ => false,
        }
    }
}
