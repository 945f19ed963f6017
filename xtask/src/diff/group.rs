//! What has happened to many operations in the same way is read once.

use std::collections::BTreeMap;

use super::{Entry, Subject};

/// From so many on.
const MANY: usize = 3;

/// The entries, with one in place of those that differ in nothing but the operation.
pub(super) fn grouped(entries: &[&Entry]) -> Vec<Entry> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        if let Some(rest) = beside_operation(entry) {
            let change = &entry.change;
            groups.entry((change.kind, &change.old, &change.new, rest)).or_default().push(index);
        }
    }
    let mut members = vec![None; entries.len()];
    for ((.., rest), group) in groups.iter().filter(|(_, group)| group.len() >= MANY) {
        for index in group {
            members[*index] = Some((*rest, group));
        }
    }
    let mut read = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        match members[index] {
            None => read.push((*entry).clone()),
            Some((rest, group)) if group[0] == index => read.push(together(entries, group, rest)),
            // Read with the first one.
            Some(_) => {}
        }
    }
    read
}

/// The place without the one operation that it begins with.
fn beside_operation(entry: &Entry) -> Option<&str> {
    match &entry.change.operations[..] {
        [operation] if entry.change.subject == Subject::Operations => {
            entry.change.place.strip_prefix(&**operation).filter(|rest| !rest.is_empty())
        }
        _ => None,
    }
}

fn together(entries: &[&Entry], group: &[usize], rest: &str) -> Entry {
    let members = || group.iter().map(|index| entries[*index]);
    let mut first = entries[group[0]].clone();
    first.change.place = format!("{} operations{rest}", group.len());
    first.change.name.clone_from(&first.change.place);
    first.change.operations = members().flat_map(|entry| entry.change.operations.iter().cloned()).collect();
    first.facade = members().flat_map(|entry| entry.facade.iter().cloned()).collect();
    first.facade.sort();
    first.facade.dedup();
    first
}
