//! The JSON schemas of the facade agree with the vendored document.

use enablex::{
    MediaZone, Mode, NewRoom, Quality, RecordingMedia, Role, Room, RoomUpdate, Settings, TokenRequest, User,
    UserData,
};
use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value};

/// Keywords that are equal on both sides.
const LIMITS: &[&str] = &[
    "additionalProperties",
    "enum",
    "maxLength",
    "maxProperties",
    "maximum",
    "minLength",
    "minProperties",
    "minimum",
    "pattern",
];

/// The schemas of the document, with those words alone that the crate knows: it may list more by now.
fn schemas() -> Value {
    let mut schemas = crate::document()["components"]["schemas"].take();
    for (name, words) in [
        ("MediaZone", MediaZone::WORDS),
        ("Mode", Mode::WORDS),
        ("Quality", Quality::WORDS),
        ("RecordingMedia", RecordingMedia::WORDS),
        ("Role", Role::WORDS),
    ] {
        let listed = schemas[name]["enum"].as_array_mut().unwrap();
        listed.retain(|word| words.contains(&word.as_str().unwrap()));
    }
    schemas
}

/// The types, names, required keys and limits of a schema, in a normal form.
fn said(schema: &Value, schemas: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return said(&schemas[name.rsplit('/').next().unwrap()], schemas);
    }
    if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
        return said(only, schemas);
    }
    let mut out = Map::new();
    out.insert("type".into(), schema["type"].clone());
    for limit in LIMITS {
        match &schema[*limit] {
            Value::Null | Value::Bool(true) => {}
            object @ Value::Object(_) => {
                out.insert((*limit).into(), said(object, schemas));
            }
            Value::Array(values) => {
                let mut values = values.clone();
                values.sort_by_key(Value::to_string);
                out.insert((*limit).into(), values.into());
            }
            value => {
                out.insert((*limit).into(), value.clone());
            }
        }
    }
    if let Some(properties) = schema["properties"].as_object() {
        let mut required: Vec<_> = schema["required"].as_array().cloned().unwrap_or_default();
        required.sort_by_key(Value::to_string);
        out.insert("required".into(), required.into());
        let properties = properties.iter().map(|(name, inner)| (name.clone(), said(inner, schemas)));
        out.insert("properties".into(), properties.collect::<Map<_, _>>().into());
    }
    out.into()
}

fn ours<T: JsonSchema>() -> Value {
    let schema = schema_for!(T).to_value();
    said(&schema, &schema["$defs"])
}

fn documented(name: &str) -> Value {
    let schemas = schemas();
    said(&schemas[name], &schemas)
}

#[test]
fn requests() {
    assert_eq!(ours::<TokenRequest>(), documented("CreateTokenRequest"));
    assert_eq!(ours::<UserData>(), documented("UserData"));
    assert_eq!(ours::<NewRoom>(), documented("CreateRoomRequest"));
    assert_eq!(ours::<RoomUpdate>(), documented("UpdateRoomRequest"));
    assert_eq!(ours::<Role>(), documented("Role"));
}

#[test]
fn settings_are_those_that_may_change_but_for_the_time() {
    let mut expected = documented("RoomSettingsUpdate");
    expected["properties"].as_object_mut().unwrap().remove("scheduled_time").unwrap();
    assert_eq!(ours::<Settings>(), expected);
}

/// Responses are decoded tolerantly, so their schemas name and type the documented keys and require none.
#[test]
fn answers() {
    for (ours, name) in [
        (schema_for!(Room), "Room"),
        (schema_for!(User), "User"),
        (schema_for!(enablex::RoomSettings), "RoomSettings"),
    ] {
        let documented = schemas()[name]["properties"].as_object().unwrap().clone();
        let ours = ours.to_value();
        assert_eq!(
            ours["properties"].as_object().unwrap().keys().collect::<Vec<_>>(),
            documented.keys().collect::<Vec<_>>()
        );
        assert!(ours["required"].is_null());
    }
}
