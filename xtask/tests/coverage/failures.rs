//! Failures, values, what is left out, what documentation promises, and source that cannot be read.

use std::fs;

use serde_json::json;
use xtask::coverage::Coverage;

use super::copy::Copy;

#[test]
fn a_key_of_a_failure_that_nothing_reads() {
    let copy = Copy::new("key");
    copy.replace("src/transport/outcome.rs", "[\"error\", \"desc\", \"msg\", \"message\"]", "[\"error\"]");
    let unread = "nothing reads this key";
    copy.assert_gaps(&[
        ("CodeError.message", unread),
        ("ResultError.desc", unread),
        ("ResultError.msg", unread),
    ]);
}

#[test]
fn a_key_of_a_failure_whose_name_stands_elsewhere_in_the_source() {
    let copy = Copy::new("other-key");
    copy.document(|document| {
        let properties = &mut document["components"]["schemas"]["CodeError"]["properties"];
        properties["name"] = json!({"type": "string"});
        properties["room_id"] = json!({"type": "string"});
    });
    copy.assert_gaps(&[("CodeError.name", "nothing reads"), ("CodeError.room_id", "nothing reads")]);
}

#[test]
fn a_value_that_no_variant_stands_for() {
    let copy = Copy::new("value");
    copy.document(|document| {
        let schemas = &mut document["components"]["schemas"];
        schemas["Role"]["enum"] = json!(["moderator", "participant", "viewer", "audience", "host"]);
        let code = json!({"code": 10115, "meaning": "New."});
        schemas["ResultCode"]["x-result-codes"].as_array_mut().unwrap().push(code);
    });
    copy.assert_gaps(&[("ResultCode.10115", "no variant"), ("Role.host", "no variant")]);
}

#[test]
fn what_is_left_out_but_exposed_or_gone() {
    let copy = Copy::new("exposed");
    let users = "Some(answer.users.unwrap_or_default())";
    let total = "answer.total.map(|_| answer.users.unwrap_or_default())";
    copy.replace("src/transport/envelope.rs", users, total);
    copy.assert_gaps(&[("RoomUsersResponse.total", "is left out, but it is exposed")]);

    let copy = Copy::new("gone");
    copy.document(|document| {
        let properties = &mut document["components"]["schemas"]["RoomUsersResponse"]["properties"];
        properties.as_object_mut().unwrap().remove("total");
    });
    copy.assert_gaps(&[("RoomUsersResponse.total", "the document has no such field")]);
}

#[test]
fn documentation_that_promises_too_much() {
    let copy = Copy::new("promise");
    copy.replace("src/rooms.rs", "(`getRoomList`)", "(`getRoomList`, `getRoomUsers`)");
    copy.assert_gaps(&[("Rooms::list", "its documentation names an operation")]);
}

#[test]
fn macros_without_an_end_come_to_one() {
    let copy = Copy::new("endless");
    let endless = "macro_rules! endless { ($x:expr) => { endless! { $x } }; }";
    let calls = "endless!(1);\nimpl Role { pub fn endless(&self) { endless!(self); } }";
    let text = fs::read_to_string(copy.root.join("src/role.rs")).unwrap();
    fs::write(copy.root.join("src/role.rs"), format!("{text}{endless}\n{calls}")).unwrap();
    copy.assert_gaps(&[]);
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let error = |copy: &Copy| Coverage::read(&copy.root).unwrap_err().to_string();
    let copy = Copy::new("broken");
    let line = fs::read_to_string(copy.root.join("src/role.rs")).unwrap().lines().count() + 1;
    let text = fs::read_to_string(copy.root.join("src/role.rs")).unwrap();
    fs::write(copy.root.join("src/role.rs"), format!("{text}fn (")).unwrap();
    assert!(error(&copy).contains(&format!("src/role.rs:{line}: ")), "{}", error(&copy));

    // A call that fits no rule of the macro.
    fs::write(copy.root.join("src/role.rs"), "\nopen_enum! { enum Role }\n").unwrap();
    assert!(error(&copy).contains("src/role.rs:2: "), "{}", error(&copy));

    fs::remove_file(copy.root.join("src/role.rs")).unwrap();
    assert!(error(&copy).contains("role/mod.rs: "), "{}", error(&copy));

    fs::write(copy.root.join("openapi/video.json"), "{\n  ,").unwrap();
    assert!(error(&copy).contains("openapi/video.json:2: "), "{}", error(&copy));
}
