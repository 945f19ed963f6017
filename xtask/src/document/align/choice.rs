//! Alternatives: each of the new document's is the one of ours that it resembles most.

use std::cmp::Reverse;

use serde_json::Value;

use super::{Aligner, copied, copy, is_beside, note};
use crate::document::normal::PARTS;

impl Aligner<'_> {
    /// What the new document has where ours has alternatives. `None` if ours has none, or other ones. Swagger
    /// 2.0 has no alternatives: what may be one of ours, or all in one, stands for them.
    pub fn choice(&mut self, ours: &Value, theirs: &Value, at: &str) -> Option<Value> {
        let listed = |schema: &Value| {
            PARTS.iter().rev().find_map(|key| Some(((*key).to_owned(), schema[*key].as_array()?.clone())))
        };
        let (key, ours) = listed(ours)?;
        let mut whole = theirs.as_object()?.clone();
        let chosen = match listed(theirs) {
            Some((key, theirs)) => {
                whole.remove(&key);
                self.alternatives(&ours, &theirs, at)
            }
            None if self.stands_for(&ours, theirs, at) => {
                note(&mut self.notes, format!("{at}: the document says no alternatives here; ours stay"));
                whole.retain(|key, _| is_beside(key));
                ours
            }
            None => return None,
        };
        whole = whole.into_iter().map(|(key, value)| (key.clone(), copied(&key, value))).collect();
        whole.insert(key, chosen.into());
        Some(whole.into())
    }

    /// The pairs that have the most in common first.
    fn alternatives(&mut self, ours: &[Value], theirs: &[Value], at: &str) -> Vec<Value> {
        let mut aligned: Vec<Option<Value>> = vec![None; theirs.len()];
        let mut open: Vec<usize> = (0..ours.len()).collect();
        loop {
            let free = (0..theirs.len()).filter(|index| aligned[*index].is_none());
            let pairs = free.flat_map(|their| open.iter().map(move |our| (*our, their)));
            let alike =
                pairs.map(|(our, their)| (self.likeness(&ours[our], &theirs[their]), Reverse((our, their))));
            let Some((_, Reverse((our, their)))) = alike.filter(|(alike, _)| *alike > 0).max() else { break };
            aligned[their] = Some(self.node(&ours[our], &theirs[their], at, false));
            open.retain(|index| *index != our);
        }
        aligned
            .into_iter()
            .zip(theirs)
            .map(|(aligned, theirs)| aligned.unwrap_or_else(|| copy(theirs)))
            .collect()
    }

    /// How many keys two alternatives have in common, or whether they have one type.
    fn likeness(&self, ours: &Value, theirs: &Value) -> usize {
        let (ours, theirs) = (self.our(ours), self.flat(&Value::Null, theirs));
        match ours["properties"].as_object() {
            Some(keys) => keys.keys().filter(|key| theirs["properties"].get(*key).is_some()).count(),
            None => usize::from(ours.get("type").is_some() && ours["type"] == theirs["type"]),
        }
    }

    /// Whether a schema may be one of ours, or all in one.
    fn stands_for(&mut self, ours: &[Value], theirs: &Value, at: &str) -> bool {
        let any = |is_it: &dyn Fn(&Value) -> bool| ours.iter().any(|ours| is_it(self.our(ours)));
        let keys = theirs["properties"].as_object().into_iter().flatten().map(|(key, _)| key);
        let (known, new): (Vec<_>, Vec<_>) =
            keys.partition(|key| any(&|ours| ours["properties"].get(key).is_some()));
        let is_one = match theirs.get("type") {
            _ if !known.is_empty() => true,
            Some(kind) => new.is_empty() && (kind == "object" || any(&|ours| ours["type"] == *kind)),
            None => new.is_empty(),
        };
        let words = format!("{new:?} are in none of our alternatives, and are left out");
        if is_one && !new.is_empty() && !self.doubts.iter().any(|doubt| doubt.ends_with(&words)) {
            self.doubts.push(format!("{at}: {words}"));
        }
        is_one
    }

    /// The target of a reference in the vendored document.
    pub fn our<'b>(&'b self, ours: &'b Value) -> &'b Value {
        let pointer = ours["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
        pointer.and_then(|pointer| self.ours.pointer(pointer)).unwrap_or(ours)
    }
}
