//! Changes of bodies and answers.

use serde_json::{Value, json};
use xtask::diff::Kind::*;

use crate::support::{
    Additive, BreakingForCallers as Callers, BreakingOnTheWire as Wire, Documentation as Docs, Expected, Row,
    at, put, rename, row, take,
};

pub fn rows() -> Vec<Row> {
    [bodies(), responses()].into_iter().flatten().collect()
}

fn bodies() -> Vec<Row> {
    vec![
        row(
            "a body that may be",
            |d| put(d, "/paths/~1rooms~1{room_id}/delete/requestBody", body()),
            "deleteRoom, request",
            (RequestBodyAdded, Additive),
            (RequestBodyRemoved, Callers),
        ),
        row(
            "a body that has to be",
            |d| {
                put(d, "/paths/~1rooms~1{room_id}/delete/requestBody", body());
                put(d, "/paths/~1rooms~1{room_id}/delete/requestBody/required", json!(true));
            },
            "deleteRoom, request",
            (RequiredRequestBodyAdded, Callers),
            (RequestBodyRemoved, Callers),
        ),
        row(
            "a body may be left out",
            |d| drop(take(d, "/paths/~1rooms/post/requestBody/required")),
            "createRoom, request",
            (RequestBodyOptional, Additive),
            (RequestBodyRequired, Callers),
        ),
        row(
            "one more content type of a request",
            |d| put(d, "/paths/~1rooms/post/requestBody/content/application~1xml", json!({})),
            "createRoom, request",
            (ContentTypeAdded, Additive),
            (ContentTypeRemoved, Wire),
        ),
        row(
            "another content type of an answer",
            |d| rename(d, "/paths/~1rooms/post/responses/2XX/content/application~1json", "text/json"),
            "createRoom, answer 2XX",
            (ContentTypeChanged, Wire),
            (ContentTypeChanged, Wire),
        ),
        row(
            "another content type with something else in it",
            |d| {
                let answer = "/paths/~1rooms/post/responses/2XX/content";
                rename(d, &format!("{answer}/application~1json"), "text/json");
                let reference = json!({"$ref": "#/components/schemas/ResultResponse"});
                put(d, &format!("{answer}/text~1json/schema"), reference);
            },
            "createRoom, answer 2XX",
            (ContentTypeChanged, Wire),
            (ContentTypeChanged, Wire),
        )
        .with(
            Expected(TypeChanged, Callers, "createRoom, answer 2XX"),
            Expected(TypeChanged, Callers, "createRoom, answer 2XX"),
        ),
        row(
            "encoding of a request",
            |d| {
                let encoding = json!({"sip": {"contentType": "text/plain"}});
                put(d, "/paths/~1rooms/post/requestBody/content/application~1json/encoding", encoding);
            },
            "createRoom, request",
            (EncodingChanged, Wire),
            (EncodingChanged, Wire),
        ),
    ]
}

fn body() -> Value {
    json!({"content": {"application/json": {"schema": {"type": "object"}}}})
}

fn responses() -> Vec<Row> {
    vec![
        row(
            "one more failure",
            |d| put(d, "/paths/~1rooms/post/responses/409", json!({"description": "Conflict"})),
            "createRoom, failure 409",
            (ResponseAdded, Docs),
            (ResponseRemoved, Docs),
        ),
        row(
            "one more success",
            |d| put(d, "/paths/~1rooms/post/responses/202", json!({"description": "Later"})),
            "createRoom, answer 202",
            (ResponseAdded, Wire),
            (ResponseRemoved, Callers),
        ),
        row(
            "another status of a success",
            |d| rename(d, "/paths/~1rooms/post/responses/2XX", "201"),
            "createRoom, answer 201",
            (StatusChanged, Docs),
            (StatusChanged, Docs),
        )
        .back_at("createRoom, answer 2XX"),
        row(
            "one more header",
            |d| put(d, "/paths/~1rooms/post/responses/2XX/headers", json!({"X-Id": {"schema": {}}})),
            "createRoom, answer 2XX, header X-Id",
            (HeaderAdded, Additive),
            (HeaderRemoved, Wire),
        ),
        row(
            "one more header of a failure",
            |d| put(d, "/components/responses/Failure/headers", json!({"Retry-After": {"schema": {}}})),
            "16 operations, response Failure, header Retry-After",
            (HeaderAdded, Docs),
            (HeaderRemoved, Docs),
        ),
        row(
            "links",
            |d| {
                put(
                    d,
                    "/paths/~1rooms/post/responses/2XX/links",
                    json!({"room": {"operationId": "getRoomById"}}),
                )
            },
            "createRoom, answer 2XX",
            (LinkChanged, Docs),
            (LinkChanged, Docs),
        ),
        row(
            "description of a response",
            |d| *at(d, "/paths/~1rooms/post/responses/2XX/description") = json!("Made."),
            "createRoom, answer 2XX",
            (DescriptionChanged, Docs),
            (DescriptionChanged, Docs),
        ),
    ]
}
