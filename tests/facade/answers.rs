//! Every sample of a response decodes through the facade.

use std::time::{Duration, SystemTime};

use enablex::{Mode, NewRoom, Quality, RecordingMedia, Role, RoomKind, TokenRequest};
use serde_json::Value;

use crate::{sample, server::Server};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

/// 2018-07-12T11:30:24.851Z, counted by `date -u +%s`.
const CREATED: Duration = Duration::from_millis(1_531_395_024_851);

async fn room(name: &str) -> enablex::Room {
    let server = Server::json(200, sample(name)).await;
    server.client().rooms().create(NewRoom::permanent("n", "o")).await.unwrap()
}

#[tokio::test]
async fn a_room() {
    let room = room("createRoom.response").await;
    assert_eq!(room.id().unwrap().as_str(), ROOM);
    assert_eq!(room.name(), Some("Claims desk"));
    assert_eq!(room.kind(), Some(RoomKind::Permanent));
    assert_eq!(room.schedule(), None);
    assert_eq!(room.created.unwrap().get(), Some(&(SystemTime::UNIX_EPOCH + CREATED)));
    assert_eq!(room.data.unwrap()["custom_key"], "");

    let sip = room.sip.unwrap();
    assert_eq!(sip.enabled.unwrap().get(), Some(&true));
    // Sent as a number, although it is text.
    assert_eq!(sip.pin.unwrap().get().unwrap(), "99999");

    let settings = room.settings.unwrap();
    assert_eq!(settings.mode, Some(Mode::Group));
    assert_eq!(settings.quality, Some(Quality::Hd));
    assert_eq!(settings.duration.unwrap().get(), Some(&50));
    assert_eq!(settings.moderators.unwrap().get().unwrap(), "2");
    // Sent as `true`, although it is a number: kept as it is.
    let talkers = settings.max_active_talkers.unwrap();
    assert_eq!(talkers.get(), None);
    assert_eq!(serde_json::to_value(&talkers).unwrap(), true);
    let recording = settings.role_based_recording.unwrap();
    assert_eq!(recording.participant, Some(RecordingMedia::Audio));
}

#[tokio::test]
async fn a_scheduled_room() {
    let room = room("createRoom.scheduled.response").await;
    assert_eq!(room.kind(), Some(RoomKind::Scheduled));
    // 2026-03-09 10:30:00 UTC, and 45 minutes later.
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_052_200);
    assert_eq!(room.schedule(), Some((start, Some(start + Duration::from_secs(45 * 60)))));
}

#[tokio::test]
async fn a_list_of_rooms() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let rooms = server.client().rooms().list().await.unwrap();
    assert_eq!(rooms.len(), 1);
    assert_eq!(rooms[0].id().unwrap().as_str(), ROOM);
    assert_eq!(server.received()[0].line, "GET /video/v2/rooms HTTP/1.1");
}

#[tokio::test]
async fn what_came_is_what_is_kept() {
    for name in ["createRoom.response", "createRoom.scheduled.response"] {
        let mut expected = sample(name)["room"].take();
        if let Some(sip) = expected["sip"].as_object_mut().filter(|sip| sip.contains_key("pin")) {
            // The same value in its documented form.
            sip.insert("pin".into(), "99999".into());
            sip.insert("meeting_id".into(), "99999".into());
        }
        assert_eq!(serde_json::to_value(room(name).await).unwrap(), expected);
    }
}

#[tokio::test]
async fn users() {
    let server = Server::json(200, sample("getRoomUsers.response")).await;
    let users = server.client().room(ROOM).users().await.unwrap();
    assert_eq!(server.received()[0].line, format!("GET /video/v2/rooms/{ROOM}/users HTTP/1.1"));
    assert_eq!(users.len(), 1);
    assert_eq!(users[0].role, Some(Role::Participant));
    assert_eq!(users[0].name.as_ref().unwrap().get().unwrap(), "Asha Rao");
    let permissions = users[0].permissions.as_ref().unwrap();
    assert_eq!(permissions.publish.as_ref().unwrap().get(), Some(&true));
    assert_eq!(permissions.record.as_ref().unwrap().get(), Some(&false));

    let server = Server::json(200, sample("getRoomUsers.audience.response")).await;
    let users = server.client().room(ROOM).users().await.unwrap();
    assert_eq!(users[1].role, Some(Role::Audience));
}

#[tokio::test]
async fn a_room_without_a_session_has_no_users() {
    let neither: Value = serde_json::json!({"result": 0});
    for answer in
        [sample("getRoomUsers.empty-list.response"), sample("getRoomUsers.empty-null.response"), neither]
    {
        let server = Server::json(200, answer).await;
        assert!(server.client().room(ROOM).users().await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_token() {
    let server = Server::json(200, sample("createToken.response")).await;
    let before = SystemTime::now();
    let request = TokenRequest::new("Asha Rao", Role::Moderator, "emp-1042");
    let token = server.client().room(ROOM).create_token(request).await.unwrap();
    assert_eq!(token.room_id().as_str(), ROOM);
    assert_eq!(token.role(), &Role::Moderator);
    assert_eq!(token.user_ref(), "emp-1042");
    // Counted from before the request reached the service.
    assert!((before..=server.received()[0].at).contains(&token.issued_at()));
    assert_eq!(token.expires_at(), token.issued_at() + Duration::from_secs(15 * 60));
    let expected = sample("createToken.response")["token"].take();
    assert_eq!(token.expose_token(), expected);
    assert_eq!(token.into_token(), expected);
}

/// Accessors read the fields of a response.
#[tokio::test]
async fn accessors() {
    let room = room("createRoom.response").await;
    assert_eq!(room.created(), Some(SystemTime::UNIX_EPOCH + CREATED));
    let settings = room.settings().unwrap();
    assert_eq!((settings.moderators(), settings.duration()), (Some(2), Some(Duration::from_secs(50 * 60))));
    assert_eq!((settings.mode(), settings.quality()), (Some(&Mode::Group), Some(&Quality::Hd)));
    assert_eq!((settings.max_active_talkers(), settings.scheduled_time()), (None, None));
    assert_eq!((settings.scheduled(), settings.adhoc()), (Some(false), Some(false)));
    let media = settings.role_based_recording().unwrap();
    assert_eq!(media.participant(), Some(&RecordingMedia::Audio));
    assert_eq!(room.sip().unwrap().pin(), Some("99999"));

    let kinds = [RoomKind::Permanent, RoomKind::Scheduled, RoomKind::AdHoc];
    assert_eq!(kinds.map(RoomKind::as_str), ["permanent", "scheduled", "ad_hoc"]);
    assert_eq!(RoomKind::AdHoc.to_string(), "ad_hoc");

    let server = Server::json(200, sample("getRoomUsers.response")).await;
    let users = server.client().room(ROOM).users().await.unwrap();
    let written = sample("getRoomUsers.response")["users"][0].clone();
    assert_eq!(users[0].name(), written["name"].as_str());
    assert_eq!(users[0].user_ref(), written["user_ref"].as_str());
    assert_eq!(users[0].role().map(Role::as_str), written["role"].as_str());
    let publish = users[0].permissions().and_then(enablex::Permissions::publish);
    assert_eq!(publish, written["permissions"]["publish"].as_bool());

    let server = Server::json(200, sample("getDialIn.response")).await;
    let numbers = server.client().dial_in().get().await.unwrap().dialin.unwrap();
    let written = sample("getDialIn.response")["dialin"][0].clone();
    assert_eq!(numbers[0].phone(), written["phone"].as_str());
    assert_eq!(numbers[0].toll(), written["toll"].as_bool());
}
