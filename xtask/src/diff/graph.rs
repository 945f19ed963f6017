//! Which components refer to which.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::document::{Component, component};

/// Components by number, with the numbers of those that they refer to.
#[derive(Default)]
pub(super) struct Graph<'a> {
    components: Vec<(Component<'a>, &'a Value)>,
    numbers: HashMap<Component<'a>, usize>,
    leads_to: Vec<Vec<usize>>,
    /// For each component the last walk that came to it.
    seen: Vec<usize>,
    walks: usize,
}

impl<'a> Graph<'a> {
    pub fn add(&mut self, component: Component<'a>, value: &'a Value) {
        self.numbers.insert(component, self.components.len());
        self.components.push((component, value));
    }

    /// Looks all references up, when all components are there.
    pub fn link(&mut self) {
        self.leads_to = self.components.iter().map(|(_, value)| self.numbers_in(value)).collect();
        self.seen = vec![0; self.components.len()];
    }

    /// All components that a value refers to, and those that these refer to, each once.
    pub fn from(&mut self, value: &'a Value) -> Vec<Component<'a>> {
        self.walks += 1;
        let mut found = Vec::new();
        let mut open = self.numbers_in(value);
        while let Some(number) = open.pop() {
            if self.seen[number] != self.walks {
                self.seen[number] = self.walks;
                found.push(self.components[number].0);
                open.extend(&self.leads_to[number]);
            }
        }
        found
    }

    fn numbers_in(&self, value: &'a Value) -> Vec<usize> {
        references(value).iter().filter_map(|component| self.numbers.get(component).copied()).collect()
    }
}

/// All components that something refers to.
fn references(value: &Value) -> BTreeSet<Component<'_>> {
    let mut found = BTreeSet::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(object) => {
                for (key, value) in object {
                    match value {
                        Value::String(reference) if key == "$ref" => found.extend(component(reference)),
                        Value::Object(mapping) if key == "mapping" => {
                            let names = mapping.values().filter_map(Value::as_str);
                            found.extend(names.map(|name| component(name).unwrap_or(("schemas", name))));
                            open.push(value);
                        }
                        Value::Object(_) | Value::Array(_) => open.push(value),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    found
}
