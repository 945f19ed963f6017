//! Whatever is JSON can be compared.

use serde_json::{Value, json};
use xtask::diff::{Kind, Report, compare};

use crate::{
    reports::Facade,
    support::{put, vendored, version},
};

/// Compares both ways, and writes what comes of it in every form.
fn compare_all(old: &Value, new: &Value) {
    for (old, new) in [(old, new), (new, old), (old, old)] {
        let report = Report::new(compare(old, new), version(), &Facade);
        report.to_text();
        report.to_markdown();
        serde_json::to_string(&report).unwrap();
    }
}

#[test]
fn anything_that_is_json_can_be_compared() {
    let odd = [json!(null), json!(true), json!(1e300), json!("text"), json!([[], {}]), json!({"$ref": 1})];
    let keys = ["openapi", "info", "servers", "security", "tags", "paths", "components", "externalDocs"];
    for one in &odd {
        for other in &odd {
            compare_all(one, other);
        }
        compare_all(one, &vendored());
        for key in keys {
            let mut document = vendored();
            put(&mut document, &format!("/{key}"), one.clone());
            compare_all(&document, &vendored());
        }
    }
}

#[test]
fn circles_of_references_come_to_an_end() {
    let circle = |one: &str, other: &str| {
        let to = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let mut document = vendored();
        put(&mut document, "/components/schemas/One", to(one));
        put(&mut document, "/components/schemas/Other", to(other));
        put(&mut document, "/components/schemas/Cdr/properties/usage", to("One"));
        put(
            &mut document,
            "/components/parameters/ToDate",
            json!({"$ref": "#/components/parameters/ToDate"}),
        );
        document
    };
    compare_all(&vendored(), &circle("Other", "One"));
    compare_all(&circle("One", "Other"), &circle("Other", "One"));
}

#[test]
fn references_to_nowhere_are_told() {
    let mut new = vendored();
    put(
        &mut new,
        "/components/schemas/Cdr/properties/usage",
        json!({"$ref": "#/components/schemas/Nowhere"}),
    );
    let changes = compare(&vendored(), &new);
    assert!(changes.iter().any(|change| change.kind == Kind::TypeChanged), "{changes:?}");
}

#[test]
fn deep_documents_can_be_compared() {
    // As deep as the parser goes.
    let deep = |end: &str| {
        let open = r#"{"items":"#.repeat(120);
        let text = format!(r#"{{"components":{{"schemas":{{"Deep":{open}{end}{}}}}}}}"#, "}".repeat(120));
        serde_json::from_str::<Value>(&text).unwrap()
    };
    compare_all(&deep(r#"{"type":"string"}"#), &deep(r#"{"type":"integer"}"#));
    assert_eq!(compare(&deep(r#"{"type":"string"}"#), &deep(r#"{"type":"integer"}"#)).len(), 1);
}

#[test]
fn large_documents_take_seconds() {
    let large = |text: &str, kind: &str| {
        let mut paths = serde_json::Map::new();
        let mut schemas = serde_json::Map::new();
        for index in 0..1_000 {
            let name = format!("Thing{index}");
            let reference = json!({"$ref": format!("#/components/schemas/{name}")});
            let next = json!({"$ref": format!("#/components/schemas/Thing{}", (index + 1) % 1_000)});
            let content = json!({"application/json": {"schema": reference}});
            let operation = json!({
                "operationId": format!("get{name}"),
                "description": text,
                "requestBody": {"content": content},
                "responses": {"200": {"description": text, "content": content}},
            });
            paths.insert(format!("/things/{index}"), json!({"post": operation}));
            let field = json!({"type": kind, "description": text});
            schemas.insert(
                name,
                json!({"type": "object", "properties": {"a": field, "b": field, "next": next}}),
            );
        }
        json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}})
    };
    let (old, new) = (large(&"word ".repeat(600), "string"), large(&"words ".repeat(600), "integer"));
    assert!(old.to_string().len() > 12_000_000);
    let changes = compare(&old, &new);
    // A description and one of an answer each, and two fields of a type and a description each.
    assert_eq!(changes.len(), 6_000);
    let report = Report::new(changes, version(), &Facade);
    assert!(report.to_markdown().chars().count() < 65_536);
    report.to_text();
}

#[test]
fn long_lists_take_seconds() {
    let document = |mark: &str| {
        let named = |index: usize| json!({"name": format!("{mark}{index}"), "url": format!("{mark}{index}")});
        let refer = |index: usize| json!({"$ref": format!("#/components/schemas/{mark}{index}")});
        let typed = |index: usize| json!({"type": format!("{mark}{index}")});
        let parameter =
            |index: usize| json!({"name": format!("{mark}{index}"), "in": "query", "schema": typed(index)});
        let list = |item: &dyn Fn(usize) -> Value| -> Value { (0..2_000).map(item).collect() };
        json!({
            "servers": list(&named),
            "tags": list(&named),
            "paths": {"/": {"get": {"operationId": "get", "parameters": list(&parameter)}}},
            "components": {"schemas": {
                "Values": {"enum": list(&|index| json!(format!("{mark}{index}")))},
                "Refer": {"oneOf": list(&refer), "allOf": list(&refer)},
                "Typed": {"anyOf": list(&typed), "required": list(&|index| json!(format!("{mark}{index}")))},
            }},
        })
    };
    let changes = compare(&document("a"), &document("b"));
    assert_eq!(changes.iter().filter(|change| change.kind == Kind::EnumValueAdded).count(), 2_000);
}
