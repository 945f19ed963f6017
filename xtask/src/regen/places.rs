//! What wants a hand after a document was taken in: what the compiler finds, and what it cannot see.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use serde::Serialize;
use serde_json::Value;

use crate::{
    Result,
    diff::{
        Change, Side, Subject,
        words::{cut, visible},
    },
    document,
};

/// A place that wants a hand.
#[derive(Debug, PartialEq, Serialize)]
pub struct Place {
    pub file: String,
    pub line: Option<u32>,
    pub message: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        write!(f, "{}{line}: {}", self.file, visible(&self.message))
    }
}

/// The actions of the overlay that no longer fit.
pub fn of_overlay(document: &Value, overlay: &Value) -> Result<Vec<Place>> {
    let unfit = document::apply(&mut document.clone(), overlay)?;
    let place =
        |unfit| Place { file: super::OVERLAY.into(), line: None, message: format!("take it out: {unfit}") };
    Ok(unfit.into_iter().map(place).collect())
}

/// The files whose lists and rules follow the document by hand, as far as they do not have a change yet.
pub fn of_changes(root: &Path, changes: &[Change]) -> Vec<Place> {
    let (mut places, sources): (Vec<Place>, _) = (Vec::new(), Sources::of(root));
    for change in changes {
        let Some((file, word, what)) = hand(&sources, change) else { continue };
        let has_it =
            word.is_some_and(|word| sources.0.get(Path::new(&file)).is_some_and(|text| text.contains(&word)));
        let value = change.new.as_ref().map(|new| format!(" ({})", cut(new))).unwrap_or_default();
        let message = format!("{}{value}: {what}", change.name);
        if !has_it && !places.iter().any(|known| known.message == message) {
            places.push(Place { file, line: None, message });
        }
    }
    places
}

/// The file that a change concerns, the text that it has once that is done, and what to do.
fn hand(sources: &Sources, change: &Change) -> Option<(String, Option<String>, &'static str)> {
    let (schema, field) = match &change.subject {
        Subject::Schema(schema) => (&**schema, ""),
        Subject::Field { schema, field } => (&**schema, &**field),
        Subject::Document | Subject::Operations => ("", ""),
    };
    let id = change.operations.first().map(|id| &**id).unwrap_or_default();
    let is_on = |side| change.sides.contains(&side);
    let quoted = |word: &str| Some(format!("{word:?}"));
    let declared = || sources.find(&[&format!("pub enum {schema} as "), &format!("pub struct {schema} ")]);
    let (operations, codes) = ("src/transport/operations.rs", "src/error/code.rs");
    Some(match change.kind {
        "operation-added" => (
            operations.into(),
            quoted(id),
            "a row, and its envelope; then a method of the facade, and a row in src/sandbox/api.rs",
        ),
        "operation-removed" => (operations.into(), None, "its row goes, and the one in src/sandbox/api.rs"),
        "deprecated" => {
            let named = match field {
                "" => [format!("(`{id}`"), format!(" `{id}`)")],
                field => [format!("fn {field}("), format!(" {field}:")],
            };
            (sources.find(&named.each_ref().map(String::as_str))?, None, "#[deprecated] on its method")
        }
        "field-added" | "required-field-added" if is_on(Side::Request) => {
            (sources.setters(schema)?, Some(format!(" {field}")), "a setter")
        }
        "field-added" if is_on(Side::Answer) => {
            (sources.find(&[&format!("    {schema} {{")])?, Some(format!(" {field}")), "an accessor")
        }
        "schema-added" if is_on(Side::Answer) && !schema.ends_with("Response") => {
            ("src/lib.rs".into(), Some(schema.to_owned()), "an export, if it is no envelope")
        }
        "enum-value-added" => (declared()?, quoted(change.new.as_deref()?), "a variant"),
        "enum-value-removed" => (declared()?, None, "its variant goes"),
        "result-code-added" => {
            let code = change.name.rsplit(' ').next().map(str::to_owned);
            (codes.into(), code, "a line with its meaning and advice")
        }
        "result-code-changed" => (codes.into(), None, "its line follows"),
        kind if kind.starts_with("limit-") && is_on(Side::Request) => {
            let rules = schema.starts_with("RoomSettings").then(|| "src/rooms/settings/rules.rs".to_owned());
            (rules.or_else(declared).or_else(|| sources.setters(schema))?, None, "the rule follows")
        }
        "server-url-changed" | "server-removed" => {
            ("src/client/base_url.rs".into(), None, "the address follows")
        }
        "security-changed" => ("src/transport/authorized.rs".into(), None, "the credentials follow"),
        _ => return None,
    })
}

/// The files of `src/` by their paths in the workspace.
struct Sources(BTreeMap<PathBuf, String>);

impl Sources {
    fn of(root: &Path) -> Self {
        let (mut sources, mut folders) = (BTreeMap::new(), vec![root.join("src")]);
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if let (Ok(text), Ok(name)) = (fs::read_to_string(&path), path.strip_prefix(root)) {
                    sources.insert(name.to_owned(), text);
                }
            }
        }
        Self(sources)
    }

    /// The first file that has one of these texts.
    fn find(&self, texts: &[&str]) -> Option<String> {
        let first = |text: &&str| self.0.iter().find(|(_, source)| source.contains(*text));
        texts.iter().find_map(first).map(|(path, _)| path.to_string_lossy().into_owned())
    }

    /// The file with the setters of a request, by the patterns of the unit tests.
    fn setters(&self, schema: &str) -> Option<String> {
        let (_, pattern) =
            self.0.get(Path::new("src/document_tests.rs"))?.split_once(&format!("|{schema} {{"))?;
        pattern.split('"').nth(1).and_then(|files| files.split(',').next()).map(str::to_owned)
    }
}
