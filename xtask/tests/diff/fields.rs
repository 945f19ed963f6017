//! Changes of fields and of the values that they may have.

use serde_json::json;
use xtask::diff::Kind::*;

use crate::support::{
    Additive, BreakingForCallers as Callers, BreakingOnTheWire as Wire, Documentation as Docs, Row, SETTINGS,
    THEME, at, grade, push, put, rename, row, take, theme,
};

pub fn rows() -> Vec<Row> {
    [fields(), values()].into_iter().flatten().collect()
}

fn fields() -> Vec<Row> {
    vec![
        row(
            "one more field of a request",
            |d| theme(d, json!({"type": "string"})),
            THEME,
            (FieldAdded, Additive),
            (FieldRemoved, Callers),
        ),
        row(
            "one more required field of a request",
            |d| {
                put(d, "/components/schemas/CreateRoomRequest/properties/site", json!({"type": "string"}));
                push(d, "/components/schemas/CreateRoomRequest/required", json!("site"));
            },
            "createRoom, request: CreateRoomRequest.site",
            (RequiredFieldAdded, Callers),
            (FieldRemoved, Callers),
        ),
        row(
            "one more field of an answer",
            |d| grade(d, json!({"type": "string"})),
            "4 operations, answer: Cdr.grade",
            (FieldAdded, Additive),
            (FieldRemoved, Callers),
        ),
        row(
            "one more required field of an answer",
            |d| {
                grade(d, json!({"type": "string"}));
                put(d, "/components/schemas/Cdr/required", json!(["grade"]));
            },
            "4 operations, answer: Cdr.grade",
            (RequiredFieldAdded, Additive),
            (FieldRemoved, Callers),
        ),
        row(
            "one field of a failure less",
            |d| drop(take(d, "/components/schemas/CodeError/properties/message")),
            "16 operations, failure: CodeError.message",
            (FieldRemoved, Wire),
            (FieldAdded, Docs),
        ),
        row(
            "a required field of a request",
            |d| push(d, "/components/schemas/CreateRoomRequest/required", json!("sip")),
            "createRoom, request: CreateRoomRequest.sip",
            (FieldRequired, Callers),
            (FieldOptional, Additive),
        ),
        row(
            "a required field of an answer",
            |d| put(d, "/components/schemas/Cdr/required", json!(["conf_num"])),
            "4 operations, answer: Cdr.conf_num",
            (FieldRequired, Docs),
            (FieldOptional, Docs),
        ),
        row(
            "the key of the payload",
            |d| {
                rename(d, "/components/schemas/TokenResponse/properties/token", "jwt");
                let required = at(d, "/components/schemas/TokenResponse/required").as_array_mut().unwrap();
                required.retain(|name| name != "token");
                required.push(json!("jwt"));
            },
            "createToken, answer: TokenResponse",
            (PayloadKeyChanged, Wire),
            (PayloadKeyChanged, Wire),
        ),
        row(
            "further fields of a request",
            |d| drop(take(d, "/components/schemas/SipRequest/additionalProperties")),
            "createRoom and updateRoomById, request: SipRequest",
            (ExtraFieldsOpened, Additive),
            (ExtraFieldsClosed, Wire),
        ),
        row(
            "further fields of an answer",
            |d| drop(take(d, "/components/schemas/Permissions/additionalProperties")),
            "getRoomUsers, answer: Permissions",
            (ExtraFieldsOpened, Docs),
            (ExtraFieldsClosed, Docs),
        ),
        row(
            "type of further fields",
            |d| *at(d, "/components/schemas/UserData/additionalProperties/type") = json!("integer"),
            "createToken, request: UserData.*",
            (TypeChanged, Callers),
            (TypeChanged, Callers),
        ),
        row(
            "a wrong shape of the fields",
            |d| *at(d, "/components/schemas/Cdr/properties") = json!(7),
            "4 operations, answer: Cdr.properties",
            (Other, Wire),
            (Other, Wire),
        ),
    ]
}

fn values() -> Vec<Row> {
    vec![
        row(
            "one more value of a request",
            |d| push(d, &format!("{SETTINGS}/moderators/enum"), json!("6")),
            "createRoom, request: RoomSettingsRequest.moderators",
            (EnumValueAdded, Additive),
            (EnumValueRemoved, Wire),
        ),
        row(
            "one more value of an answer",
            |d| push(d, "/components/schemas/PublishedTrack/properties/audio/enum", json!("muted")),
            "4 operations, answer: PublishedTrack.audio",
            (EnumValueAdded, Additive),
            (EnumValueRemoved, Docs),
        ),
        row(
            "one more value of both",
            |d| push(d, "/components/schemas/Quality/enum", json!("UHD")),
            "4 operations, request and answer: Quality",
            (EnumValueAdded, Additive),
            (EnumValueRemoved, Wire),
        )
        .back_at("4 operations, request and answer: Quality"),
        row(
            "a list of values in a request",
            |d| put(d, &format!("{SETTINGS}/billing_code/enum"), json!(["a", "b"])),
            "createRoom, request: RoomSettingsRequest.billing_code",
            (EnumClosed, Wire),
            (EnumOpened, Additive),
        ),
        row(
            "a list of values in an answer",
            |d| put(d, "/components/schemas/Cdr/properties/call_num/enum", json!(["a", "b"])),
            "4 operations, answer: Cdr.call_num",
            (EnumClosed, Docs),
            (EnumOpened, Additive),
        ),
    ]
}
