//! The same spot of both documents.

use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    hash::Hash,
};

use serde_json::Value;

use super::pointer;

/// A value and the JSON pointer to it.
#[derive(Clone)]
pub(super) struct Spot<'a> {
    pub value: &'a Value,
    pub at: String,
}

impl<'a> Spot<'a> {
    pub fn get(&self, key: &str) -> Option<Self> {
        let value = self.value.as_object()?.get(key)?;
        Some(Self { value, at: pointer::join(&self.at, key) })
    }

    pub fn text(&self, key: &str) -> Option<&'a str> {
        self.value.as_object()?.get(key)?.as_str()
    }

    /// The items of a list; none where it is no list.
    pub fn items(&self) -> Vec<Self> {
        let items = self.value.as_array().map(Vec::as_slice).unwrap_or_default();
        items
            .iter()
            .enumerate()
            .map(|(index, value)| Self { value, at: format!("{}/{index}", self.at) })
            .collect()
    }
}

/// What stands at one spot in the old document and in the new one, if anything does.
#[derive(Clone)]
pub(super) struct Pair<'a> {
    pub old: Option<Spot<'a>>,
    pub new: Option<Spot<'a>>,
}

impl<'a> Pair<'a> {
    pub fn of(old: Spot<'a>, new: Spot<'a>) -> Self {
        Self { old: Some(old), new: Some(new) }
    }

    pub fn removed(old: Spot<'a>) -> Self {
        Self { old: Some(old), new: None }
    }

    pub fn added(new: Spot<'a>) -> Self {
        Self { old: None, new: Some(new) }
    }

    pub fn get(&self, key: &str) -> Self {
        let get = |spot: &Option<Spot<'a>>| spot.as_ref().and_then(|spot| spot.get(key));
        Self { old: get(&self.old), new: get(&self.new) }
    }

    pub fn old_value(&self) -> Option<&'a Value> {
        self.old.as_ref().map(|spot| spot.value)
    }

    pub fn new_value(&self) -> Option<&'a Value> {
        self.new.as_ref().map(|spot| spot.value)
    }

    pub fn differs(&self) -> bool {
        self.old_value() != self.new_value()
    }

    /// Whether what stands there, if anything, is of the right shape.
    pub fn all(&self, fits: impl Fn(&Value) -> bool) -> bool {
        [self.old_value(), self.new_value()].into_iter().flatten().all(fits)
    }

    /// The keys of both, where they are objects.
    pub fn keys(&self) -> BTreeSet<&'a str> {
        let keys =
            |value: Option<&'a Value>| value.and_then(Value::as_object).into_iter().flat_map(|o| o.keys());
        keys(self.old_value()).chain(keys(self.new_value())).map(String::as_str).collect()
    }

    pub fn items(&self) -> (Vec<Spot<'a>>, Vec<Spot<'a>>) {
        let items = |spot: &Option<Spot<'a>>| spot.as_ref().map(Spot::items).unwrap_or_default();
        (items(&self.old), items(&self.new))
    }
}

/// Takes out of two lists what has the same key, each item once, in the order of the first list.
/// What has no key belongs to nothing.
pub(super) fn matching_keys<T, K: Hash + Eq>(
    olds: &mut Vec<T>,
    news: &mut Vec<T>,
    key: impl Fn(&T) -> Option<K>,
) -> Vec<(T, T)> {
    let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
    for (index, new) in news.iter().enumerate() {
        if let Some(key) = key(new) {
            by_key.entry(key).or_default().push_back(index);
        }
    }
    let mut free: Vec<Option<T>> = news.drain(..).map(Some).collect();
    let (mut pairs, mut rest) = (Vec::new(), Vec::new());
    for old in olds.drain(..) {
        let index = key(&old).and_then(|key| by_key.get_mut(&key)?.pop_front());
        match index.and_then(|index| free[index].take()) {
            Some(new) => pairs.push((old, new)),
            None => rest.push(old),
        }
    }
    *olds = rest;
    news.extend(free.into_iter().flatten());
    pairs
}

/// Takes out of two lists what belongs together, each item once, in the order of the first list.
pub(super) fn matching<T>(
    olds: &mut Vec<T>,
    news: &mut Vec<T>,
    same: impl Fn(&T, &T) -> bool,
) -> Vec<(T, T)> {
    let mut pairs = Vec::new();
    let mut rest = Vec::new();
    for old in olds.drain(..) {
        match news.iter().position(|new| same(&old, new)) {
            Some(index) => pairs.push((old, news.remove(index))),
            None => rest.push(old),
        }
    }
    *olds = rest;
    pairs
}
