//! Webhooks, as a receiver gets them. The keys of the events are those of `tests/samples`.

use std::{
    fs,
    time::{Duration, Instant, SystemTime},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use enablex::{
    ErrorKind,
    reqwest::{Method, header::HOST},
    sandbox::{Sandbox, WebhookTarget},
};
use serde_json::{Value, json};
use tokio::{net::TcpSocket, time::timeout};

use super::{
    api::{Api, DAY, MINUTE, Reply, new_token},
    signalling::Socket,
};

pub mod receiver;

use receiver::{LIMIT, Receiver, deliveries};

async fn sending(target: WebhookTarget) -> Api {
    Api::of(Sandbox::builder().webhooks(target)).await
}

/// The sample of a type with these values instead of its own.
#[track_caller]
fn event(kind: &str, values: &Value) -> Value {
    let path = format!("{}/tests/samples/webhook.{kind}.json", env!("CARGO_MANIFEST_DIR"));
    let mut event: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    for (key, value) in event.as_object_mut().unwrap() {
        if let Some(new) = values.get(key) {
            *value = new.clone();
        }
    }
    event
}

fn seconds(sandbox: &Sandbox) -> u64 {
    sandbox.now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

/// A session of one user who leaves at once.
async fn session(api: &Api, room: &str) {
    let user = api.joined(room, "participant").await;
    api.leave(&user);
}

/// Asserts that an event is of this time, or up to a minute later.
#[track_caller]
fn is_at(event: &Value, expected: u64) {
    let seconds: u64 = event["trans_date"].as_str().unwrap().parse().unwrap();
    assert!((expected..expected + 60).contains(&seconds), "{seconds} {expected}");
}

#[tokio::test]
async fn a_recorded_session_from_start_to_end() {
    for strict in [true, false] {
        let receiver = Receiver::start().await;
        let builder = Sandbox::builder().strict(strict).webhooks(receiver.target());
        let api = Api::around(builder.start().await.unwrap());
        api.sandbox.advance(Duration::from_secs(DAY));
        let room = api.room(json!({"auto_recording": true, "moderators": "2"})).await;
        let room_id = room.trim_start_matches("/rooms/");
        let start = seconds(&api.sandbox);
        let users = [api.joined(&room, "moderator").await, api.joined(&room, "participant").await];
        let started = receiver.event().await;
        is_at(&started, start);
        api.leave(&users[0]);
        let end = seconds(&api.sandbox) + 2400;
        api.sandbox.advance(40 * MINUTE);
        api.leave(&users[1]);
        let mut events = vec![started];
        for _ in 0..4 {
            events.push(receiver.event().await);
            is_at(&events[events.len() - 1], end);
        }
        receiver.is_left_alone().await;

        let rows = api.list(&format!("/cdr/room/{room_id}")).await;
        let archive = api.list(&format!("/archive/room/{room_id}")).await;
        let links = archive[0]["recording"].as_array().unwrap();
        let links: Vec<_> = links.iter().map(|link| &link["url"]).collect();
        assert_eq!(links.len(), 2);
        let transcoded = archive[0]["transcoded"][0]["url"].as_str().unwrap();
        let file = api.file(Method::GET, transcoded).send().await.unwrap();
        let size = file.bytes().await.unwrap().len();
        let kinds = ["session_start", "session_stop", "roomdrop", "recording", "transcoded"];
        for (kind, sent) in kinds.into_iter().zip(&events) {
            let recording = if kind == "transcoded" { json!(transcoded) } else { json!(links) };
            let values = json!({
                "trans_date": sent["trans_date"],
                "app_id": api.sandbox.app_id(),
                "room_id": room_id,
                "conf_num": rows[0]["conf_num"],
                "recording": recording,
                "file_size": size.to_string(),
            });
            assert_eq!(*sent, event(kind, &values));
        }
    }
}

#[tokio::test]
async fn files_are_told_where_there_are_some() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target()).await;
    let unrecorded = api.room(json!({})).await;
    session(&api, &unrecorded).await;
    assert_eq!(receiver.types().await, ["session_start", "session_stop", "roomdrop"]);
    let recorded = api.room(json!({"auto_recording": true})).await;
    let viewer = api.joined(&recorded, "viewer").await;
    api.leave(&viewer);
    assert_eq!(receiver.types().await, ["session_start", "session_stop", "roomdrop"]);
    session(&api, &recorded).await;
    let kinds = ["session_start", "session_stop", "roomdrop", "recording", "transcoded"];
    assert_eq!(receiver.types().await, kinds);
    receiver.is_left_alone().await;
}

