//! The differences of two values, without any knowledge of what they mean.

use serde_json::Value;

/// One difference: what stands at a path in the old value and in the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    pub path: Vec<String>,
    pub old: Option<Value>,
    pub new: Option<Value>,
}

/// All differences. Objects are compared key by key, everything else as a whole.
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
