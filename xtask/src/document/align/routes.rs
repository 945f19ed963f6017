//! Operations, which are found by method and path: the base path of a server is part of a path, names of
//! parameters and a slash at the end are not.

use serde_json::{Map, Value, json};

use super::{Aligner, copied, note, operation::Parameters, servers::base};
use crate::{diff::template, document::METHODS};

impl<'a> Aligner<'a> {
    /// The new document without its components, with its operations in the form of ours.
    pub fn routes(&mut self) -> Result<Value, String> {
        let theirs = self.theirs;
        let mut document = Map::new();
        for (key, value) in theirs.as_object().into_iter().flatten() {
            if !matches!(&**key, "components" | "paths" | "security") {
                document.insert(key.clone(), copied(key, value.clone()));
            }
        }
        let (our_base, their_base) = (base(self.ours), base(theirs));
        let mut all = theirs["paths"].as_object().into_iter().flatten();
        // What of our base path stands in theirs.
        let in_paths = our_base.strip_prefix(&*their_base).unwrap_or_default();
        let has_base = !in_paths.is_empty() && all.any(|(path, _)| path.starts_with(&format!("{in_paths}/")));
        let in_paths = if has_base { in_paths } else { "" };
        let mut paths = Map::new();
        for (path, item) in theirs["paths"].as_object().into_iter().flatten() {
            let bare = path.strip_prefix(in_paths).filter(|bare| bare.starts_with('/'));
            if bare.is_none() && path.starts_with('/') {
                let words =
                    format!("{path} is not under {our_base}, as others are: its address has to be looked at");
                note(&mut self.doubts, words);
            }
            let spelling = bare.unwrap_or(path);
            let near = &self.near(spelling);
            let name = if near.is_same { near.path.to_owned() } else { renamed(spelling, near) };
            let whole = paths.entry(name).or_insert_with(|| json!({}));
            for (key, value) in self.item(near, path, item) {
                match whole.get(&key) {
                    Some(_) => {
                        note(&mut self.doubts, format!("{key} {path} is there twice, and is left out"))
                    }
                    None => whole[key] = value,
                }
            }
        }
        self.check_missing(&paths)?;
        document.insert("paths".into(), paths.into());
        let mut document = document.into();
        self.security(&mut document);
        if theirs.get("servers").is_some() {
            self.servers(&mut document, in_paths);
        }
        Ok(document)
    }

    /// Refuses the document of another service, or of a part of this one.
    fn check_missing(&self, paths: &Map<String, Value>) -> Result<(), String> {
        let is_there = |id: &str| {
            let mut operations = paths.values().filter_map(Value::as_object).flatten();
            operations.any(|(_, operation)| operation["operationId"] == id)
        };
        let all: Vec<_> = self.our_ids().collect();
        let missing: Vec<_> = all.iter().copied().filter(|id| !is_there(id)).collect();
        if missing.len() * 2 <= all.len() {
            return Ok(());
        }
        let (count, of, names) = (missing.len(), all.len(), missing.join(", "));
        Err(format!("/paths: {count} of the {of} operations of openapi/video.json are not there: {names}"))
    }

    /// The operations of a path.
    fn item(&mut self, near: &Near<'_>, path: &str, item: &Value) -> Map<String, Value> {
        let ours = &self.ours["paths"][near.path];
        let mut aligned = Map::new();
        for (key, value) in item.as_object().into_iter().flatten() {
            let Some(theirs) = value.as_object().filter(|_| METHODS.contains(&&**key)) else {
                if key != "parameters" {
                    aligned.insert(key.clone(), copied(key, value.clone()));
                }
                continue;
            };
            let same = ours.get(key).filter(|_| near.is_same);
            let mut operation = match same {
                Some(ours) => self.operation(ours, theirs),
                None => self.new_operation(key, path, theirs),
            };
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            let mut any = METHODS.iter().filter_map(|method| ours.get(*method));
            let own = same.or_else(|| any.find(|any| any.get("parameters").is_some()));
            let ours = Parameters::of(near.path, ours, own.unwrap_or(&Value::Null));
            let parameters = self.parameters(&ours, &Parameters::of(path, item, value), near.shared, &id);
            operation.insert("parameters".into(), parameters.into());
            aligned.insert(key.clone(), operation.into());
        }
        aligned
    }