/// Where an application has found the sandbox, it finds the files.
#[tokio::test]
async fn links_name_the_host_of_the_token_request() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target()).await;
    let room = api.room(json!({"auto_recording": true})).await;
    let request = api.request(Method::POST, &format!("{room}/tokens")).header(HOST, "sandbox:8080");
    let body = new_token("participant").to_string();
    let reply = request.header("content-type", "application/json").body(body).send().await.unwrap();
    let token = Reply::of(reply).await.ok()["token"].take();
    let user = api.sandbox.join(token.as_str().unwrap()).unwrap();
    api.leave(&user);
    let _: [String; 3] = receiver.types().await;
    let link = receiver.event().await["recording"][0].take();
    assert!(link.as_str().unwrap().starts_with("http://sandbox:8080/archive/"), "{link}");
}

#[tokio::test]
async fn users_who_join_over_signalling() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target()).await;
    let room = api.room(json!({})).await;
    let socket = Socket::joined(&api, &room).await;
    assert_eq!(receiver.types().await, ["session_start"]);
    drop(socket);
    assert_eq!(receiver.types().await, ["session_stop", "roomdrop"]);
}

#[tokio::test]
async fn a_request_and_its_credentials() {
    let receiver = Receiver::start().await;
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let url = receiver.url("/webhooks?key=value");
    for basic in [None, Some(("user", "pass:wörd"))] {
        let target = WebhookTarget::new(&url);
        let target = basic.map_or(target.clone(), |(user, password)| target.basic(user, password));
        api.sandbox.send_webhooks(target).unwrap();
        let user = api.joined(&room, "viewer").await;
        let request = receiver.request().await;
        assert!(request.head.starts_with("POST /webhooks?key=value HTTP/1.1\r\n"), "{}", request.head);
        assert!(request.head.contains("\r\ncontent-type: application/json\r\n"), "{}", request.head);
        let sent = request.head.lines().find_map(|line| line.strip_prefix("authorization: "));
        let pair = basic.map(|_| format!("Basic {}", BASE64_STANDARD.encode("user:pass:wörd")));
        assert_eq!(sent, pair.as_deref());
        request.respond("200 OK").await;
        api.leave(&user);
        assert_eq!(receiver.types().await, ["session_stop", "roomdrop"]);
    }
}

#[tokio::test]
async fn each_event_comes_twice() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target().duplicates(1)).await;
    let room = api.room(json!({})).await;
    session(&api, &room).await;
    for kind in ["session_start", "session_stop", "roomdrop"] {
        let (one, other) = (receiver.event().await, receiver.event().await);
        assert_eq!((&one["type"], &one), (&json!(kind), &other));
    }
    receiver.is_left_alone().await;
    assert!(deliveries(&api.sandbox, 6).await.iter().all(|delivery| delivery.attempt == 1));
}

