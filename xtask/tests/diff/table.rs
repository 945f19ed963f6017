//! Every change that is known is found, once, as what it is; and so is its opposite.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use xtask::diff::{Change, Class, Kind, Step, compare};

use crate::{
    bodies, codes_and_texts, compositions, document, fields, limits, operations, schemas, sides,
    support::{Expected, Row, push, vendored},
};

fn rows() -> Vec<Row> {
    [
        document::rows(),
        operations::rows(),
        bodies::rows(),
        schemas::rows(),
        fields::rows(),
        compositions::rows(),
        limits::rows(),
        sides::rows(),
        codes_and_texts::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn step(class: Class) -> Step {
    match class {
        Class::BreakingForCallers => Step::Major,
        Class::BreakingOnTheWire | Class::Additive => Step::Minor,
        Class::Documentation => Step::Patch,
    }
}

/// What is found, in the order of nothing but itself.
fn found(changes: &[Change]) -> Vec<(Kind, Class, Step, String)> {
    let mut found: Vec<_> = changes.iter().map(|c| (c.kind, c.class, c.step, c.place.clone())).collect();
    found.sort();
    found
}

fn expected(expected: &[Expected]) -> Vec<(Kind, Class, Step, String)> {
    let mut all: Vec<_> = expected
        .iter()
        .map(|Expected(kind, class, place)| (*kind, *class, step(*class), (*place).to_owned()))
        .collect();
    all.sort();
    all
}

fn assert_pointers(name: &str, changes: &[Change], old: &Value, new: &Value) {
    for change in changes {
        let document = if change.document == xtask::diff::In::Old { old } else { new };
        assert!(document.pointer(&change.pointer).is_some(), "{name}: nothing at {}", change.pointer);
    }
}

#[test]
fn every_change_is_found_once_and_so_is_its_opposite() {
    let mut failed = Vec::new();
    for row in rows() {
        let mut old = vendored();
        (row.before)(&mut old);
        let mut new = old.clone();
        (row.change)(&mut new);
        for (from, to, wanted) in [(&old, &new, &row.there), (&new, &old, &row.back)] {
            let changes = compare(from, to);
            assert_pointers(row.name, &changes, from, to);
            let (found, wanted) = (found(&changes), expected(wanted));
            if found != wanted {
                failed.push(format!("{}:\n  found {found:?}\n  wanted {wanted:?}", row.name));
            }
        }
        assert_eq!(compare(&new, &new), [], "{}", row.name);
    }
    assert!(failed.is_empty(), "{} of the table:\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn no_kind_is_without_a_row() {
    let in_table: BTreeSet<Kind> =
        rows().iter().flat_map(|row| row.there.iter().chain(&row.back)).map(|expected| expected.0).collect();
    let missing: Vec<_> = Kind::ALL.iter().filter(|kind| !in_table.contains(kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn names_of_rows_are_their_own() {
    let rows = rows();
    let names: BTreeSet<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len());
}

#[test]
fn pointers_lead_into_the_document_as_it_is() {
    let mut new = vendored();
    // In the normal form it is the first of them.
    push(&mut new, "/components/schemas/Quality/enum", json!("AD"));
    let parameters = "/paths/~1cdr~1period~1{from_date}~1{to_date}/get/parameters";
    push(&mut new, parameters, json!({"name": "a", "in": "query", "schema": {}}));
    push(
        &mut new,
        "/components/schemas/ErrorResponse/oneOf",
        json!({"description": " a ", "type": "boolean"}),
    );
    let pointers: BTreeSet<String> =
        compare(&vendored(), &new).into_iter().map(|change| change.pointer).collect();
    let expected = ["/components/schemas/ErrorResponse/oneOf/2", "/components/schemas/Quality/enum/3"];
    let expected: BTreeSet<String> =
        expected.into_iter().map(str::to_owned).chain([format!("{parameters}/2")]).collect();
    assert_eq!(pointers, expected);
}
