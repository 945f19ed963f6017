//! Changes of schemas that are made of others.

use serde_json::{Value, json};
use xtask::diff::Kind::*;

use crate::support::{
    Additive, BreakingForCallers as Callers, BreakingOnTheWire as Wire, Documentation as Docs, Expected, Row,
    SETTINGS, THEME, grade, push, put, rename, row, row_after, theme,
};

const CDR: &str = "4 operations, answer: Cdr";

const ROOM: &str = "/components/schemas/CreateRoomRequest";

fn with_site(required: &[&str]) -> Value {
    json!({"type": "object", "properties": {"site": {"type": "string"}}, "required": required})
}

fn theme_of_two(document: &mut Value) {
    theme(document, json!({"oneOf": [{"type": "string"}, {"type": "integer"}]}));
}

pub fn rows() -> Vec<Row> {
    vec![
        row_after(
            "one more alternative of a request",
            theme_of_two,
            |d| push(d, &format!("{SETTINGS}/theme/oneOf"), json!({"type": "boolean"})),
            THEME,
            (AlternativeAdded, Additive),
            (AlternativeRemoved, Callers),
        ),
        row_after(
            "one more alternative of an answer",
            |d| grade(d, json!({"anyOf": [{"type": "string"}]})),
            |d| push(d, "/components/schemas/Cdr/properties/grade/anyOf", json!({"type": "boolean"})),
            "4 operations, answer: Cdr.grade",
            (AlternativeAdded, Callers),
            (AlternativeRemoved, Callers),
        ),
        row(
            "one more alternative of a failure",
            |d| push(d, "/components/schemas/ErrorResponse/oneOf", json!({"type": "object"})),
            "16 operations, failure: ErrorResponse",
            (AlternativeAdded, Docs),
            (AlternativeRemoved, Docs),
        ),
        row_after(
            "any in place of one",
            theme_of_two,
            |d| rename(d, &format!("{SETTINGS}/theme/oneOf"), "anyOf"),
            THEME,
            (CompositionChanged, Callers),
            (CompositionChanged, Callers),
        ),
        row_after(
            "a limit in an alternative",
            theme_of_two,
            |d| put(d, &format!("{SETTINGS}/theme/oneOf/0/maxLength"), json!(9)),
            THEME,
            (LimitAdded, Wire),
            (LimitRemoved, Additive),
        ),
        row(
            "one more part of a request",
            |d| push(d, &format!("{SETTINGS}/quality/allOf"), json!({"type": "string"})),
            "createRoom, request: RoomSettingsRequest.quality",
            (PartAdded, Wire),
            (PartRemoved, Additive),
        ),
        row(
            "one more part of an answer",
            |d| push(d, "/components/schemas/Cdr/properties/usage/allOf", json!({"type": "object"})),
            "4 operations, answer: Cdr.usage",
            (PartAdded, Docs),
            (PartRemoved, Docs),
        ),
        row(
            "a part with a required field in a request",
            |d| put(d, &format!("{ROOM}/allOf"), json!([with_site(&["site"])])),
            "createRoom, request: CreateRoomRequest.site",
            (RequiredFieldAdded, Callers),
            (FieldRemoved, Callers),
        ),
        row(
            "a part with a field in a request",
            |d| put(d, &format!("{ROOM}/allOf"), json!([with_site(&[])])),
            "createRoom, request: CreateRoomRequest.site",
            (FieldAdded, Additive),
            (FieldRemoved, Callers),
        ),
        row(
            "a part that has a field of the whole required",
            |d| put(d, &format!("{ROOM}/allOf"), json!([{"required": ["sip"]}])),
            "createRoom, request: CreateRoomRequest.sip",
            (FieldRequired, Callers),
            (FieldOptional, Additive),
        ),
        row(
            "a part that limits a field of the whole",
            |d| put(d, &format!("{ROOM}/allOf"), json!([{"properties": {"name": {"maxLength": 9}}}])),
            "createRoom, request: CreateRoomRequest",
            (PartAdded, Wire),
            (PartRemoved, Additive),
        ),
        row(
            "a part with a field and a limit",
            |d| {
                put(d, &format!("{ROOM}/allOf"), json!([with_site(&[])]));
                put(d, &format!("{ROOM}/allOf/0/maxProperties"), json!(9));
            },
            "createRoom, request: CreateRoomRequest",
            (PartAdded, Wire),
            (PartRemoved, Additive),
        )
        .with(
            Expected(FieldAdded, Additive, "createRoom, request: CreateRoomRequest.site"),
            Expected(FieldRemoved, Callers, "createRoom, request: CreateRoomRequest.site"),
        ),
        row_after(
            "a part of an answer by its name",
            |d| put(d, "/components/schemas/Site", with_site(&["site"])),
            |d| put(d, "/components/schemas/CdrUsage/allOf", json!([{"$ref": "#/components/schemas/Site"}])),
            "4 operations, answer: CdrUsage.site",
            (RequiredFieldAdded, Additive),
            (FieldRemoved, Callers),
        ),
        row(
            "a part of a failure with a field",
            |d| put(d, "/components/schemas/CodeError/allOf", json!([with_site(&["site"])])),
            "16 operations, failure: CodeError.site",
            (RequiredFieldAdded, Docs),
            (FieldRemoved, Wire),
        ),
        row(
            "an exclusion",
            |d| put(d, &format!("{SETTINGS}/billing_code/not"), json!({"enum": ["none"]})),
            "createRoom, request: RoomSettingsRequest.billing_code",
            (NotChanged, Wire),
            (NotRemoved, Additive),
        ),
        row_after(
            "another exclusion",
            |d| put(d, &format!("{SETTINGS}/billing_code/not"), json!({"enum": ["none"]})),
            |d| put(d, &format!("{SETTINGS}/billing_code/not"), json!({"enum": ["all"]})),
            "createRoom, request: RoomSettingsRequest.billing_code",
            (NotChanged, Wire),
            (NotChanged, Wire),
        ),
        row(
            "a discriminator",
            |d| put(d, "/components/schemas/Cdr/discriminator", json!({"propertyName": "call_num"})),
            CDR,
            (DiscriminatorChanged, Wire),
            (DiscriminatorChanged, Wire),
        ),
        row(
            "the form in XML",
            |d| put(d, "/components/schemas/Cdr/xml", json!({"name": "row"})),
            CDR,
            (XmlChanged, Docs),
            (XmlChanged, Docs),
        ),
        row(
            "something unknown in a schema",
            |d| put(d, "/components/schemas/Cdr/if", json!({})),
            "4 operations, answer: Cdr.if",
            (Other, Wire),
            (Other, Wire),
        ),
    ]
}
