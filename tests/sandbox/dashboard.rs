//! The dashboard: its files, the state that it shows, and the events that tell of changes.

use std::time::{Duration, Instant};

use base64::{Engine, prelude::BASE64_STANDARD};
use enablex::{
    reqwest::{Method, Response, StatusCode, header},
    sandbox::{Fault, Sandbox},
};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use super::{
    api::{Api, MINUTE, Reply, new_room, new_token},
    signalling::Socket,
    webhooks::receiver::{LIMIT, Receiver, deliveries},
};

const FILES: [(&str, &str); 5] = [
    ("/", "text/html; charset=utf-8"),
    ("/_sandbox/", "text/html; charset=utf-8"),
    ("/_sandbox", "text/html; charset=utf-8"),
    ("/_sandbox/style.css", "text/css; charset=utf-8"),
    ("/_sandbox/dashboard.js", "text/javascript; charset=utf-8"),
];

async fn fetch(api: &Api, method: Method, path: &str) -> Reply {
    Reply::of(api.http().request(method, api.url(path)).send().await.unwrap()).await
}

async fn state(api: &Api) -> Value {
    let reply = fetch(api, Method::GET, "/_sandbox/state").await;
    assert_eq!(reply.headers["content-type"], "application/json");
    reply.json()
}

/// The state, once a condition holds.
async fn state_with(api: &Api, condition: impl Fn(&Value) -> bool) -> Value {
    let wait = async {
        loop {
            let state = state(api).await;
            if condition(&state) {
                return state;
            }
            sleep(Duration::from_millis(2)).await;
        }
    };
    timeout(LIMIT, wait).await.expect("the state")
}

struct Events(Response);

impl Events {
    async fn of(api: &Api) -> Self {
        let response = api.http().get(api.url("/_sandbox/events")).send().await.unwrap();
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        Self(response)
    }

    /// The version of the next event; the latest if several have come together.
    async fn next(&mut self) -> u64 {
        let chunk = timeout(LIMIT, self.0.chunk()).await.expect("an event").unwrap().expect("an open stream");
        let text = str::from_utf8(&chunk).unwrap();
        let last = text.strip_suffix("\n\n").unwrap().rsplit("\n\n").next().unwrap();
        let data: Value = serde_json::from_str(last.strip_prefix("data: ").unwrap()).unwrap();
        assert_eq!(data.as_object().unwrap().len(), 1);
        data["version"].as_u64().unwrap()
    }

    /// Reads until nothing comes.
    async fn calm(&mut self) {
        while timeout(Duration::from_millis(100), self.0.chunk()).await.is_ok() {}
    }

    /// Asserts that an event comes after what was done.
    async fn tells(&mut self, what: &str) {
        let version = self.next().await;
        assert!(version > 0, "{what}");
        self.calm().await;
    }
}

#[tokio::test]
async fn the_page_and_its_files() {
    let api = Api::start().await;
    for (path, media_type) in FILES {
        let reply = fetch(&api, Method::GET, path).await;
        assert_eq!(reply.headers["content-type"], media_type, "{path}");
        let head = fetch(&api, Method::HEAD, path).await;
        assert_eq!((head.status, &*head.text), (200, ""));
        assert_eq!(head.headers["content-length"], reply.text.len().to_string());
        for headers in [&reply.headers, &head.headers] {
            assert_eq!(headers["cache-control"], "no-store");
            assert_eq!(headers["referrer-policy"], "no-referrer");
            assert_eq!(headers["x-content-type-options"], "nosniff");
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert!(policy.starts_with("default-src 'none'; script-src 'self'; "), "{policy}");
        }
    }
    let page = fetch(&api, Method::GET, "/_sandbox/").await.text;
    let links: Vec<_> = page.split(['"', '\'']).filter(|text| text.starts_with("/_sandbox/")).collect();
    assert_eq!(links.len(), 3);
    for link in links {
        assert_eq!(fetch(&api, Method::GET, link).await.status, 200, "{link}");
    }
    let script = fetch(&api, Method::GET, "/_sandbox/dashboard.js").await.text;
    for word in ["innerHTML", "localStorage", "sessionStorage", "document.cookie", "console."] {
        assert!(!script.contains(word), "{word}");
    }
}