    /// An operation that is new. It gets an operationId if it has none, since the generator needs one.
    fn new_operation(&mut self, method: &str, path: &str, theirs: &Map<String, Value>) -> Map<String, Value> {
        let mut operation = self.bodies(&json!({ "responses": self.usual_responses() }), theirs, path);
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .map_or_else(|| id(method, path), str::to_owned);
        // The generator spells ids in snake case.
        let plain = |id: &str| id.replace('_', "").to_lowercase();
        let is_free = |id: &String| {
            !self.our_ids().chain(self.ids.iter().map(String::as_str)).any(|known| plain(known) == plain(id))
        };
        let numbered = (2..).map(|number| format!("{id}{number}"));
        let free = [id.clone()].into_iter().chain(numbered).find(is_free).unwrap_or_default();
        if operation.get("operationId").is_none_or(|given| *given != *free) {
            let words = format!("{} {path} is new, and is called `{free}`", method.to_uppercase());
            note(&mut self.notes, words);
        }
        self.ids.push(free.clone());
        operation.insert("operationId".into(), free.into());
        operation
    }

    /// The keys of responses in ours, with what all operations of ours have in common.
    fn usual_responses(&self) -> Value {
        let all: Vec<&Value> = self.our_operations().map(|operation| &operation["responses"]).collect();
        let mut usual = all.first().map_or_else(|| json!({}), |first| (*first).clone());
        for (status, response) in usual.as_object_mut().into_iter().flatten() {
            let is_usual = all.iter().all(|responses| responses.get(status) == Some(&*response));
            if !is_usual {
                *response = json!({});
            }
        }
        usual
    }

    fn our_paths(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let paths = self.ours["paths"].as_object().into_iter().flatten();
        paths.map(|(path, _)| &**path).filter(|path| path.starts_with('/'))
    }

    fn our_operations(&self) -> impl Iterator<Item = &'a Value> + use<'a> {
        let items = self.ours["paths"].as_object().into_iter().flatten();
        let all = items.filter_map(|(_, item)| item.as_object()).flatten().map(|(_, operation)| operation);
        all.filter(|operation| operation["operationId"].is_string())
    }

    fn our_ids(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.our_operations().filter_map(|operation| operation["operationId"].as_str())
    }

    /// The path of ours that begins like this one for the longest.
    fn near(&self, path: &str) -> Near<'a> {
        let plain = |path: &str| template(path).trim_end_matches('/').to_owned();
        let path = plain(path);
        let near = |ours: &'a str| {
            let own = plain(ours);
            let same = own.split('/').zip(path.split('/')).take_while(|(ours, theirs)| ours == theirs);
            let (length, shared) = same.fold((0, 0), |(length, shared), (part, _)| {
                (length + 1, shared + part.matches("{}").count())
            });
            (length, Near { path: ours, shared, is_same: own == path })
        };
        let all = self.our_paths().map(near);
        let longest = all.max_by_key(|(length, near)| (near.is_same, *length));
        longest.map_or(Near { path: "", shared: 0, is_same: false }, |(_, near)| near)
    }
}

/// A path of ours beside one of the new document.
struct Near<'a> {
    path: &'a str,
    /// How many parameters are in the part that they share.
    shared: usize,
    is_same: bool,
}

/// A path with the names of the parameters that it shares.
fn renamed(path: &str, near: &Near<'_>) -> String {
    let names = near.path.split('{').skip(1).filter_map(|part| part.split('}').next());
    let mut names = names.take(near.shared);
    let mut parts = path.split('{');
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (own, rest) = part.split_once('}').unwrap_or((part, ""));
        name += &format!("{{{}}}{rest}", names.next().unwrap_or(own));
    }
    name
}

/// `getRoomsRecordings` for `GET /rooms/{room_id}/recordings`.
fn id(method: &str, path: &str) -> String {
    let parts = path.split('/').filter(|part| !part.starts_with('{'));
    let words = parts.flat_map(|part| part.split(|letter: char| !letter.is_ascii_alphanumeric()));
    let capital =
        |word: &str| word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default();
    method.to_owned() + &words.map(capital).collect::<String>()
}
