//! Other ways to say the same, and what only looks like one.

use serde_json::{Value, json};
use xtask::{
    diff::compare,
    document::{self, align, merged, unsaid},
};

use crate::forms::{everywhere, vendored};

/// The changes and doubts of the vendored document after a change of it.
#[track_caller]
fn told(change: impl FnOnce(&mut Value)) -> (Vec<String>, Vec<String>) {
    let mut foreign = vendored();
    change(&mut foreign);
    let taken = document::take_in(&foreign.to_string()).map_err(|error| error.to_string()).unwrap();
    let aligned = align(&vendored(), &taken.document).unwrap();
    let known = merged(&aligned.document, &unsaid(&vendored(), &aligned.document));
    document::check(&known).unwrap();
    let changes = compare(&vendored(), &known);
    (changes.iter().map(|change| format!("{} {}", change.kind, change.name)).collect(), aligned.doubts)
}

#[track_caller]
fn says_the_same(change: impl FnOnce(&mut Value)) {
    assert_eq!(told(change), (vec![], vec![]));
}

fn schema<'a>(document: &'a mut Value, name: &str) -> &'a mut Value {
    &mut document["components"]["schemas"][name]
}

fn media_zone(document: &mut Value) -> &mut Value {
    &mut schema(document, "RoomSettingsRequest")["properties"]["media_zone"]
}

#[test]
fn a_single_alternative_is_a_reference() {
    says_the_same(|document| {
        everywhere(document, "", &mut |_, object| {
            if let Some(parts) = object.remove("allOf") {
                object.insert("oneOf".into(), parts);
            }
        });
    });
    let (changes, _) = told(|document| {
        let zone = media_zone(document);
        *zone = json!({ "nullable": true, "description": zone["description"], "oneOf": zone["allOf"] });
    });
    assert_eq!(changes, ["nullable-allowed RoomSettingsRequest.media_zone"]);
}

#[test]
fn parts_that_hold_together_are_one() {
    let in_parts = |limit: i64| {
        move |document: &mut Value| {
            let whole = schema(document, "RoomSettingsRequest");
            let refined = json!({ "properties": { "max_active_talkers": { "maximum": limit } } });
            *whole = json!({ "description": whole["description"], "allOf": [whole.clone(), refined] });
        }
    };
    says_the_same(in_parts(16));
    let (changes, _) = told(in_parts(4));
    assert_eq!(changes, ["limit-tightened RoomSettingsRequest.max_active_talkers"]);
    says_the_same(|document| {
        let request = schema(document, "CreateTokenRequest");
        let required = json!({ "required": request["required"] });
        *request = json!({ "allOf": [request.clone(), required] });
    });
}

/// Each part contains the next one twice.
#[test]
fn parts_that_meet_again_are_taken_once() {
    let (changes, _) = told(|document| {
        for number in 0..30 {
            let next = json!({ "$ref": format!("#/components/schemas/Part{}", number + 1) });
            *schema(document, &format!("Part{number}")) = json!({ "allOf": [next, next] });
        }
        *schema(document, "Part30") =
            json!({ "type": "object", "properties": { "name": { "type": "string" } } });
        schema(document, "User")["properties"]["part"] = json!({ "$ref": "#/components/schemas/Part0" });
        *schema(document, "Sip") = json!({ "$ref": "#/components/schemas/Part0" });
    });
    assert!(changes.contains(&"field-removed Sip.enabled".to_owned()), "{changes:?}");
}

#[test]
fn fewer_words_at_one_position_are_told() {
    let (changes, doubts) = told(|document| {
        *media_zone(document) = json!({ "type": "string", "enum": ["IN", "US"] });
    });
    assert!(changes.is_empty(), "{changes:?}");
    assert!(doubts.iter().any(|doubt| doubt.contains("MediaZone") && doubt.contains("enum")), "{doubts:?}");
}

#[test]
fn references_may_have_escapes_and_lead_anywhere() {
    says_the_same(|document| {
        let rooms = "#/paths/~1rooms~1%7Broom_id%7D/get/responses/2XX/content/application~1json/schema";
        document["paths"]["/rooms"]["post"]["responses"]["2XX"]["content"]["application/json"]["schema"] =
            json!({ "$ref": rooms });
    });
    let (changes, _) = told(|document| {
        let name = "#/components/schemas/User/properties/name";
        schema(document, "Room")["properties"]["host"] = json!({ "$ref": name });
    });
    assert_eq!(changes, ["field-added Room.host"]);
}

#[test]
fn servers_may_be_some_of_ours_and_keep_their_own_base() {
    says_the_same(|document| {
        let servers = document["servers"].as_array_mut().unwrap();
        servers.remove(0);
    });
    says_the_same(|document| document["servers"] = json!([{ "url": "/video/v2" }]));
    says_the_same(|document| {
        let variables = json!({ "host": { "default": "api.enablex.io" } });
        document["servers"] = json!([{ "url": "https://{host}/video/v2", "variables": variables }]);
    });
    let mut foreign = vendored();
    let other = "https://eu.example.com/api/video/v2";
    foreign["servers"].as_array_mut().unwrap().push(json!({ "url": other }));
    let once = align(&vendored(), &foreign).unwrap().document;
    assert_eq!(once["servers"][2]["url"], other);
    assert_eq!(align(&once, &foreign).unwrap().document, once);
}

#[test]
fn a_path_with_our_names_in_other_positions_is_told() {
    let (_, doubts) = told(|document| {
        let paths = document["paths"].as_object_mut().unwrap();
        let item = paths.remove("/cdr/period/{from_date}/{to_date}").unwrap();
        paths.insert("/cdr/period/{to_date}/{from_date}".into(), item);
    });
    assert_eq!(doubts.len(), 2, "{doubts:?}");
}

/// 204 says that there is no content; another success may leave it unsaid.
#[test]
fn no_content_is_a_statement() {
    let without = |status: &'static str| {
        move |document: &mut Value| {
            let responses = &mut document["paths"]["/rooms/{room_id}"]["delete"]["responses"];
            let description = responses["2XX"]["description"].clone();
            responses.as_object_mut().unwrap().remove("2XX");
            responses[status] = json!({ "description": description });
        }
    };
    says_the_same(without("200"));
    let (changes, _) = told(without("204"));
    assert_eq!(changes, ["content-type-removed deleteRoom, answer 2XX"]);
}

#[test]
fn what_nobody_says_of_credentials_is_kept() {
    says_the_same(|document| {
        document.as_object_mut().unwrap().remove("security");
        document["components"].as_object_mut().unwrap().remove("securitySchemes");
    });
}

#[test]
fn a_failure_of_another_form_is_told_and_changes_nothing() {
    let (changes, doubts) = told(|document| {
        let failure = json!({ "type": "object", "properties": { "error": { "type": "string" }, "hint": { "type": "string" } } });
        let content = json!({ "application/json": { "schema": failure } });
        document["paths"]["/rooms"]["get"]["responses"]["404"] =
            json!({ "description": "No.", "content": content });
    });
    assert!(changes.is_empty(), "{changes:?}");
    assert!(doubts.iter().any(|doubt| doubt.contains("hint")), "{doubts:?}");
}