#[tokio::test]
async fn an_event_comes_again_until_it_is_taken() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target().redeliveries(3)).await;
    let room = api.room(json!({})).await;
    let user = api.joined(&room, "viewer").await;
    receiver.request().await.respond("500 Down").await;
    receiver.request().await.respond("302 Found").await;
    drop(receiver.request().await);
    receiver.request().await.respond("204 No Content").await;
    receiver.is_left_alone().await;
    let all = deliveries(&api.sandbox, 4).await;
    let outcomes: Vec<_> = all.iter().map(|one| (one.attempt, one.status, one.error.is_some())).collect();
    assert_eq!(
        outcomes,
        [(1, Some(500), false), (2, Some(302), false), (3, None, true), (4, Some(204), false)]
    );
    assert!(all.iter().all(|one| one.event == all[0].event));
    // Given up after the last one.
    api.leave(&user);
    for kind in ["session_stop", "roomdrop"] {
        for _ in 0..4 {
            let request = receiver.request().await;
            assert_eq!(request.event["type"], kind);
            request.respond("404 Not Found").await;
        }
    }
    receiver.is_left_alone().await;
}

#[tokio::test]
async fn without_redeliveries_a_failure_is_the_end() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target()).await;
    let room = api.room(json!({})).await;
    session(&api, &room).await;
    for kind in ["session_start", "session_stop", "roomdrop"] {
        let request = receiver.request().await;
        assert_eq!(request.event["type"], kind);
        request.respond("503 Busy").await;
    }
    receiver.is_left_alone().await;
}

#[tokio::test]
async fn an_event_waits_for_the_delay_also_before_it_comes_again() {
    const DELAY: Duration = Duration::from_millis(15);
    let receiver = Receiver::start().await;
    let api = sending(receiver.target().delay(DELAY).redeliveries(1)).await;
    let room = api.room(json!({})).await;
    let token = api.token(&room, "viewer").await;
    let start = Instant::now();
    api.sandbox.join(&token).unwrap();
    receiver.request().await.respond("500 Down").await;
    assert!(start.elapsed() >= DELAY);
    receiver.request().await.respond("200 OK").await;
    assert!(start.elapsed() >= 2 * DELAY);
}

#[tokio::test]
async fn what_is_due_together_comes_in_reverse_order() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target().reorder(true)).await;
    let [one, other] = [api.room(json!({})).await, api.room(json!({})).await];
    let user = api.joined(&one, "viewer").await;
    let first = receiver.request().await;
    assert_eq!(first.event["type"], "session_start");
    // Until the response, all of this becomes due.
    api.leave(&user);
    let user = api.joined(&other, "viewer").await;
    first.respond("200 OK").await;
    assert_eq!(receiver.types().await, ["session_start", "roomdrop", "session_stop"]);
    // The events of one moment are due together.
    for _ in 0..10 {
        let next = api.joined(&one, "viewer").await;
        assert_eq!(receiver.types().await, ["session_start"]);
        api.leave(&next);
        assert_eq!(receiver.types().await, ["roomdrop", "session_stop"]);
    }
    api.leave(&user);
}

#[tokio::test]
async fn another_target_takes_over_at_once() {
    let [hanging, next] = [Receiver::start().await, Receiver::start().await];
    let api = sending(hanging.target()).await;
    let room = api.room(json!({})).await;
    let user = api.joined(&room, "viewer").await;
    let request = hanging.request().await;
    api.leave(&user);
    api.sandbox.send_webhooks(next.target()).unwrap();
    request.given_up().await;
    session(&api, &room).await;
    assert_eq!(next.types().await, ["session_start", "session_stop", "roomdrop"]);
    hanging.is_left_alone().await;
    let all = deliveries(&api.sandbox, 3).await;
    assert_eq!((all.len(), all[0].status, &all[0].error), (4, None, &None));
    assert_eq!((&all[0].url, &all[1].url), (&hanging.url("/webhooks"), &next.url("/webhooks")));
    // A target that is refused changes nothing.
    api.sandbox.send_webhooks(WebhookTarget::new("ws://127.0.0.1")).unwrap_err();
    session(&api, &room).await;
    assert_eq!(next.types().await, ["session_start", "session_stop", "roomdrop"]);
}

