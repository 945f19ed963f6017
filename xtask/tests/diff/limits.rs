//! Changes of limits.

use serde_json::{Value, json};
use xtask::diff::Kind::*;

use crate::support::{
    Additive, BreakingOnTheWire as Wire, Documentation as Docs, Row, at, put, row, row_after, take,
};

const CODE: &str = "/components/schemas/RoomSettingsRequest/properties/billing_code";
const PLACE: &str = "createRoom, request: RoomSettingsRequest.billing_code";

/// For each keyword: a limit there was not, and one that takes less.
macro_rules! limits {
    ($($keyword:literal $wide:tt $narrow:tt;)*) => {
        vec![$(
            row(
                concat!("a limit: ", $keyword),
                |d| put(d, &format!("{CODE}/{}", $keyword), json!($wide)),
                PLACE,
                (LimitAdded, Wire),
                (LimitRemoved, Additive),
            ),
            row_after(
                concat!("a narrower limit: ", $keyword),
                |d| put(d, &format!("{CODE}/{}", $keyword), json!($wide)),
                |d| put(d, &format!("{CODE}/{}", $keyword), json!($narrow)),
                PLACE,
                (LimitTightened, Wire),
                (LimitLoosened, Additive),
            ),
        )*]
    };
}

pub fn rows() -> Vec<Row> {
    let mut rows = limits! {
        "minLength" 2 3;
        "maxLength" 9 8;
        "minimum" 1 1.5;
        "maximum" 9 8;
        "multipleOf" 2 4;
        "minItems" 1 2;
        "maxItems" 9 8;
        "minProperties" 1 2;
        "maxProperties" 9 8;
    };
    rows.extend([
        switch("uniqueItems: a limit", |d| put(d, &format!("{CODE}/uniqueItems"), json!(true))),
        switch("exclusiveMinimum: a limit", |d| put(d, &format!("{CODE}/exclusiveMinimum"), json!(true))),
        switch("exclusiveMaximum: a limit", |d| put(d, &format!("{CODE}/exclusiveMaximum"), json!(true))),
        switch("pattern: a limit", |d| put(d, &format!("{CODE}/pattern"), json!("^a"))),
        row(
            "another pattern",
            |d| {
                *at(d, "/components/schemas/RoomSettingsRequest/properties/participants/pattern") =
                    json!("^[0-9]+$")
            },
            "createRoom, request: RoomSettingsRequest.participants",
            (LimitTightened, Wire),
            (LimitTightened, Wire),
        ),
        row_after(
            "a step that is no part of the other",
            |d| put(d, &format!("{CODE}/multipleOf"), json!(2)),
            |d| put(d, &format!("{CODE}/multipleOf"), json!(3)),
            PLACE,
            (LimitTightened, Wire),
            (LimitTightened, Wire),
        ),
        row(
            "a limit of an answer",
            |d| put(d, "/components/schemas/Cdr/properties/call_num/maxLength", json!(8)),
            "4 operations, answer: Cdr.call_num",
            (LimitAdded, Docs),
            (LimitRemoved, Docs),
        ),
        row(
            "a limit of a parameter",
            |d| drop(take(d, "/components/parameters/ToDate/schema/pattern")),
            "4 operations, parameter to_date",
            (LimitRemoved, Additive),
            (LimitAdded, Wire),
        ),
        row(
            "a limit that is none",
            |d| put(d, &format!("{CODE}/maxLength"), json!("many")),
            "createRoom, request: RoomSettingsRequest.billing_code.maxLength",
            (Other, Wire),
            (Other, Wire),
        ),
    ]);
    rows
}

fn switch(name: &'static str, change: fn(&mut Value)) -> Row {
    row(name, change, PLACE, (LimitAdded, Wire), (LimitRemoved, Additive))
}
