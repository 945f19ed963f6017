//! The generator, which is `build.rs`: its bindings are checked in, and read responses leniently.

use std::{fs, path::Path};

use serde_json::{Value, json};
use xtask::document::{set_known, with_known};

#[path = "../../../build.rs"]
#[allow(dead_code, unexpected_cfgs, reason = "it is a build script")]
mod build;

use build::codegen::generated;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap_or_default()
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(path)).unwrap()
}

/// The vendored document with what the overlay adds to it as a whole, and the rest of the overlay.
fn vendored() -> (Value, Value) {
    let mut overlay = json("openapi/overlay.json");
    let document = with_known(&json("openapi/video.json"), &overlay);
    set_known(&mut overlay, json!({}));
    (document, overlay)
}

/// The bindings of the vendored document after a change of it.
fn changed(change: impl FnOnce(&mut Value)) -> Result<String, String> {
    let (mut document, overlay) = vendored();
    change(&mut document);
    let made = generated(document, overlay);
    made.map(|made| made.bindings).map_err(|error| error.to_string())
}

/// The type of a field.
#[track_caller]
fn field<'a>(code: &'a str, schema: &str, name: &str) -> &'a str {
    let (_, code) = code.split_once(&format!("pub struct {schema} {{")).unwrap();
    let (fields, _) = code.split_once("\n    }").unwrap();
    let (_, field) = fields.split_once(&format!("pub {name}: ")).unwrap_or_else(|| panic!("{schema}.{name}"));
    field.split(",\n").next().unwrap().trim_end_matches(',')
}

fn optional(kind: &str) -> String {
    format!("::std::option::Option<{kind}>")
}

#[test]
fn what_is_checked_in_is_that_of_the_document() {
    let made = generated(json("openapi/video.json"), json("openapi/overlay.json")).unwrap();
    let fresh =
        made.bindings == read("generated/bindings.rs") && made.document == read("generated/document.json");
    assert!(fresh, "generated/ is not what openapi/ gives: run `cargo xtask regen`");
}

#[test]
fn the_generator_sees_no_failures_however_they_are_listed() {
    let code = changed(|document| {
        let responses = &mut document["paths"]["/rooms"]["get"]["responses"];
        let schema =
            json!({"type": "object", "properties": {"fault": {"$ref": "#/components/schemas/Fault"}}});
        responses["404"] = json!({"description": "A", "content": {"application/json": {"schema": schema}}});
        responses["5XX"] =
            json!({"description": "B", "content": {"text/plain": {"schema": {"type": "string"}}}});
        document["components"]["schemas"]["Fault"] = json!({"type": "object"});
    });
    assert!(code.unwrap() == read("generated/bindings.rs"));
}

#[test]
fn what_is_known_to_the_overlay_alone_is_generated() {
    let (mut document, mut overlay) = vendored();
    let role = document["components"]["schemas"].as_object_mut().unwrap().remove("Role").unwrap();
    set_known(&mut overlay, json!({"components": {"schemas": {"Role": role}}}));
    let made = generated(document, overlay).unwrap();
    assert!(
        made.bindings == read("generated/bindings.rs") && made.document == read("generated/document.json")
    );
}

#[test]
fn a_schema_in_place_has_the_attributes_of_the_others() {
    let shade = json!({"type": "object", "properties": {"depth": {"type": "integer"}}});
    let code =
        changed(|document| document["components"]["schemas"]["Room"]["properties"]["shade"] = shade).unwrap();
    let (before, _) = code.split_once("pub struct RoomShade {").unwrap();
    let attributes = before.rsplit_once("    }\n").unwrap().1;
    assert!(attributes.contains("derive(schemars::JsonSchema)"), "{attributes}");
    assert!(attributes.contains("#[non_exhaustive]"), "{attributes}");
    assert_eq!(field(&code, "RoomShade", "depth"), optional("crate::wire::Integer"));
}

