//! Documents to compare, and ways to change them.

use std::{fs, path::Path, sync::LazyLock};

use serde_json::Value;
use xtask::diff::{Class, Kind};

pub use Class::{Additive, BreakingForCallers, BreakingOnTheWire, Documentation};

static VENDORED: LazyLock<Value> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/video.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
});

pub fn vendored() -> Value {
    VENDORED.clone()
}

/// A change that is to be found: there, and with the documents the other way round.
pub struct Row {
    pub name: &'static str,
    /// What the vendored document lacks for the change.
    pub before: fn(&mut Value),
    pub change: fn(&mut Value),
    /// All that is to be found, in any order.
    pub there: Vec<Expected>,
    pub back: Vec<Expected>,
}

pub struct Expected(pub Kind, pub Class, pub &'static str);

pub fn row(
    name: &'static str,
    change: fn(&mut Value),
    place: &'static str,
    there: (Kind, Class),
    back: (Kind, Class),
) -> Row {
    row_after(name, |_| {}, change, place, there, back)
}

pub fn row_after(
    name: &'static str,
    before: fn(&mut Value),
    change: fn(&mut Value),
    place: &'static str,
    there: (Kind, Class),
    back: (Kind, Class),
) -> Row {
    Row {
        name,
        before,
        change,
        there: vec![Expected(there.0, there.1, place)],
        back: vec![Expected(back.0, back.1, place)],
    }
}

impl Row {
    /// Where it is found with the documents the other way round, if elsewhere.
    pub fn back_at(mut self, place: &'static str) -> Self {
        self.back[0].2 = place;
        self
    }

    /// What is to be found beside the change.
    pub fn with(mut self, there: Expected, back: Expected) -> Self {
        self.there.push(there);
        self.back.push(back);
        self
    }
}

/// What stands at a pointer.
pub fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    document.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}"))
}

/// Puts a value at a pointer; its owner has to be there.
pub fn put(document: &mut Value, pointer: &str, value: Value) {
    let (owner, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    match at(document, owner) {
        Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
        owner => drop(owner.as_object_mut().unwrap().insert(key, value)),
    }
}

/// Takes what stands at a pointer out of an object.
pub fn take(document: &mut Value, pointer: &str) -> Value {
    let (owner, key) = pointer.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/").replace("~0", "~");
    at(document, owner)
        .as_object_mut()
        .unwrap()
        .remove(&key)
        .unwrap_or_else(|| panic!("nothing at {pointer}"))
}

/// Gives something another key.
pub fn rename(document: &mut Value, pointer: &str, new: &str) {
    let value = take(document, pointer);
    let (owner, _) = pointer.rsplit_once('/').unwrap();
    put(document, &format!("{owner}/{}", new.replace('~', "~0").replace('/', "~1")), value);
}

pub fn push(document: &mut Value, pointer: &str, value: Value) {
    at(document, pointer).as_array_mut().unwrap().push(value);
}

/// Replaces a text wherever it stands.
pub fn replace(document: &mut Value, old: &str, new: &str) {
    let text = document.to_string().replace(old, new);
    *document = serde_json::from_str(&text).unwrap();
}

/// Does something to every value, the innermost first, with the key that it stands under.
pub fn everywhere(value: &mut Value, key: &str, edit: &mut dyn FnMut(&str, &mut Value)) {
    match value {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                everywhere(value, key, edit);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| everywhere(item, "", edit)),
        _ => {}
    }
    edit(key, value);
}

pub fn version() -> xtask::diff::Version {
    "0.1.0".parse().unwrap()
}

/// The fields of a request.
pub const SETTINGS: &str = "/components/schemas/RoomSettingsRequest/properties";
pub const THEME: &str = "createRoom, request: RoomSettingsRequest.theme";

/// A field of a request, to be changed.
pub fn theme(document: &mut Value, schema: Value) {
    put(document, "/components/schemas/RoomSettingsRequest/properties/theme", schema);
}

/// A field of an answer, to be changed.
pub fn grade(document: &mut Value, schema: Value) {
    put(document, "/components/schemas/Cdr/properties/grade", schema);
}
