//! Failures on demand.

use std::time::Duration;

use enablex::{
    reqwest::{
        Method, StatusCode,
        header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, RETRY_AFTER},
    },
    sandbox::Fault,
};
use serde_json::json;

use super::api::{Api, new_room};

#[tokio::test]
async fn faults_hit_in_the_order_in_which_they_were_queued() {
    let api = Api::start().await;
    api.sandbox.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE).body("<h1>Down</h1>").times(2));
    api.sandbox.inject(
        Fault::status(StatusCode::TOO_MANY_REQUESTS)
            .header(RETRY_AFTER, HeaderValue::from_static("7"))
            .header(CONTENT_LENGTH, HeaderValue::from_static("1")),
    );
    api.sandbox.inject(Fault::garbage());
    api.sandbox.inject(Fault::dropped());
    api.sandbox.inject(Fault::dropped().times(0));
    for _ in 0..2 {
        let reply = api.get("/rooms").await;
        assert_eq!((reply.status, reply.text.as_str()), (503, "<h1>Down</h1>"));
    }
    let reply = api.get("/rooms").await;
    reply.failed(429, "RATE_LIMITED", "");
    assert_eq!(reply.headers[RETRY_AFTER], "7");
    let reply = api.get("/rooms").await;
    assert_eq!(reply.status, 200);
    assert!(serde_json::from_str::<serde_json::Value>(&reply.text).is_err());
    assert!(api.request(Method::GET, "/rooms").send().await.is_err());
    api.get("/rooms").await.ok();
    assert_eq!(api.sandbox.requests(), 6);
}

#[tokio::test]
async fn a_fault_comes_before_any_effect() {
    let api = Api::start().await;
    let room = new_room(json!({}));
    api.sandbox.inject(Fault::status(StatusCode::INTERNAL_SERVER_ERROR));
    let reply = api.post("/rooms", &room).await;
    assert_eq!((reply.status, reply.text.as_str()), (500, ""));
    api.sandbox.inject(Fault::garbage());
    api.post("/rooms", &room).await;
    api.sandbox.inject(Fault::dropped());
    api.request(Method::POST, "/rooms").body(room.to_string()).send().await.unwrap_err();
    assert_eq!(api.get("/rooms").await.ok()["rooms"], json!([]));

    api.sandbox.inject(Fault::status(StatusCode::BAD_GATEWAY));
    let anonymous = api.anonymous(Method::GET, "/rooms").send().await.unwrap();
    assert_eq!(anonymous.status(), 502);
}

#[tokio::test]
async fn an_answer_is_lost_after_the_effect() {
    let api = Api::start().await;
    let client = api.sandbox.client().unwrap();
    for fault in [
        Fault::dropped().after_effect(),
        Fault::status(StatusCode::BAD_GATEWAY).after_effect(),
        Fault::garbage().after_effect(),
    ] {
        api.sandbox.reset();
        api.sandbox.inject(fault);
        client.rooms().create(enablex::NewRoom::permanent("Claims desk", "team-7")).await.unwrap_err();
        assert_eq!(api.sandbox.requests(), 1);
        assert_eq!(api.get("/rooms").await.ok()["rooms"].as_array().unwrap().len(), 1);
    }
}

/// Sends a room, and hangs up once it has arrived.
async fn hang_up(api: &Api) {
    let before = api.sandbox.requests();
    let request = api.request(Method::POST, "/rooms").header(CONTENT_TYPE, "application/json");
    let call = tokio::spawn(request.body(new_room(json!({})).to_string()).send());
    while api.sandbox.requests() == before {
        tokio::task::yield_now().await;
    }
    assert!(!call.is_finished());
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn an_answer_is_late() {
    let api = Api::start().await;
    let long = Duration::from_secs(3600);
    for fault in [Fault::delay(long), Fault::status(StatusCode::BAD_GATEWAY).delayed(long)] {
        api.sandbox.inject(fault);
        hang_up(&api).await;
        assert_eq!(api.get("/rooms").await.ok()["rooms"], json!([]));
    }

    api.sandbox.inject(Fault::delay(Duration::from_millis(1)));
    api.get("/rooms").await.ok();
    api.sandbox.inject(Fault::garbage().delayed(Duration::from_millis(1)));
    assert_eq!(api.get("/rooms").await.status, 200);
}

#[tokio::test]
async fn an_answer_is_late_after_the_effect() {
    let api = Api::start().await;
    api.sandbox.inject(Fault::delay(Duration::from_secs(3600)).after_effect());
    let request = api.request(Method::POST, "/rooms").header(CONTENT_TYPE, "application/json");
    let call = tokio::spawn(request.body(new_room(json!({})).to_string()).send());
    while api.sandbox.requests() == 0 {
        tokio::task::yield_now().await;
    }
    while api.get("/rooms").await.ok()["rooms"] == json!([]) {}
    assert!(!call.is_finished());
    call.abort();
}

#[tokio::test]
async fn controls_are_never_hit() {
    let api = Api::start().await;
    api.sandbox.inject(Fault::dropped());
    assert_eq!(api.control("clock", r#"{"advance_s": 0}"#).await.status, 200);
    api.sandbox.reset();
    api.get("/rooms").await.ok();
}
