//! The parts of an operation.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Aligner, copied, copy, note, unite::United};
use crate::diff::{is_success, parameter_key};

/// A path, and the parameters of one of its operations or of all.
pub struct Parameters<'a> {
    path: &'a str,
    shared: &'a Value,
    own: &'a Value,
}

impl<'a> Parameters<'a> {
    pub fn of(path: &'a str, item: &'a Value, operation: &'a Value) -> Self {
        Self { path, shared: &item["parameters"], own: &operation["parameters"] }
    }

    fn all(&self) -> impl Iterator<Item = &Value> {
        [self.own, self.shared].into_iter().filter_map(Value::as_array).flatten()
    }
}

impl Aligner<'_> {
    /// An operation that both documents have.
    pub fn operation(&mut self, ours: &Value, theirs: &Map<String, Value>) -> Map<String, Value> {
        let id = ours["operationId"].as_str().unwrap_or_default();
        let mut aligned = self.bodies(ours, theirs, id);
        match theirs.get("operationId").and_then(Value::as_str) {
            Some(called) if called == id => {}
            called => {
                let called =
                    called.map_or("gives it none".to_owned(), |called| format!("calls it `{called}`"));
                note(&mut self.notes, format!("`{id}` keeps its operationId: the document {called}"));
            }
        }
        aligned.insert("operationId".into(), id.into());
        aligned
    }

    /// An operation with its bodies in the form of ours.
    pub fn bodies(&mut self, ours: &Value, theirs: &Map<String, Value>, at: &str) -> Map<String, Value> {
        let each = |(key, value): (&String, &Value)| {
            let value = match (&**key, ours.get(key)) {
                ("requestBody", Some(ours)) => self.node(ours, value, &format!("{at}, request"), false),
                ("responses", Some(ours)) => self.responses(ours, value, at),
                _ => copied(key, value.clone()),
            };
            (key.clone(), value)
        };
        theirs.iter().map(each).collect()
    }

    /// Successes under the key that ours has, and failures of all statuses under `default` if ours has that.
    fn responses(&mut self, ours: &Value, theirs: &Value, id: &str) -> Value {
        let mut aligned: BTreeMap<&str, United> = BTreeMap::new();
        let success = ours.as_object().into_iter().flatten().find(|(status, _)| is_success(status));
        for (status, response) in theirs.as_object().into_iter().flatten() {
            let key = match success {
                _ if ours.get(status).is_some() || status.starts_with("x-") => status,
                Some((key, _)) if is_success(status) => key,
                _ if !is_success(status) && ours.get("default").is_some() => "default",
                _ => status,
            };
            let at = format!("{id}, {status}");
            let mut response =
                ours.get(key).map_or_else(|| copy(response), |ours| self.node(ours, response, &at, false));
            // It has no content, where others may leave theirs unsaid.
            if status == "204" && response.get("content").is_none() {
                response["content"] = json!({});
            }
            if let Some(differences) = aligned.entry(key).or_default().add(response) {
                let words = format!("{at}: another response differs ({differences}): taken together");
                note(&mut self.doubts, words);
            }
        }
        aligned.into_iter().map(|(key, united)| (key.to_owned(), united.value)).collect::<Map<_, _>>().into()
    }

    /// The parameters of an operation. Those of the path are at its first `shared` positions in ours as well.
    pub fn parameters(
        &mut self,
        ours: &Parameters<'_>,
        theirs: &Parameters<'_>,
        shared: usize,
        at: &str,
    ) -> Vec<Value> {
        let (mut aligned, mut passed) = (Vec::new(), Vec::new());
        for listed in theirs.all() {
            let (mut parameter, trail) = self.resolved(listed);
            let key = parameter_key(theirs.path, &parameter);
            // OpenAPI ignores parameters of these names.
            let ignored = ["header accept", "header authorization", "header content-type"];
            let is_ignored = ignored.contains(&&*key.to_ascii_lowercase());
            if passed.contains(&key) || is_ignored {
                continue;
            }
            let at = format!("{at}, {}", key);
            let is_shared = key
                .strip_prefix("path ")
                .is_none_or(|number| number.parse().is_ok_and(|it: usize| it <= shared));
            let known =
                ours.all().find(|listed| is_shared && parameter_key(ours.path, self.our(listed)) == key);
            aligned.push(match known {
                Some(known) => {
                    if key.starts_with("path ") {
                        let (called, name) = (&parameter["name"], self.our(known)["name"].clone());
                        let mut others = ours.all().map(|other| &self.our(other)["name"]);
                        if *called != name && others.any(|other| other == called) {
                            let words = format!("{at}: it is called {called}, which is another one of ours");
                            note(&mut self.doubts, words);
                        }
                        parameter["name"] = name;
                    }
                    match known["$ref"].as_str() {
                        Some(name) => {
                            self.named(name, &parameter, trail, &at);
                            known.clone()
                        }
                        None => self.content(known, &parameter, &at),
                    }
                }
                None => copy(&parameter),
            });
            passed.push(key);
        }
        aligned
    }
}
