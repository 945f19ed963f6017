//! Undocumented responses are understood as far as possible and never lost.

use enablex::{Mode, Role, Room, wire::Lenient};
use serde_json::{Value, json};

use crate::{sample, server::Server};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

async fn room(room: Value) -> Room {
    let server = Server::json(200, json!({"result": "0", "room": room})).await;
    server.client().room(ROOM).get().await.unwrap()
}

#[tokio::test]
async fn scalars_in_other_spellings() {
    for (yes, no) in [
        (json!(true), json!(false)),
        (json!("true"), json!("false")),
        (json!(1), json!(0)),
        (json!("1"), json!("0")),
    ] {
        let settings = room(json!({"settings": {"knock": yes, "canvas": no}})).await.settings.unwrap();
        assert_eq!(settings.knock, Some(Lenient::Read(true)));
        assert_eq!(settings.canvas, Some(Lenient::Read(false)));
    }
    for two in [json!(2), json!("2")] {
        let settings = json!({"duration": two, "moderators": two, "description": two});
        let settings = room(json!({"settings": settings})).await.settings.unwrap();
        assert_eq!(settings.duration, Some(Lenient::Read(2)));
        assert_eq!(settings.moderators, Some(Lenient::Read("2".into())));
        assert_eq!(settings.description, Some(Lenient::Read("2".into())));
    }
    for time in ["2026-03-09 10:30:00", "2026-03-09T10:30:00Z", "2026-03-09T10:30:00.000Z"] {
        let settings = room(json!({"settings": {"scheduled_time": time}})).await.settings.unwrap();
        assert_eq!(settings.scheduled_time.unwrap().to_string(), "2026-03-09 10:30:00");
    }
}

#[tokio::test]
async fn missing_null_and_unknown_keys() {
    let empty = room(json!({})).await;
    assert!(empty.id().is_none() && empty.settings.is_none());

    let nulls = sample("createRoom.response")["room"]
        .as_object()
        .unwrap()
        .keys()
        .map(|key| (key.clone(), Value::Null))
        .collect();
    assert!(room(Value::Object(nulls)).await.name().is_none());

    let more = room(json!({"room_id": ROOM, "new": [1, {"a": null}], "settings": {"peep": 1}})).await;
    assert_eq!(more.extra["new"], json!([1, {"a": null}]));
    assert_eq!(more.settings.unwrap().extra["peep"], 1);
}

