//! Every kind of change, there and back: what it is found as, where, and what it means.

use std::collections::BTreeSet;

use serde_json::Value;
use xtask::diff::{Change, In, compare, kinds};

use crate::support::{changed, frozen};

/// What is done to the frozen document, and what is to be found for it and for its opposite:
/// `pointer := value` (`-` takes it away), then `kind class @ place` for each change, which is there (`>`)
/// or back (`<`).
const ROWS: &str = include_str!("rows.txt");

type Row = (Vec<(&'static str, Value)>, Vec<&'static str>);

fn row(block: &'static str) -> Row {
    let (done, expected): (Vec<&str>, Vec<&str>) =
        block.lines().map(str::trim).partition(|line| line.starts_with('/'));
    let value = |text| if text == "-" { Value::Null } else { serde_json::from_str(text).unwrap() };
    let done = done.iter().map(|line| line.split_once(" := ").unwrap());
    (done.map(|(pointer, text)| (pointer, value(text))).collect(), expected)
}

fn lines(changes: &[Change], mark: &str) -> Vec<String> {
    let class = |change: &Change| serde_json::to_value(change.class).unwrap().as_str().unwrap().to_owned();
    changes.iter().map(|it| format!("{mark} {} {} @ {}", it.kind, class(it), it.place)).collect()
}

#[test]
fn every_change_is_found_as_what_it_is_and_so_is_its_opposite() {
    let mut wrong = String::new();
    for block in ROWS.trim().split("\n\n") {
        let (done, expected) = row(block);
        let (old, new) = (frozen(), changed(&done));
        let (there, back) = (compare(&old, &new), compare(&new, &old));
        for (changes, from, to) in [(&there, &old, &new), (&back, &new, &old)] {
            for change in changes {
                let document = if change.document == In::Old { from } else { to };
                assert!(
                    document.pointer(&change.pointer).is_some(),
                    "{block}: nothing at {}",
                    change.pointer
                );
            }
        }
        let found = [lines(&there, ">"), lines(&back, "<")].concat();
        if found != expected {
            let done: Vec<&str> = block.lines().filter(|line| line.starts_with('/')).collect();
            wrong += &format!("{}\n    {}\n\n", done.join("\n"), found.join("\n    "));
        }
    }
    assert!(wrong.is_empty(), "found otherwise:\n\n{wrong}");
}

#[test]
fn no_kind_is_without_a_row() {
    let in_rows: BTreeSet<&str> =
        ROWS.lines().filter_map(|line| line.trim().strip_prefix(['>', '<'])?.split(' ').nth(1)).collect();
    assert_eq!(in_rows, kinds().collect());
}
