//! Injected faults.

use std::time::Duration;

use enablex::{
    reqwest::{
        Method, StatusCode,
        header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER},
    },
    sandbox::Fault,
};
use serde_json::json;

use super::api::{Api, new_room};

#[tokio::test]
async fn faults_hit_in_the_order_in_which_they_were_queued() {
    let api = Api::start().await;
    api.sandbox.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE).body("<h1>Down</h1>").times(2));
    api.sandbox.inject(Fault::status(StatusCode::TOO_MANY_REQUESTS).header("Retry-After", "7"));
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

/// Sends a request to create a room and closes the connection when it has arrived.
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

/// The arguments may be texts or types, and a name may be repeated.
#[tokio::test]
async fn a_fault_has_headers() {
    let api = Api::start().await;
    let own = format!("x-{}", "own");
    api.sandbox.inject(
        Fault::status(StatusCode::SERVICE_UNAVAILABLE)
            .header("retry-after", "30")
            .header(own.clone(), &own)
            .header("X-Own", String::from("twice"))
            .header(RETRY_AFTER, HeaderValue::from_static("60"))
            .header("x-tab", "a\tb")
            .header("x-latin-1", b"caf\xe9"),
    );
    let reply = api.get("/rooms").await;
    assert_eq!(reply.status, 503);
    let values =
        |name: &str| reply.headers.get_all(name).iter().map(HeaderValue::as_bytes).collect::<Vec<_>>();
    assert_eq!(values("retry-after"), [b"30", b"60"]);
    assert_eq!(values("x-own"), [&b"x-own"[..], b"twice"]);
    assert_eq!(values("x-tab"), [b"a\tb"]);
    assert_eq!(values("x-latin-1"), [b"caf\xe9"]);
}

/// It is neither ignored nor a panic, and the reason contains no value.
#[tokio::test]
async fn a_fault_that_cannot_be_sent_says_so() {
    let api = Api::start().await;
    let of = Fault::status;
    let busy = || of(StatusCode::SERVICE_UNAVAILABLE);
    let many = (0..1001).fold(busy(), |fault, number| fault.header(format!("x-{number}"), "a"));
    let table = [
        (busy().header("retry after", "secret"), "\"retry after\""),
        (busy().header("", "secret"), "\"\""),
        (busy().header("retry-after:", "secret"), "\"retry-after:\""),
        (busy().header("café", "secret"), "\"café\""),
        (busy().header("retry-after", "secret\r\nx: y"), "\"retry-after\""),
        (busy().header("retry-after", "secret\0"), "\"retry-after\""),
        (busy().header("good", "a").header("Content-Length", "secret"), "\"Content-Length\""),
        (busy().header("transfer-encoding", "secret"), "\"transfer-encoding\""),
        (busy().header("bad name", "secret").header("worse name", "a").body("down"), "\"bad name\""),
        (many, "\"x-1000\""),
        (Fault::dropped().header("x-own", "secret"), "\"x-own\""),
        (Fault::garbage().header("x-own", "secret").after_effect(), "\"x-own\""),
        (Fault::delay(Duration::from_millis(1)).header("x-own", "secret"), "\"x-own\""),
        (Fault::dropped().body("secret"), "`body`"),
        (Fault::garbage().body("secret"), "`body`"),
        (of(StatusCode::CONTINUE), "\"100\""),
        (of(StatusCode::SWITCHING_PROTOCOLS).body("a"), "\"101\""),
    ];
    for (fault, name) in table {
        assert!(!format!("{fault:?}").contains("secret"), "{fault:?}");
        api.sandbox.inject(fault.times(2));
        for _ in 0..2 {
            let reply = api.get("/rooms").await;
            reply.refused(500, 50000);
            assert!(reply.json()["desc"].as_str().unwrap().contains(name), "{name}: {reply:?}");
            assert!(!reply.text.contains("secret"), "{reply:?}");
        }
        api.get("/rooms").await.ok();
    }
}
