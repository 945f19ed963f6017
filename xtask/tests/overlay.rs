//! The overlay fits the document, or says where it does not.

use std::{fs, path::Path};

use serde_json::{Value, json};
use xtask::document;

fn overlay(actions: Value) -> Value {
    json!({"overlay": "1.0.0", "info": {"title": "Corrections", "version": "1"}, "actions": actions})
}

fn refusal(overlay: &Value) -> String {
    let mut document = json!({"components": {"schemas": {"A": {}, "B": {}}}});
    document::apply(&mut document, overlay).map_or_else(|error| error.to_string(), |unfit| unfit.join("\n"))
}

#[test]
fn the_overlay_of_the_project_fits_its_document() {
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi").join(name);
        document::parse(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let mut document = read("video.json");
    let unfit = document::apply(&mut document, &read("overlay.json")).unwrap();
    assert!(unfit.is_empty(), "{unfit:#?}");
    document::check(&document).unwrap();
}

/// JSONPath takes the names of a list that it finds, and says nothing of the others.
#[test]
fn what_matches_nothing_is_named() {
    let refused = refusal(&overlay(json!([
        {"target": "$.components.schemas['A','B']", "update": {"type": "string"}},
        {"target": "$.components.schemas['B','C']", "description": "Both", "update": {"type": "string"}},
        {"target": "$.components.responses", "description": "Gone", "remove": true},
    ])));
    for line in [
        "$.components.schemas['C']: matches nothing (actions[1] \"Both\")",
        "$.components.responses: target matched zero nodes (error-on-zero-match) (actions[2] \"Gone\")",
    ] {
        assert!(refused.contains(line), "{refused}");
    }
    assert_eq!(refused.lines().count(), 2, "{refused}");
}

#[test]
fn what_is_no_overlay_is_refused() {
    for (overlay, words) in [
        (json!({}), "overlay"),
        (overlay(json!(1)), "actions"),
        (overlay(json!([{"target": "$[", "remove": true}])), "(actions[0] "),
    ] {
        let refused = refusal(&overlay);
        assert!(refused.contains(words), "{overlay}: {refused}");
    }
}
