//! No edit of a document is passed over, wherever it is and whatever it does.

use serde_json::{Value, json};
use xtask::{
    diff::{In, compare},
    document::normalise,
};

use crate::support::{at, vendored};

/// A document with every keyword in it.
pub fn rich() -> Value {
    serde_json::from_str(include_str!("rich.json")).unwrap()
}

/// Something done to one value of a document.
#[derive(Clone, Debug)]
enum Edit {
    /// Another value in its place.
    Put(Value),
    /// A key more, or an item more.
    Add(Value),
    /// A key less.
    Remove(String),
    /// An item less.
    Drop(usize),
}

/// All edits of a document, each with the pointer to what it is done to.
fn edits(value: &Value, pointer: &str, all: &mut Vec<(String, Edit)>) {
    let mut edit = |edit| all.push((pointer.to_owned(), edit));
    for other in [json!("other"), json!(77), json!(true), json!(null), json!(["other"]), json!({"other": 1})]
    {
        if other != *value {
            edit(Edit::Put(other));
        }
    }
    if let Value::String(text) = value {
        edit(Edit::Put(json!(format!("{text}x"))));
    }
    if let Value::Array(items) = value {
        edit(Edit::Add(json!("other")));
        edit(Edit::Add(
            json!({"type": "boolean", "name": "other", "in": "query", "code": 3, "url": "other"}),
        ));
        (0..items.len()).for_each(|index| edit(Edit::Drop(index)));
        for (index, item) in items.iter().enumerate() {
            edits(item, &format!("{pointer}/{index}"), all);
        }
    }
    if let Value::Object(object) = value {
        let mut edit = |edit| all.push((pointer.to_owned(), edit));
        edit(Edit::Add(json!(77)));
        edit(Edit::Add(json!({"other": "other"})));
        object.keys().for_each(|key| edit(Edit::Remove(key.clone())));
        for (key, value) in object {
            edits(value, &format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1")), all);
        }
    }
}

fn apply(document: &mut Value, pointer: &str, edit: &Edit) {
    match (at(document, pointer), edit.clone()) {
        (target, Edit::Put(value)) => *target = value,
        (Value::Array(items), Edit::Add(value)) => items.push(value),
        (Value::Array(items), Edit::Drop(index)) => drop(items.remove(index)),
        (Value::Object(object), Edit::Add(value)) => drop(object.insert("other".into(), value)),
        (Value::Object(object), Edit::Remove(key)) => drop(object.remove(&key)),
        (target, edit) => panic!("{edit:?} of {target}"),
    }
}

fn normal(document: &Value) -> Value {
    let mut normal = document.clone();
    normalise(&mut normal);
    normal
}

/// In a table of codes a key that is null is as good as none.
fn says_nothing(pointer: &str, edit: &Edit) -> bool {
    pointer.ends_with("/x-result-codes/0") && matches!(edit, Edit::Remove(key) if key == "field")
}

/// Whether the edit is found both ways, at places that there are.
fn is_found(old: &Value, pointer: &str, edit: &Edit) -> bool {
    let mut new = old.clone();
    apply(&mut new, pointer, edit);
    if normal(old) == normal(&new) || says_nothing(pointer, edit) {
        return true;
    }
    [(old, &new), (&new, old)].into_iter().all(|(from, to)| {
        let changes = compare(from, to);
        let there = changes.iter().all(|change| {
            let document = if change.document == In::Old { from } else { to };
            document.pointer(&change.pointer).is_some()
        });
        !changes.is_empty() && there
    })
}

fn assert_found<'a>(document: &Value, edits: impl Iterator<Item = &'a (String, Edit)>) {
    let passed_over: Vec<_> = edits.filter(|(pointer, edit)| !is_found(document, pointer, edit)).collect();
    assert!(passed_over.is_empty(), "{passed_over:#?}");
}

#[test]
fn every_edit_of_a_document_with_everything_in_it_is_found() {
    let document = rich();
    let mut all = Vec::new();
    edits(&document, "", &mut all);
    assert!(all.len() > 3_000, "{}", all.len());
    assert_found(&document, all.iter());
}

#[test]
fn edits_all_over_the_vendored_document_are_found() {
    let document = vendored();
    let mut all = Vec::new();
    edits(&document, "", &mut all);
    // Another part of them wherever the document changes; all of them take minutes.
    let step = all.len() / 150;
    assert_found(&document, all.iter().step_by(step));
}

/// Whether one pointer leads into what the other one leads to.
fn are_nested(one: &str, other: &str) -> bool {
    let starts = |one: &str, other: &str| format!("{one}/").starts_with(&format!("{other}/"));
    starts(one, other) || starts(other, one)
}

/// Whether one edit is of a type, which takes with it what else is said of the schema.
fn is_retyped(one: &str, other: &str) -> bool {
    one.strip_suffix("/type").is_some_and(|schema| are_nested(schema, other))
}

#[test]
fn no_edit_hides_another_one() {
    let document = rich();
    let mut all = Vec::new();
    edits(&document, "", &mut all);
    // A generator of Lehmer's: any will do, as long as it is the same every time.
    let mut seed: u64 = 7;
    let mut random = |below: usize| {
        seed = seed * 48_271 % 2_147_483_647;
        seed as usize % below
    };
    let mut hidden = Vec::new();
    for _ in 0..400 {
        let (one, other) = (&all[random(all.len())], &all[random(all.len())]);
        let related =
            are_nested(&one.0, &other.0) || is_retyped(&one.0, &other.0) || is_retyped(&other.0, &one.0);
        if related || says_nothing(&other.0, &other.1) {
            continue;
        }
        let mut first = document.clone();
        apply(&mut first, &one.0, &one.1);
        let mut both = first.clone();
        apply(&mut both, &other.0, &other.1);
        if normal(&first) != normal(&both) && compare(&document, &first) == compare(&document, &both) {
            hidden.push((one, other));
        }
    }
    assert!(hidden.is_empty(), "{hidden:#?}");
}
