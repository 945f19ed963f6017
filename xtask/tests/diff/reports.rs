//! What a person and a program read.

use serde_json::{Value, json};
use xtask::diff::{Reach, Report, Step, Version, compare};

use crate::support::{at, push, put, take, vendored, version};

/// What the facade has for some of the document.
pub struct Facade;

impl Reach for Facade {
    fn operation(&self, id: &str) -> Vec<String> {
        if id == "createRoom" { vec!["Rooms::create".to_owned()] } else { Vec::new() }
    }

    fn field(&self, schema: &str, field: &str) -> Vec<String> {
        if (schema, field) == ("RoomSettingsRequest", "duration") {
            vec!["RoomSettings::duration".to_owned()]
        } else {
            Vec::new()
        }
    }

    fn schema(&self, name: &str) -> Vec<String> {
        if name == "Quality" { vec!["Quality".to_owned()] } else { Vec::new() }
    }
}

fn report(change: impl Fn(&mut Value)) -> Report {
    let mut new = vendored();
    change(&mut new);
    Report::new(compare(&vendored(), &new), version(), &Facade)
}

fn six_changes(d: &mut Value) {
    *at(d, "/components/schemas/RoomSettingsRequest/properties/duration/type") = json!("string");
    *at(d, "/components/schemas/RoomSettingsRequest/properties/max_active_talkers/maximum") = json!(12);
    push(d, "/components/schemas/Quality/enum", json!("UHD"));
    put(d, "/components/schemas/Room/properties/locked", json!({"type": "boolean"}));
    put(d, "/paths/~1rooms/post/summary", json!("Create one room"));
    push(
        d,
        "/components/schemas/ResultCode/x-result-codes",
        json!({"code": 10031, "meaning": "Too many rooms."}),
    );
}

#[test]
fn the_summary_counts_and_names_the_version() {
    let report = report(six_changes);
    assert_eq!(
        report.summary(),
        "1 breaking for callers, 1 breaking on the wire, 3 additive, 1 documentation only: 0.1.0 → 0.2.0 (major step)"
    );
}

