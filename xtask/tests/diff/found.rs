//! Every difference is found, wherever it is, and what says the same is none.

use std::{fs, path::Path};

use fastrand::Rng;
use serde_json::{Map, Value, json};
use xtask::{
    diff::{Edit, In, compare, edits, tree},
    document::normalise,
};

use crate::support::{changed, everywhere, frozen, put};

/// The document of the service, whatever it says by now.
fn vendored() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/video.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn apply(edits: &[Edit], value: &Value) -> Value {
    let mut value = value.clone();
    for Edit { path, new, .. } in edits {
        let Some((last, owner)) = path.split_last() else {
            value = new.clone().unwrap();
            continue;
        };
        let owner = owner.iter().fold(&mut value, |value, key| &mut value[key]).as_object_mut().unwrap();
        match new {
            Some(new) => drop(owner.insert(last.clone(), new.clone())),
            None => drop(owner.remove(last).unwrap()),
        }
    }
    value
}

fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    let mut below = |key: &str, value| {
        pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), all);
    };
    match value {
        Value::Object(object) => object.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| below(&index.to_string(), item))
        }
        _ => {}
    }
}

/// Does something to something: puts a value, of the document or not, adds one, or takes one away.
fn mutate(document: &mut Value, rng: &mut Rng) {
    let mut all = Vec::new();
    pointers(document, "", &mut all);
    let other = match rng.u8(..8) {
        0 => json!(rng.i32(-9..9)),
        1 => json!(rng.bool()),
        2 => json!(null),
        3 => json!(["other", 1]),
        4 => json!({"other": {"type": "string"}}),
        5 => json!({"$ref": "#/components/schemas/Pet"}),
        6 => json!(format!("text {}", rng.u8(..))),
        _ => document.pointer(rng.choice(&all).unwrap()).unwrap().clone(),
    };
    let target = document.pointer_mut(rng.choice(&all).unwrap()).unwrap();
    match (target, rng.u8(..4)) {
        (Value::Array(items), 0) => items.push(other),
        (Value::Array(items), 1) if !items.is_empty() => drop(items.remove(rng.usize(..items.len()))),
        (Value::Object(object), 0) => drop(object.insert(format!("other{}", rng.u8(..3)), other)),
        (Value::Object(object), 1) => {
            if let Some(key) = rng.choice(object.keys()).cloned() {
                object.remove(&key);
            }
        }
        (target, _) => *target = other,
    }
}

/// Holds two documents against each other both ways; returns whether anything was found.
fn holds(old: &Value, new: &Value) -> bool {
    for (old, new) in [(old, new), (new, old)] {
        let (from, to) = (tree(old), tree(new));
        let edits = edits(&from, &to);
        assert_eq!(apply(&edits, &from), to);
        let changes = compare(old, new);
        assert_eq!(changes.is_empty(), edits.is_empty(), "{edits:?}");
        for change in changes {
            let document = if change.document == In::Old { old } else { new };
            assert!(document.pointer(&change.pointer).is_some(), "nothing at {}", change.pointer);
        }
    }
    tree(old) != tree(new)
}

#[test]
fn every_difference_of_the_document_of_the_service_is_found() {
    let old = vendored();
    assert!(!holds(&old, &old));
    for seed in 0..25 {
        let (mut new, mut rng) = (old.clone(), Rng::with_seed(seed));
        (0..rng.u8(1..5)).for_each(|_| mutate(&mut new, &mut rng));
        holds(&old, &new);
    }
}

/// In the frozen document it can be told what is to be found: all that the normal form tells apart.
#[test]
fn every_difference_of_normal_forms_is_found() {
    let form = |document: &Value| {
        let mut form = document.clone();
        normalise(&mut form);
        form
    };
    let old = frozen();
    for seed in 0..250 {
        let (mut new, mut rng) = (old.clone(), Rng::with_seed(seed));
        mutate(&mut new, &mut rng);
        assert_eq!(holds(&old, &new), form(&old) != form(&new), "seed {seed}");
        mutate(&mut new, &mut rng);
        holds(&old, &new);
    }
}

fn same(name: &str, old: &Value, new: &Value) {
    assert_ne!(old, new, "{name}: nothing was done");
    assert_eq!(compare(old, new), [], "{name}");
    assert_eq!(compare(new, old), [], "{name}, back");
}

#[test]
fn the_order_of_what_has_none_says_nothing() {
    for set in ["required", "enum", "tags", "parameters", "oneOf", "anyOf", "allOf", "x-result-codes"] {
        let mut new = frozen();
        everywhere(&mut new, "", &mut |key, value| match value {
            Value::Array(items) if key == set => items.reverse(),
            _ => {}
        });
        same(set, &frozen(), &new);
    }
    let mut new = frozen();
    everywhere(&mut new, "", &mut |_, value| {
        if let Value::Object(object) = value {
            *object = std::mem::take(object).into_iter().rev().collect::<Map<_, _>>();
        }
    });
    assert_eq!(compare(&frozen(), &new), []);
}

