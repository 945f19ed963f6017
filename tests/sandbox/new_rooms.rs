//! createRoom: responses, and the codes of bad requests.

use enablex::sandbox::Sandbox;
use serde_json::{Value, json};

use super::api::{Api, MINUTE, new_room, spelled};

#[tokio::test]
async fn a_room_is_answered_in_documented_spelling() {
    let api = Api::start().await;
    let body = json!({
        "name": "Claims desk",
        "owner_ref": "team-7",
        "settings": {"participants": "5", "quality": "HD", "role_based_recording": {"moderator": "audio"}},
        "sip": {"enabled": true},
        "data": {"case": ["4471", {"deep": null}]},
    });
    let room = api.post("/rooms", &body).await.ok()["room"].take();
    let settings = json!({
        "mode": "group", "scheduled": false, "adhoc": false, "moderators": "1", "participants": "5",
        "quality": "HD", "auto_recording": false, "canvas": false, "knock": false,
        "wait_for_moderator": false, "single_file_recording": false, "watermark": false, "facex": false,
        "screen_share": true, "abwd": true, "max_active_talkers": 6, "media_zone": "XX",
        "role_based_recording": {"moderator": "audio", "participant": "audiovideo"},
    });
    assert_eq!(room["settings"], settings);
    for key in ["name", "owner_ref", "data"] {
        assert_eq!(room[key], body[key]);
    }
    assert!(room["sip"]["pin"].is_string() && room["sip"]["meeting_id"].is_string());
    let id = room["room_id"].as_str().unwrap();
    assert!(id.len() == 24 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    let created = room["created"].as_str().unwrap();
    assert_eq!(created.len(), "2018-07-12T11:30:24.851Z".len(), "{created}");
    humantime::parse_rfc3339(created).unwrap();

    assert_eq!(api.get(&format!("/rooms/{id}")).await.ok()["room"], room);
    assert_eq!(api.get("/rooms").await.ok()["rooms"], json!([room]));
}

#[tokio::test]
async fn a_scheduled_room_keeps_its_time_as_given() {
    let api = Api::start().await;
    let time = spelled(api.sandbox.now() + 60 * MINUTE);
    let settings = json!({"scheduled": true, "scheduled_time": time, "duration": 45});
    let room = api.post("/rooms", &new_room(settings)).await.ok()["room"].take();
    assert_eq!(room["settings"]["scheduled_time"], json!(time));
    assert_eq!(room["settings"]["duration"], 45);
}

#[tokio::test]
async fn rooms_are_listed_in_the_order_of_their_creation() {
    let api = Api::start().await;
    let mut paths = Vec::new();
    for _ in 0..20 {
        paths.push(api.room(json!({})).await);
    }
    let rooms = api.get("/rooms").await.ok()["rooms"].take();
    let listed =
        rooms.as_array().unwrap().iter().map(|room| format!("/rooms/{}", room["room_id"].as_str().unwrap()));
    assert_eq!(listed.collect::<Vec<_>>(), paths);
}

#[tokio::test]
async fn samples_of_requests_are_taken() {
    let api = Api::start().await;
    for sample in [
        include_str!("../samples/createRoom.request.json"),
        include_str!("../samples/createRoom.adhoc.request.json"),
        include_str!("../samples/createRoom.hls.request.json"),
        include_str!("../samples/createRoom.transcription.request.json"),
    ] {
        api.send(enablex::reqwest::Method::POST, "/rooms", sample.to_owned()).await.ok();
    }
    let mut scheduled: Value =
        serde_json::from_str(include_str!("../samples/createRoom.scheduled.request.json")).unwrap();
    scheduled["settings"]["scheduled_time"] = spelled(api.sandbox.now() + 60 * MINUTE).into();
    api.post("/rooms", &scheduled).await.ok();
}

#[tokio::test]
async fn what_is_absent_beside_the_settings() {
    let api = Api::start().await;
    for value in [Value::Null, json!(""), json!(" \t"), json!(7), json!({})] {
        let mut body = new_room(json!({}));
        body["name"] = value.clone();
        api.post("/rooms", &body).await.refused(400, 10002);
        let mut body = new_room(json!({}));
        body["owner_ref"] = value;
        api.post("/rooms", &body).await.refused(400, 10010);
    }
    api.post("/rooms", &json!({"owner_ref": "a", "settings": {}})).await.refused(400, 10002);
    api.post("/rooms", &json!({"name": "a", "settings": {}})).await.refused(400, 10010);
    api.post("/rooms", &json!({"name": "a", "owner_ref": "b"})).await.failed(
        400,
        "INVALID_PARAM",
        "settings",
    );
    for value in [Value::Null, json!([]), json!("settings"), json!(1)] {
        api.post("/rooms", &new_room(value)).await.failed(400, "INVALID_PARAM", "settings");
    }
    assert_eq!(api.get("/rooms").await.ok()["rooms"], json!([]));
}

#[tokio::test]
async fn settings_have_codes_of_their_own() {
    let api = Api::start().await;
    let ahead = spelled(api.sandbox.now() + 60 * MINUTE);
    let past = spelled(api.sandbox.now() - MINUTE);
    let scheduled = |time: Value| json!({"scheduled": true, "duration": 30, "scheduled_time": time});
    let long = "9".repeat(400);
    let table = [
        (10003, json!({"scheduled": "true"})),
        (10003, json!({"scheduled": null})),
        (10003, json!({"scheduled": 1})),
        (10004, json!({"scheduled": true, "duration": 30})),
        (10004, scheduled(json!(""))),
        (10004, scheduled(Value::Null)),
        (10005, scheduled(json!("2030-01-01T10:30:00Z"))),
        (10005, scheduled(json!("2030-01-01 10:30"))),
        (10005, scheduled(json!("2030-13-01 10:30:00"))),
        (10005, scheduled(json!("2030-02-30 10:30:00"))),
        (10005, scheduled(json!("2030-01-01 10:30:60"))),
        (10005, scheduled(json!("2030-01-01 10:30:00\n"))),
        (10005, scheduled(json!("٢٠٣٠-01-01 10:30:00"))),
        (10005, scheduled(json!(1_900_000_000))),
        (10006, scheduled(json!(past))),
        (10006, scheduled(json!("1969-12-31 23:59:59"))),
        (10007, json!({"participants": 5})),
        (10007, json!({"participants": "0"})),
        (10007, json!({"participants": "five"})),
        (10007, json!({"participants": "-1"})),
        (10007, json!({"participants": "5.0"})),
        (10007, json!({"participants": ""})),
        (10007, json!({"participants": "251"})),
        (10007, json!({"participants": "250"})),
        (10007, json!({"moderators": "5", "participants": "246"})),
        (10007, json!({"participants": long})),
        (10008, json!({"auto_recording": "yes"})),
        (10009, json!({"max_participants": "5"})),
        (10009, json!({"peep": true})),
        (10009, json!({"aor": "sip:a@example.com"})),
        (10009, json!({"active_talker": 4})),
        (10009, json!({"": 1})),
        (10011, json!({"duration": 0})),
        (10011, json!({"duration": -5})),
        (10011, json!({"duration": "30"})),
        (10011, json!({"duration": 30.5})),
        (10011, json!({"duration": 1e30})),
        (10011, json!({"duration": null})),
        (10011, json!({"scheduled": true, "scheduled_time": ahead})),
        (10012, json!({"max_active_talkers": 0})),
        (10012, json!({"max_active_talkers": 17})),
        (10012, json!({"max_active_talkers": true})),
        (10013, json!({"wait_for_moderator": "false"})),
        (10014, json!({"quality": "hd"})),
        (10014, json!({"quality": 4})),
        (10016, json!({"adhoc": "true"})),
        (10017, json!({"adhoc": true, "scheduled": true, "scheduled_time": ahead, "duration": 30})),
        (10018, json!({"scheduled_time": ahead})),
        (10018, json!({"scheduled": false, "adhoc": true, "scheduled_time": ahead})),
        (10019, json!({"mode": "p2p"})),
        (10019, json!({"mode": 1})),
        (10022, json!({"moderators": "0"})),
        (10022, json!({"moderators": 2})),
        (10022, json!({"moderators": "two"})),
        (10023, json!({"moderators": "6"})),
        (10025, json!({"knock": 1})),
    ];
    for (code, settings) in table {
        let reply = api.post("/rooms", &new_room(settings.clone())).await;
        assert!(matches!(reply.status, 400 | 422), "{settings}: {reply:?}");
        assert_eq!(reply.json()["result"], code, "{settings}: {reply:?}");
        reply.refused(reply.status, code);
    }
    assert_eq!(api.get("/rooms").await.ok()["rooms"], json!([]));
    for settings in [
        scheduled(json!(ahead)),
        json!({"moderators": "5", "participants": "245"}),
        json!({"participants": "249"}),
        json!({"duration": 5_000_000_000_u64, "adhoc": true}),
        json!({"max_active_talkers": 16, "mode": "lecture"}),
    ] {
        api.post("/rooms", &new_room(settings)).await.ok();
    }
}

#[tokio::test]
async fn what_has_no_code_is_named_in_the_message() {
    let api = Api::start().await;
    let table = [
        ("description", json!({"description": 1})),
        ("canvas", json!({"canvas": "no"})),
        ("media_zone", json!({"media_zone": "nowhere"})),
        ("audiences", json!({"audiences": 500})),
        ("hls_view_url", json!({"hls_view_url": "http://example.com"})),
        ("live_recording", json!({"live_recording": true})),
        ("live_recording.url", json!({"live_recording": {"url": 1}})),
        ("live_recording.format", json!({"live_recording": {"format": "mp4"}})),
        ("role_based_recording.moderator", json!({"role_based_recording": {"moderator": "video"}})),
    ];
    for (field, settings) in table {
        let reply = api.post("/rooms", &new_room(settings)).await;
        reply.failed(reply.status, "INVALID_PARAM", &format!("settings.{field}"));
        assert!(matches!(reply.status, 400 | 422), "{reply:?}");
    }
    for (field, value) in [
        ("data", json!([])),
        ("data", json!("text")),
        ("sip", json!(true)),
        ("sip.uri", json!({"uri": "sip:a@example.com"})),
        ("sip.enabled", json!({"enabled": "true"})),
        ("room_id", json!("5b473a40ad3c0a58a4e0e5c1")),
        ("owner", json!("team-7")),
    ] {
        let mut body = new_room(json!({}));
        let (key, _) = field.split_once('.').unwrap_or((field, ""));
        body[key] = value;
        let reply = api.post("/rooms", &body).await;
        reply.failed(reply.status, "INVALID_PARAM", field);
    }
    assert_eq!(api.get("/rooms").await.ok()["rooms"], json!([]));
}

#[tokio::test]
async fn sandboxes_know_nothing_of_each_other() {
    let (one, other) = (Api::start().await, Api::start().await);
    let room = one.room(json!({})).await;
    other.get(&room).await.refused(404, 40001);
    let error = Sandbox::builder().app_id("a:b").app_key("").start().await.unwrap_err();
    assert_eq!(error.violations().len(), 2);
}
