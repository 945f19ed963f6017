//! The bindings read answers with tolerance, or a new document is refused.

use std::{fs, path::Path};

use xtask::regen::tolerant::check;

fn bindings() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/bindings.rs");
    fs::read_to_string(path).unwrap()
}

/// The bindings with this in the place of the sessions' type of a room.
fn with(old: &str, new: &str) -> String {
    let bindings = bindings();
    assert!(bindings.contains(old), "{old}");
    bindings.replacen(old, new, 1)
}

fn refusal(bindings: &str) -> String {
    check(bindings).unwrap_err().to_string()
}

#[test]
fn the_bindings_are_tolerant() {
    check(&bindings()).unwrap();
}

#[test]
fn what_answers_would_break_on_is_named() {
    let name = "pub owner_ref: ::std::option::Option<crate::wire::Text>";
    for (strict, words) in [
        (
            "pub owner_ref: ::std::option::Option<::std::string::String>",
            "Room.owner_ref: String takes one shape",
        ),
        ("pub owner_ref: ::std::option::Option<bool>", "Room.owner_ref: bool takes one shape"),
        ("pub owner_ref: ::std::option::Option<::std::vec::Vec<i64>>", "Room.owner_ref: i64 takes one shape"),
        ("pub owner_ref: crate::wire::Text", "Room.owner_ref: it must be there"),
        ("pub owner_ref: ::std::option::Option<Kind>", "Room.owner_ref: Kind takes one shape"),
    ] {
        let refused = refusal(&with(name, strict));
        assert!(refused.contains(words), "{strict}: {refused}");
        assert_eq!(refused.lines().count(), 2, "that one alone: {refused}");
    }
}

/// Of a map the values count.
#[test]
fn the_values_of_maps_are_looked_at() {
    let refused = refusal(&with(
        "pub extra: crate::wire::Extra<::std::string::String, crate::wire::Flag>",
        "pub extra: crate::wire::Extra<::std::string::String, i64>",
    ));
    assert!(refused.contains("Permissions.extra: i64 takes one shape"), "{refused}");
}

/// What is sent and comes back is read with tolerance, too.
#[test]
fn a_request_in_an_answer_is_one() {
    let refused = refusal(&with(
        "pub sip: ::std::option::Option<Sip>",
        "pub sip: ::std::option::Option<CreateTokenRequest>",
    ));
    assert!(refused.contains("CreateTokenRequest.name: it must be there"), "{refused}");
}

#[test]
fn an_answer_that_is_no_object_is_looked_at() {
    let refused =
        refusal(&with("ResponseValue<types::RoomListResponse>", "ResponseValue<::std::vec::Vec<i64>>"));
    assert!(refused.contains("an answer: i64 takes one shape"), "{refused}");
}

/// A request holds what its caller puts into it.
#[test]
fn requests_are_strict() {
    check(&with("pub auto_recording: ::std::option::Option<bool>", "pub auto_recording: bool")).unwrap();
}

#[test]
fn what_is_no_rust_is_refused() {
    assert!(refusal("fn {").contains("bindings"));
}
