//! updateRoomById and deleteRoom.

use serde_json::{Value, json};

use super::api::{Api, MINUTE, spelled};

const UNKNOWN: &str = "/rooms/5b473a40ad3c0a58a4e0e5c1";

#[tokio::test]
async fn only_the_given_keys_change() {
    let api = Api::start().await;
    let room = api.room(json!({"participants": "5", "knock": true})).await;
    let before = api.get(&room).await.ok()["room"].take();
    let change = json!({
        "name": "Claims desk, evening",
        "settings": {"participants": "15", "auto_recording": true},
        "data": {"shift": "late"},
    });
    assert_eq!(api.patch(&room, &change).await.ok(), json!({"result": 0}));
    let mut after = api.get(&room).await.ok()["room"].take();
    assert!(after.as_object_mut().unwrap().remove("updated").is_some());
    let mut expected = before;
    expected["name"] = json!("Claims desk, evening");
    expected["settings"]["participants"] = json!("15");
    expected["settings"]["auto_recording"] = json!(true);
    expected["data"] = json!({"shift": "late"});
    assert_eq!(after, expected);
}

#[tokio::test]
async fn changes_are_checked_like_new_rooms() {
    let api = Api::start().await;
    let room = api.room(json!({"moderators": "3", "participants": "5"})).await;
    let table = [
        (10002, json!({"name": " "})),
        (10010, json!({"owner_ref": 7})),
        (10007, json!({"settings": {"participants": 15}})),
        (10007, json!({"settings": {"participants": "248"}})),
        (10009, json!({"settings": {"bogus": 1}})),
        (10011, json!({"settings": {"duration": "45"}})),
        (10018, json!({"settings": {"scheduled_time": spelled(api.sandbox.now() + 60 * MINUTE)}})),
        (10023, json!({"settings": {"moderators": "6"}})),
        (10025, json!({"settings": {"knock": null}})),
    ];
    let before = api.get(&room).await.ok();
    for (code, change) in table {
        let reply = api.patch(&room, &change).await;
        assert_eq!(reply.json()["result"], code, "{change}: {reply:?}");
    }
    for (word, change) in [
        ("body", json!({})),
        ("settings", json!({"settings": []})),
        ("settings", json!({"settings": null})),
        ("room_id", json!({"room_id": "5b473a40ad3c0a58a4e0e5c1"})),
        ("data", json!({"data": 1})),
        ("sip.pin", json!({"sip": {"pin": "1"}})),
    ] {
        let reply = api.patch(&room, &change).await;
        reply.failed(reply.status, "INVALID_PARAM", word);
    }
    assert_eq!(api.get(&room).await.ok(), before);
    api.patch(&room, &json!({"settings": {"participants": "247"}})).await.ok();
}

#[tokio::test]
async fn kind_and_mode_are_fixed() {
    let api = Api::start().await;
    let permanent = api.room(json!({})).await;
    let adhoc = api.room(json!({"adhoc": true})).await;
    let scheduled = api.scheduled(60 * MINUTE).await;
    let table: [(&str, i64, Value); 12] = [
        (&permanent, 10020, json!({"mode": "lecture"})),
        (&permanent, 10020, json!({"mode": "group"})),
        (&permanent, 10106, json!({"scheduled": true})),
        (&permanent, 10106, json!({"scheduled": false})),
        (&permanent, 10106, json!({"adhoc": true})),
        (&permanent, 10017, json!({"adhoc": false})),
        (&permanent, 10016, json!({"adhoc": "no"})),
        (&permanent, 10003, json!({"scheduled": "no"})),
        (&adhoc, 10017, json!({"adhoc": true})),
        (&adhoc, 10106, json!({"adhoc": false})),
        (&scheduled, 10106, json!({"scheduled": false})),
        (&scheduled, 10106, json!({"adhoc": true})),
    ];
    for (room, code, settings) in table {
        let reply = api.patch(room, &json!({"settings": settings})).await;
        assert_eq!(reply.json()["result"], code, "{settings}: {reply:?}");
    }
}

#[tokio::test]
async fn a_scheduled_room_moves_until_15_minutes_before_its_start() {
    let api = Api::start().await;
    let room = api.scheduled(60 * MINUTE).await;
    let past = spelled(api.sandbox.now() - MINUTE);
    api.patch(&room, &json!({"settings": {"scheduled_time": past}})).await.refused(422, 10006);
    api.patch(&room, &json!({"settings": {"scheduled_time": "tomorrow"}})).await.refused(422, 10005);
    let later = spelled(api.sandbox.now() + 120 * MINUTE);
    api.patch(&room, &json!({"settings": {"scheduled_time": later}})).await.ok();

    api.sandbox.advance(104 * MINUTE);
    api.patch(&room, &json!({"name": "In time"})).await.ok();
    api.ask_token(&room, "participant").await.refused(403, 10112);
    api.sandbox.advance(2 * MINUTE);
    api.patch(&room, &json!({"name": "Too late"})).await.failed(409, "INVALID_PARAM", "15 minutes");
    api.ask_token(&room, "participant").await.ok();
    assert_eq!(api.get(&room).await.ok()["room"]["name"], "In time");
}

#[tokio::test]
async fn not_while_a_session_is_on() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let user = api.joined(&room, "viewer").await;
    api.patch(&room, &json!({"name": "Now"})).await.refused(409, 10030);
    api.delete(&room).await.failed(409, "INVALID_PARAM", "session");
    api.leave(&user);
    api.patch(&room, &json!({"name": "Now"})).await.ok();
    assert_eq!(api.delete(&room).await.ok(), json!({"result": 0}));
}

#[tokio::test]
async fn a_room_that_is_not_there() {
    let api = Api::start().await;
    let deleted = api.room(json!({})).await;
    let token = api.token(&deleted, "participant").await;
    api.delete(&deleted).await.ok();
    for room in [UNKNOWN, &deleted, "/rooms/%FF"] {
        api.get(room).await.refused(404, 40001);
        api.patch(room, &json!({"name": "a"})).await.refused(404, 40001);
        api.delete(room).await.refused(404, 40001);
        api.get(&format!("{room}/users")).await.refused(404, 40001);
        api.ask_token(room, "participant").await.refused(404, 40001);
    }
    // What the document forbids in a path.
    for room in ["/rooms/..%2Fcdr", "/rooms/%00", "/rooms/a%20b", "/rooms/...", "/rooms/%EF%BB%BF"] {
        api.get(room).await.failed(422, "INVALID_PARAM", "room_id");
        api.ask_token(room, "participant").await.failed(422, "INVALID_PARAM", "room_id");
    }
    assert_eq!(api.sandbox.join(&token).unwrap_err().as_str(), "unknown");
    assert_eq!(api.get("/rooms").await.ok()["rooms"], json!([]));
}
