//! Tokens: who gets one, in which role, and what the others are told.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::server::{Server, token};

#[tokio::test]
async fn a_token_lets_one_user_in_once() {
    let server = Server::start(&[]);
    let room = server.room("team-7", json!({})).await;
    let mut tokens = BTreeSet::new();
    for role in ["moderator", "participant", "viewer"] {
        let reply = server.token(&room, role).await;
        assert_eq!(reply.headers["cache-control"], "no-store");
        let created = reply.ok();
        assert_eq!(created.as_object().unwrap().len(), 2);
        assert!(tokens.insert(created["token"].as_str().unwrap().to_owned()));
        server.control("join", json!({"token": created["token"]})).await;
    }
    for token in &tokens {
        assert!(!server.log().contains(token.as_str()));
    }
}

#[tokio::test]
async fn the_server_decides_who_becomes_moderator() {
    let server = Server::start(&["--moderator-key", "key-4711"]);
    let room = server.room("team-7", json!({})).await;
    server.token(&room, "participant").await.ok();
    for role in ["moderator", "Moderator", "MODERATOR"] {
        server.token(&room, role).await.failed(403, "no_moderator");
        for header in
            ["Bearer key-4710", "Bearer key-47110", "Bearer key-471", "Bearer ", "key-4711", "Basic key-4711"]
        {
            let request =
                server.request("/api/create-token/", token(&room, role)).header("authorization", header);
            server.send(request).await.failed(403, "no_moderator");
        }
    }
    let with_key = async |role| {
        let request = server.request("/api/create-token/", token(&room, role));
        server.send(request.bearer_auth("key-4711")).await
    };
    with_key("moderator").await.ok();
    // Nor may others record.
    let recorded = json!({"owner_ref": "rec", "settings": {"auto_recording": "true"}});
    server.post("/api/create-room/", &recorded).await.failed(403, "no_moderator");
    server.send(server.request("/api/create-room/", &recorded).bearer_auth("key-4711")).await.ok();
    // The word itself is in lower case.
    assert_eq!(with_key("Moderator").await.failed(422, "invalid")["fields"][0]["field"], "role");
    assert!(!server.log().contains("key-4711"));
    // Somebody who tries keys is seen.
    assert!(server.log().matches("no_moderator").count() > 20);
}

#[tokio::test]
async fn bad_requests_name_every_field() {
    let server = Server::start(&[]);
    let room = server.room("team-7", json!({})).await;
    let fields = |failed: Value| {
        let fields = failed["fields"].as_array().unwrap().clone();
        fields.iter().map(|field| field["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let failed = server.post("/api/create-token/", "{}").await.failed(422, "invalid");
    assert_eq!(fields(failed), ["room_id", "name", "role", "user_ref"]);
    let change = |key: &str, value: Value| {
        let mut body = token(&room, "participant");
        body[key] = value;
        body
    };
    let six = json!({"a": "", "b": "", "c": "", "d": "", "e": "", "f": ""});
    for (body, field) in [
        (change("name", json!("")), "name"),
        (change("name", json!("a".repeat(10_000))), "name"),
        (change("name", json!("a\r\nSet-Cookie: b=c")), "name"),
        (change("name", json!(["a"])), "name"),
        (change("role", json!("admin")), "role"),
        (change("role", json!("Participant")), "role"),
        (change("user_ref", json!(" ")), "user_ref"),
        (change("roomId", json!("../cdr")), "room_id"),
        (change("roomId", json!("a\r\nX: y")), "roomId"),
        (change("data", six), "data"),
        (change("data", json!({"a": "b".repeat(1000)})), "data"),
        (change("data", json!({"a": {}})), "data"),
        (change("data", json!("text")), "data"),
    ] {
        let failed = server.post("/api/create-token/", &body).await.failed(422, "invalid");
        assert_eq!(fields(failed), [field], "{body}");
    }
    let failed = server.post("/api/create-token/", change("roomId", json!("66a1f0c27be94d3a105c7e12"))).await;
    assert_eq!(failed.failed(404, "room_gone")["result"], 40001);
    // Five keys, numbers as text, other scripts and 200 characters are taken.
    let five = json!({"a": 1, "b": true, "c": "", "d": "", "e": ""});
    for body in
        [change("data", five), change("name", json!("आशा".repeat(60))), change("user_ref", json!(4711))]
    {
        server.post("/api/create-token/", &body).await.ok();
    }
}

#[tokio::test]
async fn a_room_that_is_full_early_or_over() {
    let server = Server::start(&[]);
    let room = server.room("team-7", json!({"participants": 1})).await;
    let joined = server.join(&room).await;
    let failed = server.token(&room, "participant").await.failed(409, "room_full");
    assert_eq!(failed["result"], 10114);
    server.control("leave", joined).await;
    server.token(&room, "participant").await.ok();

    let clock = server.control("clock", json!({"advance_s": 0})).await;
    let now = humantime::parse_rfc3339(clock["now"].as_str().unwrap()).unwrap();
    let start = humantime::format_rfc3339_seconds(now + std::time::Duration::from_secs(3600)).to_string();
    let start = start.replace('T', " ").replace('Z', "");
    let settings = json!({"scheduled": true, "scheduled_time": start, "duration": "30"});
    let room = server.room("interview", settings).await;
    let reply = server.token(&room, "participant").await;
    let wait = reply.failed(425, "early")["retry_after_s"].as_u64().unwrap();
    // It opens 15 minutes before its start, which is in an hour.
    assert!((44 * 60..=45 * 60).contains(&wait), "{wait}");
    assert_eq!(reply.headers["retry-after"], wait.to_string());
    server.control("clock", json!({"advance_s": wait})).await;
    server.token(&room, "participant").await.ok();
    server.control("clock", json!({"advance_s": 46 * 60})).await;
    server.token(&room, "participant").await.failed(410, "over");
}

#[tokio::test]
async fn outages_leak_nothing() {
    let server = Server::start(&[]);
    let room = server.room("team-7", json!({})).await;
    // As many as there are attempts.
    let fault = |status: u16, body: &str| json!({"status": status, "body": body, "times": 3});
    let secret =
        r#"{"status": "error", "error_code": "UNAUTHORIZED", "message": "key 4711", "request_id": "req_1"}"#;
    for (fault, status, reason) in [
        (fault(503, ""), 503, "unavailable"),
        (fault(500, "<html>4711</html>"), 502, "failed"),
        (fault(401, secret), 500, "internal"),
    ] {
        server.control("faults", fault).await;
        let failed = server.token(&room, "participant").await.failed(status, reason);
        assert!(failed["result"].as_i64().unwrap() < 1000);
        for leak in ["4711", "req_1", "UNAUTHORIZED", "sandbox", &room] {
            assert!(!failed.to_string().contains(leak), "{leak}: {failed}");
        }
        // Only the log knows.
        assert!(server.log().contains("createToken"));
        let left = server.control("faults", json!([])).await;
        for _ in 0..left["queued"].as_u64().unwrap() {
            server.get("/api/get-all-rooms").await;
        }
    }
}
