//! How long a room of each kind exists.

use enablex::sandbox::JoinRefusal;
use serde_json::json;

use super::api::{Api, MINUTE};

#[tokio::test]
async fn a_permanent_room_is_there_until_it_is_deleted() {
    let api = Api::start().await;
    let room = api.room(json!({"duration": 30})).await;
    let user = api.joined(&room, "participant").await;
    api.leave(&user);
    api.sandbox.advance(365 * 24 * 60 * MINUTE);
    api.joined(&room, "participant").await;
}

#[tokio::test]
async fn a_scheduled_room_opens_15_minutes_before_and_stays_for_its_duration() {
    let api = Api::start().await;
    let room = api.scheduled(60 * MINUTE).await;
    api.ask_token(&room, "moderator").await.refused(403, 10112);
    api.sandbox.advance(44 * MINUTE);
    api.ask_token(&room, "moderator").await.refused(403, 10112);
    api.sandbox.advance(2 * MINUTE);
    api.ask_token(&room, "moderator").await.ok();
    // At 89 of 90 minutes.
    api.sandbox.advance(43 * MINUTE);
    let kept = api.token(&room, "moderator").await;
    api.sandbox.advance(2 * MINUTE);
    api.ask_token(&room, "moderator").await.refused(403, 10111);

    // It still exists, and a token that was issued in time is valid.
    api.get(&room).await.ok();
    let user = api.sandbox.join(&kept).unwrap();
    api.leave(&user);
    api.delete(&room).await.ok();
}

#[tokio::test]
async fn a_session_outlives_its_scheduled_room_and_gets_tokens() {
    let api = Api::start().await;
    let room = api.scheduled(MINUTE).await;
    let user = api.joined(&room, "moderator").await;
    api.sandbox.advance(60 * MINUTE);
    let other = api.joined(&room, "participant").await;
    api.leave(&user);
    api.ask_token(&room, "participant").await.ok();
    api.leave(&other);
    api.ask_token(&room, "participant").await.refused(403, 10111);
}

#[tokio::test]
async fn an_ad_hoc_room_without_duration_has_one_session() {
    let api = Api::start().await;
    let room = api.room(json!({"adhoc": true})).await;
    api.sandbox.advance(24 * 60 * MINUTE);
    let spare = api.token(&room, "participant").await;
    let one = api.joined(&room, "participant").await;
    let other = api.joined(&room, "participant").await;
    api.leave(&one);
    api.ask_token(&room, "participant").await.ok();
    api.leave(&other);
    gone(&api, &room).await;
    assert_eq!(api.sandbox.join(&spare).unwrap_err(), JoinRefusal::Unknown);
}

#[tokio::test]
async fn an_ad_hoc_room_with_duration_has_sessions_until_it_is_over() {
    let api = Api::start().await;
    let room = api.room(json!({"adhoc": true, "duration": 60})).await;
    // The duration counts from the first join.
    api.sandbox.advance(120 * MINUTE);
    let user = api.joined(&room, "participant").await;
    api.leave(&user);
    api.sandbox.advance(30 * MINUTE);
    let user = api.joined(&room, "participant").await;
    // A running session outlasts it.
    api.sandbox.advance(31 * MINUTE);
    let last = api.joined(&room, "participant").await;
    api.leave(&user);
    api.leave(&last);
    gone(&api, &room).await;
}

#[tokio::test]
async fn an_ad_hoc_room_goes_by_the_clock_alone() {
    let api = Api::start().await;
    let room = api.room(json!({"adhoc": true, "duration": 10})).await;
    let user = api.joined(&room, "participant").await;
    let spare = api.token(&room, "participant").await;
    api.leave(&user);
    api.sandbox.advance(9 * MINUTE);
    api.get(&room).await.ok();
    api.sandbox.advance(MINUTE);
    assert_eq!(api.sandbox.join(&spare).unwrap_err(), JoinRefusal::Unknown);
    gone(&api, &room).await;
}

async fn gone(api: &Api, room: &str) {
    assert_eq!(api.get("/rooms").await.ok()["rooms"], json!([]));
    api.get(room).await.refused(404, 40001);
    api.patch(room, &json!({"name": "a"})).await.refused(404, 40001);
    api.delete(room).await.refused(404, 40001);
    api.get(&format!("{room}/users")).await.refused(404, 40001);
    api.ask_token(room, "participant").await.refused(404, 40001);
}
