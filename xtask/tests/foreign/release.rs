//! A fictional next release of the API: ten changes of the vendored document. Where the real one has come to one
//! of them, another place will do.

use serde_json::{Value, json};

/// The changes as a report names them: kind, place and class.
pub const CHANGES: &[(&str, &str, &str)] = &[
    // A new setting of a room.
    ("field-added", "RoomSettings.noise_filter", "additive"),
    ("field-added", "RoomSettingsRequest.noise_filter", "additive"),
    ("field-added", "RoomSettingsUpdate.noise_filter", "additive"),
    // A new role.
    ("enum-value-added", "Role", "additive"),
    // A new operation. Its schema has the name that the form gives it.
    ("operation-added", "getRoomStats", "additive"),
    // A new key in a response.
    ("field-added", "User.joined_at", "additive"),
    // A new code.
    ("result-code-added", "ResultCode 10027", "additive"),
    // A key with another type.
    ("type-changed", "CdrRoom.duration", "breaking-for-callers"),
    // A key that is gone.
    ("field-removed", "Archive.metadata", "breaking-for-callers"),
    // A limit that is tighter.
    ("limit-tightened", "RoomSettingsRequest.max_active_talkers", "breaking-on-the-wire"),
    ("limit-tightened", "RoomSettingsUpdate.max_active_talkers", "breaking-on-the-wire"),
    // A deprecated operation.
    ("deprecated", "getArchiveByConfNumber", "additive"),
    // A new key that a request has to have.
    ("required-field-added", "CreateTokenRequest.region", "breaking-for-callers"),
];

pub fn next(document: &mut Value) {
    let schemas = &mut document["components"]["schemas"];
    for settings in ["RoomSettings", "RoomSettingsRequest", "RoomSettingsUpdate"] {
        schemas[settings]["properties"]["noise_filter"] =
            json!({ "type": "boolean", "description": "Whether noise is taken out of the sound." });
    }
    for settings in ["RoomSettingsRequest", "RoomSettingsUpdate"] {
        schemas[settings]["properties"]["max_active_talkers"]["maximum"] = 12.into();
    }
    push(&mut schemas["Role"]["enum"], "presenter".into());
    schemas["User"]["properties"]["joined_at"] =
        json!({ "type": "string", "format": "date-time", "description": "When the user joined." });
    let code = json!({ "code": 10027, "meaning": "The region is closed.", "scope": "rooms", "field": null, "advice": "wait" });
    push(&mut schemas["ResultCode"]["x-result-codes"], code);
    schemas["CdrRoom"]["properties"]["duration"]["type"] = "string".into();
    schemas["Archive"]["properties"].as_object_mut().unwrap().remove("metadata");
    schemas["CreateTokenRequest"]["properties"]["region"] =
        json!({ "type": "string", "description": "Where the user is." });
    push(&mut schemas["CreateTokenRequest"]["required"], "region".into());
    document["paths"]["/archive/conf/{conf_num}"]["get"]["deprecated"] = true.into();
    operation(document);
}

/// The new operation alone.
pub fn operation(document: &mut Value) {
    document["components"]["schemas"]["RoomStats"] = json!({
        "type": "object",
        "description": "The figures of a session.",
        "properties": { "peak": { "type": "integer", "description": "The most users at a time." } },
    });
    document["paths"]["/rooms/{room_id}/stats"]["get"] = json!({
        "operationId": "getRoomStats",
        "summary": "Figures of a session",
        "tags": ["Rooms"],
        "parameters": [{ "$ref": "#/components/parameters/RoomId" }],
        "responses": {
            "2XX": {
                "description": "Done.",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/RoomStats" } } },
            },
            "default": { "$ref": "#/components/responses/Failure" },
        },
    });
}

fn push(list: &mut Value, item: Value) {
    list.as_array_mut().unwrap().push(item);
}