#[test]
fn blanks_in_texts_say_nothing() {
    for (name, blank) in [("wrapped", "\n"), ("doubled", "  "), ("with CRLF", "\r\n")] {
        let mut new = frozen();
        everywhere(&mut new, "", &mut |key, value| {
            if let (Value::String(text), "description") = (&mut *value, key) {
                *text = text.replace(' ', blank) + "\n\n";
            }
        });
        same(name, &frozen(), &new);
    }
}

#[test]
fn what_goes_without_saying_says_nothing() {
    let name = "/components/schemas/NewPet/properties/kind";
    let get = "/paths/~1toys~1{toy}/get";
    let root = frozen();
    for (pointer, value) in [
        ("/components/schemas/Kind/nullable", json!(false)),
        ("/components/schemas/Kind/minLength", json!(0)),
        ("/components/schemas/Kind/required", json!([])),
        ("/components/schemas/Kind/properties", json!({})),
        ("/components/schemas/Kind/additionalProperties", json!(true)),
        ("/components/schemas/Kind/additionalProperties", json!({})),
        ("/components/schemas/Kind/description", json!(" ")),
        ("/components/schemas/NewPet/properties/name/maxLength", json!(9.0)),
        (&*format!("{name}/deprecated"), json!(false)),
        (&format!("{get}/tags"), json!([])),
        (&format!("{get}/parameters/0/style"), json!("simple")),
        (&format!("{get}/parameters/0/explode"), json!(false)),
        (&format!("{get}/security"), root["security"].clone()),
        (&format!("{get}/servers"), root["servers"].clone()),
        ("/paths/~1pets~1{pet}/get/parameters/0", root["components"]["parameters"]["Fields"].clone()),
        // Every operation has another one in its place.
        ("/paths/~1pets~1{pet}/parameters/-", json!({"name": "hidden", "in": "query"})),
        ("/openapi", json!("3.0.1")),
    ] {
        let new = changed(&[(pointer, value)]);
        let changes = compare(&root, &new);
        // A component that nothing refers to any more is told.
        assert!(changes.iter().all(|change| change.place.starts_with("unused, ")), "{pointer}: {changes:?}");
    }
    let get = |parameters: Value| json!({"get": {"operationId": "other", "parameters": parameters}});
    let [none, empty] = [json!({"get": {"operationId": "other"}}), get(json!([]))]
        .map(|it| changed(&[("/paths/~1other", it)]));
    same("no parameters", &none, &empty);
}

/// The client sends and reads JSON, whichever of these the document calls it.
#[test]
fn how_json_is_called_says_nothing() {
    for name in ["application/json; charset=utf-8", "*/*", "Application/JSON", "application/*"] {
        let text = frozen().to_string().replace("\"application/json\"", &format!("{name:?}"));
        same(name, &frozen(), &serde_json::from_str(&text).unwrap());
    }
    let file = |name: &str| {
        let mut document = frozen();
        let content = json!({name: {"schema": {"type": "string", "format": "binary"}}});
        put(&mut document, "/paths/~1toys~1{toy}/get/responses/200/content", content);
        document
    };
    assert_ne!(compare(&file("application/json"), &file("*/*")), [], "a file of any type is none of JSON");
}

#[test]
fn documents_that_nobody_would_write_are_compared() {
    let odd = [
        json!(null),
        json!(1),
        json!("x"),
        json!([[1], {}]),
        json!({"": {"": {}}}),
        json!({"paths": {"/{": {"get": 1}}}),
    ];
    for (one, other) in odd.iter().flat_map(|one| odd.iter().map(move |other| (one, other))) {
        assert_eq!(compare(one, other).is_empty(), one == other, "{one} {other}");
        assert!(!compare(one, &frozen()).is_empty());
    }
    let deep = |end: &str| {
        let text = format!("{}{end}{}", r#"{"items":"#.repeat(110), "}".repeat(110));
        json!({"components": {"schemas": {"Deep": serde_json::from_str::<Value>(&text).unwrap()}}})
    };
    assert_eq!(compare(&deep(r#"{"type":"string"}"#), &deep(r#"{"type":"integer"}"#)).len(), 1);
}

/// Circles of references and long chains of them, all of which change.
#[test]
fn references_are_followed_to_their_end() {
    let ring = |mark: &str, step: usize| {
        let name = |index: usize| format!("{mark}{}", index % 60);
        let refer = |index: usize| json!({"$ref": format!("#/components/schemas/{}", name(index))});
        let schema = |index: usize| {
            let next = refer(index + step);
            json!({"allOf": [refer(index), {"properties": {"a": next, "b": next}}]})
        };
        let schemas: Map<String, Value> = (0..60).map(|index| (name(index), schema(index))).collect();
        let parameter = |name: &str| json!({"$ref": format!("#/components/parameters/{name}")});
        let parameters = json!({"One": parameter("Two"), "Two": parameter("One")});
        let content = json!({"a/b": {"schema": refer(0)}});
        let get = json!({"parameters": [parameter("One")], "responses": {"200": {"content": content}}});
        json!({"paths": {"/": {"get": get}}, "components": {"schemas": schemas, "parameters": parameters}})
    };
    assert!(compare(&ring("A", 1), &ring("A", 1)).is_empty());
    assert!(!compare(&ring("A", 1), &ring("A", 2)).is_empty());
    assert!(!compare(&ring("A", 1), &ring("B", 3)).is_empty());
}
