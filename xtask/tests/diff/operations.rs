//! Changes of operations and their parameters.

use serde_json::{Value, json};
use xtask::diff::Kind::*;

use crate::support::{
    Additive, BreakingForCallers as Callers, BreakingOnTheWire as Wire, Documentation as Docs, Expected, Row,
    put, rename, replace, row, row_after, theme,
};

const LIMIT: &str = "getRoomList, parameter limit";

fn limit(document: &mut Value) {
    let limit = json!([{"name": "limit", "in": "query", "schema": {"type": "integer"}}]);
    put(document, "/paths/~1rooms/get/parameters", limit);
}

pub fn rows() -> Vec<Row> {
    [operations(), parameters()].into_iter().flatten().collect()
}

fn operations() -> Vec<Row> {
    vec![
        row(
            "one more operation",
            |d| put(d, "/paths/~1files", json!({"get": {"operationId": "getFiles", "responses": {}}})),
            "getFiles",
            (OperationAdded, Additive),
            (OperationRemoved, Callers),
        ),
        row(
            "another id",
            |d| put(d, "/paths/~1rooms/post/operationId", json!("makeRoom")),
            "makeRoom",
            (OperationRenamed, Callers),
            (OperationRenamed, Callers),
        )
        .back_at("createRoom"),
        row(
            "another id, and another field of the body",
            |d| {
                put(d, "/paths/~1rooms/post/operationId", json!("makeRoom"));
                theme(d, json!({"type": "string"}));
            },
            "makeRoom",
            (OperationRenamed, Callers),
            (OperationRenamed, Callers),
        )
        .back_at("createRoom")
        .with(
            Expected(FieldAdded, Additive, "makeRoom, request: RoomSettingsRequest.theme"),
            Expected(FieldRemoved, Callers, "createRoom, request: RoomSettingsRequest.theme"),
        ),
        row(
            "another method",
            |d| rename(d, "/paths/~1rooms~1{room_id}/patch", "put"),
            "updateRoomById",
            (OperationMoved, Wire),
            (OperationMoved, Wire),
        ),
        row(
            "another path",
            |d| rename(d, "/paths/~1dialin~1", "/dialin/numbers"),
            "getDialInNumbers",
            (OperationMoved, Wire),
            (OperationMoved, Wire),
        ),
        row(
            "a path without operations",
            |d| put(d, "/paths/~1files", json!({})),
            "/files",
            (PathAdded, Docs),
            (PathRemoved, Docs),
        ),
        row(
            "an operation is deprecated",
            |d| put(d, "/paths/~1rooms/post/deprecated", json!(true)),
            "createRoom",
            (Deprecated, Additive),
            (Undeprecated, Docs),
        ),
        row(
            "callbacks",
            |d| put(d, "/paths/~1rooms/post/callbacks", json!({"done": {"{$url}": {"post": {}}}})),
            "createRoom",
            (CallbackChanged, Docs),
            (CallbackChanged, Docs),
        ),
        row_after(
            "a schema of a callback",
            |d| {
                put(d, "/components/schemas/Event", json!({"type": "object"}));
                let schema = json!({"$ref": "#/components/schemas/Event"});
                let body = json!({"content": {"application/json": {"schema": schema}}});
                let done = json!({"{$url}": {"post": {"requestBody": body}}});
                put(d, "/paths/~1rooms/post/callbacks", json!({"done": done}));
            },
            |d| put(d, "/components/schemas/Event/properties", json!({"room": {"type": "string"}})),
            "unused: Event.room",
            (FieldAdded, Docs),
            (FieldRemoved, Docs),
        ),
        row(
            "tags of an operation",
            |d| put(d, "/paths/~1rooms/post/tags", json!(["Rooms", "CDR"])),
            "createRoom",
            (TagsChanged, Docs),
            (TagsChanged, Docs),
        ),
        row(
            "description of a path",
            |d| put(d, "/paths/~1rooms/description", json!("All rooms.")),
            "/rooms",
            (DescriptionChanged, Docs),
            (DescriptionChanged, Docs),
        ),
    ]
}

fn parameters() -> Vec<Row> {
    vec![
        row("one more parameter", limit, LIMIT, (ParameterAdded, Additive), (ParameterRemoved, Callers)),
        row(
            "one more parameter of all of a path",
            |d| put(d, "/paths/~1rooms/parameters", json!([{"name": "trace", "in": "header", "schema": {}}])),
            "getRoomList, parameter trace",
            (ParameterAdded, Additive),
            (ParameterRemoved, Callers),
        ),
        row(
            "one more required parameter",
            |d| {
                limit(d);
                put(d, "/paths/~1rooms/get/parameters/0/required", json!(true));
            },
            LIMIT,
            (RequiredParameterAdded, Callers),
            (ParameterRemoved, Callers),
        ),
        row_after(
            "another name of a parameter",
            limit,
            |d| put(d, "/paths/~1rooms/get/parameters/0/name", json!("size")),
            "getRoomList, parameter size",
            (ParameterRenamed, Wire),
            (ParameterRenamed, Wire),
        )
        .back_at(LIMIT),
        row(
            "another name of a parameter of the path",
            |d| {
                replace(d, "{room_id}", "{id}");
                put(d, "/components/parameters/RoomId/name", json!("id"));
            },
            "9 operations, parameter id",
            (PathParameterRenamed, Docs),
            (PathParameterRenamed, Docs),
        )
        .back_at("9 operations, parameter room_id"),
        row_after(
            "another name of a parameter that one operation has",
            |d| put(d, "/paths/~1cdr~1conf~1{conf_num}/get/parameters/0", conf_num("conf_num")),
            |d| {
                rename(d, "/paths/~1cdr~1conf~1{conf_num}", "/cdr/conf/{number}");
                put(d, "/paths/~1cdr~1conf~1{number}/get/parameters", json!([conf_num("number")]));
            },
            "getCDRByConfNumber, parameter number",
            (PathParameterRenamed, Docs),
            (PathParameterRenamed, Docs),
        )
        .back_at("getCDRByConfNumber, parameter conf_num"),
        row_after(
            "another place of a parameter",
            limit,
            |d| put(d, "/paths/~1rooms/get/parameters/0/in", json!("header")),
            LIMIT,
            (ParameterMoved, Wire),
            (ParameterMoved, Wire),
        ),
        row_after(
            "a parameter is required",
            limit,
            |d| put(d, "/paths/~1rooms/get/parameters/0/required", json!(true)),
            LIMIT,
            (ParameterRequired, Callers),
            (ParameterOptional, Additive),
        ),
        row_after(
            "a parameter is written otherwise",
            limit,
            |d| put(d, "/paths/~1rooms/get/parameters/0/explode", json!(false)),
            LIMIT,
            (ParameterStyleChanged, Wire),
            (ParameterStyleChanged, Wire),
        ),
        row_after(
            "type of a parameter",
            limit,
            |d| put(d, "/paths/~1rooms/get/parameters/0/schema/type", json!("string")),
            LIMIT,
            (TypeChanged, Callers),
            (TypeChanged, Callers),
        ),
        row_after(
            "a parameter is deprecated",
            limit,
            |d| put(d, "/paths/~1rooms/get/parameters/0/deprecated", json!(true)),
            LIMIT,
            (Deprecated, Additive),
            (Undeprecated, Docs),
        ),
        row(
            "type of a shared parameter",
            |d| put(d, "/components/parameters/ToDate/schema/type", json!("integer")),
            "4 operations, parameter to_date",
            (TypeChanged, Callers),
            (TypeChanged, Callers),
        ),
    ]
}

fn conf_num(name: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
}
