//! The facade exposes all of the document, and `coverage` says so of its own accord: where something
//! is missing, in a copy of the workspace, it is missed.

use std::{collections::BTreeSet, fs, path::Path, sync::LazyLock};

use serde_json::{Value, json};
use xtask::coverage::Coverage;

#[path = "coverage/copy.rs"]
mod copy;
#[path = "coverage/edits.rs"]
mod edits;
#[path = "coverage/failures.rs"]
mod failures;

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn coverage() -> &'static Coverage {
    static COVERAGE: LazyLock<Coverage> = LazyLock::new(|| Coverage::read(workspace()).unwrap());
    &COVERAGE
}

fn document() -> Value {
    serde_json::from_str(&fs::read_to_string(workspace().join("openapi/video.json")).unwrap()).unwrap()
}

#[test]
fn nothing_of_the_document_is_missing() {
    let coverage = coverage();
    assert!(coverage.gaps().is_empty(), "{}", coverage.to_text());
    assert_eq!(coverage.operations().count(), 16);
    for (id, items) in coverage.operations() {
        assert!(!items.is_empty(), "{id}");
    }
}

#[test]
fn every_field_parameter_and_value_of_the_document_is_listed() {
    let (coverage, document) = (coverage(), document());
    let pairs = |of: &str, names: Vec<String>| -> Vec<(String, String)> {
        names.into_iter().map(|name| (of.to_owned(), name)).collect()
    };
    let (mut fields, mut values) = (BTreeSet::new(), BTreeSet::new());
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let properties = schema["properties"].as_object();
        fields.extend(pairs(name, properties.into_iter().flat_map(|all| all.keys().cloned()).collect()));
        let listed = schema["enum"].as_array().into_iter().flatten();
        values.extend(pairs(name, listed.map(|value| value.as_str().unwrap().to_owned()).collect()));
    }
    let told: BTreeSet<_> = coverage.fields().map(|(of, name, _)| (of.to_owned(), name.to_owned())).collect();
    assert_eq!(told, fields);
    let told: BTreeSet<_> = coverage.values().map(|(of, name, _)| (of.to_owned(), name.to_owned())).collect();
    let codes = told.difference(&values).filter(|(of, _)| of != "ResultCode" && of != "ErrorCode");
    assert_eq!(codes.collect::<Vec<_>>(), Vec::<&(String, String)>::new());
    assert!(values.is_subset(&told));
    let codes = document["components"]["schemas"]["ResultCode"]["x-result-codes"].as_array().unwrap();
    for code in codes {
        assert!(told.contains(&("ResultCode".to_owned(), code["code"].to_string())), "{code}");
    }
    let told: BTreeSet<_> = coverage.parameters().map(|(of, _, _)| of).collect();
    assert_eq!(told, ["ConfNum", "FromDate", "RoomId", "ToDate"].into());
}

#[test]
fn operations_are_those_of_the_functions_that_call_them() {
    let coverage = coverage();
    let expected: [(&str, &[&str]); 8] = [
        ("createRoom", &["Rooms::create"]),
        ("getRoomList", &["Rooms::list"]),
        ("updateRoomById", &["RoomHandle::update"]),
        ("createToken", &["RoomHandle::create_token"]),
        ("getCDRByRoom", &["Report::list", "Report::rows", "Reports::room"]),
        (
            "getArchiveByRoomAndPeriod",
            &["Report::list", "Report::rows", "Reports::room_day", "Reports::room_period"],
        ),
        ("getPeriodArchive", &["Report::list", "Report::rows", "Reports::day", "Reports::period"]),
        ("getDialInNumbers", &["DialIn::get"]),
    ];
    for (id, items) in expected {
        assert_eq!(coverage.operation(id), items, "{id}");
    }
    assert!(coverage.operation("getNothing").is_empty());
}