#[tokio::test]
async fn unknown_words() {
    let settings = room(json!({"settings": {"mode": "p2p", "media_zone": 7}})).await.settings.unwrap();
    assert_eq!(settings.mode, Some(Mode::Other("p2p".into())));
    assert_eq!(serde_json::to_value(&settings.mode).unwrap(), "p2p");
    assert_eq!(settings.media_zone.unwrap().as_str(), "7");

    let mut users = sample("getRoomUsers.response");
    users["users"][0]["role"] = "Host".into();
    let server = Server::json(200, users).await;
    let users = server.client().room(ROOM).users().await.unwrap();
    assert_eq!(users[0].role, Some(Role::Other("Host".into())));
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_raw() {
    let room = room(json!({
        "room_id": "../..", "created": "soon", "name": ["n"], "isMediaServerAvailable": "perhaps",
        "settings": {"duration": "long", "scheduled_time": 12},
    }))
    .await;
    assert_eq!(room.id(), None);
    assert_eq!(
        serde_json::to_value(&room).unwrap(),
        json!({
            "room_id": "../..", "created": "soon", "name": ["n"], "isMediaServerAvailable": "perhaps",
            "settings": {"duration": "long", "scheduled_time": 12},
        })
    );
}

#[tokio::test]
async fn a_field_of_a_wrong_shape_costs_that_field_alone() {
    let odd = json!({
        "room_id": ROOM, "sip": [], "data": "text",
        "settings": {"mode": {"a": 1}, "live_recording": true, "knock": true, "quality": ["HD"]},
    });
    let room = room(odd.clone()).await;
    assert_eq!(room.id().unwrap().as_str(), ROOM);
    assert!(room.sip.is_none());
    assert_eq!(room.extra["sip"], json!([]));
    let settings = room.settings.as_ref().unwrap();
    assert_eq!(settings.knock, Some(Lenient::Read(true)));
    assert_eq!(settings.extra["live_recording"], true);
    assert_eq!(serde_json::to_value(&room).unwrap(), odd);
}

#[tokio::test]
async fn however_many_fields_are_odd() {
    let objects = ["live_recording", "live_transcription", "role_based_recording"];
    let words = ["mode", "quality", "media_zone"];
    let shapes = [json!([]), json!({"a": 1})];
    let rooms: Vec<Value> = objects
        .iter()
        .map(|key| json!({"settings": {*key: "odd"}}))
        .chain(objects.iter().map(|key| json!({"settings": {*key: []}})))
        .chain(objects.iter().map(|key| json!({"settings": {*key: 7}})))
        .chain(words.iter().flat_map(|key| shapes.clone().map(|odd| json!({"settings": {*key: odd}}))))
        .chain(["sip", "data", "settings"].iter().flat_map(|key| ["text", ""].map(|odd| json!({*key: odd}))))
        .chain([json!({"sip": 1, "data": 1, "settings": 1})])
        .collect();
    let server = Server::json(200, json!({"result": 0, "rooms": rooms})).await;
    let listed = server.client().rooms().list().await.unwrap();
    assert_eq!(serde_json::to_value(listed).unwrap(), Value::from(rooms));
}

/// A created room is not lost because of a fault in its JSON text.
#[tokio::test]
async fn text_that_is_broken_costs_what_is_broken_alone() {
    let say = |name: &[u8]| {
        let body = [&b"{\"result\":0,\"room\":{\"room_id\":\"r1\",\"name\":\""[..], name, b"\"}}"].concat();
        crate::server::http(201, "application/json", body)
    };
    for (name, read) in [
        (&br"a\ud83d b"[..], "a\u{fffd} b"),
        (br"\ude00", "\u{fffd}"),
        (br"\ud83d\ud83d\ude00\\ud83d\n", "\u{fffd}\u{1f600}\\ud83d\n"),
        (b"caf\xe9 \xff", "caf\u{fffd} \u{fffd}"),
    ] {
        let server = Server::saying(say(name)).await;
        let room = server.client().rooms().create(enablex::NewRoom::permanent("n", "o")).await.unwrap();
        assert_eq!((room.id().unwrap().as_str(), room.name()), ("r1", Some(read)));
    }
    let marked = format!("\u{feff}{}", sample("createRoom.response"));
    let room = Server::json(200, marked).await.client().room(ROOM).get().await.unwrap();
    assert_eq!(room.name(), Some("Claims desk"));
}

#[tokio::test]
async fn a_number_too_large_for_an_id_is_none() {
    let room = room(serde_json::from_str(r#"{"room_id": 123456789012345678901234}"#).unwrap()).await;
    assert_eq!(room.id(), None);
}

#[tokio::test]
async fn a_time_makes_a_scheduled_room() {
    let room = room(json!({"settings": {"scheduled_time": "2026-03-09 10:30:00"}})).await;
    assert_eq!(room.kind(), Some(enablex::RoomKind::Scheduled));
    assert!(room.schedule().is_some());
}

#[tokio::test]
async fn a_list_loses_no_room_to_an_odd_one() {
    let rooms: Vec<Value> = (0..20_000)
        .map(|i| match i % 4 {
            0 => json!({"room_id": i.to_string(), "sip": [], "settings": []}),
            1 => json!({"room_id": i.to_string(), "sip": {"enabled": true}, "settings": {"knock": {}}}),
            2 => json!(null),
            _ => json!({"room_id": i.to_string(), "sip": false}),
        })
        .collect();
    let server = Server::json(200, json!({"result": 0, "rooms": rooms})).await;
    let listed = server.client().rooms().list().await.unwrap();
    assert_eq!(listed.len(), 20_000);
    assert_eq!(listed[4].extra["settings"], json!([]));
    assert_eq!(listed[5].sip.as_ref().unwrap().enabled, Some(Lenient::Read(true)));
    assert_eq!(listed[6].extra[""], json!(null));
    assert_eq!(listed[7].extra["sip"], json!(false));
}

/// Every empty form is an empty list, collected and streamed.
#[tokio::test]
async fn empty_lists() {
    for empty in [json!({}), json!([]), json!(""), json!(" "), json!(null)] {
        let lists = json!({
            "result": 0, "rooms": empty, "users": empty, "cdr": empty, "archive": empty,
            "_id": "5af1c0de", "dialin": empty,
        });
        let server = Server::json(200, &lists).await;
        let client = server.client();
        assert!(client.rooms().list().await.unwrap().is_empty(), "{empty}");
        assert!(client.room(ROOM).users().await.unwrap().is_empty(), "{empty}");
        assert!(client.cdr().room(ROOM).list().await.unwrap().is_empty(), "{empty}");
        assert!(client.archive().room(ROOM).list().await.unwrap().is_empty(), "{empty}");
        assert!(client.cdr().room(ROOM).rows().next().await.is_none(), "{empty}");
        assert!(client.archive().room(ROOM).rows().next().await.is_none(), "{empty}");
        assert!(client.dial_in().get().await.unwrap().dialin.unwrap_or_default().is_empty(), "{empty}");
    }
    let server = Server::json(200, json!({"dialin": {}})).await;
    assert!(server.client().dial_in().get().await.unwrap().dialin.unwrap().is_empty());
    // The files of an entry, in its row.
    let rows = json!([{"_id": "1", "recording": {}, "transcoded": "", "chatdata": null}]);
    let server = Server::json(200, json!({"result": 0, "archive": rows})).await;
    let entries = server.client().archive().room(ROOM).list().await.unwrap();
    assert_eq!((entries[0].links().count(), entries[0].id()), (0, Some("1")));
}

#[tokio::test]
async fn a_payload_of_a_wrong_shape_is_no_answer() {
    for rooms in [json!({"0": {"room_id": ROOM}}), json!("none"), json!(3), json!(false), json!({"": null})] {
        let server = Server::json(200, json!({"result": 0, "rooms": rooms})).await;
        let error = server.client().rooms().list().await.unwrap_err();
        assert_eq!(error.kind(), enablex::ErrorKind::UnexpectedAnswer, "{rooms}");
    }
    for room in [json!([]), json!("none"), json!(null)] {
        let server = Server::json(200, json!({"result": 0, "room": room})).await;
        let error = server.client().room(ROOM).get().await.unwrap_err();
        assert_eq!(error.kind(), enablex::ErrorKind::UnexpectedAnswer, "{room}");
    }
}
