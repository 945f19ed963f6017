//! Start, limits and end.

use std::{collections::BTreeSet, process::Stdio};

use serde_json::json;

use crate::server::{Server, command};

#[test]
fn help_and_what_makes_no_sense() {
    let output = command(&["--help"]).output().unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && help.contains("--webhook-password"));
    for args in [
        &["--port", "70000"][..],
        &["--port"],
        &["--nonsense"],
        &["--webhook-user", "a"],
        &["--webhook-password", "a"],
        &["--old-webhook-user", "a"],
        &["--moderator-key", " "],
        &["--moderator-key", "schl\u{fc}ssel"],
        &["--old-webhook-user", "a", "--old-webhook-password", "b"],
        &["--limit", "-1"],
        &["--allow-origin", "*"],
        &["--allow-origin", "https://example.com/page"],
        &["--reconcile-at", "24:00"],
        &["--reconcile-at", "noon"],
        &["--pages", "/no/such/folder"],
    ] {
        let output = command(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            output.stdout.is_empty() && String::from_utf8(output.stderr).unwrap().contains("usage: "),
            "{args:?}"
        );
    }
    for args in [&["--webhook-user", "a:b", "--webhook-password", "c"][..], &["--redis", "http://127.0.0.1/"]]
    {
        let output = command(args).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
    }
}

#[tokio::test]
async fn a_taken_port_is_told() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = command(&["--port", &port]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains(&port));
}

#[tokio::test]
async fn callers_are_limited() {
    let server = Server::start(&["--limit", "5"]);
    for _ in 0..5 {
        server.post("/api/create-room/", "").await.ok();
    }
    let reply = server.post("/api/create-room/", "").await;
    let wait = reply.failed(429, "too_many")["retry_after_s"].as_u64().unwrap();
    assert!((1..=12).contains(&wait), "{wait}");
    assert_eq!(reply.headers["retry-after"], wait.to_string());
    server.post("/api/create-token/", "{}").await.failed(429, "too_many");
    server.get("/api/get-all-rooms").await.failed(429, "too_many");
    // Webhooks, events and pages are not.
    server.events(None).await;
    assert_eq!(server.get("/").await.status, 200);
    for n in 0..20 {
        assert_eq!(server.post("/webhooks", json!({"type": n})).await.status, 200);
    }
    let free = Server::start(&["--limit", "0"]);
    for _ in 0..100 {
        free.post("/api/create-room/", "").await.ok();
    }
}

/// A request under way is answered, streams end, and the exit status is 0.
#[cfg(unix)]
#[tokio::test]
async fn it_ends_when_it_is_told_to() {
    for signal in ["TERM", "INT"] {
        let mut server = Server::start(&[]);
        let mut events = server.events(None).await;
        server.control("faults", json!({"delay_ms": 300})).await;
        let url = format!("{}/api/get-all-rooms", server.url);
        let request = tokio::spawn(server.http.get(url).send());
        // The fault is taken once the request has arrived.
        while server.control("faults", json!([])).await["queued"] != 0 {}
        let id = server.process.id().to_string();
        assert!(std::process::Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
        assert_eq!(request.await.unwrap().unwrap().status(), 200, "{signal}");
        assert!(events.next().await.is_none());
        assert_eq!(server.process.wait().unwrap().code(), Some(0), "{}", server.log());
    }
}

/// What is logged names the route, and not whose room it is.
#[tokio::test]
async fn requests_are_spans() {
    let server = Server::start(&[]);
    let room = server.room("team-7", json!({})).await;
    server
        .post("/api/create-token/?secret=4711", crate::server::token(&room, "admin"))
        .await
        .failed(422, "invalid");
    assert!(server.log().contains("invalid"));
    let lines: BTreeSet<_> = server.log().lines().map(str::to_owned).collect();
    assert!(
        lines.iter().any(|line| line.contains(r#"request{method=POST route="/api/create-token"}"#)),
        "{lines:?}"
    );
    assert!(!server.log().contains("4711"));
}
