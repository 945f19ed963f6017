//! What the document has: operations, the fields of schemas and what they are for, words, parameters.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use roas_overlay::apply::{Apply, ApplyOptions};
use serde_json::{Map, Value};

use crate::{Result, document::METHODS};

mod properties;
mod references;

pub use properties::Property;
use properties::properties;
use references::{name_of_schema, reached};

#[derive(Default)]
pub struct Operation {
    /// As in `POST /rooms`.
    pub route: String,
    /// The schema of its success.
    pub answer: Option<String>,
    /// The component, or else the operation, and the name in the path.
    pub parameters: BTreeSet<(String, String)>,
}

#[derive(Default)]
pub struct Document {
    pub operations: BTreeMap<String, Operation>,
    pub properties: Vec<Property>,
    /// Schemas and the words or numbers that they list.
    pub words: Vec<(String, String)>,
    /// The schemas of bodies, and what each of them is made of.
    pub bodies: BTreeMap<String, BTreeSet<String>>,
    /// The schemas of which each successful answer is made.
    pub answers: BTreeSet<String>,
    /// The schemas of which failures are made.
    pub failures: BTreeSet<String>,
}

impl Document {
    /// Reads the document at `root`, and its overlay for the types that schemas have.
    pub fn read(root: &Path) -> Result<Self> {
        let whole: Value = read(&root.join("openapi/video.json"))?;
        let mut seen = whole.clone();
        let path = root.join("openapi/overlay.json");
        let overlay: roas_overlay::v1_0::Overlay = read(&path)?;
        overlay
            .apply(&mut seen, ApplyOptions::ErrorOnZeroMatch.into())
            .map_err(|error| format!("{}: {error}", path.display()))?;

        let mut document = Self::default();
        for (path, item) in objects(&whole["paths"]) {
            let shared = &item["parameters"];
            for (method, operation) in objects(item).filter(|(method, _)| METHODS.contains(&method.as_str()))
            {
                document.operation(&whole, path, method, operation, shared);
            }
        }
        for (name, schema) in objects(&whole["components"]["schemas"]) {
            document.properties.extend(properties(name, schema, &whole, &seen));
            document.words.extend(words(schema).map(|word| (name.clone(), word)));
        }
        Ok(document)
    }

    fn operation(&mut self, whole: &Value, path: &str, method: &str, operation: &Value, shared: &Value) {
        let route = format!("{} {path}", method.to_uppercase());
        let id = operation["operationId"].as_str().unwrap_or(&route).to_owned();
        let body = &operation["requestBody"];
        if let Some(name) = name_of_schema(whole, body) {
            self.bodies.insert(name, reached(whole, body));
        }
        let mut answer = None;
        for (status, response) in objects(&operation["responses"]) {
            let made_of = reached(whole, response);
            if status.starts_with('2') {
                answer = answer.or_else(|| name_of_schema(whole, response));
                self.answers.extend(made_of);
            } else {
                self.failures.extend(made_of);
            }
        }
        let lists = [&operation["parameters"], shared];
        let all = lists.into_iter().flat_map(|list| list.as_array().into_iter().flatten());
        let parameters = all.filter_map(|parameter| {
            let reference = parameter["$ref"].as_str().and_then(|pointer| pointer.strip_prefix('#'));
            let named = reference.and_then(|pointer| whole.pointer(pointer)).unwrap_or(parameter);
            let component = reference.and_then(|pointer| pointer.rsplit('/').next()).unwrap_or(&id);
            Some((component.to_owned(), named["name"].as_str()?.to_owned()))
        });
        let parameters = parameters.collect();
        self.operations.insert(id, Operation { route, answer, parameters });
    }
}

/// The words of an enumeration, or the numbers and words of a table of codes.
fn words(schema: &Value) -> impl Iterator<Item = String> {
    let listed = schema["enum"].as_array().into_iter().flatten();
    let codes = ["x-result-codes", "x-error-codes"].into_iter().filter_map(|table| schema[table].as_array());
    let codes = codes.flatten().map(|row| &row["code"]);
    listed.chain(codes).filter(|word| !word.is_null()).map(|word| match word {
        Value::String(word) => word.clone(),
        other => other.to_string(),
    })
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(serde_json::from_str(&text)
        .map_err(|error| format!("{}:{}: {error}", path.display(), error.line()))?)
}

fn objects(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flat_map(Map::iter)
}