#[tokio::test]
async fn without_a_target_nothing_more_is_sent() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target().redeliveries(1)).await;
    let room = api.room(json!({})).await;
    let user = api.joined(&room, "viewer").await;
    let request = receiver.request().await;
    api.leave(&user);
    assert_eq!(api.control("webhooks", json!({"url": null})).await.status, 200);
    // The request that was under way is listed with its response, and neither repeated nor followed.
    request.respond("500 Down").await;
    assert_eq!(deliveries(&api.sandbox, 1).await[0].status, Some(500));
    session(&api, &room).await;
    receiver.is_left_alone().await;
    assert_eq!(api.sandbox.webhooks().len(), 1);
}

#[tokio::test]
async fn a_reset_sends_nothing_and_keeps_the_target() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target()).await;
    let room = api.room(json!({"auto_recording": true})).await;
    let user = api.joined(&room, "participant").await;
    let request = receiver.request().await;
    api.leave(&user);
    let room = api.room(json!({"auto_recording": true})).await;
    api.joined(&room, "participant").await;
    api.sandbox.reset();
    request.given_up().await;
    assert_eq!(api.sandbox.webhooks(), []);
    receiver.is_left_alone().await;
    let room = api.room(json!({})).await;
    session(&api, &room).await;
    assert_eq!(receiver.types().await, ["session_start", "session_stop", "roomdrop"]);
    assert_eq!(deliveries(&api.sandbox, 3).await.len(), 3);
}

#[tokio::test]
async fn the_api_does_not_wait_for_a_receiver_that_hangs() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target()).await;
    let room = api.room(json!({})).await;
    let start = Instant::now();
    let user = api.joined(&room, "viewer").await;
    let request = receiver.request().await;
    for _ in 0..5 {
        api.get("/rooms").await.ok();
    }
    let leave = json!({"session_user_id": user.session_user_id()});
    assert_eq!(api.control("leave", leave).await.status, 200);
    session(&api, &room).await;
    // Less than the sandbox waits for the receiver.
    assert!(start.elapsed() < Duration::from_secs(5));
    assert_eq!(api.sandbox.webhooks().len(), 1);
    request.respond("200 OK").await;
    let kinds = ["session_stop", "roomdrop", "session_start", "session_stop", "roomdrop"];
    assert_eq!(receiver.types().await, kinds);
}

#[tokio::test]
async fn it_stops_at_once_while_a_delivery_hangs_or_waits() {
    let start = Instant::now();
    for (delay, dropped) in [(Duration::ZERO, false), (Duration::ZERO, true), (LIMIT, false)] {
        let receiver = Receiver::start().await;
        let api = sending(receiver.target().delay(delay)).await;
        let room = api.room(json!({})).await;
        let token = api.token(&room, "viewer").await;
        session(&api, &room).await;
        let request = if delay.is_zero() { Some(receiver.request().await) } else { None };
        if dropped {
            drop(api);
        } else {
            api.sandbox.stop().await;
            let sent = api.sandbox.webhooks();
            assert_eq!(sent.len(), usize::from(request.is_some()));
            assert!(sent.iter().all(|one| one.status.is_none() && one.error.is_none()));
            api.sandbox.join(&token).unwrap();
        }
        if let Some(request) = request {
            request.given_up().await;
        }
        receiver.is_left_alone().await;
    }
    assert!(start.elapsed() < Duration::from_secs(5));
}

/// Users leave as their connections end, which is told to nobody.
#[tokio::test]
async fn a_stop_is_no_end_of_sessions() {
    let receiver = Receiver::start().await;
    let api = sending(receiver.target()).await;
    let room = api.room(json!({})).await;
    let _socket = Socket::joined(&api, &room).await;
    assert_eq!(receiver.types().await, ["session_start"]);
    api.sandbox.stop().await;
    receiver.is_left_alone().await;
}

#[tokio::test]
async fn the_last_thousand_are_listed() {
    // Nothing listens there.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let url = format!("http://{}/", socket.local_addr().unwrap());
    let api = sending(WebhookTarget::new(url).redeliveries(1010)).await;
    let room = api.room(json!({})).await;
    api.joined(&room, "viewer").await;
    let all = timeout(LIMIT, async {
        loop {
            let all = deliveries(&api.sandbox, 1000).await;
            if all.last().is_some_and(|last| last.attempt == 1011) {
                return all;
            }
        }
    })
    .await
    .unwrap();
    let attempts: Vec<_> = all.iter().map(|one| one.attempt).collect();
    assert_eq!(attempts, (12..=1011).collect::<Vec<_>>());
    assert!(all.iter().all(|one| one.error.as_ref().unwrap().contains("refused")), "{:?}", all[0]);
}

