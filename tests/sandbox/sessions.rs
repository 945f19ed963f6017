//! Joining a session, and its users.

use enablex::sandbox::JoinRefusal;
use serde_json::json;

use super::api::{Api, MINUTE};

#[tokio::test]
async fn users_of_a_session() {
    let api = Api::start().await;
    let room = api.room(json!({"mode": "lecture"})).await;
    let users = format!("{room}/users");
    assert_eq!(api.get(&users).await.ok(), json!({"result": 0, "total": 0, "users": []}));

    let moderator = api.joined(&room, "moderator").await;
    api.joined(&room, "participant").await;
    let body = api.get(&users).await.ok();
    assert_eq!(body["total"], 2);
    let permissions =
        json!({"publish": true, "subscribe": true, "record": true, "stats": true, "controlhandlers": true});
    let expected =
        json!({"name": "Asha Rao", "user_ref": "emp-1042", "role": "moderator", "permissions": permissions});
    assert_eq!(body["users"][0], expected);
    // No moderator has permitted it.
    assert_eq!(body["users"][1]["permissions"]["publish"], false);

    api.leave(&moderator);
    assert!(!api.sandbox.leave(moderator.session_user_id()));
    let body = api.get(&users).await.ok();
    assert_eq!((&body["total"], &body["users"][0]["role"]), (&json!(1), &json!("participant")));
}

#[tokio::test]
async fn a_token_works_once() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let token = api.token(&room, "participant").await;
    let user = api.sandbox.join(&token).unwrap();
    assert_eq!(format!("/rooms/{}", user.room_id()), room);
    assert_eq!(api.sandbox.join(&token).unwrap_err(), JoinRefusal::Used);
    api.leave(&user);
    assert_eq!(api.sandbox.join(&token).unwrap_err(), JoinRefusal::Used);
    assert_eq!(api.sandbox.join("other").unwrap_err(), JoinRefusal::Unknown);
}

#[tokio::test]
async fn a_token_lives_15_minutes() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let early = api.token(&room, "participant").await;
    let late = api.token(&room, "participant").await;
    api.sandbox.advance(14 * MINUTE);
    api.sandbox.join(&early).unwrap();
    api.sandbox.advance(MINUTE);
    assert_eq!(api.sandbox.join(&late).unwrap_err(), JoinRefusal::Expired);
}

#[tokio::test]
async fn a_full_room() {
    let api = Api::start().await;
    let room = api.room(json!({"moderators": "2", "participants": "1"})).await;
    let spare = [api.token(&room, "moderator").await, api.token(&room, "participant").await];
    let moderator = api.joined(&room, "moderator").await;
    let participant = api.joined(&room, "participant").await;
    api.joined(&room, "moderator").await;

    for token in &spare {
        assert_eq!(api.sandbox.join(token).unwrap_err(), JoinRefusal::Full);
    }
    api.ask_token(&room, "moderator").await.refused(403, 10114);
    api.ask_token(&room, "participant").await.refused(403, 10114);
    for _ in 0..3 {
        api.joined(&room, "viewer").await;
    }
    // A refused token can be used again.
    api.leave(&moderator);
    api.leave(&participant);
    for token in &spare {
        api.sandbox.join(token).unwrap();
    }
}

#[tokio::test]
async fn a_room_without_participants_takes_what_250_leave() {
    let api = Api::start().await;
    let room = api.room(json!({"moderators": "5"})).await;
    for _ in 0..245 {
        api.joined(&room, "participant").await;
    }
    api.ask_token(&room, "participant").await.refused(403, 10114);
    api.joined(&room, "moderator").await;
}

#[test]
fn refusals_have_words() {
    let words = [
        (JoinRefusal::Used, "used"),
        (JoinRefusal::Expired, "expired"),
        (JoinRefusal::Full, "full"),
        (JoinRefusal::Unknown, "unknown"),
    ];
    for (refusal, word) in words {
        assert_eq!((refusal.as_str(), refusal.to_string().as_str()), (word, word));
    }
}
