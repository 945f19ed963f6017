//! The whole way: facade, real HTTP, sandbox.

use std::time::{Duration, SystemTime};

use enablex::{
    Advice, ErrorCode, Mode, NewRoom, Role, RoomKind, RoomUpdate, Settings, TokenRequest, sandbox::Sandbox,
};

fn user(role: Role) -> TokenRequest {
    TokenRequest::new("Asha Rao", role, "emp-1042").data("department", "claims")
}

#[tokio::test]
async fn a_room_from_its_creation_to_its_end() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();

    let new = NewRoom::permanent("Claims desk", "team-7")
        .mode(Mode::Lecture)
        .settings(Settings::new().moderators(1).participants(2));
    let room = client.rooms().create(new).await.unwrap();
    assert_eq!(room.kind(), Some(RoomKind::Permanent));
    assert_eq!(client.rooms().list().await.unwrap().len(), 1);

    let handle = client.room(&room);
    handle.update(RoomUpdate::new().name("Claims desk, evening")).await.unwrap();
    assert_eq!(handle.get().await.unwrap().name(), Some("Claims desk, evening"));
    assert!(handle.users().await.unwrap().is_empty());

    let token = handle.create_token(user(Role::Moderator)).await.unwrap().into_token();
    let joined = sandbox.join(&token).unwrap();
    let users = handle.users().await.unwrap();
    assert_eq!(users.len(), 1);
    assert_eq!(users[0].role, Some(Role::Moderator));
    assert_eq!(users[0].user_ref.as_ref().unwrap().get().unwrap(), "emp-1042");

    // A session is on.
    let error = handle.update(RoomUpdate::new().name("Now")).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::SessionOn));
    handle.delete().await.unwrap_err();
    // The one moderator is in.
    let error = handle.create_token(user(Role::Moderator)).await.unwrap_err();
    assert!(error.is_room_full());
    handle.create_token(user(Role::Participant)).await.unwrap();

    sandbox.leave(joined.session_user_id());
    handle.delete().await.unwrap();
    assert!(handle.get().await.unwrap_err().is_not_found());
    assert!(client.rooms().list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_scheduled_room_is_early_open_and_over() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let start = SystemTime::now() + Duration::from_secs(3600);
    let new = NewRoom::scheduled("Interview", "branch-12", start, 30);
    let room = client.rooms().create(new).await.unwrap();
    let (start, end) = room.schedule().unwrap();
    assert_eq!(end, Some(start + Duration::from_secs(30 * 60)));

    let handle = client.room(&room);
    let error = handle.create_token(user(Role::Participant)).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::OutsideTime));
    let early = Advice::Early { until: start - Duration::from_secs(15 * 60) };
    assert_eq!(error.advice_for(&room, sandbox.now()), Some(early));

    sandbox.advance(Duration::from_secs(46 * 60));
    handle.create_token(user(Role::Participant)).await.unwrap();

    sandbox.advance(Duration::from_secs(45 * 60));
    let error = handle.create_token(user(Role::Participant)).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::ConferenceOver));
}

#[tokio::test]
async fn bad_input_does_not_reach_it() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    client.room("..").create_token(TokenRequest::new("", "Host", "")).await.unwrap_err();
    client.rooms().create(NewRoom::permanent("", "")).await.unwrap_err();
    assert_eq!(sandbox.requests(), 0);
}

#[tokio::test]
async fn wrong_credentials() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = enablex::Client::builder().credentials("other", "key").base_url(sandbox.base_url());
    let error = client.build().unwrap().rooms().list().await.unwrap_err();
    assert!(error.is_auth() && error.request_id().is_some());
    assert_eq!(error.code(), Some(&ErrorCode::Unauthorized));
}
