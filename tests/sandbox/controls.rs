//! The controls over HTTP, and the clock.

use std::time::{Duration, SystemTime};

use enablex::reqwest::header::ALLOW;
use serde_json::{Value, json};

use super::api::{Api, MINUTE, Reply};

#[tokio::test]
async fn join_and_leave() {
    let api = Api::start().await;
    let room = api.room(json!({"participants": "1"})).await;
    let first = api.token(&room, "participant").await;
    let second = api.token(&room, "participant").await;
    let join = |token: &str| json!({"token": token});
    let reply = api.control("join", join(&first)).await;
    assert_eq!(reply.status, 200);
    let user = reply.json()["session_user_id"].take();
    assert!(user.is_string());
    assert_eq!(api.get(&format!("{room}/users")).await.ok()["total"], 1);

    let refused = |reply: Reply, reason: &str| {
        assert_eq!((reply.status, reply.json()), (403, json!({"reason": reason})));
    };
    refused(api.control("join", join(&first)).await, "used");
    refused(api.control("join", join(&second)).await, "full");
    refused(api.control("join", join("other")).await, "unknown");
    let leave = json!({"session_user_id": user});
    assert_eq!(api.control("leave", &leave).await.status, 200);
    assert_eq!(api.control("leave", &leave).await.status, 404);
    api.sandbox.advance(15 * MINUTE);
    refused(api.control("join", join(&second)).await, "expired");
}

#[tokio::test]
async fn a_list_is_no_object() {
    let api = Api::start().await;
    for (control, body) in
        [("join", r#"["x"]"#), ("leave", r#"["x"]"#), ("clock", "[5]"), ("faults", "[[503]]")]
    {
        let reply = api.control(control, body).await;
        assert_eq!(reply.status, 400, "{control}");
        assert!(reply.json()["reason"].is_string());
    }
    api.get("/rooms").await.ok();
}

#[tokio::test]
async fn the_clock_goes_ahead_only() {
    let api = Api::start().await;
    let before = api.sandbox.now();
    let reply = api.control("clock", r#"{"advance_s": 900}"#).await;
    assert_eq!(reply.status, 200);
    let now = humantime::parse_rfc3339(reply.json()["now"].as_str().unwrap()).unwrap();
    // It is written in whole milliseconds.
    assert!(now + Duration::from_millis(1) >= before + 15 * MINUTE);
    assert!(api.sandbox.now() >= before + 15 * MINUTE);

    for seconds in ["-1", "1.5", "1e400", "99999999999999999999999", "18446744073709551615", "\"9\"", "null"]
    {
        let reply = api.control("clock", format!("{{\"advance_s\": {seconds}}}")).await;
        assert_eq!(reply.status, 400, "{seconds}");
        assert!(reply.json()["reason"].is_string());
    }
    let now = api.sandbox.advance(Duration::MAX);
    assert!(now < before + 16 * MINUTE);
    api.sandbox.advance(Duration::from_secs(250_000_000_000));
    api.post("/rooms", &super::api::new_room(json!({}))).await.ok();
}

#[tokio::test]
async fn faults() {
    let api = Api::start().await;
    let list = json!([
        {"status": 503, "body": "down", "headers": {"Retry-After": "3"}, "times": 2},
        {"drop": true, "after_effect": true},
        {"garbage": true, "delay_ms": 1},
        {"delay_ms": 1},
    ]);
    let reply = api.control("faults", list).await;
    assert_eq!((reply.status, reply.json()), (200, json!({"queued": 5})));
    for _ in 0..2 {
        let reply = api.get("/rooms").await;
        assert_eq!((reply.status, reply.text.as_str()), (503, "down"));
        assert_eq!(reply.headers["retry-after"], "3");
    }
    api.request(enablex::reqwest::Method::GET, "/rooms").send().await.unwrap_err();
    assert!(serde_json::from_str::<Value>(&api.get("/rooms").await.text).is_err());
    api.get("/rooms").await.ok();

    for bad in [
        json!({}),
        json!({"status": 99}),
        json!({"status": 600}),
        json!({"status": 100}),
        json!({"status": "503"}),
        json!({"status": 503, "drop": true}),
        json!({"drop": true, "garbage": true}),
        json!({"body": "a"}),
        json!({"drop": true, "headers": {"a": "b"}}),
        json!({"status": 503, "headers": {"a b": "c"}}),
        json!({"status": 503, "headers": {"a": "b\r\nc: d"}}),
        json!({"status": 503, "headers": {"Content-Length": "4000"}}),
        json!({"status": 503, "times": 0}),
        json!({"status": 503, "times": -1}),
        json!({"status": 503, "delay_ms": -1}),
        json!({"status": 503, "delay": 1}),
        json!([{"status": 503}, {"status": 1}]),
        json!("drop"),
        json!(null),
    ] {
        let reply = api.control("faults", &bad).await;
        assert_eq!(reply.status, 400, "{bad}");
        assert!(reply.json()["reason"].is_string(), "{bad}");
    }
    api.get("/rooms").await.ok();
}

#[tokio::test]
async fn reset_forgets_everything() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let token = api.token(&room, "participant").await;
    let user = api.joined(&room, "participant").await;
    api.sandbox.advance(600 * MINUTE);
    api.control("faults", json!({"drop": true})).await;
    let before = api.sandbox.now();
    assert_eq!(api.control("reset", "").await.status, 200);
    assert!(api.sandbox.now() < before);
    assert_eq!(api.sandbox.requests(), 0);
    api.get(&room).await.refused(404, 40001);
    assert_eq!(api.sandbox.join(&token).unwrap_err().as_str(), "unknown");
    assert!(!api.sandbox.leave(user.session_user_id()));
}

#[tokio::test]
async fn what_is_no_control() {
    let api = Api::start().await;
    for control in ["join", "leave", "clock", "faults", "report", "reset"] {
        let reply =
            Reply::of(api.http().get(api.url(&format!("/_sandbox/{control}"))).send().await.unwrap()).await;
        assert_eq!((reply.status, &reply.headers[ALLOW]), (405, &"POST".parse().unwrap()));
        if control != "reset" {
            for body in ["", "{", "[]", "{\"other\": 1}", "{\"token\": 7}"] {
                let reply = api.control(control, body).await;
                if (control, body) != ("faults", "[]") {
                    assert_eq!(reply.status, 400, "{control} {body}");
                    assert!(reply.json()["reason"].is_string());
                }
            }
        }
    }
    assert_eq!(api.control("other", "{}").await.status, 404);
    assert_eq!(api.control("join", "x".repeat(2 * 1024 * 1024)).await.status, 400);
    assert_eq!(api.sandbox.requests(), 0);
}

#[tokio::test]
async fn a_clock_that_starts_behind() {
    let week = Duration::from_secs(7 * 24 * 60 * 60);
    let sandbox = enablex::sandbox::Sandbox::builder().clock_behind(week).start().await.unwrap();
    let is_week_ago = |now: SystemTime| {
        let behind = SystemTime::now().duration_since(now).unwrap();
        behind >= week && behind < week + MINUTE
    };
    assert!(is_week_ago(sandbox.now()));
    sandbox.advance(week / 2);
    sandbox.reset();
    assert!(is_week_ago(sandbox.now()));
}
