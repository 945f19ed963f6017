//! The codes and their advice equal those of the vendored document.

use enablex::{Advice, ErrorCode};
use serde_json::Value;

fn document() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi/video.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
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
    let document = document();
    let published = document["components"]["schemas"]["ResultCode"]["x-result-codes"].as_array().unwrap();
    assert_eq!(published.len(), 51);
    let numbers: Vec<_> = published.iter().map(|entry| entry["code"].as_i64().unwrap()).collect();
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
    let document = document();
    let published = document["components"]["schemas"]["ErrorCode"]["x-error-codes"].as_array().unwrap();
    assert_eq!(published.len(), 5);
    for entry in published {
        let word = entry["code"].as_str().unwrap();
        assert!(ErrorCode::PUBLISHED_WORDS.contains(&word));
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
