//! The overlay fits the document, or says where it does not.

use std::{fs, path::Path};

use serde_json::{Value, json};
use xtask::document;

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi").join(name);
    document::parse(&fs::read_to_string(path).unwrap()).unwrap()
}

fn refusal(document: &mut Value) -> String {
    document::apply(document, &read("overlay.json")).unwrap_err().to_string()
}

#[test]
fn the_overlay_fits_the_vendored_document() {
    let mut document = read("video.json");
    document::apply(&mut document, &read("overlay.json")).unwrap();
    let responses = &document["paths"]["/rooms"]["get"]["responses"];
    assert_eq!(responses["default"], Value::Null, "the generator sees no failures");
    document::check(&document).unwrap();
}

#[test]
fn an_action_that_matches_nothing_is_named() {
    let mut document = read("video.json");
    document["components"].as_object_mut().unwrap().remove("responses");
    let refused = refusal(&mut document);
    assert!(
        refused.contains("  $.components.responses: ") && refused.contains("(actions[1] \"Nothing refers"),
        "{refused}"
    );
    assert_eq!(refused.lines().count(), 2, "that one alone: {refused}");
}

/// JSONPath takes the names of a list that it finds, and says nothing of the others.
#[test]
fn a_name_that_matches_nothing_is_named() {
    let mut document = read("video.json");
    let archive = document["components"]["schemas"].as_object_mut().unwrap().remove("Archive").unwrap();
    document["components"]["schemas"]["Archives"] = archive;
    let refused = refusal(&mut document);
    assert!(refused.contains("$.components.schemas['Archive']: matches nothing (actions["), "{refused}");
    assert!(!refused.contains("['Room']"), "{refused}");
}

#[test]
fn what_is_no_overlay_is_refused() {
    for (overlay, words) in [
        (json!({}), "overlay"),
        (json!({"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": 1}), "actions"),
        (
            json!({"overlay": "1.0.0", "info": {"title": "t", "version": "1"},
                   "actions": [{"target": "$[", "remove": true}]}),
            "(actions[0] ",
        ),
    ] {
        let refused = document::apply(&mut json!({}), &overlay).unwrap_err().to_string();
        assert!(refused.contains(words), "{overlay}: {refused}");
    }
}