#[test]
fn a_new_schema_of_a_response_is_read_leniently() {
    let code = changed(|document| {
        document["components"]["schemas"]["Colour"] = json!({"type": "string", "enum": ["red"]});
        document["components"]["schemas"]["Shade"] = json!({
            "type": "object",
            "required": ["depth"],
            "additionalProperties": false,
            "properties": {
                "depth": {"type": "integer"},
                "weight": {"type": "number", "nullable": true},
                "is_dark": {"type": "boolean"},
                "label": {"type": "string", "minLength": 1},
                "key": {"type": "string", "format": "password"},
                "mixed": {"type": "string", "format": "date-time"},
                "colour": {"$ref": "#/components/schemas/Colour"},
                "names": {"type": "array", "items": {"type": "string"}},
                "depths": {"type": "array", "items": {"type": "integer"}},
                "lighter": {"type": "array", "items": {"$ref": "#/components/schemas/Shade"}},
                "any": {"oneOf": [{"type": "string"}, {"type": "object"}]},
                "by_name": {"type": "object", "additionalProperties": {"type": "boolean"}},
            },
        });
        let room = &mut document["components"]["schemas"]["Room"]["properties"];
        room["shade"] = json!({"$ref": "#/components/schemas/Shade"});
    })
    .unwrap();
    assert_eq!(field(&code, "Room", "shade"), optional("Shade"));
    for (name, kind) in [
        ("depth", "crate::wire::Integer"),
        ("weight", "crate::wire::Number"),
        ("is_dark", "crate::wire::Flag"),
        ("label", "crate::wire::Text"),
        ("key", "crate::wire::Secret"),
        ("mixed", "crate::wire::Time"),
        ("colour", "crate::wire::Text"),
        ("any", "::serde_json::Value"),
        ("names", "::std::vec::Vec<crate::wire::Text>"),
        ("depths", "::std::vec::Vec<crate::wire::Integer>"),
        ("lighter", "::std::vec::Vec<Shade>"),
    ] {
        assert_eq!(field(&code, "Shade", name), optional(kind), "{name}");
    }
    assert!(field(&code, "Shade", "by_name").contains("crate::wire::Flag"), "{code}");
    assert!(field(&code, "Shade", "extra").contains("::serde_json::Value"));
}

#[test]
fn a_new_body_of_an_answer_shows_whether_it_is_a_success() {
    let body = |properties: Value| {
        changed(|document| {
            document["components"]["schemas"]["Shades"] = json!({"type": "object", "properties": properties});
            let schema = json!({"$ref": "#/components/schemas/Shades"});
            let content = json!({"application/json": {"schema": schema}});
            document["paths"]["/shades"]["get"] = json!({
                "operationId": "getShades",
                "responses": {"200": {"description": "Shades.", "content": content}},
            });
        })
        .unwrap()
    };
    let envelope = body(json!({"result": {"type": "integer", "enum": [0]}, "count": {"type": "integer"}}));
    let bare = body(json!({"count": {"type": "integer"}}));
    for code in [&envelope, &bare] {
        assert_eq!(field(code, "Shades", "result"), optional("crate::wire::ResultField"));
        assert_eq!(field(code, "Shades", "error_code"), optional("crate::wire::Text"));
        assert_eq!(field(code, "Shades", "count"), optional("crate::wire::Integer"));
        assert!(code.contains("pub async fn get_shades"));
    }
    let (_, envelope) = envelope.split_once("pub struct Shades {").unwrap();
    assert!(
        !envelope.split_once("\n    }").unwrap().0.contains("pub extra"),
        "an envelope keeps no unknown keys"
    );
    assert!(field(&bare, "Shades", "extra").contains("::serde_json::Value"));
}

#[test]
fn a_schema_may_have_the_name_of_a_type_of_the_crate() {
    let code = changed(|document| {
        let schemas = &mut document["components"]["schemas"];
        schemas["Link"] = json!({"type": "object", "properties": {"href": {"type": "string"}}});
        schemas["Room"]["properties"]["link"] = json!({"$ref": "#/components/schemas/Link"});
    })
    .unwrap();
    assert_eq!(field(&code, "Room", "link"), optional("Link"));
    assert_eq!(field(&code, "Link", "href"), optional("crate::wire::Text"));
}

#[test]
fn requests_are_strict() {
    let code = changed(|document| {
        let request = &mut document["components"]["schemas"]["CreateRoomRequest"];
        request["properties"]["size"] = json!({"type": "integer"});
        request["required"].as_array_mut().unwrap().push("size".into());
    })
    .unwrap();
    assert_eq!(field(&code, "CreateRoomRequest", "size"), "i64");
    assert_eq!(field(&code, "CreateRoomRequest", "name"), "::std::string::String");
}

#[test]
fn what_the_generator_refuses_is_named() {
    let refused = changed(|document| {
        let responses = &mut document["paths"]["/rooms"]["get"]["responses"];
        let schema = json!({"$ref": "#/components/schemas/TokenResponse"});
        responses["200"] = json!({"description": "A", "content": {"application/json": {"schema": schema}}});
        responses["201"] =
            json!({"description": "B", "content": {"text/plain": {"schema": {"type": "string"}}}});
    });
    let refused = refused.unwrap_err();
    assert!(refused.starts_with("GET /rooms (getRoomList): the generator refuses it: "), "{refused}");
}

#[test]
fn code_in_a_description_is_no_doctest() {
    let code = changed(|document| {
        let name = &mut document["components"]["schemas"]["Room"]["properties"]["name"];
        name["description"] = "A name.\n\n```\npanic!()\n```".into();
    });
    let code = code.unwrap();
    let (_, code) = code.split_once("pub struct Room {").unwrap();
    assert!(code.split_once("pub name:").unwrap().0.contains("cfg_attr(not(doctest)"), "{code}");
}
