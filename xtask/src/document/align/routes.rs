//! Operations, which are found by method and path: the base path of a server is part of a path, names of
//! parameters and a slash at the end are not.

use serde_json::{Map, Value, json};

use super::{Aligner, copied, operation::Parameters, servers::base};
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
        let (our_base, their_base) = (base(self.ours).1, base(theirs).1);
        let (mut paths, mut has_ours, mut has_base) = (Map::new(), false, false);
        for (path, item) in theirs["paths"].as_object().into_iter().flatten() {
            let full = format!("{their_base}{path}");
            let bare = full.strip_prefix(&*our_base).filter(|bare| bare.starts_with('/'));
            let candidates = [bare.unwrap_or(path), path];
            let found = candidates.into_iter().find_map(|path| self.our_path(path));
            has_ours |= found.is_some();
            has_base |= found.is_some() && bare.is_some();
            let (name, aligned) = match found {
                Some(ours) => (ours.to_owned(), self.item((ours, usize::MAX), true, path, item)),
                None => {
                    let (near, shared) = self.nearest(candidates[0]);
                    let name = renamed(candidates[0], near, shared);
                    (name, self.item((near, shared), false, path, item))
                }
            };
            let whole = paths.entry(name).or_insert_with(|| json!({}));
            for (key, value) in aligned {
                match whole.get(&key) {
                    Some(_) => {
                        self.notes.push(format!("{key} {path}: the document has it twice; one is left out"))
                    }
                    None => whole[key] = value,
                }
            }
        }
        if !has_ours {
            let ours = self.our_paths().collect::<Vec<_>>().join(", ");
            return Err(format!("/paths: none of openapi/video.json is there: {ours}"));
        }
        document.insert("paths".into(), paths.into());
        let mut document = document.into();
        self.security(&mut document);
        if has_base {
            self.servers(&mut document, &our_base);
        }
        Ok(document)
    }

    /// The operations of a path. `near` is the path of ours that begins like it, or is the same, with the
    /// number of the parameters they share.
    fn item(&mut self, near: (&str, usize), is_same: bool, path: &str, item: &Value) -> Map<String, Value> {
        let (near, shared) = near;
        let ours = &self.ours["paths"][near];
        let mut aligned = Map::new();
        for (key, value) in item.as_object().into_iter().flatten() {
            let Some(theirs) = value.as_object().filter(|_| METHODS.contains(&&**key)) else {
                if key != "parameters" {
                    aligned.insert(key.clone(), copied(key, value.clone()));
                }
                continue;
            };
            let same = ours.get(key).filter(|_| is_same);
            let mut operation = match same {
                Some(ours) => self.operation(ours, theirs),
                None => self.new_operation(key, path, theirs),
            };
            let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
            let mut any = METHODS.iter().filter_map(|method| ours.get(*method));
            let own = same.or_else(|| any.find(|any| any.get("parameters").is_some()));
            let ours = Parameters::of(near, ours, own.unwrap_or(&Value::Null));
            let parameters = self.parameters(&ours, &Parameters::of(path, item, value), shared, &id);
            operation.insert("parameters".into(), parameters.into());
            aligned.insert(key.clone(), operation.into());
        }
        aligned
    }

    /// An operation that is new. It gets an operationId if it has none, since the generator needs one.
    fn new_operation(&mut self, method: &str, path: &str, theirs: &Map<String, Value>) -> Map<String, Value> {
        let mut operation = theirs.clone();
        operation.remove("parameters");
        let mut operation: Map<_, _> =
            operation.into_iter().map(|(key, value)| (key.clone(), copied(&key, value))).collect();
        let id = operation
            .get("operationId")
            .and_then(Value::as_str)
            .map_or_else(|| id(method, path), str::to_owned);
        let is_free = |id: &String| !self.our_operations().any(|(known, _)| known == id);
        let numbered = (2..).map(|number| format!("{id}{number}"));
        let free = [id.clone()].into_iter().chain(numbered).find(is_free).unwrap_or_default();
        if operation.get("operationId").is_none_or(|given| *given != *free) {
            self.notes.push(format!("{} {path} is new, and is called `{free}`", method.to_uppercase()));
        }
        operation.insert("operationId".into(), free.into());
        operation
    }

    fn our_paths(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let paths = self.ours["paths"].as_object().into_iter().flatten();
        paths.map(|(path, _)| &**path).filter(|path| path.starts_with('/'))
    }

    fn our_operations(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        let items =
            self.ours["paths"].as_object().into_iter().flatten().filter_map(|(_, item)| item.as_object());
        items.flatten().filter_map(|(_, operation)| Some((operation["operationId"].as_str()?, operation)))
    }

    fn our_path(&self, path: &str) -> Option<&'a str> {
        self.our_paths().find(|ours| plain(ours) == plain(path))
    }

    /// The path of ours that shares the longest beginning, and how many parameters are in it.
    fn nearest(&self, path: &str) -> (&'a str, usize) {
        let common = |ours: &str| {
            let (ours, path) = (plain(ours), plain(path));
            let same: Vec<_> =
                ours.split('/').zip(path.split('/')).take_while(|(ours, theirs)| ours == theirs).collect();
            (same.len(), same.iter().filter(|(part, _)| part.contains("{}")).count())
        };
        let near = self.our_paths().max_by_key(|ours| common(ours)).unwrap_or_default();
        (near, common(near).1)
    }
}

fn plain(path: &str) -> String {
    template(path).trim_end_matches('/').to_owned()
}

/// A path with the names that its first parameters have in another one.
fn renamed(path: &str, near: &str, shared: usize) -> String {
    let mut names = near.split('{').skip(1).filter_map(|part| part.split('}').next()).take(shared);
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