#[tokio::test]
async fn over_http() {
    let receiver = Receiver::start().await;
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    session(&api, &room).await;
    let list = async || Reply::of(api.http().get(api.url("/_sandbox/webhooks")).send().await.unwrap()).await;
    assert_eq!((list().await.status, list().await.json()), (200, json!([])));

    let url = receiver.url("/webhooks");
    let reply = api.control("webhooks", json!({"url": url})).await;
    assert_eq!((reply.status, reply.json()), (200, json!({})));
    let user = api.joined(&room, "viewer").await;
    let request = receiver.request().await;
    assert!(!request.head.contains("authorization"));
    let sent = request.event.clone();
    let pending = list().await.json();
    assert_eq!((&pending[0]["status"], &pending[0]["error"]), (&Value::Null, &Value::Null));
    request.respond("200 OK").await;
    deliveries(&api.sandbox, 1).await;
    let mut json = list().await.json();
    let sent_at = humantime::parse_rfc3339(json[0]["sent_at"].take().as_str().unwrap()).unwrap();
    assert!(sent_at <= api.sandbox.now() && sent_at + MINUTE > api.sandbox.now());
    let expected =
        json!({"event": sent, "url": url, "sent_at": null, "attempt": 1, "status": 200, "error": null});
    assert_eq!(json, json!([expected]));

    let all = json!({
        "url": url, "user": "user", "password": "password", "duplicates": 1, "redeliveries": 1,
        "delay_ms": 1, "reorder": true,
    });
    assert_eq!(api.control("webhooks", &all).await.status, 200);
    api.leave(&user);
    for (kind, status) in [
        ("roomdrop", "500 Down"),
        ("roomdrop", "200 OK"),
        ("roomdrop", "200 OK"),
        ("session_stop", "200 OK"),
        ("session_stop", "200 OK"),
    ] {
        let request = receiver.request().await;
        assert_eq!(request.event["type"], kind);
        let pair = BASE64_STANDARD.encode("user:password");
        assert!(request.head.contains(&format!("\r\nauthorization: Basic {pair}\r\n")));
        request.respond(status).await;
    }
    assert_eq!(api.control("webhooks", json!({"url": null})).await.status, 200);
    session(&api, &room).await;
    receiver.is_left_alone().await;
    assert_eq!(deliveries(&api.sandbox, 6).await.len(), 6);
    assert_eq!(api.control("reset", "").await.status, 200);
    assert_eq!(list().await.json(), json!([]));
    assert_eq!(api.sandbox.requests(), 0);
}

