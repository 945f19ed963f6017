//! JSON Schemas of the facade's requests and of [`ExposedToken`] (feature `schemars`).
//!
//! They are derived for the generated types. The generator does not see limits, so these are added here; a
//! test compares the result with the vendored document.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use crate::{
    ExposedToken, NewRoom, RoomUpdate, Settings, TokenRequest, UserData, bindings::types,
    rooms::settings::rules::MAX_ACTIVE_TALKERS,
};

/// Settings that cannot be changed after creation.
const FIXED: [&str; 3] = ["mode", "scheduled", "adhoc"];
/// The same and the time, which `NewRoom` and `RoomUpdate` set apart from their settings.
const FIXED_OR_APART: [&str; 4] = ["mode", "scheduled", "adhoc", "scheduled_time"];

macro_rules! schema {
    ($name:ident, |$generator:pat_param| $schema:expr) => {
        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

schema!(TokenRequest, |generator| {
    let schema = types::CreateTokenRequest::json_schema(generator);
    limited(schema, json!({"name": not_blank(), "user_ref": not_blank()}))
});

schema!(UserData, |_| json_schema!({
    "type": "object",
    "additionalProperties": {"type": "string"},
    "maxProperties": UserData::MAX_KEYS,
}));

schema!(NewRoom, |generator| {
    let schema = types::CreateRoomRequest::json_schema(generator);
    let settings = settings(generator, &[]);
    limited(schema, json!({"name": not_blank(), "owner_ref": not_blank(), "settings": settings}))
});

schema!(RoomUpdate, |generator| {
    let mut schema = types::UpdateRoomRequest::json_schema(generator);
    schema.insert("minProperties".into(), 1.into());
    let settings = settings(generator, &FIXED);
    limited(schema, json!({"name": not_blank(), "owner_ref": not_blank(), "settings": settings}))
});

schema!(Settings, |generator| settings(generator, &FIXED_OR_APART));

schema!(ExposedToken, |_| json_schema!({
    "type": "object",
    "properties": {
        "token": {"type": "string"},
        "room_id": {"type": "string"},
        "role": {"type": "string", "enum": crate::Role::WORDS},
        "user_ref": {"type": "string"},
        "issued_at": {"type": "string", "format": "date-time"},
        "expires_at": {"type": "string", "format": "date-time"},
    },
    "required": ["token", "room_id", "role", "user_ref", "issued_at", "expires_at"],
}));

fn not_blank() -> Value {
    json!({"minLength": 1, "pattern": r"\S"})
}

fn settings(generator: &mut SchemaGenerator, without: &[&str]) -> Schema {
    let mut schema = types::RoomSettingsRequest::json_schema(generator);
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        properties.retain(|key, _| !without.contains(&key.as_str()));
    }
    let limits = json!({
        "audiences": {"pattern": "^[1-9][0-9]*$"},
        "duration": {"minimum": 1},
        "hls_view_url": {"pattern": "^(DEFAULT|https://.+)$"},
        "max_active_talkers": {"minimum": MAX_ACTIVE_TALKERS.start(), "maximum": MAX_ACTIVE_TALKERS.end()},
        "moderators": {"enum": ["1", "2", "3", "4", "5"]},
        "participants": {"pattern": "^[1-9][0-9]*$"},
        "scheduled_time": {"pattern": SCHEDULED_TIME},
    });
    limited(schema, limits)
}

const SCHEDULED_TIME: &str = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]) \
     ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$";

/// The schema with additional keywords for some properties. Null is removed, since a key that is not set is
/// not sent.
fn limited(mut schema: Schema, limits: Value) -> Schema {
    if let (Some(Value::Object(properties)), Value::Object(limits)) = (schema.get_mut("properties"), limits) {
        for (name, keywords) in limits {
            if let (Some(Value::Object(property)), Value::Object(keywords)) =
                (properties.get_mut(&name), keywords)
            {
                property.extend(keywords);
            }
        }
        properties.values_mut().for_each(without_null);
    }
    schema
}

/// Removes null from the types of a schema and of its properties.
fn without_null(schema: &mut Value) {
    let Value::Object(object) = schema else { return };
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = &types[..] {
            let only = only.clone();
            object.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(values)) = object.get_mut("enum") {
        values.retain(|value| !value.is_null());
    }
    if let Some(Value::Array(mut alternatives)) = object.remove("anyOf") {
        alternatives.retain(|schema| schema["type"] != "null");
        if let [Value::Object(only)] = &alternatives[..] {
            object.extend(only.clone());
        }
    }
    if let Some(Value::Object(properties)) = object.get_mut("properties") {
        properties.values_mut().for_each(without_null);
    }
}
