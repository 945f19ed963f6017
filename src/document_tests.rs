//! Compares the facade with the document. A new document fails to compile or to pass here, and the message names
//! the file to change.

use std::{any::type_name, collections::BTreeSet, fmt::Debug};

use serde_json::Value;

use crate::{
    ErrorCode, MediaZone, Mode, Quality, RecordingMedia, Role, bindings::types, transport::operations,
};

type Names = BTreeSet<String>;

#[track_caller]
fn assert_same<T: Clone + Debug + Ord>(documented: &BTreeSet<T>, ours: &BTreeSet<T>) {
    let (new, gone) = (documented - ours, ours - documented);
    assert!(new.is_empty() && gone.is_empty(), "new in the document: {new:?}; not in it: {gone:?}");
}

fn document() -> Value {
    serde_json::from_str(include_str!("../generated/document.json")).unwrap()
}

fn name<T>() -> String {
    type_name::<T>().rsplit("::").next().unwrap().to_owned()
}

/// A request, by a pattern of all its keys with the file of their setters. A new key does not compile until
/// it is named here.
fn request<T>(_: fn(T) -> &'static str) -> String {
    name::<T>()
}

fn requests() -> Names {
    use types::*;
    [
        request(|CreateTokenRequest { name: _, role: _, user_ref: _, data: _ }| "src/tokens/request.rs"),
        request(|CreateRoomRequest { name: _, owner_ref: _, settings: _, sip: _, data: _ }| {
            "src/rooms/new_room.rs"
        }),
        request(|UpdateRoomRequest { name: _, owner_ref: _, settings: _, sip: _, data: _ }| {
            "src/rooms/update.rs"
        }),
        request(|SipRequest { enabled: _ }| "src/rooms/new_room.rs, src/rooms/update.rs"),
        request(|LiveRecordingRequest { auto_recording: _, url: _ }| "src/rooms/settings.rs"),
        request(|LiveTranscriptionRequest { auto_transcribe: _, enable: _, language: _ }| {
            "src/rooms/settings.rs"
        }),
        request(|RoleBasedRecordingRequest { moderator: _, participant: _ }| "src/rooms/settings.rs"),
        request(
            |RoomSettingsRequest {
                 abwd: _,
                 adhoc: _,
                 audiences: _,
                 auto_recording: _,
                 billing_code: _,
                 canvas: _,
                 description: _,
                 duration: _,
                 facex: _,
                 hls_view_url: _,
                 knock: _,
                 live_recording: _,
                 live_transcription: _,
                 max_active_talkers: _,
                 media_zone: _,
                 mode: _,
                 moderators: _,
                 participants: _,
                 quality: _,
                 role_based_recording: _,
                 scheduled: _,
                 scheduled_time: _,
                 screen_share: _,
                 send_audiences_stats: _,
                 single_file_recording: _,
                 wait_for_moderator: _,
                 watermark: _,
             }| "src/rooms/settings.rs",
        ),
    ]
    .into()
}

/// The types that the root exports, where they are generated.
fn exports() -> Names {
    use crate::*;
    [
        name::<Archive>(),
        name::<ArchiveFile>(),
        name::<Cdr>(),
        name::<CdrRoom>(),
        name::<CdrSigserver>(),
        name::<CdrUsage>(),
        name::<CdrUser>(),
        name::<DialInNumber>(),
        name::<DialInResponse>(),
        name::<DialInSettings>(),
        name::<DialInSip>(),
        name::<LiveRecording>(),
        name::<LiveTranscription>(),
        name::<Permissions>(),
        name::<PublishedTrack>(),
        name::<RoleBasedRecording>(),
        name::<Room>(),
        name::<RoomSettings>(),
        name::<Sip>(),
        name::<User>(),
    ]
    .into()
}

/// The schemas that a part of the document refers to, directly or through others.
fn reached(document: &Value, part: &Value, names: &mut Names) {
    match part {
        Value::Object(object) => object.values().for_each(|value| reached(document, value, names)),
        Value::Array(values) => values.iter().for_each(|value| reached(document, value, names)),
        Value::String(text) => {
            let Some(pointer) = text.strip_prefix('#') else { return };
            let is_new = match pointer.strip_prefix("/components/schemas/") {
                Some(name) => names.insert(name.to_owned()),
                None => true,
            };
            if let (true, Some(part)) = (is_new, document.pointer(pointer)) {
                reached(document, part, names);
            }
        }
        _ => {}
    }
}

