//! What a person and a program read.

use std::{fs, path::Path, process::Command};

use serde_json::{Value, json};
use xtask::diff::{Report, Step};

use crate::support::{changed, frozen};

const AGE: &str = "/components/schemas/NewPet/properties/age";

fn report(changes: &[(&str, Value)]) -> Report {
    Report::between(&frozen(), &changed(changes), "0.1.0".parse().unwrap())
}

fn six_changes() -> [(&'static str, Value); 6] {
    [
        ("/components/schemas/NewPet/properties/age/type", json!("string")),
        ("/components/schemas/NewPet/properties/age/maximum", json!(12)),
        ("/components/schemas/Kind/enum/-", json!("fish")),
        ("/components/schemas/Pet/properties/colour", json!({"type": "string"})),
        ("/paths/~1pets~1{pet}/get/summary", json!("Get one")),
        ("/components/schemas/Code/x-result-codes/-", json!({"code": 3, "meaning": "Three"})),
    ]
}

fn assert_lines(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.lines().any(|found| found == *line), "{line}\nis not in\n{text}");
    }
}

#[test]
fn the_text_says_what_where_why_and_for_whom() {
    let text = report(&six_changes()).to_text();
    let counts = "1 breaking for callers, 1 breaking on the wire, 3 additive, 1 documentation only";
    assert!(text.starts_with(&format!("{counts}: 0.1.0 → 0.2.0 (major change)\n")), "{text}");
    assert_lines(
        &text,
        &[
            "BREAKING FOR CALLERS (1)",
            "- putPet, request: NewPet.age: type changed: number → string",
            "    Its type in Rust is another one.",
            "- putPet, request: NewPet.age: limit tightened: maximum 30 → maximum 12",
            "- getPet: summary changed: Get {+one+}",
            "- DELETE /pets/{pet} and getPet, answer: Pet.colour: field added: string",
        ],
    );
    assert!(text.contains(" Operations: DELETE /pets/{pet}, getPet, putPet."), "{text}");
    let order = ["BREAKING FOR", "BREAKING ON", "ADDITIVE", "DOCUMENTATION", "CHANGELOG"]
        .map(|head| text.find(head).unwrap());
    assert!(order.is_sorted(), "{text}");
}

#[test]
fn the_markdown_says_the_same() {
    assert_lines(
        &report(&six_changes()).to_markdown(),
        &[
            "### Breaking for callers (1)",
            "- **`putPet, request: NewPet.age`**: type changed: `number` → `string`  ",
            "  Its type in Rust is another one.",
            "- **`getPet`**: summary changed: `Get {+one+}`  ",
        ],
    );
}

#[test]
fn the_changelog_follows_from_the_documents() {
    let changelog = "\
## Unreleased

- Breaking: `NewPet.age`: type changed: `number` → `string`.
- Breaking for earlier releases: `NewPet.age`: limit tightened: `maximum 30` → `maximum 12`.
- `Code 3`: result code added: `Three`.
- `Kind`: enum value added: `fish`.
- `Pet.colour`: field added: `string`.
- The documentation follows EnableX's: summary changed (1).
";
    assert_eq!(report(&six_changes()).changelog, changelog);
}

#[test]
fn the_json_has_the_fields_that_are_promised() {
    let json = serde_json::to_value(report(&six_changes())).unwrap();
    assert_eq!(
        (&json["current"], &json["next"], &json["step"]),
        (&json!("0.1.0"), &json!("0.2.0"), &json!("major"))
    );
    assert_eq!(json["counts"][3], json!({"class": "documentation-only", "changes": 1}));
    assert_eq!(
        json["changes"][0],
        json!({
            "kind": "type-changed",
            "class": "breaking-for-callers",
            "step": "major",
            "place": "putPet, request: NewPet.age",
            "name": "NewPet.age",
            "sides": ["request"],
            "operations": ["putPet"],
            "document": "new",
            "pointer": format!("{AGE}/type"),
            "old": "number",
            "new": "string",
            "subject": {"field": {"schema": "NewPet", "field": "age"}},
            "why": "its type in Rust is another one",
        })
    );
}

#[test]
fn no_changes_are_said_in_every_form() {
    let report = report(&[]);
    assert_eq!(report.to_text(), "No changes: the version stays 0.1.0\n");
    assert_eq!(report.to_markdown(), "**No changes: the version stays 0.1.0**\n");
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!((&json["changes"], &json["next"], &json["step"]), (&json!([]), &json!(null), &json!(null)));
}

