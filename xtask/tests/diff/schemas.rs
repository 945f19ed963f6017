//! Changes of schemas: their names and types.

use serde_json::json;
use xtask::diff::Kind::*;

use crate::support::{
    Additive, BreakingForCallers as Callers, BreakingOnTheWire as Wire, Documentation as Docs, Expected, Row,
    SETTINGS, THEME, at, put, rename, replace, row, row_after, take, theme,
};

pub fn rows() -> Vec<Row> {
    [names(), types()].into_iter().flatten().collect()
}

fn names() -> Vec<Row> {
    vec![
        row(
            "a schema that nothing uses",
            |d| put(d, "/components/schemas/Theme", json!({"type": "object"})),
            "unused: Theme",
            (SchemaAdded, Docs),
            (SchemaRemoved, Docs),
        ),
        row(
            "a schema with its use",
            |d| {
                put(d, "/components/schemas/Theme", json!({"type": "object"}));
                theme(d, json!({"$ref": "#/components/schemas/Theme"}));
            },
            "createRoom, request: Theme",
            (SchemaAdded, Additive),
            (SchemaRemoved, Callers),
        )
        .with(Expected(FieldAdded, Additive, THEME), Expected(FieldRemoved, Callers, THEME)),
        row(
            "another name of a schema",
            |d| {
                rename(d, "/components/schemas/CdrUsage", "Consumption");
                replace(d, "#/components/schemas/CdrUsage", "#/components/schemas/Consumption");
            },
            "4 operations, answer: Consumption",
            (SchemaRenamed, Callers),
            (SchemaRenamed, Callers),
        )
        .back_at("4 operations, answer: CdrUsage"),
        row_after(
            "another name of a schema that a discriminator names",
            |d| {
                let mapping = json!({"a": "#/components/schemas/CdrUsage"});
                let discriminator = json!({"propertyName": "a", "mapping": mapping});
                put(d, "/components/schemas/Cdr/discriminator", discriminator);
            },
            |d| {
                rename(d, "/components/schemas/CdrUsage", "Consumption");
                replace(d, "#/components/schemas/CdrUsage", "#/components/schemas/Consumption");
            },
            "4 operations, answer: Consumption",
            (SchemaRenamed, Callers),
            (SchemaRenamed, Callers),
        )
        .back_at("4 operations, answer: CdrUsage"),
        row(
            "another name of a schema, and one more field in it",
            |d| {
                rename(d, "/components/schemas/CdrUsage", "Consumption");
                replace(d, "#/components/schemas/CdrUsage", "#/components/schemas/Consumption");
                put(d, "/components/schemas/Consumption/properties/price", json!({"type": "number"}));
            },
            "4 operations, answer: Consumption",
            (SchemaRenamed, Callers),
            (SchemaRenamed, Callers),
        )
        .back_at("4 operations, answer: CdrUsage")
        .with(
            Expected(FieldAdded, Additive, "4 operations, answer: Consumption.price"),
            Expected(FieldRemoved, Callers, "4 operations, answer: CdrUsage.price"),
        ),
        row(
            "a schema in place of its name",
            |d| {
                let mut usage = take(d, "/components/schemas/CdrUsage");
                usage["description"] = at(d, "/components/schemas/Cdr/properties/usage/description").take();
                put(d, "/components/schemas/Cdr/properties/usage", usage);
            },
            "4 operations, answer: Cdr.usage",
            (SchemaInlined, Callers),
            (SchemaNamed, Callers),
        ),
        row(
            "a schema of a request in place of its name",
            |d| {
                let mut schema = take(d, "/components/schemas/SipRequest");
                schema["description"] = json!("Whether the room can be dialled into.");
                put(d, "/components/schemas/CreateRoomRequest/properties/sip", schema.clone());
                put(d, "/components/schemas/UpdateRoomRequest/properties/sip", schema);
            },
            "createRoom, request: CreateRoomRequest.sip",
            (SchemaInlined, Callers),
            (SchemaNamed, Callers),
        ),
        row(
            "a schema of a failure in place of its name",
            |d| {
                let schema = take(d, "/components/schemas/CodeError");
                put(d, "/components/schemas/ErrorResponse/oneOf/0", schema);
            },
            "16 operations, failure: ErrorResponse",
            (SchemaInlined, Docs),
            (SchemaNamed, Docs),
        ),
        row_after(
            "a schema of a failure and of an answer in place of its name",
            |d| {
                let reference = json!({"$ref": "#/components/schemas/Taken"});
                put(d, "/components/schemas/Taken", json!({"type": "object"}));
                put(d, "/components/schemas/CodeError/properties/taken", reference.clone());
                put(d, "/components/schemas/RoomSettings/properties/recording", reference);
            },
            |d| {
                let schema = take(d, "/components/schemas/Taken");
                put(d, "/components/schemas/CodeError/properties/taken", schema.clone());
                put(d, "/components/schemas/RoomSettings/properties/recording", schema);
            },
            "16 operations, failure: CodeError.taken",
            (SchemaInlined, Callers),
            (SchemaNamed, Callers),
        ),
        row(
            "a schema in place of its name, and one more field in it",
            |d| {
                let mut usage = take(d, "/components/schemas/CdrUsage");
                usage["description"] = at(d, "/components/schemas/Cdr/properties/usage/description").take();
                usage["properties"]["price"] = json!({"type": "number"});
                put(d, "/components/schemas/Cdr/properties/usage", usage);
            },
            "4 operations, answer: Cdr.usage",
            (SchemaInlined, Callers),
            (SchemaNamed, Callers),
        )
        .with(
            Expected(FieldAdded, Additive, "4 operations, answer: Cdr.usage.price"),
            Expected(FieldRemoved, Callers, "4 operations, answer: Cdr.usage.price"),
        ),
    ]
}

