//! Documents to compare, and ways to change them.

use serde_json::Value;

/// A document with something of everything. It stays as it is whatever becomes of the service's.
pub fn frozen() -> Value {
    serde_json::from_str(include_str!("frozen.json")).unwrap()
}

/// What stands at a pointer.
pub fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    document.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
}

fn owner<'a>(document: &'a mut Value, pointer: &str) -> (&'a mut Value, String) {
    let (owner, key) = pointer.rsplit_once('/').unwrap();
    (at(document, owner), key.replace("~1", "/").replace("~0", "~"))
}

/// Puts a value at a pointer; its owner has to be there. `-` is the end of a list.
pub fn put(document: &mut Value, pointer: &str, value: Value) {
    match owner(document, pointer) {
        (Value::Array(items), key) if key == "-" => items.push(value),
        (Value::Array(items), key) => items[key.parse::<usize>().unwrap()] = value,
        (owner, key) => drop(owner.as_object_mut().unwrap().insert(key, value)),
    }
}

/// Takes what stands at a pointer away.
pub fn take(document: &mut Value, pointer: &str) -> Value {
    match owner(document, pointer) {
        (Value::Array(items), key) => items.remove(key.parse().unwrap()),
        (owner, key) => owner.as_object_mut().unwrap().remove(&key).unwrap_or_else(|| panic!("no {pointer}")),
    }
}

/// A document with other values at some pointers; what becomes null is taken away.
pub fn changed(changes: &[(&str, Value)]) -> Value {
    let mut document = frozen();
    for (pointer, value) in changes {
        match value {
            Value::Null => drop(take(&mut document, pointer)),
            value => put(&mut document, pointer, value.clone()),
        }
    }
    document
}

/// Does something to every value, the innermost first, with the key that it stands under.
pub fn everywhere(value: &mut Value, key: &str, edit: &mut dyn FnMut(&str, &mut Value)) {
    match value {
        Value::Object(object) => object.iter_mut().for_each(|(key, value)| everywhere(value, key, edit)),
        Value::Array(items) => items.iter_mut().for_each(|item| everywhere(item, "", edit)),
        _ => {}
    }
    edit(key, value);
}
