//! What says the same is no change.

use serde_json::{Map, Value, json};
use xtask::diff::compare;

use crate::{
    edits::rich,
    support::{at, everywhere, put, take, vendored},
};

fn assert_same(name: &str, change: impl Fn(&mut Value)) {
    assert_same_in(vendored(), name, change);
}

/// In the vendored document, and in one that has everything.
fn assert_same_in_all(name: &str, change: impl Fn(&mut Value)) {
    assert_same_in(vendored(), name, &change);
    assert_same_in(rich(), name, &change);
}

fn assert_same_in(old: Value, name: &str, change: impl Fn(&mut Value)) {
    let mut new = old.clone();
    change(&mut new);
    assert_ne!(old, new, "{name}: nothing was done");
    assert_eq!(compare(&old, &new), [], "{name}");
    assert_eq!(compare(&new, &old), [], "{name}, back");
}

#[test]
fn a_document_is_itself() {
    assert_eq!(compare(&vendored(), &vendored()), []);
}

#[test]
fn the_order_of_keys_says_nothing() {
    // The keys of a `Map` are in order by themselves, unless `serde_json` keeps the one of the text.
    let reversed = |value: &mut Value| {
        everywhere(value, "", &mut |_, value| {
            if let Value::Object(object) = value {
                *object = std::mem::take(object).into_iter().rev().collect::<Map<_, _>>();
            }
        });
    };
    let mut new = vendored();
    reversed(&mut new);
    assert_eq!(compare(&vendored(), &new), []);
}

#[test]
fn the_order_of_sets_says_nothing() {
    const SETS: &[&str] = &["required", "enum", "tags", "parameters", "oneOf", "anyOf", "allOf"];
    for set in SETS {
        let reverse = |d: &mut Value| {
            everywhere(d, "", &mut |key, value| {
                if let Value::Array(items) = value
                    && key == *set
                {
                    items.reverse();
                }
            });
        };
        assert_same_in(rich(), set, reverse);
        let often = !matches!(*set, "anyOf" | "allOf");
        if often {
            assert_same(set, reverse);
        }
    }
}

#[test]
fn the_order_of_codes_says_nothing() {
    for table in ["ResultCode/x-result-codes", "ErrorCode/x-error-codes"] {
        assert_same(table, |d| {
            at(d, &format!("/components/schemas/{table}")).as_array_mut().unwrap().reverse();
        });
    }
}

#[test]
fn blanks_in_texts_say_nothing() {
    let texts = |edit: fn(&str) -> String| {
        move |d: &mut Value| {
            everywhere(d, "", &mut |key, value| {
                if let (Value::String(text), "description" | "summary") = (&mut *value, key) {
                    *text = edit(text);
                }
            });
        }
    };
    assert_same_in_all("wrapped", texts(|text| text.replace(' ', "\n")));
    assert_same("with CRLF", texts(|text| text.replace('\n', "\r\n").replace(". ", ".\r\n")));
    assert_same_in_all("indented", texts(|text| format!("  {}\n\n", text.replace('\n', "\n\t"))));
    assert_same_in_all("doubled", texts(|text| text.replace(' ', "  ")));
}

#[test]
fn what_holds_by_default_says_nothing() {
    let call_num = "/components/schemas/Cdr/properties/call_num";
    for (key, value) in [
        ("nullable", json!(false)),
        ("deprecated", json!(false)),
        ("readOnly", json!(false)),
        ("writeOnly", json!(false)),
        ("uniqueItems", json!(false)),
        ("exclusiveMinimum", json!(false)),
        ("minLength", json!(0)),
        ("minItems", json!(0)),
        ("required", json!([])),
        ("additionalProperties", json!(true)),
        ("additionalProperties", json!({})),
        ("properties", json!({})),
    ] {
        assert_same(key, |d| put(d, &format!("{call_num}/{key}"), value.clone()));
    }
    assert_same("style", |d| {
        put(d, "/components/parameters/ToDate/style", json!("simple"));
        put(d, "/components/parameters/ToDate/explode", json!(false));
    });
    assert_same("security", |d| {
        put(d, "/paths/~1rooms/post/security", json!([{"basicAuth": []}]));
    });
    assert_same("servers of the document", |d| {
        let servers = at(d, "/servers").clone();
        put(d, "/paths/~1rooms/servers", servers.clone());
        put(d, "/paths/~1rooms/post/servers", servers);
    });
    let mut without = vendored();
    take(&mut without, "/servers");
    for owner in ["", "/paths/~1rooms", "/paths/~1rooms/post"] {
        assert_same_in(without.clone(), owner, |d| {
            put(d, &format!("{owner}/servers"), json!([{"url": "/"}]))
        });
    }
    assert_same("deprecated operation", |d| put(d, "/paths/~1rooms/post/deprecated", json!(false)));
    assert_same("no parameters", |d| put(d, "/paths/~1rooms/post/parameters", json!([])));
}

#[test]
fn where_a_reference_stands_says_nothing() {
    assert_same("a reference alone, or as the only part", |d| {
        let reference = json!({"allOf": [{"$ref": "#/components/schemas/ArchiveFile"}]});
        put(d, "/components/schemas/Archive/properties/recording/items", reference);
    });
    assert_same("a description beside a reference", |d| {
        let text = at(d, "/components/schemas/Cdr/properties/usage/description").take();
        let usage = json!({"$ref": "#/components/schemas/CdrUsage", "description": text});
        put(d, "/components/schemas/Cdr/properties/usage", usage);
    });
    assert_same("parameters in place", |d| {
        let parameter = at(d, "/components/parameters/ToDate").clone();
        let path = "/paths/~1cdr~1period~1{from_date}~1{to_date}/get/parameters";
        let list = at(d, path).as_array_mut().unwrap();
        list.retain(|one| one["$ref"] != "#/components/parameters/ToDate");
        list.push(parameter);
    });
    assert_same("parameters of a path", |d| {
        let path = "/paths/~1cdr~1conf~1{conf_num}";
        let list = at(d, &format!("{path}/get/parameters")).take();
        put(d, &format!("{path}/parameters"), list);
        put(d, &format!("{path}/get/parameters"), json!([]));
    });
}

#[test]
fn the_same_number_written_otherwise_says_nothing() {
    assert_same("1.0", |d| {
        put(d, "/components/schemas/RoomSettingsRequest/properties/duration/minimum", json!(1.0));
    });
}
