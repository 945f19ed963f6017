//! JSON pointers, and the way from the normal form of a document back into the document.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::document::normalise;

pub(crate) fn join(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// The parts of a pointer, or of a reference within a document.
pub(super) fn parts(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|part| part.replace("~1", "/").replace("~0", "~"))
}

/// A document as it is, beside its normal form, in which sets have another order.
pub(super) struct Original<'a> {
    normal: &'a Value,
    original: &'a Value,
    /// For lists, by their pointers, where the items stand, by their normal forms.
    indices: HashMap<String, HashMap<String, usize>>,
}

impl<'a> Original<'a> {
    pub fn new(normal: &'a Value, original: &'a Value) -> Self {
        Self { normal, original, indices: HashMap::new() }
    }

    /// Where in the original stands what the pointer finds in the normal form.
    pub fn pointer(&mut self, pointer: &str) -> String {
        let (mut normal, mut original) = (self.normal, self.original);
        let mut found = String::new();
        let mut keyword = String::new();
        for part in parts(pointer) {
            let step = match (normal, original) {
                (Value::Array(normals), Value::Array(originals)) => {
                    let index = part.parse().unwrap_or(usize::MAX);
                    let Some(item) = normals.get(index) else { break };
                    let index = match originals.get(index) {
                        Some(same) if same == item => Some(index),
                        _ => self.index(&found, &keyword, item, originals),
                    };
                    let Some(index) = index else { break };
                    (item, &originals[index], index.to_string())
                }
                _ => match (normal.get(&part), original.get(&part)) {
                    (Some(normal), Some(original)) => (normal, original, part),
                    _ => break,
                },
            };
            (normal, original, keyword) = step;
            found = join(&found, &keyword);
        }
        found
    }

    fn index(&mut self, at: &str, keyword: &str, item: &Value, originals: &[Value]) -> Option<usize> {
        if !self.indices.contains_key(at) {
            let items = originals.iter().enumerate().rev();
            let indices = items.map(|(index, item)| (normal(keyword, item).to_string(), index)).collect();
            self.indices.insert(at.to_owned(), indices);
        }
        self.indices.get(at)?.get(&item.to_string()).copied()
    }
}

/// The normal form of an item of a list under a keyword.
fn normal(keyword: &str, item: &Value) -> Value {
    let list = Value::Array(vec![item.clone()]);
    let mut document = Value::Object(Map::from_iter([(keyword.to_owned(), list)]));
    normalise(&mut document);
    document[keyword][0].take()
}