#[tokio::test]
async fn only_get() {
    let api = Api::start().await;
    for path in ["/_sandbox/", "/_sandbox/style.css", "/_sandbox/state", "/_sandbox/events"] {
        for method in [Method::POST, Method::PUT, Method::DELETE] {
            let reply = fetch(&api, method, path).await;
            assert_eq!(reply.status, 405, "{path}");
            assert_eq!(reply.headers["allow"], "GET");
        }
    }
    assert_eq!(fetch(&api, Method::HEAD, "/_sandbox/state").await.text, "");
    for path in ["/_sandbox/index.html", "/_sandbox/other.js", "/_sandbox/state/other"] {
        assert_eq!(fetch(&api, Method::GET, path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn nothing_yet() {
    let api = Api::start().await;
    let state = state(&api).await;
    assert!(humantime::parse_rfc3339(state["now"].as_str().unwrap()).is_ok());
    let totals = json!({"rooms": 0, "tokens": 0, "calls": 0, "findings": 0, "faults": 0, "webhooks": 0});
    let expected = json!({
        "now": state["now"], "strict": true, "rooms": [], "tokens": [], "calls": [], "findings": [],
        "faults": [], "webhooks": [], "totals": totals,
    });
    assert_eq!(state, expected);
    assert_eq!(self::state(&Api::lenient().await).await["strict"], false);
}

#[tokio::test]
async fn rooms_and_tokens() {
    let api = Api::start().await;
    let room = api.room(json!({"scheduled": false, "adhoc": false})).await;
    let room_id = room.trim_start_matches("/rooms/");
    let text = api.token(&room, "moderator").await;
    let decoded: Value = serde_json::from_slice(&BASE64_STANDARD.decode(&text).unwrap()).unwrap();
    let token_id = decoded["tokenId"].as_str().unwrap();

    let shown = state(&api).await;
    let created = shown["rooms"][0]["created"].as_str().unwrap();
    assert!(humantime::parse_rfc3339(created).is_ok());
    let expected = json!({
        "room_id": room_id, "name": "Claims desk", "owner_ref": "team-7", "kind": "permanent",
        "created": created, "opens": null, "closes": null, "conf_num": null, "users": [], "users_total": 0,
    });
    assert_eq!(shown["rooms"], json!([expected]));
    let token = &shown["tokens"][0];
    let [issued, expires] = ["issued_at", "expires_at"]
        .map(|key| humantime::parse_rfc3339(token[key].as_str().unwrap()).unwrap());
    assert_eq!(expires, issued + 15 * MINUTE);
    let left = token["expires_in_s"].as_u64().unwrap();
    assert!((850..=900).contains(&left), "{left}");
    let expected = json!({
        "name": "Asha Rao", "role": "moderator", "room_id": room_id, "issued_at": token["issued_at"],
        "expires_at": token["expires_at"], "expires_in_s": left, "state": "unused",
    });
    assert_eq!(*token, expected);

    let other = api.token(&room, "participant").await;
    let user = api.sandbox.join(&text).unwrap();
    let joined = state(&api).await;
    let room = &joined["rooms"][0];
    assert!(room["conf_num"].is_string());
    let since = &room["users"][0]["since"];
    let expected = json!([{"name": "Asha Rao", "role": "moderator", "user_ref": "emp-1042", "since": since}]);
    assert_eq!((&room["users"], &room["users_total"]), (&expected, &json!(1)));
    assert!(humantime::parse_rfc3339(since.as_str().unwrap()).is_ok());
    let states = |state: &Value| {
        let tokens = state["tokens"].as_array().unwrap().iter();
        tokens.map(|token| token["state"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(states(&joined), ["unused", "used"]);

    api.leave(&user);
    api.sandbox.advance(15 * MINUTE);
    let over = state(&api).await;
    assert_eq!((&over["rooms"][0]["users"], &over["rooms"][0]["conf_num"]), (&json!([]), &Value::Null));
    assert_eq!(states(&over), ["expired", "used"]);
    assert_eq!(over["tokens"][0]["expires_in_s"], 0);
    for state in [shown, joined, over] {
        let state = state.to_string();
        assert!(!state.contains(&text) && !state.contains(&other) && !state.contains(token_id), "{state}");
        assert!(!state.contains(user.session_user_id()));
    }
}

#[tokio::test]
async fn kinds_of_rooms() {
    let api = Api::start().await;
    api.scheduled(60 * MINUTE).await;
    let ad_hoc = api.room(json!({"adhoc": true})).await;
    let shown = state(&api).await["rooms"].take();
    assert_eq!((&shown[0]["kind"], &shown[1]["kind"]), (&json!("ad_hoc"), &json!("scheduled")));
    let [opens, closes] =
        ["opens", "closes"].map(|key| humantime::parse_rfc3339(shown[1][key].as_str().unwrap()).unwrap());
    assert_eq!(closes, opens + 45 * MINUTE);

    // A room that is over is gone, with its tokens.
    let user = api.joined(&ad_hoc, "participant").await;
    api.leave(&user);
    let shown = state(&api).await;
    assert_eq!((&shown["rooms"][0]["kind"], &shown["totals"]["rooms"]), (&json!("scheduled"), &json!(1)));
    assert_eq!((&shown["tokens"], &shown["totals"]["tokens"]), (&json!([]), &json!(0)));
}

#[tokio::test]
async fn calls() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    api.get(&format!("{room}?secret=1")).await.ok();
    api.get("/rooms/none").await.refused(404, 40001);
    api.get("/elsewhere").await;
    api.list("/cdr/conf/1").await;
    let room_id = room.trim_start_matches("/rooms/");
    api.sandbox.fill_report(room_id, 300);
    api.list(&format!("/cdr/room/{room_id}")).await;
    api.sandbox.inject(Fault::status(StatusCode::OK).body(r#"{"result": 10114}"#));
    api.sandbox.inject(Fault::dropped());
    api.get("/rooms").await;
    api.request(Method::GET, "/rooms").send().await.unwrap_err();
    Reply::of(api.anonymous(Method::GET, "/rooms").send().await.unwrap()).await;

    let shown = state(&api).await;
    let calls = shown["calls"].as_array().unwrap();
    let brief = |call: &Value| {
        json!([call["method"], call["path"], call["operation"], call["status"], call["code"], call["fault"]])
    };
    let path = format!("/video/v2{room}");
    let expected = [
        json!(["GET", "/video/v2/rooms", "getRoomList", 401, "UNAUTHORIZED", false]),
        json!(["GET", "/video/v2/rooms", "getRoomList", null, null, true]),
        json!(["GET", "/video/v2/rooms", "getRoomList", 200, 10114, true]),
        json!(["GET", format!("/video/v2/cdr/room/{room_id}"), "getCDRByRoom", 200, "0", false]),
        json!(["GET", "/video/v2/cdr/conf/1", "getCDRByConfNumber", 200, "0", false]),
        json!(["GET", "/video/v2/elsewhere", null, 404, "INVALID_PARAM", false]),
        json!(["GET", "/video/v2/rooms/none", "getRoomById", 404, 40001, false]),
        json!(["GET", path, "getRoomById", 200, 0, false]),
        json!(["POST", "/video/v2/rooms", "createRoom", 200, 0, false]),
    ];
    assert_eq!(calls.iter().map(brief).collect::<Vec<_>>(), expected);
    assert_eq!(shown["totals"]["calls"], 9);
    for call in calls {
        assert!(humantime::parse_rfc3339(call["at"].as_str().unwrap()).is_ok());
        assert!(call["request_id"].as_str().unwrap().starts_with("req_"));
        assert!(call["duration_ms"].is_u64());
        assert_eq!(call.as_object().unwrap().len(), 9);
    }
}

#[tokio::test]
async fn a_call_that_goes_on() {
    let api = Api::start().await;
    api.sandbox.inject(Fault::delay(Duration::from_secs(600)));
    let call = tokio::spawn(api.request(Method::GET, "/rooms").send());
    let waits = |state: &Value| state["calls"][0]["duration_ms"].is_null() && state["totals"]["calls"] == 1;
    let shown = state_with(&api, waits).await;
    assert_eq!((&shown["calls"][0]["status"], &shown["faults"]), (&Value::Null, &json!([])));
    call.abort();
    let ended = state_with(&api, |state| state["calls"][0]["duration_ms"].is_u64()).await;
    assert_eq!(ended["calls"][0]["status"], Value::Null);
}

#[tokio::test]
async fn faults_findings_and_webhooks() {
    let receiver = Receiver::start().await;
    let api = Api::lenient().await;
    let target = json!({"url": receiver.url("/hook?secret=1"), "user": "someone", "password": "pass-word"});
    api.control("webhooks", target).await;
    let mut body = new_room(json!({"duration": "30"}));
    body["settings"]["video"] = json!(true);
    let room = api.post("/rooms", &body).await.ok()["room"]["room_id"].take();
    let room = format!("/rooms/{}", room.as_str().unwrap());
    api.joined(&room, "participant").await;
    receiver.event().await;
    deliveries(&api.sandbox, 1).await;

    let armed = json!([
        {"status": 503, "body": "token", "headers": {"set-cookie": "token"}, "times": 2},
        {"drop": true, "after_effect": true, "times": 1},
        {"garbage": true, "delay_ms": 1, "times": 1},
        {"delay_ms": 5, "times": 1},
    ]);
    api.control("faults", &armed).await;
    let shown = state(&api).await;
    let mut expected = armed;
    expected[0] = json!({"status": 503, "body_bytes": 5, "headers": ["set-cookie"], "times": 2});
    assert_eq!((&shown["faults"], &shown["totals"]["faults"]), (&expected, &json!(4)));
    assert!(!shown.to_string().contains("pass-word") && !shown.to_string().contains("secret"));
    for list in ["findings", "webhooks"] {
        let mut control = fetch(&api, Method::GET, &format!("/_sandbox/{list}")).await.json();
        control.as_array_mut().unwrap().reverse();
        assert_eq!(shown[list], control);
        assert_eq!(shown["totals"][list], shown[list].as_array().unwrap().len());
    }
    let violating = Fault::delay(MINUTE).header("a", "b");
    api.sandbox.reset();
    api.sandbox.inject(violating);
    assert_eq!(state(&api).await["faults"][0]["violation"], "`header` needs a status (got \"a\")");
}

#[tokio::test]
async fn long_lists_and_texts() {
    let api = Api::start().await;
    let mut body = new_room(json!({}));
    let names = ["é".repeat(200), "é".repeat(201), "<b>".into()];
    for number in 0..101 {
        body["name"] = json!(names[number % 3]);
        api.post("/rooms", &body).await.ok();
    }
    let shown = state(&api).await;
    for list in ["rooms", "calls"] {
        assert_eq!(shown[list].as_array().unwrap().len(), 100);
        assert_eq!(shown["totals"][list], 101);
    }
    let cut = format!("{}…", names[0]);
    assert_eq!((&shown["rooms"][0]["name"], &shown["rooms"][1]["name"]), (&json!(cut), &json!(names[0])));
    assert_eq!(shown["rooms"][2]["name"], "<b>");

    api.get(&format!("/rooms/{}", "x".repeat(1000))).await;
    let room = format!("/rooms/{}", shown["rooms"][0]["room_id"].as_str().unwrap());
    let mut viewer = new_token("viewer");
    for number in 0..101 {
        viewer["name"] = json!(number.to_string());
        let token = api.post(&format!("{room}/tokens"), &viewer).await.ok()["token"].take();
        api.sandbox.join(token.as_str().unwrap()).unwrap();
    }
    let shown = state(&api).await;
    let room = &shown["rooms"][0];
    assert_eq!((room["users"].as_array().unwrap().len(), &room["users_total"]), (100, &json!(101)));
    assert_eq!((&room["users"][0]["name"], &room["users"][99]["name"]), (&json!("100"), &json!("1")));
    assert_eq!((shown["tokens"].as_array().unwrap().len(), &shown["totals"]["tokens"]), (100, &json!(101)));
    assert_eq!(shown["tokens"][0]["name"], "100");
    assert!(shown["calls"].as_array().unwrap().iter().all(|call| call["operation"] == "createToken"));
    api.get(&format!("/rooms/{}", "x".repeat(1000))).await;
    let path = state(&api).await["calls"][0]["path"].as_str().unwrap().to_owned();
    assert_eq!(path.chars().count(), 201);

    // As a body may have a token there.
    api.sandbox.inject(Fault::status(StatusCode::OK).body(format!(r#"{{"result": "{}"}}"#, "A".repeat(41))));
    api.get("/rooms").await;
    assert_eq!(state(&api).await["calls"][0]["code"], Value::Null);

    let headers = |fault: Fault, number| fault.header(format!("x-{number}-{}", "y".repeat(300)), "value");
    let many = (0..101).fold(Fault::status(StatusCode::OK), headers);
    api.sandbox.inject(Fault::delay(Duration::ZERO).times(4));
    api.sandbox.inject(many);
    let headers = state(&api).await["faults"][1]["headers"].take();
    assert_eq!(headers.as_array().unwrap().len(), 100);
    assert_eq!(headers[0].as_str().unwrap().chars().count(), 201);

    let url = format!("http://127.0.0.1:9/{}", "z".repeat(300));
    api.control("webhooks", json!({"url": url})).await;
    api.joined(&api.room(json!({})).await, "participant").await;
    let shown = state_with(&api, |state| state["totals"]["webhooks"] == 1).await;
    assert_eq!(shown["webhooks"][0]["url"].as_str().unwrap().chars().count(), 201);
}

#[tokio::test]
async fn a_reset_empties_every_list() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    api.joined(&room, "participant").await;
    api.sandbox.inject(Fault::dropped());
    let mut events = Events::of(&api).await;
    events.calm().await;
    api.control("reset", "").await;
    events.tells("the reset").await;
    let shown = state(&api).await;
    for (list, total) in shown["totals"].as_object().unwrap() {
        assert_eq!((&shown[list], total), (&json!([]), &json!(0)), "{list}");
    }
}

#[tokio::test]
async fn events_tell_of_changes() {
    let receiver = Receiver::start().await;
    let api = Api::of(Sandbox::builder().webhooks(receiver.target())).await;
    let mut events = Events::of(&api).await;
    events.next().await;
    events.calm().await;

    let room = api.room(json!({})).await;
    events.tells("a call").await;
    let token = api.token(&room, "participant").await;
    events.tells("a token").await;
    let user = api.control("join", json!({"token": token})).await.json();
    let request = receiver.request().await;
    events.tells("a join, and the webhook that is sent").await;
    request.respond("204 No Content").await;
    events.tells("what came back").await;
    assert_eq!(state(&api).await["webhooks"][0]["status"], 204);
    assert!(api.sandbox.leave(user["session_user_id"].as_str().unwrap()));
    events.tells("a user who leaves").await;
    api.sandbox.advance(MINUTE);
    events.tells("the clock").await;
    api.sandbox.inject(Fault::dropped());
    events.tells("a fault").await;
}

#[tokio::test]
async fn events_tell_of_controls_and_signalling() {
    let api = Api::start().await;
    let mut events = Events::of(&api).await;
    let room = api.room(json!({})).await;
    let token = api.token(&room, "participant").await;
    let user = api.control("join", json!({"token": token})).await.json();
    events.calm().await;
    for (control, body) in [
        ("leave", user),
        ("clock", json!({"advance_s": 1})),
        ("faults", json!({"drop": true})),
        ("webhooks", json!({"url": null})),
        ("reset", json!({})),
    ] {
        assert_eq!(api.control(control, body).await.status, 200, "{control}");
        events.tells(control).await;
    }
    let room = api.room(json!({})).await;
    let token = api.token(&room, "participant").await;
    events.calm().await;
    let socket = Socket::joined_with(&api, &token).await;
    events.tells("a user who joins").await;
    drop(socket);
    events.tells("a user who leaves").await;
    assert_eq!(state(&api).await["rooms"][0]["users"], json!([]));
}

#[tokio::test]
async fn events_tell_of_the_end_of_a_call() {
    let api = Api::start().await;
    api.sandbox.inject(Fault::delay(Duration::from_secs(600)));
    let mut events = Events::of(&api).await;
    events.calm().await;
    let call = tokio::spawn(api.request(Method::GET, "/rooms").send());
    events.tells("a call that arrives").await;
    call.abort();
    events.tells("its end").await;
}

/// Who knows the state does not know what lets people in.
#[tokio::test]
async fn ids_of_tokens_and_users_follow_from_no_other() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut chance = Vec::new();
    for _ in 0..2 {
        let token = api.token(&room, "participant").await;
        let decoded: Value = serde_json::from_slice(&BASE64_STANDARD.decode(&token).unwrap()).unwrap();
        let user = api.sandbox.join(&token).unwrap();
        for id in [decoded["tokenId"].as_str().unwrap(), user.session_user_id()] {
            assert_eq!(id.len(), 24);
            chance.push(id[14..].to_owned());
        }
    }
    chance.sort_unstable();
    chance.dedup();
    assert_eq!(chance.len(), 4);
    let shown = state(&api).await.to_string();
    assert!(chance.iter().all(|part| !shown.contains(part)));
}

#[tokio::test]
async fn nobody_is_told_of_reads() {
    let api = Api::start().await;
    let mut events = Events::of(&api).await;
    let first = events.next().await;
    for path in ["state", "findings", "webhooks", "", "dashboard.js", "join"] {
        fetch(&api, Method::GET, &format!("/_sandbox/{path}")).await;
    }
    api.sandbox.now();
    api.sandbox.findings();
    api.sandbox.webhooks();
    api.sandbox.requests();
    let quiet = timeout(Duration::from_millis(100), events.0.chunk()).await;
    assert!(quiet.is_err(), "{quiet:?}");
    api.sandbox.advance(MINUTE);
    assert_eq!(events.next().await, first + 1);
    assert_eq!(Events::of(&api).await.next().await, first + 1);
}

#[tokio::test]
async fn an_open_stream_ends_with_the_sandbox() {
    for stops in [true, false] {
        let api = Api::start().await;
        let mut events = [Events::of(&api).await, Events::of(&api).await];
        events[0].next().await;
        let start = Instant::now();
        if stops {
            api.sandbox.stop().await;
        } else {
            drop(api);
        }
        for one in &mut events {
            let end = async { while let Ok(Some(_)) = one.0.chunk().await {} };
            timeout(LIMIT, end).await.expect("the end");
        }
        assert!(start.elapsed() < Duration::from_secs(5));
    }
}
