//! The options of a single call.

use std::{sync::Arc, time::Duration};

use enablex::{AnswerSlot, CallOptions, ErrorKind, RetryPolicy, reqwest::StatusCode};
use serde_json::json;

use crate::{
    clock::MovedClock,
    sample,
    server::{Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

#[tokio::test]
async fn headers() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let client = server.client();
    let options = CallOptions::new().header("x-trace", "7c1f").header("X-Twice", "a").header("x-twice", "b");
    assert!(!format!("{options:?}").contains("7c1f"));
    let rooms = client.rooms().with(options);
    rooms.list().await.unwrap();
    rooms.list().await.unwrap();
    client.rooms().list().await.unwrap();
    let received = server.received();
    for request in &received[..2] {
        assert_eq!(request.header("x-trace"), Some("7c1f"));
        assert_eq!(request.head.to_lowercase().matches("x-twice: ").count(), 2);
        assert!(request.header("authorization").is_some());
    }
    assert_eq!(received[2].header("x-trace"), None);
}

#[tokio::test]
async fn too_many_headers() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let many = (0..40_000).fold(CallOptions::new(), |options, i| options.header(format!("x-{i}"), "v"));
    let error = server.client().rooms().with(many).list().await.unwrap_err();
    assert_eq!((error.kind(), error.violations()[0].field()), (ErrorKind::InvalidInput, "header"));
    assert!(server.received().is_empty());
}

/// The client's own policy is one attempt.
#[tokio::test]
async fn a_policy() {
    let server = Server::json(503, json!({})).await;
    let clock = Arc::new(MovedClock::new());
    let client = server.builder().clock(clock.clone()).jitter(|| 1.0).build().unwrap();
    let patient = RetryPolicy::standard().max_attempts(6).max_backoff(Duration::from_secs(3));
    let error = client.room(ROOM).with(CallOptions::new().retry(patient)).get().await.unwrap_err();
    assert_eq!((error.attempts(), server.received().len()), (6, 6));
    assert_eq!(clock.waits(), [500, 1000, 2000, 3000, 3000].map(Duration::from_millis));
    assert!(error.to_string().contains("6 attempts"), "{error}");

    let error = client.room(ROOM).get().await.unwrap_err();
    assert_eq!((error.attempts(), server.received().len()), (1, 7));
}

/// A wait that would reach the deadline of the call is not started.
#[tokio::test]
async fn a_deadline() {
    for (seconds, attempts) in [(19, 2), (20, 1), (3600, 1)] {
        let answer = format!("HTTP/1.1 503 No\r\nRetry-After: {seconds}\r\nContent-Length: 0\r\n\r\n");
        let server = Server::saying(answer).await;
        let clock = Arc::new(MovedClock::new());
        let client = server.builder().clock(clock.clone()).jitter(|| 0.0).build().unwrap();
        let options = CallOptions::new().timeout(Duration::from_secs(20)).retry(RetryPolicy::standard());
        let error = client.room(ROOM).with(options).get().await.unwrap_err();
        assert_eq!(error.attempts(), attempts, "{seconds} s");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        assert_eq!(clock.elapsed(), Duration::from_secs(if attempts == 2 { seconds } else { 0 }));
    }
}

#[tokio::test]
async fn the_answer_as_it_came() {
    let body = r#"{"result":0,"token":"eyJ0ZXN0IjoxfQ==","new":[1]}"#;
    let mut answer =
        b"HTTP/1.1 201 Made\r\nX-Own: v\r\nSet-Cookie: s=secret\r\nConnection: close\r\n\r\n".to_vec();
    answer.extend(body.as_bytes());
    let server = Server::saying(answer).await;
    let slot = AnswerSlot::new();
    let request = enablex::TokenRequest::new("Asha Rao", enablex::Role::Viewer, "emp-1042");
    let room = server.client();
    let room = room.room(ROOM).with(CallOptions::new().keep_answer(&slot));
    room.create_token(request).await.unwrap();
    let raw = slot.take().unwrap();
    assert_eq!(raw.status(), StatusCode::CREATED);
    assert_eq!(raw.headers()["x-own"], "v");
    assert_eq!(raw.body(), body.as_bytes());
    let printed = format!("{raw:?} {slot:?}");
    assert!(!printed.contains("eyJ0") && !printed.contains("secret"), "{printed}");
    assert!(slot.take().is_none());

    // Also for a failure, and for a body that is not JSON.
    for (status, body) in [(404, sample("error.token.40001-no-room").to_string()), (200, "<html>".into())] {
        let server = Server::saying(http(status, "text/html", &body)).await;
        let options = CallOptions::new().keep_answer(&slot);
        server.client().room(ROOM).with(options).get().await.unwrap_err();
        let raw = slot.take().unwrap();
        assert_eq!((raw.status().as_u16(), raw.body()), (status, body.as_bytes()));
    }
}

/// Not that of an earlier call or attempt.
#[tokio::test]
async fn an_answer_of_another_attempt_is_not_kept() {
    let slot = AnswerSlot::new();
    let options = CallOptions::new().keep_answer(&slot);
    let server = Server::json(200, sample("createRoom.response")).await;
    let client = server.client();
    client.room(ROOM).with(options.clone()).get().await.unwrap();
    client.room("..").with(options.clone()).get().await.unwrap_err();
    assert!(slot.take().is_none());

    let answers = std::sync::Mutex::new(vec![Vec::new(), http(503, "text/plain", "")]);
    let server = Server::answering(move |_| answers.lock().unwrap().pop().unwrap()).await;
    let client = server.builder().clock(Arc::new(MovedClock::new())).build().unwrap();
    let options = options.retry(RetryPolicy::standard().max_attempts(2));
    let error = client.room(ROOM).with(options).get().await.unwrap_err();
    assert_eq!((error.attempts(), error.status()), (2, None));
    assert!(slot.take().is_none());
}

#[tokio::test]
async fn the_cap_of_the_body() {
    let text = |length: usize| format!("{{\"result\":0,\"rooms\":[],\"x\":\"{}\"}}", "x".repeat(length - 30));
    let list = async |length, cap| {
        let server = Server::saying(http(200, "application/json", text(length))).await;
        server.builder().body_cap(cap).build().unwrap().rooms().list().await
    };
    assert_eq!(text(5000).len(), 5000);
    list(5000, 5000).await.unwrap();
    let error = list(5001, 5000).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::UnexpectedAnswer, Some(StatusCode::OK)));
    assert!(!error.is_retryable());
    // The default.
    let server = Server::saying(http(200, "application/json", text(8 * 1024 * 1024))).await;
    server.client().rooms().list().await.unwrap();
    // A failure is read up to the cap.
    let refusal = format!("{:5000}", json!({"result": 10_114, "error": "full"}).to_string());
    let server = Server::saying(http(403, "application/json", &refusal)).await;
    let client = server.builder().body_cap(4096).build().unwrap();
    let slot = AnswerSlot::new();
    let options = CallOptions::new().keep_answer(&slot);
    assert!(client.room(ROOM).with(options).get().await.unwrap_err().is_room_full());
    assert_eq!(slot.take().unwrap().body(), &refusal.as_bytes()[..4096]);
}
