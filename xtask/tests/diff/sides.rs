//! What a change means depends on the side on which it stands.

use serde_json::{Value, json};
use xtask::diff::{Class, Kind, Kind::*};

use crate::support::{
    Additive, BreakingForCallers as Callers, BreakingOnTheWire as Wire, Documentation as Docs, Row, put,
    rename, row, row_after,
};

const IN_REQUEST: &str = "createRoom, request: RoomSettingsRequest.billing_code";
const IN_ANSWER: &str = "4 operations, answer: Cdr.call_num";
const IN_FAILURE: &str = "16 operations, failure: ResultError.desc";
const IN_NONE: &str = "unused: Lost.field";

/// The same change of a field of each side, with what it means there and the other way round.
macro_rules! on_sides {
    ($($key:literal: $value:tt, $there:ident, $back:ident, $classes:expr;)*) => {
        vec![$(
            on_side(
                concat!($key, ": ", stringify!($value), " in a request"),
                |d| put(d, concat!("/components/schemas/RoomSettingsRequest/properties/billing_code/", $key), json!($value)),
                IN_REQUEST, ($there, $back), $classes[0],
            ),
            on_side(
                concat!($key, ": ", stringify!($value), " in an answer"),
                |d| put(d, concat!("/components/schemas/Cdr/properties/call_num/", $key), json!($value)),
                IN_ANSWER, ($there, $back), $classes[1],
            ),
            on_side(
                concat!($key, ": ", stringify!($value), " in a failure"),
                |d| put(d, concat!("/components/schemas/ResultError/properties/desc/", $key), json!($value)),
                IN_FAILURE, ($there, $back), $classes[2],
            ),
            row_after(
                concat!($key, ": ", stringify!($value), " in what nothing uses"),
                |d| put(d, "/components/schemas/Lost", json!({"type": "object", "properties": {"field": {"type": "string"}}})),
                |d| put(d, concat!("/components/schemas/Lost/properties/field/", $key), json!($value)),
                IN_NONE, ($there, Docs), ($back, Docs),
            ),
        )*]
    };
}

fn on_side(
    name: &'static str,
    change: fn(&mut Value),
    place: &'static str,
    kinds: (Kind, Kind),
    classes: (Class, Class),
) -> Row {
    row(name, change, place, (kinds.0, classes.0), (kinds.1, classes.1))
}

pub fn rows() -> Vec<Row> {
    let docs = (Docs, Docs);
    let mut rows = on_sides! {
        "format": "uuid", FormatChanged, FormatRemoved, [(Wire, Additive), docs, docs];
        "format": "password", TypedFormatChanged, TypedFormatRemoved, [(Wire, Additive), (Callers, Callers), docs];
        "nullable": true, NullableAllowed, NullableForbidden, [(Additive, Wire), docs, docs];
        "readOnly": true, ReadOnlySet, ReadOnlyUnset, [(Wire, Additive), docs, docs];
        "writeOnly": true, WriteOnlySet, WriteOnlyUnset, [docs, (Callers, Additive), docs];
        "default": "a", DefaultAdded, DefaultRemoved, [docs, docs, docs];
        "enum": ["a"], EnumClosed, EnumOpened, [(Wire, Additive), (Docs, Additive), docs];
        "maxLength": 9, LimitAdded, LimitRemoved, [(Wire, Additive), docs, docs];
        "additionalProperties": false, ExtraFieldsClosed, ExtraFieldsOpened, [(Wire, Additive), docs, docs];
        "oneOf": [{"type": "string"}], CompositionChanged, CompositionChanged,
            [(Callers, Callers), (Callers, Callers), (Wire, Wire)];
        "allOf": [{"type": "string"}], PartAdded, PartRemoved, [(Wire, Additive), docs, docs];
        "not": {"type": "string"}, NotChanged, NotRemoved, [(Wire, Additive), docs, docs];
        "discriminator": {"propertyName": "a"}, DiscriminatorChanged, DiscriminatorChanged,
            [(Wire, Wire), (Wire, Wire), docs];
        "deprecated": true, Deprecated, Undeprecated, [(Additive, Docs), (Additive, Docs), docs];
        "if": {}, Other, Other, [(Wire, Wire), (Wire, Wire), (Wire, Wire)];
    };
    // What is not known has to be looked at wherever it stands, and its place ends with its key.
    for row in &mut rows {
        for expected in row.there.iter_mut().chain(&mut row.back).filter(|expected| expected.0 == Other) {
            expected.1 = Wire;
            expected.2 = match expected.2 {
                IN_REQUEST => "createRoom, request: RoomSettingsRequest.billing_code.if",
                IN_ANSWER => "4 operations, answer: Cdr.call_num.if",
                IN_FAILURE => "16 operations, failure: ResultError.desc.if",
                _ => "unused: Lost.field.if",
            };
        }
    }
    rows.extend([
        row(
            "one more content type of a failure",
            |d| put(d, "/components/responses/Failure/content/text~1html", json!({})),
            "16 operations, response Failure",
            (ContentTypeAdded, Docs),
            (ContentTypeRemoved, Docs),
        ),
        row(
            "another content type of a failure",
            |d| rename(d, "/components/responses/Failure/content/application~1json", "text/json"),
            "16 operations, response Failure",
            (ContentTypeChanged, Docs),
            (ContentTypeChanged, Docs),
        ),
        row(
            "one more content type of an answer",
            |d| put(d, "/paths/~1rooms/post/responses/2XX/content/application~1xml", json!({})),
            "createRoom, answer 2XX",
            (ContentTypeAdded, Additive),
            (ContentTypeRemoved, Wire),
        ),
        row(
            "a required field of a failure",
            |d| put(d, "/components/schemas/CodeError/required", json!(["error_code", "message"])),
            "16 operations, failure: CodeError.message",
            (FieldRequired, Docs),
            (FieldOptional, Docs),
        ),
    ]);
    rows
}