/// Every operation of the document, with its method and its path.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, item)| {
        let methods =
            item.as_object().unwrap().iter().filter(|(_, value)| value.get("operationId").is_some());
        methods.map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
    });
    operations.collect()
}

fn schema<'a>(document: &'a Value, name: &str) -> &'a Value {
    &document["components"]["schemas"][name]
}

#[test]
fn operations_are_those_of_src_transport_operations_rs() {
    let document = document();
    let id = |operation: &Value| operation["operationId"].as_str().unwrap().to_owned();
    let documented = operations(&document).into_iter().map(|(route, operation)| (id(operation), route));
    let ours = operations::ALL.iter().map(|operation| (operation.id.to_owned(), operation.route.to_owned()));
    assert_same(&documented.collect(), &ours.collect());
}

#[test]
fn requests_are_those_of_the_patterns_above() {
    let document = document();
    let mut documented = Names::new();
    for (_, operation) in operations(&document) {
        reached(&document, &operation["requestBody"], &mut documented);
    }
    documented.retain(|name| schema(&document, name).get("properties").is_some());
    // The overlay puts the settings of a new room in the place of those of an update.
    documented.remove("RoomSettingsUpdate");
    assert_same(&documented, &requests());

    let keys = |name| schema(&document, name)["properties"].as_object().unwrap().keys().cloned().collect();
    let mut of_both: Names = keys("RoomSettingsRequest");
    of_both.retain(|key| !["adhoc", "mode", "scheduled"].contains(&&key[..]));
    assert_same(&keys("RoomSettingsUpdate"), &of_both);
}

#[test]
fn types_of_responses_are_exported_by_src_lib_rs_and_named_in_exports() {
    let document = document();
    let mut documented = Names::new();
    for (_, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        for (_, success) in responses.iter().filter(|(status, _)| status.starts_with('2')) {
            reached(&document, success, &mut documented);
        }
    }
    // Envelopes, whose payload is what a call returns, have a `result`.
    documented.retain(|name| {
        let properties = schema(&document, name).get("properties");
        properties.is_some_and(|properties| properties.get("result").is_none())
    });
    // Once exported, a type is named in `exports`.
    assert_same(&documented, &exports());
}

#[test]
fn words_are_those_of_src_role_rs_and_src_rooms_words_rs() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap().iter();
    let listed = schemas.filter_map(|(name, schema)| Some((&name[..], schema.get("enum")?.as_array()?)));
    let documented =
        listed.flat_map(|(name, words)| words.iter().map(move |word| (name, word.as_str().unwrap())));
    let ours = [
        ("MediaZone", MediaZone::WORDS),
        ("Mode", Mode::WORDS),
        ("Quality", Quality::WORDS),
        ("RecordingMedia", RecordingMedia::WORDS),
        ("Role", Role::WORDS),
    ];
    let ours = ours.into_iter().flat_map(|(name, words)| words.iter().map(move |word| (name, *word)));
    assert_same(&documented.collect(), &ours.collect());
}

#[test]
fn codes_are_those_of_src_error_code_rs() {
    let document = document();
    let codes =
        |name, list| schema(&document, name)[list].as_array().unwrap().iter().map(|entry| &entry["code"]);
    let results = codes("ResultCode", "x-result-codes").map(|code| code.as_i64().unwrap());
    assert_same(&results.collect(), &ErrorCode::PUBLISHED_RESULTS.iter().copied().collect());
    let words = codes("ErrorCode", "x-error-codes").map(|code| code.as_str().unwrap());
    assert_same(&words.collect(), &ErrorCode::PUBLISHED_WORDS.iter().copied().collect());
}

#[test]
fn the_address_is_that_of_src_client_base_url_rs() {
    let document = document();
    let address = document["servers"][0]["url"].as_str().unwrap();
    assert!(include_str!("client/base_url.rs").contains(&format!("\"{address}\"")), "{address}");
}
