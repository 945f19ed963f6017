//! The codes and their advice equal those of the vendored document.

use enablex::{Advice, ErrorCode};
use serde_json::Value;

/// What the document says of the codes that the crate knows: it may publish more by now.
fn published(schema: &str, list: &str, is_known: impl Fn(&Value) -> bool) -> Vec<Value> {
    let mut entries = crate::document()["components"]["schemas"][schema][list].as_array().unwrap().clone();
    entries.retain(|entry| is_known(&entry["code"]));
    entries
}

fn advice(code: &ErrorCode) -> (Value, Value) {
    let advice = code.advice().unwrap();
    let field = match advice {
        Advice::FixRequest { field } => field.into(),
        _ => Value::Null,
    };
    (advice.as_str().into(), field)
}

#[test]
fn every_published_result_is_named() {
    let is_known = |code: &Value| ErrorCode::PUBLISHED_RESULTS.contains(&code.as_i64().unwrap());
    let published = published("ResultCode", "x-result-codes", is_known);
    assert!(published.len() >= 51);
    let mut numbers: Vec<_> = published.iter().map(|entry| entry["code"].as_i64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, ErrorCode::PUBLISHED_RESULTS);
    for entry in published {
        let code = ErrorCode::from(entry["code"].as_i64().unwrap());
        assert!(code.meaning().is_some(), "{entry}");
        assert_eq!(advice(&code), (entry["advice"].clone(), entry["field"].clone()), "{entry}");
        assert_eq!(serde_json::to_value(&code).unwrap(), entry["code"]);
    }
}

#[test]
fn every_published_error_code_is_named() {
    let is_known = |code: &Value| ErrorCode::PUBLISHED_WORDS.contains(&code.as_str().unwrap());
    let published = published("ErrorCode", "x-error-codes", is_known);
    assert_eq!(published.len(), ErrorCode::PUBLISHED_WORDS.len());
    for entry in published {
        let word = entry["code"].as_str().unwrap();
        let code = ErrorCode::from(word);
        assert_eq!(advice(&code).0, entry["advice"], "{entry}");
        assert_eq!(serde_json::to_value(&code).unwrap(), entry["code"]);
    }
}

#[test]
fn unknown_codes_survive() {
    for code in [ErrorCode::from(10_199), ErrorCode::from(-1), ErrorCode::from(i64::MIN)] {
        assert_eq!(code, ErrorCode::OtherResult(code.result().unwrap()));
        assert_eq!((code.meaning(), code.advice()), (None, None));
    }
    let word = ErrorCode::from("SOMETHING_NEW");
    assert_eq!((word.word(), word.result()), (Some("SOMETHING_NEW"), None));
}
