//! The differences between two JSON values, without their meaning.

use serde_json::Value;

/// One difference: the old and the new value at a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pub path: Vec<String>,
    pub old: Option<Value>,
    pub new: Option<Value>,
}

/// All differences. Objects are compared key by key, other values as a whole.
pub fn edits(old: &Value, new: &Value) -> Vec<Edit> {
    let mut found = Vec::new();
    compare(Some(old), Some(new), &mut Vec::new(), &mut found);
    found
}

fn compare(old: Option<&Value>, new: Option<&Value>, path: &mut Vec<String>, found: &mut Vec<Edit>) {
    if let (Some(Value::Object(olds)), Some(Value::Object(news))) = (old, new) {
        for key in olds.keys().chain(news.keys().filter(|key| !olds.contains_key(*key))) {
            path.push(key.clone());
            compare(olds.get(key), news.get(key), path, found);
            path.pop();
        }
    } else if old != new {
        found.push(Edit { path: path.clone(), old: old.cloned(), new: new.cloned() });
    }
}
