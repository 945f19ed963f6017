//! The parts of an operation.

use serde_json::{Map, Value};

use super::{Aligner, copied, copy, unite::unite};
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
        let mut aligned = Map::new();
        for (key, value) in theirs {
            let value = match (&**key, ours.get(key)) {
                ("requestBody", Some(ours)) => self.node(ours, value, &format!("{id}, request")),
                ("responses", Some(ours)) => self.responses(ours, value, id),
                _ => copied(key, value.clone()),
            };
            aligned.insert(key.clone(), value);
        }
        match theirs.get("operationId").and_then(Value::as_str) {
            Some(called) if called == id => {}
            called => {
                let called =
                    called.map_or("gives it none".to_owned(), |called| format!("calls it `{called}`"));
                self.note(format!("`{id}` keeps its operationId: the document {called}"));
            }
        }
        aligned.insert("operationId".into(), id.into());
        aligned
    }

    /// Successes under the key that ours has, and failures of all statuses under `default` if ours has that.
    pub fn responses(&mut self, ours: &Value, theirs: &Value, id: &str) -> Value {
        let mut aligned = Map::new();
        let success = ours.as_object().into_iter().flatten().find(|(status, _)| is_success(status));
        for (status, response) in theirs.as_object().into_iter().flatten() {
            let key = match success {
                _ if ours.get(status).is_some() => status,
                Some((key, _)) if is_success(status) => key,
                _ if !is_success(status) && !status.starts_with("x-") && ours.get("default").is_some() => {
                    "default"
                }
                _ => status,
            };
            let at = format!("{id}, {status}");
            let response =
                ours.get(key).map_or_else(|| copy(response), |ours| self.node(ours, response, &at));
            let differs = aligned.get_mut(key).and_then(|known| unite(known, response.clone()));
            aligned.entry(key).or_insert(response);
            if let Some(place) = differs {
                self.note(format!("{id}: its responses say different things, {status} among them ({place})"));
            }
        }
        aligned.into()
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
            // OpenAPI ignores a parameter of this name: it is the security scheme's.
            let is_ignored = key.eq_ignore_ascii_case("header authorization");
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
                        parameter["name"] = self.our(known)["name"].clone();
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
