//! An observer's record becomes a report.

use serde_json::{Value, json};
use xtask::drift::Report;

/// As the crate writes them (see the documentation of `enablex::Drift`).
const RECORD: &str = r#"
{"operation":"getRoomById","at":"room.settings.quality","schema":"RoomSettings.quality","kind":"unknown-value","documented":"one of HD, LD, SD","seen":"string","version":"0.1.0"}
{"operation":"getRoomList","at":"rooms[].settings.quality","schema":"RoomSettings.quality","kind":"unknown-value","documented":"one of HD, LD, SD","seen":"string","version":"0.1.1"}
{"operation":"getRoomById","at":"room.new","schema":"Room.new","kind":"unknown-key","seen":"string","version":"0.1.0"}
{"operation":"getRoomList","at":"rooms[].new","schema":"Room.new","kind":"unknown-key","seen":"integer","version":"0.1.0"}
{"operation":"createToken","at":"result","kind":"unknown-code","seen":"integer","code":"10199","version":"0.1.0"}
{"operation":"getRoomList","at":"","kind":"no-object","seen":"array","version":"0.1.0"}
"#;

fn document(room: Value, codes: Value) -> Value {
    json!({ "components": { "schemas": {
        "Room": { "properties": room },
        "ResultCode": { "x-result-codes": codes },
    } } })
}

#[test]
fn the_same_of_several_operations_is_one_disagreement() {
    let report = Report::read(RECORD, &document(json!({}), json!([]))).unwrap();
    assert!(report.settled.is_empty());
    let told: Value = serde_json::to_value(&report).unwrap();
    assert_eq!(
        told["open"],
        json!([
            { "place": "Room.new", "kind": "unknown-key", "seen": ["integer", "string"],
              "operations": ["getRoomById", "getRoomList"], "versions": ["0.1.0"] },
            { "place": "RoomSettings.quality", "kind": "unknown-value", "documented": "one of HD, LD, SD",
              "seen": ["string"], "operations": ["getRoomById", "getRoomList"], "versions": ["0.1.0", "0.1.1"] },
            { "place": "result", "kind": "unknown-code", "seen": ["integer"], "code": "10199",
              "operations": ["createToken"], "versions": ["0.1.0"] },
            { "place": "the answer", "kind": "no-object", "seen": ["array"],
              "operations": ["getRoomList"], "versions": ["0.1.0"] },
        ])
    );
}

#[test]
fn what_the_document_says_by_now_is_settled() {
    let document = document(json!({ "new": {} }), json!([{ "code": 10199 }]));
    let report = Report::read(RECORD, &document).unwrap();
    let places: Vec<&str> = report.settled.iter().map(|known| known.place.as_str()).collect();
    assert_eq!(places, ["Room.new", "result"]);
    assert_eq!(report.open.len(), 2);
}

#[test]
fn a_person_reads_a_line_for_each() {
    let report = Report::read(RECORD, &document(json!({ "new": {} }), json!([]))).unwrap();
    assert_eq!(
        report.to_text(),
        "3 disagreements between the document and the service, 1 settled since

### Open

- RoomSettings.quality: unknown-value; documented: one of HD, LD, SD; seen: string (getRoomById, getRoomList; version 0.1.0, 0.1.1)
- result: unknown-code 10199; seen: integer (createToken; version 0.1.0)
- the answer: no-object; seen: array (getRoomList; version 0.1.0)

### Settled since

- Room.new: unknown-key; seen: integer, string (getRoomById, getRoomList; version 0.1.0)
"
    );
    assert!(report.to_markdown().contains("- `result`: `unknown-code` `10199`; seen: `integer`"));
}

#[test]
fn an_empty_record_has_no_disagreements() {
    assert!(Report::read("\n", &json!({})).unwrap().to_text().starts_with("0 disagreements"));
}

#[test]
fn a_line_that_is_none_is_named() {
    let refused = Report::read("\n{}", &json!({})).unwrap_err().to_string();
    assert_eq!(refused, "line 2: missing field `operation` at line 1 column 2");
}

/// A process that was killed leaves half a line.
#[test]
fn a_line_that_was_cut_costs_itself_alone() {
    let report = Report::read(&format!("{RECORD}{{\"operation\":\"getR"), &json!({})).unwrap();
    assert_eq!((report.open.len(), report.unread), (4, vec![8]));
}

/// A record may come from anywhere.
#[test]
fn names_from_a_record_are_harmless() {
    let line = r#"{"operation":"a","at":"x\u001b[2J`|<b>@you","kind":"unknown-key","version":"0.1.0"}"#;
    let report = Report::read(line, &json!({})).unwrap();
    assert!(!report.to_text().contains('\u{1b}') && !report.to_markdown().contains('\u{1b}'));
    assert!(report.to_markdown().contains("``x"), "{}", report.to_markdown());
}
