//! Documents that say what the vendored one says in other words, and what is new besides.

mod forms;
mod positions;
mod release;
mod ways;

use std::{fs, path::Path};

use forms::{Form, vendored};
use serde_json::{Value, json};
use xtask::{
    diff::{Change, Class, Report, compare},
    document,
};

/// A document that was aligned with the vendored one, and what only the vendored one says.
struct Aligned {
    document: Value,
    notes: Vec<String>,
    doubts: Vec<String>,
    known: Value,
    report: Report,
}

/// Aligns a document in these forms. It is there under `target/tmp/foreign/`, too: `.ci/regen` takes it in.
#[track_caller]
fn aligned(name: &str, foreign: &Value) -> Aligned {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("foreign");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join(name).with_extension("json"), foreign.to_string()).unwrap();
    let ours = vendored();
    let new = document::take_in(&foreign.to_string()).map_err(|error| error.to_string()).unwrap();
    let document::Aligned { document, notes, doubts } = document::align(&ours, &new.document).unwrap();
    document::check(&document).unwrap();
    let known = document::unsaid(&ours, &document);
    let whole = document::merged(&document, &known);
    document::check(&whole).unwrap();
    let report = Report::between(&ours, &whole, "0.1.0".parse().unwrap());
    Aligned { report: report.with_unsaid(compare(&ours, &document)), document, notes, doubts, known }
}

fn in_forms(change: Option<Form>, forms: &[Form]) -> Value {
    let mut foreign = vendored();
    change.iter().chain(forms).for_each(|form| form(&mut foreign));
    foreign
}

/// A document in these forms says nothing new. What it lacks are texts.
#[track_caller]
fn says_the_same(name: &str, forms: &[Form]) -> Aligned {
    let aligned = aligned(name, &in_forms(None, forms));
    assert!(aligned.report.changes.is_empty(), "{}", aligned.report.to_text());
    assert_eq!(aligned.doubts, [""; 0]);
    let is_text = |change: &Change| change.class == Class::DocumentationOnly;
    assert!(aligned.report.unsaid.iter().all(is_text), "{}", aligned.report.to_text());
    aligned
}

#[test]
fn names_do_not_matter() {
    let aligned = says_the_same("renamed", &[forms::renamed]);
    assert_eq!((aligned.document, aligned.known), (vendored(), json!({})));
}

#[test]
fn a_schema_may_stand_in_place() {
    says_the_same("in_place", &[forms::in_place]);
    let mut foreign = in_forms(None, &[forms::in_place]);
    foreign["components"] = vendored()["components"].clone();
    let report = aligned("in_place_and_named", &foreign).report;
    assert!(report.changes.is_empty(), "{}", report.to_text());
}

#[test]
fn failures_may_be_listed_by_status_and_successes_exactly() {
    let aligned = says_the_same("by_status", &[forms::by_status]);
    assert_eq!(aligned.document, vendored());
    let aligned = says_the_same("exact_successes", &[forms::exact_successes]);
    assert_eq!(aligned.document, vendored());
}

#[test]
fn paths_may_hold_the_base_path_and_name_their_parameters() {
    let aligned = says_the_same("other_paths", &[forms::other_paths]);
    assert_eq!(aligned.document, vendored());
}

#[test]
fn operations_keep_their_ids_and_the_others_are_told() {
    let aligned = says_the_same("other_ids", &[forms::other_ids]);
    assert_eq!(aligned.document, vendored());
    assert_eq!(
        aligned.notes,
        [
            "`getPeriodArchive` keeps its operationId: the document calls it `getArchiveByPeriod`",
            "`getDialInNumbers` keeps its operationId: the document calls it `getDialinInfo`",
            "`getRoomList` keeps its operationId: the document gives it none",
        ]
    );
}

#[test]
fn swagger_2_0_says_the_same() {
    says_the_same("swagger", &[forms::swagger]);
}

#[test]
fn several_forms_at_once_say_the_same() {
    says_the_same("renamed_swagger", &[forms::renamed, forms::by_status, forms::other_paths, forms::swagger]);
    says_the_same("in_place_swagger", &[forms::in_place, forms::by_status, forms::other_ids, forms::swagger]);
    says_the_same("in_place_paths", &[forms::in_place, forms::exact_successes, forms::other_paths]);
}

/// What is known stays: the document with it is the vendored one again.
#[test]
fn what_is_not_said_is_kept() {
    let mut foreign = in_forms(None, &[forms::silent, forms::renamed]);
    foreign["info"] = vendored()["info"].clone();
    let aligned = aligned("silent", &foreign);
    assert!(aligned.report.changes.is_empty(), "{}", aligned.report.to_text());
    let unsaid: Vec<(&str, &str)> =
        aligned.report.unsaid.iter().map(|change| (change.kind, &*change.name)).collect();
    for known in [
        ("limit-removed", "RoomSettingsRequest.max_active_talkers"),
        ("enum-opened", "Role"),
        ("field-optional", "CreateTokenRequest.name"),
        ("description-changed", "Room"),
    ] {
        assert!(unsaid.contains(&known), "{known:?}: {unsaid:?}");
    }
}

#[test]
fn a_new_operation_is_more() {
    let forms: &[Form] = &[forms::renamed, forms::by_status, forms::exact_successes];
    let aligned = aligned("operation", &in_forms(Some(release::operation), forms));
    let kinds: Vec<_> = aligned.report.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, ["operation-added", "schema-added"]);
    // Its responses have the form of the others.
    let responses =
        aligned.document["paths"]["/rooms/{room_id}/stats"]["get"]["responses"].as_object().unwrap();
    assert_eq!(responses.keys().collect::<Vec<_>>(), ["2XX", "default"]);
}

/// The report names the ten changes of a release, and nothing else, in whatever form it comes.
#[test]
fn a_release_in_foreign_form_is_told_by_its_changes() {
    let forms: &[(&str, &[Form])] = &[
        ("release", &[]),
        (
            "release_swagger",
            &[forms::renamed, forms::by_status, forms::other_ids, forms::other_paths, forms::swagger],
        ),
        (
            "release_in_place",
            &[forms::in_place, forms::by_status, forms::exact_successes, forms::other_paths],
        ),
    ];
    for (name, forms) in forms {
        let aligned = aligned(name, &in_forms(Some(release::next), forms));
        let changes = aligned.report.changes.iter().filter(|change| change.kind != "schema-added");
        let found = changes.map(|change| (change.kind, &*change.name, json!(change.class)));
        let mut found: Vec<_> = found.map(|(kind, place, class)| json!([kind, place, class])).collect();
        let mut expected: Vec<Value> = release::CHANGES.iter().map(|change| json!(change)).collect();
        [&mut found, &mut expected].into_iter().for_each(|list| list.sort_by_key(Value::to_string));
        assert_eq!(found, expected, "{name}");
    }
}
