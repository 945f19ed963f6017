//! The names of calls follow EnableX's operationIds, and nothing else.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

/// `getCDRByRoom` to `get_cdr_by_room`: a word begins with a capital letter that stands before a small
/// one, or after one.
fn snake_case(id: &str) -> String {
    let letters: Vec<char> = id.chars().collect();
    let mut name = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let is_small =
            |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_lowercase());
        if letter.is_uppercase() && (is_small(index.checked_sub(1)) || is_small(Some(index + 1))) && index > 0
        {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

/// What no compiler sees.
#[test]
fn the_client_calls_the_first_address_of_the_document() {
    let document: Value = serde_json::from_str(&read("openapi/video.json")).unwrap();
    let address = document["servers"][0]["url"].as_str().unwrap();
    assert!(read("src/client/base_url.rs").contains(&format!("\"{address}\"")), "{address}");
}

#[test]
fn every_call_has_the_name_of_its_operation() {
    let document: Value = serde_json::from_str(&read("openapi/video.json")).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items.flat_map(|item| item.as_object().unwrap().values());
    let expected: BTreeSet<String> =
        operations.filter_map(|operation| operation["operationId"].as_str()).map(snake_case).collect();
    let bindings = read("generated/bindings.rs");
    let calls: BTreeSet<String> = bindings
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub async fn ")?.split('<').next().map(str::to_owned))
        .collect();
    assert_eq!(calls, expected);
    assert!(calls.contains("get_cdr_by_room_and_period") && calls.contains("create_token"));
}
