//! Requests equal the documented samples.

use enablex::{MediaZone, Mode, NewRoom, Quality, RecordingMedia, Role, RoomUpdate, Settings, TokenRequest};
use serde_json::{Map, Value, json};

use crate::{
    sample,
    server::{APP_ID, APP_KEY, Received, Server},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

async fn created(room: NewRoom) -> Received {
    let server = Server::json(201, sample("createRoom.response")).await;
    server.client().rooms().create(room).await.unwrap();
    server.received().remove(0)
}

async fn updated(update: RoomUpdate) -> Received {
    let server = Server::json(200, sample("updateRoomById.response")).await;
    server.client().room(ROOM).update(update).await.unwrap();
    server.received().remove(0)
}

async fn token(request: TokenRequest) -> Received {
    let server = Server::json(200, sample("createToken.response")).await;
    server.client().room(ROOM).create_token(request).await.unwrap();
    server.received().remove(0)
}

#[tokio::test]
async fn a_permanent_room() {
    let room = NewRoom::permanent("Claims desk", "team-7")
        .mode(Mode::Group)
        .settings(
            Settings::new()
                .description("Walk-in video desk")
                .duration(30)
                .moderators(1)
                .participants(5)
                .billing_code("")
                .auto_recording(false)
                .quality(Quality::Sd)
                .canvas(false)
                .screen_share(false)
                .abwd(true)
                .max_active_talkers(4)
                .knock(false)
                .wait_for_moderator(false)
                .media_zone(MediaZone::UnitedStates)
                .single_file_recording(false)
                .role_based_recording(RecordingMedia::AudioVideo, RecordingMedia::Audio)
                .live_recording(true, Some("https://view.example.com/".into())),
        )
        .sip(false)
        .data(object(json!({"custom_key": ""})));
    let request = created(room).await;
    assert_eq!(request.line, "POST /video/v2/rooms HTTP/1.1");
    assert_eq!(request.json(), sample("createRoom.request"));
}

#[tokio::test]
async fn a_scheduled_room() {
    let room = NewRoom::scheduled("Loan interview 4471", "branch-12", "2026-03-09 10:30:00", 45)
        .mode(Mode::Group)
        .settings(
            Settings::new()
                .description("Document check")
                .moderators(1)
                .participants(3)
                .auto_recording(true)
                .quality(Quality::Hd)
                .knock(true)
                .wait_for_moderator(true)
                .media_zone(MediaZone::India),
        )
        .sip(false)
        .data(object(json!({"case": "4471"})));
    assert_eq!(created(room).await.json(), sample("createRoom.scheduled.request"));
}

#[tokio::test]
async fn an_ad_hoc_room() {
    let room = NewRoom::ad_hoc("Quick call", "desk-3")
        .mode(Mode::Group)
        .settings(Settings::new().duration(60).moderators(1).participants(1))
        .sip(false);
    assert_eq!(created(room).await.json(), sample("createRoom.adhoc.request"));
}

#[tokio::test]
async fn a_room_with_hls() {
    let room = NewRoom::permanent("Town hall", "comms")
        .mode(Mode::Lecture)
        .settings(
            Settings::new()
                .moderators(2)
                .participants(10)
                .audiences(500)
                .hls_view_url("DEFAULT")
                .send_audiences_stats(true),
        )
        .sip(false);
    assert_eq!(created(room).await.json(), sample("createRoom.hls.request"));
}

#[tokio::test]
async fn a_room_with_transcription() {
    let room = NewRoom::permanent("Board call", "board")
        .mode(Mode::Group)
        .settings(Settings::new().moderators(1).participants(8).live_transcription("en-IN", true))
        .sip(false);
    assert_eq!(created(room).await.json(), sample("createRoom.transcription.request"));
}

#[tokio::test]
async fn updates_hold_the_changed_keys_alone() {
    let update = RoomUpdate::new()
        .name("Claims desk, evening")
        .settings(Settings::new().participants(15).auto_recording(true));
    let request = updated(update).await;
    assert_eq!(request.line, format!("PATCH /video/v2/rooms/{ROOM} HTTP/1.1"));
    assert_eq!(request.json(), sample("updateRoomById.request"));

    let request = updated(RoomUpdate::new().scheduled_time("2026-03-10 11:00:00")).await;
    assert_eq!(request.json(), sample("updateRoomById.reschedule.request"));
}

#[tokio::test]
async fn a_new_time_and_settings_go_together_in_either_order() {
    let expected = json!({"settings": {"scheduled_time": "2026-03-10 11:00:00", "knock": true}});
    let settings = Settings::new().knock(true);
    let before = RoomUpdate::new().scheduled_time("2026-03-10 11:00:00").settings(settings.clone());
    let after = RoomUpdate::new().settings(settings).scheduled_time("2026-03-10 11:00:00");
    assert_eq!(updated(before).await.json(), expected);
    assert_eq!(updated(after).await.json(), expected);
}

#[tokio::test]
async fn a_token() {
    let request = token(
        TokenRequest::new("Asha Rao", Role::Participant, "emp-1042")
            .data("department", "claims")
            .data("locale", "en-IN"),
    )
    .await;
    assert_eq!(request.line, format!("POST /video/v2/rooms/{ROOM}/tokens HTTP/1.1"));
    assert_eq!(request.json(), sample("createToken.request"));

    let request = token(TokenRequest::new("Guest 12", "audience", "g-12")).await;
    assert_eq!(request.json(), sample("createToken.audience.request"));
}

#[tokio::test]
async fn any_script_is_sent_as_it_is() {
    for (name, user_ref) in [("आशा राव \"A\" 🙂", "u/1 ?&"), ("  李 明 ", "..%2e\\")] {
        let request = token(TokenRequest::new(name, Role::Viewer, user_ref)).await;
        assert_eq!(request.json(), json!({"name": name, "role": "viewer", "user_ref": user_ref}));
    }
}

#[tokio::test]
async fn every_request_carries_the_documented_headers_and_no_other_of_ours() {
    let request = token(TokenRequest::new("Asha Rao", Role::Moderator, "emp-1042")).await;
    // RFC 7617: base64 of `id:key`.
    assert_eq!(request.header("authorization"), Some("Basic dGVzdC1hcHAtaWQ6dGVzdC1hcHAta2V5LTQ0NzE="));
    assert_eq!((APP_ID, APP_KEY), ("test-app-id", "test-app-key-4471"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("api-version"), None);
    assert!(request.header("host").unwrap().starts_with("127.0.0.1:"));
    let agent = format!("enablex-rust/{}", env!("CARGO_PKG_VERSION"));
    assert_eq!(request.header("user-agent"), Some(agent.as_str()));
}

#[tokio::test]
async fn a_room_id_is_encoded() {
    let server = Server::json(200, sample("updateRoomById.response")).await;
    server.client().room("a?b#c%é").delete().await.unwrap();
    assert_eq!(server.received()[0].line, "DELETE /video/v2/rooms/a%3Fb%23c%25%C3%A9 HTTP/1.1");
}

#[tokio::test]
async fn settings_of_an_answer_go_out_as_documented_keys_alone() {
    let mut room = sample("createRoom.response");
    let settings = room["room"]["settings"].as_object_mut().unwrap();
    settings.extend(object(json!({
        "viewers": 3, "encryption": true, "active_talker": true, "media_configuration": "default",
        "peep": true, "quality": "UHD", "mode": "p2p", "abwd": "true", "knock": 1,
        "audiences": "0", "hls_view_url": "", "media_zone": "", "max_active_talkers": 17,
        "role_based_recording": {"moderator": "audiovideo", "participant": "none"},
    })));
    let server = Server::json(200, room).await;
    let room = server.client().room(ROOM).get().await.unwrap();

    let update = RoomUpdate::new().settings(Settings::from(&room.settings.unwrap()));
    let sent = updated(update).await.json();
    // The settings of `createRoom.response.json` without fixed, unknown and misspelt keys.
    assert_eq!(
        sent,
        json!({"settings": {
            "description": "Walk-in video desk", "duration": 50, "moderators": "2", "participants": "10",
            "billing_code": "", "auto_recording": false, "canvas": true, "screen_share": true,
            "abwd": true, "knock": true,
            "role_based_recording": {"moderator": "audiovideo"},
            "live_recording": {"auto_recording": true, "url": "rtmp-client.example.com/?token="},
        }})
    );
}

/// The settings of any response can be sent again.
#[tokio::test]
async fn settings_beyond_their_limits_are_left_out() {
    for (key, value) in [
        ("moderators", json!("6")),
        ("moderators", json!("0")),
        ("participants", json!("0")),
        ("participants", json!("many")),
        ("audiences", json!(0)),
        ("duration", json!(0)),
        ("max_active_talkers", json!(0)),
        ("hls_view_url", json!("view.example.com")),
    ] {
        let room = json!({"result": 0, "room": {"settings": {"knock": true, key: value}}});
        let server = Server::json(200, room).await;
        let settings = server.client().room(ROOM).get().await.unwrap().settings.unwrap();
        let sent = updated(RoomUpdate::new().settings(Settings::from(&settings))).await.json();
        assert_eq!(sent, json!({"settings": {"knock": true}}), "{key} {value}");
    }
}