#[test]
fn versions_step_as_cargo_reads_them() {
    for (version, steps) in [("0.1.7", ["0.1.8", "0.1.8", "0.2.0"]), ("1.2.3", ["1.2.4", "1.3.0", "2.0.0"])] {
        let next = [Step::Patch, Step::Minor, Step::Major]
            .map(|step| step.after(&version.parse().unwrap()).to_string());
        assert_eq!(next, steps);
    }
}

#[test]
fn texts_of_a_document_do_no_harm() {
    let nasty = "a`b ```c``` <script> @enablex #1\n\n# e\n- \u{1b}[31m \u{202e}g [h](i) | &lt;";
    let report = report(&[
        ("/paths/~1pets~1{pet}/get/operationId", json!(nasty)),
        (&format!("{AGE}/default"), json!(nasty)),
        (&format!("{AGE}/x-own"), json!("w".repeat(100_000))),
        ("/info/description", json!("word ".repeat(10_000))),
    ]);
    let steers = |character: char| (character.is_control() && character != '\n') || character == '\u{202e}';
    for text in [report.to_text(), report.to_markdown(), report.changelog.clone()] {
        assert!(!text.contains(steers), "{text:?}");
        assert!(text.len() < 6_000, "{}", text.len());
        assert!(!text.lines().any(|line| line.starts_with("# e")), "{text}");
    }
    let code =
        "````a`b ```c``` <script> @enablex #1\\u{a}\\u{a}# e\\u{a}- \\u{1b}[31m \\u{202e}g [h](i) | &lt;````";
    assert!(report.to_markdown().contains(code), "{}", report.to_markdown());
}

#[test]
fn a_pull_request_takes_the_report_on_a_large_document() {
    let document = |kind: &str| {
        let (mut schemas, mut paths) = (json!({}), json!({}));
        for index in 0..1_000 {
            let name = format!("Thing{index}");
            let schema = json!({"$ref": format!("#/components/schemas/{name}")});
            let body = json!({"content": {"application/json": {"schema": schema}}});
            paths[format!("/{index}")] = json!({"post": {"requestBody": body}});
            schemas[name] = json!({"properties": {"a": {"type": kind}, "b": {"type": kind}}});
        }
        json!({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}})
    };
    let report = Report::between(&document("string"), &document("integer"), "0.1.0".parse().unwrap());
    assert_eq!(report.changes.len(), 2_000);
    assert!(report.to_markdown().chars().count() < 65_536);
}

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).output().unwrap();
    let [out, err] = [done.stdout, done.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (done.status.code(), out, err)
}

#[test]
fn the_task_compares_what_it_is_given() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = |name: &str, text: &str| {
        fs::write(folder.join(name), text).unwrap();
        folder.join(name).to_str().unwrap().to_owned()
    };
    let old = file("old.json", &frozen().to_string());
    let new = file("new.json", &changed(&six_changes()).to_string());
    let yaml =
        file("new.yaml", "openapi: 3.0.3\npaths: {/a: {get: {responses: {200: {$ref: '#/nowhere'}}}}}\n");
    let (code, out, _) = run(&["diff", &old, &new]);
    assert_eq!(code, Some(0));
    assert!(out.contains("NewPet.age: type changed") && out.contains("breaking for callers"), "{out}");
    let (code, out, _) = run(&["diff", &old, &old]);
    assert_eq!(code, Some(0));
    assert!(out.starts_with("No changes"), "{out}");
    let (_, out, _) = run(&["diff", &old, &new, "--json"]);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap()["step"], "major");
    let (code, out, _) = run(&["diff", "--markdown", &new, &yaml]);
    assert_eq!(code, Some(0), "what is not valid can be compared");
    assert!(out.contains("operation added: `GET /a`"), "{out}");
    let nowhere = format!("{old}.not");
    let text = file("text.json", "text");
    for wrong in [["diff", &old, &nowhere], ["diff", &text, &new]] {
        let (code, _, err) = run(&wrong);
        assert_eq!(code, Some(1));
        assert!(wrong.iter().any(|place| err.starts_with(*place)), "{err}");
    }
    for wrong in
        [&["diff"][..], &["diff", &old], &["diff", &old, &new, &new], &["diff", &old, &new, "--check"]]
    {
        assert_eq!(run(wrong).0, Some(2), "{wrong:?}");
    }
}