#[tokio::test]
async fn malformed_controls() {
    let api = Api::start().await;
    for body in [
        "",
        "{",
        "[]",
        "{}",
        "null",
        r#"["http://127.0.0.1/"]"#,
        r#"{"url": 7}"#,
        r#"{"url": ""}"#,
        r#"{"url": "/webhooks"}"#,
        r#"{"url": "ftp://127.0.0.1/"}"#,
        r#"{"url": "http://user:secret@127.0.0.1/"}"#,
        r#"{"url": "http://127.0.0.1/", "user": "user"}"#,
        r#"{"url": "http://127.0.0.1/", "password": "secret"}"#,
        r#"{"url": "http://127.0.0.1/", "user": "us:er", "password": "secret"}"#,
        r#"{"url": "http://127.0.0.1/", "user": "user", "password": "sec\nret"}"#,
        r#"{"url": "http://127.0.0.1/", "user": "user", "password": 123456}"#,
        r#"{"url": "http://127.0.0.1/", "duplicates": -1}"#,
        r#"{"url": "http://127.0.0.1/", "redeliveries": 1.5}"#,
        r#"{"url": "http://127.0.0.1/", "delay_ms": "1"}"#,
        r#"{"url": "http://127.0.0.1/", "reorder": 1}"#,
        r#"{"url": "http://127.0.0.1/", "delay": 1}"#,
    ] {
        let reply = api.control("webhooks", body).await;
        assert_eq!(reply.status, 400, "{body}");
        assert!(reply.json()["reason"].is_string(), "{body}");
        for secret in ["secret", "123456"] {
            assert!(!reply.text.contains(secret), "{}", reply.text);
        }
    }
    let put = Reply::of(api.http().put(api.url("/_sandbox/webhooks")).send().await.unwrap()).await;
    assert_eq!((put.status, put.headers["allow"].to_str().unwrap()), (405, "GET, POST"));
    let head = Reply::of(api.http().head(api.url("/_sandbox/webhooks")).send().await.unwrap()).await;
    assert_eq!(head.status, 200);
}

#[tokio::test]
async fn a_target_that_is_refused() {
    let sandbox = Sandbox::start().await.unwrap();
    let to = WebhookTarget::new;
    for (target, field) in [
        (to("127.0.0.1:3000"), "url"),
        (to("file:///tmp/webhooks"), "url"),
        (to("http://"), "url"),
        (to("http://user:secret@127.0.0.1/"), "url"),
        (to("http://secret@127.0.0.1/"), "url"),
        (to("http://@127.0.0.1/"), "url"),
        (to("http://127.0.0.1/?secret\n"), "url"),
        (to("http://127.0.0.1/").basic("us:er", "secret"), "user"),
        (to("http://127.0.0.1/").basic("user", "secret\0"), "password"),
    ] {
        let started = Sandbox::builder().webhooks(target.clone()).start().await;
        for error in [sandbox.send_webhooks(target.clone()).unwrap_err(), started.unwrap_err()] {
            assert_eq!(error.kind(), ErrorKind::InvalidInput);
            assert_eq!(error.violations()[0].field(), field);
            assert!(!format!("{error} {error:?} {target:?}").contains("secret"), "{error:?}");
        }
    }
}

#[tokio::test]
async fn no_secret_is_shown() {
    let receiver = Receiver::start().await;
    let url = receiver.url("/webhooks?key=secret-1");
    let target = WebhookTarget::new(url).basic("secret-2", "secret-3").redeliveries(1);
    let mut shown = format!("{target:?} {:?}", Sandbox::builder().webhooks(target.clone()));
    assert!(shown.contains(&receiver.url("/webhooks?…")), "{shown}");
    let api = sending(target).await;
    let room = api.room(json!({})).await;
    api.joined(&room, "viewer").await;
    drop(receiver.request().await);
    receiver.request().await.respond("401 Unauthorized").await;
    let all = deliveries(&api.sandbox, 2).await;
    assert_eq!(all[0].url, receiver.url("/webhooks?…"));
    shown += &format!("{all:?} {} {:?}", json!(all), api.sandbox);
    let list = Reply::of(api.http().get(api.url("/_sandbox/webhooks")).send().await.unwrap()).await;
    shown += &list.text;
    let encoded = BASE64_STANDARD.encode("secret-2:secret-3");
    assert!(!shown.contains("secret") && !shown.contains(&encoded), "{shown}");
}

/// Its certificate is from an authority that the machine does not trust.
#[tokio::test]
async fn https_verifies_the_receiver() {
    let receiver = Sandbox::builder().tls(true).start().await.unwrap();
    let api = sending(WebhookTarget::new(format!("https://{}/", receiver.host()))).await;
    let room = api.room(json!({})).await;
    api.joined(&room, "viewer").await;
    let all = deliveries(&api.sandbox, 1).await;
    assert!(all[0].error.as_ref().unwrap().contains("certificate"), "{:?}", all[0]);
    assert_eq!(receiver.requests(), 0);
}
