//! Concurrent calls.

use std::{collections::BTreeSet, sync::Arc};

use enablex::sandbox::JoinRefusal;
use serde_json::json;
use tokio::task::JoinSet;

use super::api::Api;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_token_lets_one_in_of_fifty() {
    let api = Arc::new(Api::start().await);
    let room = api.room(json!({})).await;
    let token = api.token(&room, "participant").await;
    let mut tasks = JoinSet::new();
    for i in 0..50 {
        let (api, token) = (api.clone(), token.clone());
        tasks.spawn(async move {
            if i % 2 == 0 {
                return api.sandbox.join(&token).map(drop).map_err(JoinRefusal::as_str).err();
            }
            let reply = api.control("join", json!({"token": token})).await;
            (reply.status != 200).then(|| {
                assert_eq!(reply.json(), json!({"reason": "used"}));
                "used"
            })
        });
    }
    let refusals = tasks.join_all().await;
    assert_eq!(refusals.iter().filter(|refusal| refusal.is_none()).count(), 1);
    assert_eq!(refusals.iter().filter(|refusal| **refusal == Some("used")).count(), 49);
    assert_eq!(api.get(&format!("{room}/users")).await.ok()["total"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn limits_hold() {
    let api = Arc::new(Api::start().await);
    let room = api.room(json!({"moderators": "2", "participants": "7"})).await;
    let mut tokens = Vec::new();
    for i in 0..60 {
        tokens.push(api.token(&room, if i % 3 == 0 { "moderator" } else { "participant" }).await);
    }
    let mut tasks = JoinSet::new();
    for token in tokens {
        let api = api.clone();
        tasks.spawn(async move { api.control("join", json!({"token": token})).await.status });
    }
    let statuses = tasks.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 9);
    assert_eq!(statuses.iter().filter(|status| **status == 403).count(), 51);
    let users = api.get(&format!("{room}/users")).await.ok()["users"].take();
    let moderators = users.as_array().unwrap().iter().filter(|user| user["role"] == "moderator");
    assert_eq!((moderators.count(), users.as_array().unwrap().len()), (2, 9));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_room_is_lost() {
    let api = Arc::new(Api::start().await);
    let mut tasks = JoinSet::new();
    for i in 0..100 {
        let api = api.clone();
        tasks.spawn(async move {
            let room = api.room(json!({"description": i.to_string()})).await;
            if i % 4 == 0 {
                api.delete(&room).await.ok();
                return None;
            }
            api.patch(&room, &json!({"settings": {"knock": true}})).await.ok();
            Some(room)
        });
    }
    let kept: BTreeSet<_> = tasks.join_all().await.into_iter().flatten().collect();
    assert_eq!(kept.len(), 75);
    let rooms = api.get("/rooms").await.ok()["rooms"].take();
    let listed = rooms.as_array().unwrap().iter().map(|room| {
        assert_eq!(room["settings"]["knock"], true);
        format!("/rooms/{}", room["room_id"].as_str().unwrap())
    });
    assert_eq!(listed.collect::<BTreeSet<_>>(), kept);
}
