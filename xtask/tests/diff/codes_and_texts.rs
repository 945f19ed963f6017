//! Changes of result codes, of texts and of what only people read.

use serde_json::json;
use xtask::diff::Kind::*;

use crate::support::{Additive, BreakingOnTheWire as Wire, Documentation as Docs, Row, at, push, put, row};

const RESULTS: &str = "/components/schemas/ResultCode/x-result-codes";
const WORDS: &str = "/components/schemas/ErrorCode/x-error-codes";
const DURATION: &str = "/components/schemas/RoomSettingsRequest/properties/duration";

pub fn rows() -> Vec<Row> {
    vec![
        row(
            "one more code",
            |d| push(d, RESULTS, json!({"code": 10099, "meaning": "Too many rooms."})),
            "16 operations, failure: ResultCode 10099",
            (ResultCodeAdded, Additive),
            (ResultCodeRemoved, Docs),
        ),
        row(
            "one more code in words",
            |d| push(d, WORDS, json!({"code": "TOO_MANY", "meaning": "Too many rooms."})),
            "16 operations, failure: ErrorCode TOO_MANY",
            (ResultCodeAdded, Additive),
            (ResultCodeRemoved, Docs),
        ),
        row(
            "a code in other words",
            |d| *at(d, &format!("{RESULTS}/0/meaning")) = json!("No such application."),
            "16 operations, failure: ResultCode 10000",
            (ResultCodeReworded, Docs),
            (ResultCodeReworded, Docs),
        ),
        row(
            "other advice on a code",
            |d| *at(d, &format!("{RESULTS}/0/advice")) = json!("wait"),
            "16 operations, failure: ResultCode 10000",
            (ResultCodeChanged, Wire),
            (ResultCodeChanged, Wire),
        ),
        row(
            "a code for another one",
            |d| *at(d, &format!("{RESULTS}/0/code")) = json!("10000"),
            "16 operations, failure: ResultCode 10000",
            (ResultCodeAdded, Additive),
            (ResultCodeRemoved, Docs),
        )
        .with(
            crate::support::Expected(ResultCodeRemoved, Docs, "16 operations, failure: ResultCode 10000"),
            crate::support::Expected(ResultCodeAdded, Additive, "16 operations, failure: ResultCode 10000"),
        ),
        row(
            "description of a field",
            |d| put(d, &format!("{DURATION}/description"), json!("In minutes.")),
            "createRoom, request: RoomSettingsRequest.duration",
            (DescriptionChanged, Docs),
            (DescriptionChanged, Docs),
        ),
        row(
            "description of the document",
            |d| put(d, "/info/description", json!("Video.")),
            "info",
            (DescriptionChanged, Docs),
            (DescriptionChanged, Docs),
        ),
        row(
            "description of a tag",
            |d| put(d, "/tags/3/description", json!("Rooms.")),
            "tag Rooms",
            (DescriptionChanged, Docs),
            (DescriptionChanged, Docs),
        ),
        row(
            "summary of an operation",
            |d| put(d, "/paths/~1rooms/post/summary", json!("Make a room")),
            "createRoom",
            (SummaryChanged, Docs),
            (SummaryChanged, Docs),
        ),
        row(
            "title of a schema",
            |d| put(d, &format!("{DURATION}/title"), json!("Duration")),
            "createRoom, request: RoomSettingsRequest.duration",
            (TitleChanged, Docs),
            (TitleChanged, Docs),
        ),
        row(
            "example of a field",
            |d| put(d, &format!("{DURATION}/example"), json!(30)),
            "createRoom, request: RoomSettingsRequest.duration",
            (ExampleChanged, Docs),
            (ExampleChanged, Docs),
        ),
        row(
            "example of a request",
            |d| {
                let examples = "/paths/~1rooms/post/requestBody/content/application~1json/examples";
                put(d, &format!("{examples}/adhoc/value/name"), json!("Another call"));
            },
            "createRoom, request, example adhoc",
            (ExampleChanged, Docs),
            (ExampleChanged, Docs),
        ),
        row(
            "link to documentation",
            |d| put(d, "/paths/~1rooms/post/externalDocs", json!({"url": "https://docs.example.com"})),
            "createRoom",
            (ExternalDocsChanged, Docs),
            (ExternalDocsChanged, Docs),
        ),
        row(
            "an extension",
            |d| put(d, "/paths/~1rooms/post/x-beta", json!(true)),
            "createRoom: x-beta",
            (ExtensionChanged, Docs),
            (ExtensionChanged, Docs),
        ),
        row(
            "a table of codes that is none",
            |d| *at(d, RESULTS) = json!({}),
            "16 operations, failure: ResultCode.x-result-codes",
            (Other, Wire),
            (Other, Wire),
        ),
        row(
            "a table of words with one that is none",
            |d| push(d, WORDS, json!({"meaning": "Too many rooms."})),
            "16 operations, failure: ErrorCode.x-error-codes",
            (Other, Wire),
            (Other, Wire),
        ),
    ]
}