#[test]
fn the_text_says_what_where_why_and_for_whom() {
    let text = report(six_changes).to_text();
    for line in [
        "BREAKING FOR CALLERS (1)",
        "- createRoom, request: RoomSettingsRequest.duration: type changed: integer → string",
        "    Its type in Rust is another one. Facade: RoomSettings::duration.",
        "- createRoom, request: RoomSettingsRequest.max_active_talkers: limit tightened: maximum 16 → maximum 12",
        "    The service may now refuse what it took. Not reached by the facade yet.",
        "- createRoom: summary changed: Create [-a-] {+one+} room",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\nis not in\n{text}");
    }
    let order: Vec<_> = ["BREAKING FOR", "BREAKING ON", "ADDITIVE", "DOCUMENTATION", "CHANGELOG"]
        .iter()
        .map(|head| text.find(head).unwrap())
        .collect();
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn the_changelog_reads_like_one() {
    assert_eq!(
        report(six_changes).changelog,
        "\
## Unreleased

- Breaking: `RoomSettings::duration` is `string`, it was `integer`.
- Breaking for earlier releases: `RoomSettingsRequest.max_active_talkers` (in the bindings alone):
  `maximum 12`, it was `maximum 16`.
- `Quality` may be `UHD`.
- `ResultCode 10031` (in the bindings alone) is new: `Too many rooms.`
- `Room.locked` (in the bindings alone) is new.
- The documentation follows EnableX's: summary changed.
"
    );
}

/// Several items for every field, the same ones for all of a schema.
struct Crowd;

impl Reach for Crowd {
    fn operation(&self, _: &str) -> Vec<String> {
        Vec::new()
    }

    fn field(&self, schema: &str, _: &str) -> Vec<String> {
        let items = if schema == "Cdr" { 3 } else { 4 };
        (1..=items).map(|number| format!("Item{number}::a")).collect()
    }

    fn schema(&self, _: &str) -> Vec<String> {
        Vec::new()
    }
}

#[test]
fn the_changelog_names_few_items_and_each_once() {
    let mut new = vendored();
    for schema in ["Cdr", "Room"] {
        for field in ["a", "b"] {
            put(&mut new, &format!("/components/schemas/{schema}/properties/{field}"), json!({}));
        }
    }
    put(&mut new, "/servers/0/url", json!("https://example.com"));
    let changelog = Report::new(compare(&vendored(), &new), version(), &Crowd).changelog;
    let lines: Vec<&str> = changelog.lines().filter(|line| line.ends_with("is new.")).collect();
    let expected =
        ["- `Item1::a`, `Item2::a`, `Item3::a` is new.", "- `Room.a` is new.", "- `Room.b` is new."];
    assert_eq!(lines, expected);
    assert!(!changelog.contains("in the bindings alone"), "{changelog}");
}

#[test]
fn the_markdown_names_the_operations() {
    let markdown = report(six_changes).to_markdown();
    for line in [
        "### Breaking for callers (1)",
        "- **`createRoom, request: RoomSettingsRequest.duration`**: type changed: `integer` → `string`  ",
        "  Its type in Rust is another one. Facade: `RoomSettings::duration`.",
        "  - Create a room",
        "  + Create one room",
    ] {
        assert!(markdown.lines().any(|found| found == line), "{line}\nis not in\n{markdown}");
    }
    assert!(markdown.contains("Operations: `createRoom`, `getRoomById`, `getRoomList`."), "{markdown}");
}

#[test]
fn the_json_has_the_fields_that_are_promised() {
    let json = serde_json::to_value(report(six_changes)).unwrap();
    assert_eq!(
        (&json["current"], &json["next"], &json["step"]),
        (&json!("0.1.0"), &json!("0.2.0"), &json!("major"))
    );
    assert_eq!(json["counts"][0], json!({"class": "breaking-for-callers", "changes": 1}));
    assert_eq!(
        json["changes"][0],
        json!({
            "kind": "type-changed",
            "class": "breaking-for-callers",
            "step": "major",
            "place": "createRoom, request: RoomSettingsRequest.duration",
            "name": "RoomSettingsRequest.duration",
            "sides": ["request"],
            "operations": ["createRoom"],
            "subject": {"field": {"schema": "RoomSettingsRequest", "field": "duration"}},
            "document": "new",
            "pointer": "/components/schemas/RoomSettingsRequest/properties/duration/type",
            "old": "integer",
            "new": "string",
            "why": "its type in Rust is another one",
            "facade": ["RoomSettings::duration"],
        })
    );
}

#[test]
fn what_happens_to_many_operations_is_read_once() {
    let mut document = vendored();
    for (_, item) in document["paths"].as_object_mut().unwrap() {
        for (_, operation) in item.as_object_mut().unwrap() {
            let header = json!({"name": "trace", "in": "header", "schema": {"type": "string"}});
            if let Some(Value::Array(list)) = operation.get_mut("parameters") {
                list.push(header);
            }
        }
    }
    let report = Report::new(compare(&vendored(), &document), version(), &Facade);
    assert_eq!(report.changes.len(), 13);
    assert_eq!(report.to_text().matches("parameter added").count(), 1);
    assert!(report.to_text().contains("- 13 operations, parameter trace: optional parameter added: header"));
    assert!(report.to_markdown().contains("### Additive (13)"));
    let line = "- `13 operations, parameter trace` (in the bindings alone) is new.\n";
    assert!(report.changelog.contains(line), "{}", report.changelog);
}

#[test]
fn no_changes_are_said_in_every_form() {
    let report = report(|_| {});
    assert_eq!(report.to_text(), "No changes: the version stays 0.1.0\n");
    assert_eq!(report.to_markdown(), "**No changes: the version stays 0.1.0**\n");
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!((&json["changes"], &json["next"], &json["step"]), (&json!([]), &json!(null), &json!(null)));
}

#[test]
fn versions_step_as_cargo_counts_them() {
    for (version, step, next) in [
        ("0.1.7", Step::Major, "0.2.0"),
        ("0.1.7", Step::Minor, "0.1.8"),
        ("0.1.7", Step::Patch, "0.1.8"),
        ("1.2.3", Step::Major, "2.0.0"),
        ("1.2.3", Step::Minor, "1.3.0"),
        ("1.2.3", Step::Patch, "1.2.4"),
    ] {
        assert_eq!(version.parse::<Version>().unwrap().after(step).to_string(), next);
    }
    for bad in ["", "1", "1.2", "1.2.3.4", "1.2.x", "1.2.3-rc.1", "-1.2.3"] {
        assert!(bad.parse::<Version>().is_err(), "{bad}");
    }
}

#[test]
fn texts_of_the_document_break_no_markup() {
    let nasty =
        "a`b ```c``` | <script>x</script> @enablex #1 **d**\n\n# e\n- f ~~~ \u{1b}[31m \u{202e}g [h](i) &lt;";
    let markdown = report(|d| {
        put(d, "/paths/~1rooms/post/summary", json!(nasty));
        put(d, "/components/schemas/Cdr/properties/call_num/default", json!(nasty));
        push(d, "/components/schemas/Quality/enum", json!(nasty));
        let field = take(d, "/components/schemas/Cdr/properties/usage");
        put(
            d,
            &format!("/components/schemas/Cdr/properties/{}", nasty.replace('~', "~0").replace('/', "~1")),
            field,
        );
        put(d, "/paths/~1rooms/get/operationId", json!(nasty));
    })
    .to_markdown();
    let outside = outside_of_code(&markdown);
    for mark in ["<script", "@enablex", "#1", "# e", "[h]", "&lt;", "|"] {
        assert!(!outside.contains(mark), "{mark} is in\n{outside}");
    }
    assert!(!markdown.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn nothing_steers_a_terminal() {
    let text = report(|d| {
        put(d, "/paths/~1rooms/post/summary", json!("\u{1b}[31mred\u{7}\u{9b}\u{202e}"));
        put(d, "/components/schemas/Cdr/properties/\u{1b}]0;x\u{7}", json!({"type": "\u{1b}[2J"}));
    })
    .to_text();
    let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!text.contains(steers), "{text:?}");
}

#[test]
fn long_texts_are_cut() {
    let long = report(|d| {
        put(d, "/info/description", json!("word ".repeat(10_000)));
        put(d, "/info/title", json!("w".repeat(100_000)));
    });
    assert!(long.to_text().len() < 6_000, "{}", long.to_text().len());
    assert!(long.to_markdown().len() < 6_000);
}

/// What CommonMark reads as markup: all that stands in no code.
fn outside_of_code(markdown: &str) -> String {
    let mut outside = String::new();
    let mut fence: Option<usize> = None;
    for line in markdown.lines() {
        let marks = line.trim_start().chars().take_while(|c| *c == '`').count();
        match fence {
            Some(length) if marks >= length && line.trim().chars().all(|c| c == '`') => fence = None,
            Some(_) => {}
            None if marks >= 3 && !line.trim_start()[marks..].contains('`') => fence = Some(marks),
            None => outside.push_str(&outside_of_spans(line)),
        }
    }
    outside
}

fn outside_of_spans(line: &str) -> String {
    let (mut outside, mut rest) = (String::new(), line);
    while let Some(start) = rest.find('`') {
        outside.push_str(&rest[..start]);
        let length = rest[start..].chars().take_while(|c| *c == '`').count();
        let after = &rest[start + length..];
        let ends = after.match_indices('`').map(|(at, _)| at).find(|at| {
            let run = after[*at..].chars().take_while(|c| *c == '`').count();
            run == length && !after[..*at].ends_with('`')
        });
        match ends {
            Some(end) => rest = &after[end + length..],
            None => {
                outside.push_str(&rest[start..start + length]);
                rest = after;
            }
        }
    }
    outside + rest
}
