//! Alternatives: each of the new document's is the one of ours that it resembles most.

use std::cmp::Reverse;

use serde_json::Value;

use super::{Aligner, BESIDE, copied, copy};

const CHOICES: &[&str] = &["oneOf", "anyOf", "allOf"];

impl Aligner<'_> {
    /// What the new document has where ours has alternatives. `None` if ours has none, or other ones. Swagger
    /// 2.0 has no alternatives: what may be one of ours, or all in one, stands for them.
    pub fn choice(&mut self, ours: &Value, theirs: &Value, at: &str) -> Option<Value> {
        let listed = |schema: &Value| {
            CHOICES.iter().find_map(|key| Some(((*key).to_owned(), schema[*key].as_array()?.clone())))
        };
        let (key, ours) = listed(ours)?;
        let mut whole = theirs.as_object()?.clone();
        let chosen = match listed(theirs) {
            Some((key, theirs)) => {
                whole.remove(&key);
                self.alternatives(ours, &theirs, at)
            }
            None if self.stands_for(&ours, theirs) => {
                self.note(format!("{at}: the document says no alternatives here; ours stay"));
                whole.retain(|key, _| BESIDE.contains(&&**key) || key.starts_with("x-"));
                ours
            }
            None => return None,
        };
        whole = whole.into_iter().map(|(key, value)| (key.clone(), copied(&key, value))).collect();
        whole.insert(key, chosen.into());
        Some(whole.into())
    }

    fn alternatives(&mut self, ours: Vec<Value>, theirs: &[Value], at: &str) -> Vec<Value> {
        let mut open = ours;
        let mut aligned = Vec::new();
        for theirs in theirs {
            let alike: Vec<usize> = open.iter().map(|ours| self.likeness(ours, theirs)).collect();
            let best = (0..open.len()).max_by_key(|index| (alike[*index], Reverse(*index)));
            aligned.push(match best.filter(|index| alike[*index] > 0) {
                Some(index) => self.node(&open.remove(index), theirs, at),
                None => copy(theirs),
            });
        }
        aligned
    }

    /// How much two alternatives have in common.
    fn likeness(&self, ours: &Value, theirs: &Value) -> usize {
        let (ours, theirs) = (self.our(ours), self.flat(&Value::Null, theirs));
        let keys = theirs["properties"].as_object().into_iter().flatten();
        let common = keys.filter(|(key, _)| ours["properties"].get(key).is_some()).count();
        2 * common + usize::from(ours.get("type").is_some() && ours["type"] == theirs["type"])
    }

    fn stands_for(&self, ours: &[Value], theirs: &Value) -> bool {
        let any = |is_it: &dyn Fn(&Value) -> bool| ours.iter().any(|ours| is_it(self.our(ours)));
        let mut keys = theirs["properties"].as_object().into_iter().flatten();
        keys.all(|(key, _)| any(&|ours| ours["properties"].get(key).is_some()))
            && theirs.get("type").is_none_or(|kind| kind == "object" || any(&|ours| ours["type"] == *kind))
    }

    /// The target of a reference in the vendored document.
    pub fn our<'b>(&'b self, ours: &'b Value) -> &'b Value {
        let pointer = ours["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.ours.pointer(pointer)).unwrap_or(ours)
    }
}
