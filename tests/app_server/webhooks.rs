//! Webhooks in, and what is made of them.

use serde_json::json;

use crate::{sample, server::Server};

const PAIR: &[&str] = &["--webhook-user", "enablex", "--webhook-password", "word-4711"];

async fn post(server: &Server, user: &str, password: &str, body: impl ToString) -> u16 {
    server.send(server.request("/webhooks", body).basic_auth(user, Some(password))).await.status
}

#[tokio::test]
async fn credentials_are_checked_before_the_body() {
    let server =
        Server::start(&[PAIR, &["--old-webhook-user", "old", "--old-webhook-password", "older"]].concat());
    let mut events = server.events(None).await;
    let body = sample("webhook.roomdrop");
    let reply = server.post("/webhooks", &body).await;
    assert_eq!(reply.status, 401);
    assert!(reply.headers["www-authenticate"].to_str().unwrap().starts_with("Basic"));
    assert!(reply.json()["error"].is_string());
    for (user, password) in
        [("enablex", "word-4712"), ("Enablex", "word-4711"), ("", ""), ("old", "word-4711")]
    {
        assert_eq!(post(&server, user, password, &body).await, 401);
        assert_eq!(post(&server, user, password, "no json").await, 401);
    }
    assert_eq!(post(&server, "enablex", "word-4711", "no json").await, 400);
    assert_eq!(post(&server, "enablex", "word-4711", "[]").await, 400);
    assert_eq!(post(&server, "enablex", "word-4711", &body).await, 200);
    // The other pair, during a rotation.
    assert_eq!(post(&server, "old", "older", sample("webhook.session_stop")).await, 200);
    assert_eq!(events.types(2).await, ["roomdrop", "session_stop"]);
    for secret in ["word-4711", "older"] {
        assert!(!server.log().contains(secret));
    }
}

#[tokio::test]
async fn every_event_comes_out_once() {
    let server = Server::start(PAIR);
    let mut events = server.events(None).await;
    let names =
        ["session_start", "session_stop", "roomdrop", "recording", "transcoded", "file-transfer.awss3"];
    for name in names {
        for _ in 0..3 {
            assert_eq!(post(&server, "enablex", "word-4711", sample(&format!("webhook.{name}"))).await, 200);
        }
    }
    // Types, rooms and apps that nobody knows are taken, too.
    for body in [
        json!({"type": "user-joined", "room_id": "ffffffffffffffffffffffff", "app_id": "another"}),
        json!({"type": 7}),
        json!({}),
        json!({"type": "x".repeat(500_000)}),
    ] {
        assert_eq!(post(&server, "enablex", "word-4711", body).await, 200);
    }
    for name in names {
        let event = events.next().await.unwrap();
        let body = sample(&format!("webhook.{name}"));
        for key in ["type", "room_id", "conf_num"] {
            assert_eq!(event[key], body[key], "{name}");
        }
        // Links are for the server alone.
        assert!(!event.to_string().contains("http"));
    }
    assert_eq!(events.types(3).await, ["user-joined", "7", ""]);
    assert!(events.next().await.unwrap().to_string().len() < 1000);
    // Nothing more: the replays were one event.
    post(&server, "enablex", "word-4711", json!({"type": "end"})).await;
    assert_eq!(events.types(1).await, ["end"]);
    assert!(!server.log().contains("https://files.example.com"));
}

#[tokio::test]
async fn sessions_of_the_sandbox_come_as_webhooks() {
    // With and without credentials.
    for args in [PAIR, &[]] {
        let server = Server::start(args);
        let mut events = server.events(None).await;
        let room = server.room("team-7", json!({"auto_recording": true})).await;
        let joined = server.join(&room).await;
        let second = server.join(&room).await;
        server.control("leave", joined).await;
        server.control("leave", second).await;
        let mut conf_nums = std::collections::BTreeSet::new();
        for kind in ["session_start", "session_stop", "roomdrop", "recording"] {
            let event = events.next().await.unwrap();
            assert_eq!((event["type"].as_str(), event["room_id"].as_str()), (Some(kind), Some(&*room)));
            conf_nums.insert(event["conf_num"].as_str().unwrap().to_owned());
        }
        assert_eq!(conf_nums.len(), 1);
    }
}

/// The service makes a mess of it: everything twice, and in reverse order.
#[tokio::test]
async fn duplicates_and_disorder_change_nothing() {
    let server = Server::start(PAIR);
    let url = format!("{}/webhooks", server.url);
    let mess =
        json!({"url": url, "user": "enablex", "password": "word-4711", "duplicates": 2, "reorder": true});
    server.control("webhooks", mess).await;
    let mut events = server.events(None).await;
    let room = server.room("team-7", json!({})).await;
    for _ in 0..3 {
        let joined = server.join(&room).await;
        server.control("leave", joined).await;
    }
    let mut types = events.types(9).await;
    types.sort();
    let three = |kind: &'static str| [kind; 3];
    assert_eq!(types, [three("roomdrop"), three("session_start"), three("session_stop")].concat());
}

#[tokio::test]
async fn on_enablex_webhooks_need_credentials() {
    let sandbox = enablex::sandbox::Sandbox::start().await.unwrap();
    let mut command = crate::server::command(&[]);
    command.env("ENABLEX_APP_ID", sandbox.app_id()).env("ENABLEX_APP_KEY", sandbox.app_key());
    command.env("ENABLEX_BASE_URL", sandbox.base_url());
    let server = Server::run(command);
    server.post("/webhooks", sample("webhook.roomdrop")).await.failed(401, "no_credentials");
    // Nor may anybody be moderator.
    let room = server.room("team-7", json!({})).await;
    server.token(&room, "moderator").await.failed(403, "no_moderator");
    server.token(&room, "participant").await.ok();
    assert_eq!(sandbox.client().unwrap().rooms().list().await.unwrap().len(), 1);
}