fn types() -> Vec<Row> {
    vec![
        row(
            "type of a field of a request",
            |d| *at(d, &format!("{SETTINGS}/duration/type")) = json!("string"),
            "createRoom, request: RoomSettingsRequest.duration",
            (TypeChanged, Callers),
            (TypeChanged, Callers),
        ),
        row(
            "type of a field of an answer",
            |d| *at(d, "/components/schemas/Cdr/properties/call_num/type") = json!("integer"),
            "4 operations, answer: Cdr.call_num",
            (TypeChanged, Callers),
            (TypeChanged, Callers),
        ),
        row(
            "type of a field of a failure",
            |d| *at(d, "/components/schemas/ResultError/properties/desc/type") = json!("object"),
            "16 operations, failure: ResultError.desc",
            (TypeChanged, Wire),
            (TypeChanged, Wire),
        ),
        row(
            "another schema of a field",
            |d| {
                *at(d, "/components/schemas/Cdr/properties/usage/allOf/0/$ref") =
                    json!("#/components/schemas/CdrRoom")
            },
            "4 operations, answer: Cdr.usage",
            (TypeChanged, Callers),
            (TypeChanged, Callers),
        ),
        row(
            "type of the items of a list",
            |d| *at(d, "/components/schemas/DialInSip/properties/sig_servers/items/type") = json!("object"),
            "getDialInNumbers, answer: DialInSip.sig_servers[]",
            (TypeChanged, Callers),
            (TypeChanged, Callers),
        ),
        row(
            "format of a field of an answer",
            |d| drop(take(d, "/components/schemas/Cdr/properties/trans_date/format")),
            "4 operations, answer: Cdr.trans_date",
            (TypedFormatRemoved, Callers),
            (TypedFormatChanged, Callers),
        ),
        row(
            "another format of a field of an answer",
            |d| *at(d, "/components/schemas/Cdr/properties/trans_date/format") = json!("date"),
            "4 operations, answer: Cdr.trans_date",
            (TypedFormatChanged, Callers),
            (TypedFormatChanged, Callers),
        ),
        row_after(
            "another format without a type of its own",
            |d| put(d, "/components/schemas/Cdr/properties/call_num/format", json!("uuid")),
            |d| put(d, "/components/schemas/Cdr/properties/call_num/format", json!("uri")),
            "4 operations, answer: Cdr.call_num",
            (FormatChanged, Docs),
            (FormatChanged, Docs),
        ),
        row_after(
            "another format of a field of a request",
            |d| put(d, &format!("{SETTINGS}/billing_code/format"), json!("uuid")),
            |d| put(d, &format!("{SETTINGS}/billing_code/format"), json!("uri")),
            "createRoom, request: RoomSettingsRequest.billing_code",
            (FormatChanged, Wire),
            (FormatChanged, Wire),
        ),
        row(
            "format of a parameter",
            |d| *at(d, "/components/parameters/ToDate/schema/format") = json!("date-time"),
            "4 operations, parameter to_date",
            (TypedFormatChanged, Wire),
            (TypedFormatChanged, Wire),
        ),
        row(
            "no format of a parameter",
            |d| drop(take(d, "/components/parameters/ToDate/schema/format")),
            "4 operations, parameter to_date",
            (FormatRemoved, Additive),
            (FormatChanged, Wire),
        ),
        row(
            "null in a request",
            |d| put(d, &format!("{SETTINGS}/duration/nullable"), json!(true)),
            "createRoom, request: RoomSettingsRequest.duration",
            (NullableAllowed, Additive),
            (NullableForbidden, Wire),
        ),
        row(
            "null in an answer",
            |d| put(d, "/components/schemas/Cdr/properties/call_num/nullable", json!(true)),
            "4 operations, answer: Cdr.call_num",
            (NullableAllowed, Docs),
            (NullableForbidden, Docs),
        ),
        row(
            "read-only in a request",
            |d| put(d, &format!("{SETTINGS}/duration/readOnly"), json!(true)),
            "createRoom, request: RoomSettingsRequest.duration",
            (ReadOnlySet, Wire),
            (ReadOnlyUnset, Additive),
        ),
        row(
            "write-only in an answer",
            |d| put(d, "/components/schemas/Cdr/properties/call_num/writeOnly", json!(true)),
            "4 operations, answer: Cdr.call_num",
            (WriteOnlySet, Callers),
            (WriteOnlyUnset, Additive),
        ),
        row(
            "a default",
            |d| put(d, &format!("{SETTINGS}/facex/default"), json!(true)),
            "createRoom, request: RoomSettingsRequest.facex",
            (DefaultAdded, Docs),
            (DefaultRemoved, Docs),
        ),
        row(
            "another default",
            |d| *at(d, &format!("{SETTINGS}/abwd/default")) = json!(false),
            "createRoom, request: RoomSettingsRequest.abwd",
            (DefaultChanged, Wire),
            (DefaultChanged, Wire),
        ),
        row(
            "a field is deprecated",
            |d| put(d, &format!("{SETTINGS}/abwd/deprecated"), json!(true)),
            "createRoom, request: RoomSettingsRequest.abwd",
            (Deprecated, Additive),
            (Undeprecated, Docs),
        ),
    ]
}