#[test]
fn fields_are_those_of_the_items_that_expose_them() {
    let coverage = coverage();
    let expected: [(&str, &str, &[&str]); 25] = [
        // Of answers: methods first, then the public field.
        ("Room", "room_id", &["Room::id", "Room.room_id"]),
        ("Room", "isMediaServerAvailable", &["Room.is_media_server_available"]),
        ("RoomSettings", "duration", &["RoomSettings::duration", "RoomSettings.duration"]),
        ("RoomSettings", "adhoc", &["RoomSettings::adhoc", "RoomSettings.adhoc"]),
        ("CdrUser", "ref", &["Cdr::user_ref", "CdrUser.ref_"]),
        ("CdrRoom", "duration", &["Cdr::duration", "CdrRoom.duration"]),
        ("CdrSigserver", "duration", &["CdrSigserver.duration"]),
        ("ArchiveFile", "url", &["Archive::links", "ArchiveFile.url"]),
        ("DialInResponse", "_id", &["DialInResponse.id"]),
        // Of envelopes.
        ("RoomResponse", "room", &["RoomHandle::get", "Rooms::create"]),
        ("TokenResponse", "token", &["RoomHandle::create_token"]),
        ("CdrResponse", "cdr", &["Report::list", "Report::rows"]),
        // Of requests, some of them by a field of the facade's own or by a macro.
        ("CreateTokenRequest", "user_ref", &["TokenRequest::new"]),
        ("CreateTokenRequest", "data", &["TokenRequest::data", "TokenRequest::user_data"]),
        ("CreateRoomRequest", "sip", &["NewRoom::sip"]),
        ("UpdateRoomRequest", "name", &["RoomUpdate::name"]),
        ("RoomSettingsRequest", "mode", &["NewRoom::mode"]),
        ("RoomSettingsRequest", "knock", &["Settings::knock"]),
        ("RoomSettingsRequest", "duration", &["NewRoom::scheduled", "Settings::duration"]),
        ("RoomSettingsUpdate", "knock", &["Settings::knock"]),
        ("RoomSettingsUpdate", "scheduled_time", &["RoomUpdate::scheduled_time"]),
        // Of failures.
        ("ResultError", "result", &["Error::advice", "Error::code", "Error::is_not_found"]),
        ("ResultError", "desc", &["<Error as Display>"]),
        ("CodeError", "error_code", &["Error::advice", "Error::code", "Error::is_not_found"]),
        ("CodeError", "request_id", &["Error::advice", "Error::is_not_found", "Error::request_id"]),
    ];
    for (schema, field, items) in expected {
        assert_eq!(coverage.field(schema, field), items, "{schema}.{field}");
    }
}

#[test]
fn parameters_and_values_are_those_of_public_types() {
    let coverage = coverage();
    let expected = [
        ("RoomId", "room_id", "RoomId"),
        ("FromDate", "from_date", "Date"),
        ("ToDate", "to_date", "Date"),
        ("ConfNum", "conf_num", "ConfNum"),
        ("Role", "audience", "Role::Audience"),
        ("MediaZone", "XX", "MediaZone::Any"),
        ("ResultCode", "10114", "ErrorCode::RoomFull"),
        ("ErrorCode", "RATE_LIMITED", "ErrorCode::RateLimited"),
    ];
    for (of, name, item) in expected {
        assert_eq!(coverage.field(of, name), [item], "{of}.{name}");
    }
}

#[test]
fn a_schema_is_what_stands_for_it() {
    let coverage = coverage();
    let expected: [(&str, &[&str]); 9] = [
        ("Room", &["Room"]),
        ("Role", &["Role"]),
        ("UserData", &["UserData"]),
        ("RoomId", &["RoomId"]),
        ("CreateTokenRequest", &["TokenRequest"]),
        ("RoomSettingsRequest", &["NewRoom", "Settings"]),
        ("RoomResponse", &["RoomHandle::get", "Rooms::create"]),
        ("ErrorResponse", &["Error", "ErrorCode"]),
        ("Nothing", &[]),
    ];
    for (name, items) in expected {
        assert_eq!(coverage.schema(name), items, "{name}");
    }
}

#[test]
fn it_is_told_in_text_and_in_json() {
    let coverage = coverage();
    let text = coverage.to_text();
    let has = |words: &[&str]| text.lines().any(|line| line.split_whitespace().eq(words.iter().copied()));
    assert!(has(&["operations", "(16)"]) && has(&["gaps", "(0)"]), "{text}");
    assert!(has(&["createRoom", "Rooms::create"]), "{text}");
    assert!(has(&["Room.name", "Room::name", "Room.name"]), "{text}");
    assert!(text.lines().any(|line| line.contains("RoomUsersResponse.total") && line.contains("left out: ")));

    let json = serde_json::to_value(coverage).unwrap();
    assert_eq!(json["operations"]["createRoom"], json!(["Rooms::create"]));
    assert_eq!(json["fields"]["Room.name"], json!({"items": ["Room::name", "Room.name"]}));
    assert_eq!(json["gaps"], json!([]));
}
