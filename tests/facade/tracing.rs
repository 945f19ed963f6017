//! One span per call and one event per attempt, with OpenTelemetry's names.

use std::sync::Arc;

use enablex::{Credentials, RetryPolicy, Role, TokenRequest};
use serde_json::json;

use crate::{
    clock::MovedClock,
    recorded::Recorded,
    sample,
    server::{Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

/// Lines of this crate's target that contain a word.
fn lines(recorded: &Recorded, word: &str) -> Vec<String> {
    let ours = |line: &&str| line.contains(": enablex: ") && line.contains(word);
    recorded.text().lines().filter(ours).map(Into::into).collect()
}

async fn call(server: &Server) -> Result<enablex::JoinToken, enablex::Error> {
    let clock = Arc::new(MovedClock::new());
    let builder = server.builder().clock(clock).jitter(|| 0.5).retry(RetryPolicy::standard());
    let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
    builder.build().unwrap().room(ROOM).create_token(request).await
}

#[tokio::test]
async fn a_call_that_was_repeated() {
    let recorded = Recorded::begin();
    let answers = std::sync::Mutex::new(vec![
        http(200, "application/json", sample("createToken.response").to_string()),
        http(429, "application/json", sample("error.code").to_string()),
        http(502, "text/html", "<html>"),
    ]);
    let server = Server::answering(move |_| answers.lock().unwrap().pop().unwrap()).await;
    call(&server).await.unwrap();

    let failed = lines(&recorded, "the attempt failed");
    assert_eq!(failed.len(), 2, "{}", recorded.text());
    for fact in [
        "http.response.status_code=502",
        "enablex.retry_cause=\"in_doubt\"",
        "error.type=\"api\"",
        "repeated_after_s=0.25",
    ] {
        assert!(failed[0].contains(fact), "{fact} in {}", failed[0]);
    }
    for fact in ["http.response.status_code=429", "resend_count=1", "enablex.code=RATE_LIMITED", "req_"] {
        assert!(failed[1].contains(fact), "{fact} in {}", failed[1]);
    }
    assert_eq!(lines(&recorded, "the service answered").len(), 1);
    let closed = lines(&recorded, " close ");
    assert_eq!(closed.len(), 1);
    let port = server.base_url.split([':', '/']).nth(4).unwrap().to_owned();
    for fact in [
        "http.request.method=\"POST\"",
        "server.address=\"127.0.0.1\"",
        &format!("server.port={port}"),
        "url.template=\"/rooms/{room_id}/tokens\"",
        "enablex.operation=\"createToken\"",
        "http.response.status_code=200",
        "http.request.resend_count=2",
    ] {
        assert!(closed[0].contains(fact), "{fact} in {}", closed[0]);
    }
    assert!(!closed[0].contains("error.type"));
    assert!(!recorded.text().contains(ROOM));
}

/// The refused attempt has an event, too.
#[tokio::test]
async fn a_call_with_other_credentials() {
    let recorded = Recorded::begin();
    let answers = std::sync::Mutex::new(vec![
        http(200, "application/json", sample("getRoomList.response").to_string()),
        http(401, "application/json", "{}"),
    ]);
    let server = Server::answering(move |_| answers.lock().unwrap().pop().unwrap()).await;
    let keys = std::sync::Mutex::new(vec!["key-2", "key-1"]);
    let provider = move || {
        let key = keys.lock().unwrap().pop().unwrap();
        async move { Credentials::new("id", key) }
    };
    server.builder().credentials_provider(provider).build().unwrap().rooms().list().await.unwrap();
    let [failed] = &lines(&recorded, "the attempt failed")[..] else { panic!("{}", recorded.text()) };
    for fact in ["http.response.status_code=401", "retry_cause=\"credentials\"", "repeated_after_s=0.0"] {
        assert!(failed.contains(fact), "{fact} in {failed}");
    }
}

#[tokio::test]
async fn a_call_that_failed() {
    let recorded = Recorded::begin();
    let body = json!({"result": 10_114, "error": "full", "request_id": "req_7"});
    call(&Server::json(200, body).await).await.unwrap_err();
    let [closed] = &lines(&recorded, " close ")[..] else { panic!("{}", recorded.text()) };
    for fact in [
        "error.type=\"api\"",
        "enablex.code=10114",
        "enablex.request_id=\"req_7\"",
        "otel.status_code=\"ERROR\"",
    ] {
        assert!(closed.contains(fact), "{fact} in {closed}");
    }
    let failed = lines(&recorded, "the attempt failed");
    assert!(!failed[0].contains("repeated_after_s") && !recorded.text().contains("resend_count"));
}
