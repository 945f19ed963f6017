//! createToken.

use std::collections::BTreeSet;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::api::{Api, new_token};

#[tokio::test]
async fn a_token_is_what_a_browser_reads() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let body = api.ask_token(&room, "participant").await.ok();
    assert_eq!(body.as_object().unwrap().len(), 2);
    let json = BASE64_STANDARD.decode(body["token"].as_str().unwrap()).unwrap();
    let token: Value = serde_json::from_slice(&json).unwrap();
    for key in ["logId", "tokenId"] {
        assert!(token[key].is_string(), "{key}: {token}");
    }
    // The browser SDK connects to `gateway` if it is there, else to `host`, and reads `roomMeta`.
    assert_eq!((&token["secure"], token.get("gateway")), (&json!(false), None));
    assert_eq!((&token["host"], &token["eventServer"]["url"]), (&json!(api.sandbox.host()), &token["host"]));
    let settings = json!({"quality": "SD", "media_configuration": "default"});
    assert_eq!(token["roomMeta"], json!({ "settings": settings }));

    let mut tokens = BTreeSet::new();
    for _ in 0..50 {
        assert!(tokens.insert(api.token(&room, "participant").await));
    }
}

#[tokio::test]
async fn names_roles_and_references() {
    let api = Api::start().await;
    let room = format!("{}/tokens", api.room(json!({})).await);
    let with = |key: &str, value: Value| {
        let mut body = new_token("participant");
        body[key] = value;
        body
    };
    for (key, code) in [("name", 10101), ("user_ref", 10102), ("role", 10103)] {
        let mut body = new_token("participant");
        body.as_object_mut().unwrap().remove(key);
        api.post(&room, &body).await.refused(400, code);
        for blank in [json!(""), json!("  "), Value::Null] {
            api.post(&room, &with(key, blank)).await.refused(400, code);
        }
    }
    api.post(&room, &with("name", json!(7))).await.refused(400, 10101);
    api.post(&room, &with("user_ref", json!(1042))).await.refused(400, 10102);
    for role in ["Moderator", "PARTICIPANT", "host", " viewer"] {
        api.post(&room, &with("role", json!(role))).await.refused(422, 10104);
    }
    api.post(&room, &with("role", json!(["viewer"]))).await.refused(400, 10104);
    api.post(&room, &with("name", json!("आशा राव 👩‍💼"))).await.ok();
}

#[tokio::test]
async fn data_is_up_to_five_texts() {
    let api = Api::start().await;
    let room = format!("{}/tokens", api.room(json!({})).await);
    let with = |data: Value| {
        let mut body = new_token("viewer");
        body["data"] = data;
        body
    };
    for data in [
        json!([]),
        json!("text"),
        Value::Null,
        json!({"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""}),
        json!({"": "value"}),
        json!({" ": "value"}),
        json!({"age": 30}),
        json!({"nested": {}}),
        json!({"none": null}),
    ] {
        let reply = api.post(&room, &with(data)).await;
        reply.failed(reply.status, "INVALID_PARAM", "data");
        assert!(matches!(reply.status, 400 | 422), "{reply:?}");
    }
    let mut body = new_token("viewer");
    body["room_id"] = json!("other");
    api.post(&room, &body).await.failed(400, "INVALID_PARAM", "room_id");

    let five = json!({"a": "1", "b": "", "c": "3", "d": "4", "e": "5"});
    let token = api.post(&room, &with(five.clone())).await.ok()["token"].take();
    let user = api.sandbox.join(token.as_str().unwrap()).unwrap();
    assert_eq!(Value::Object(user.data().clone()), five);
    api.post(&room, &with(json!({}))).await.ok();
}

#[tokio::test]
async fn audience_needs_hls() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    api.ask_token(&room, "audience").await.failed(422, "INVALID_PARAM", "audience");
    let hls = api.room(json!({"audiences": "1"})).await;
    api.joined(&hls, "audience").await;
    api.joined(&hls, "audience").await;
    let users = api.get(&format!("{hls}/users")).await.ok();
    assert_eq!(users["total"], 2);
    assert_eq!(users["users"][0]["permissions"]["publish"], false);
}
