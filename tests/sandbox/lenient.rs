//! What the service takes although its reference does not allow it: as in logs of the real service, and in
//! requests of EnableX's sample servers.

use std::sync::{Arc, Mutex};

use base64::{Engine, prelude::BASE64_STANDARD};
use enablex::{
    reqwest::Method,
    sandbox::{Finding, Sandbox},
};
use serde_json::{Value, json};

use super::api::{Api, Reply, new_room, new_token, spelled};

const ONE_TO_ONE: &str = include_str!("../samples/clients/createRoom.one-to-one-sample.request.json");
const WHITEBOARD: &str = include_str!("../samples/clients/createRoom.whiteboard-sample.request.json");
const TOKEN: &str = include_str!("../samples/clients/createToken.sample.request.json");

/// The operation, the key and whether the answer is known, of each finding.
fn told(findings: &[Finding]) -> Vec<(&str, &str, bool)> {
    let mut told: Vec<_> = findings.iter().map(|it| (&*it.operation, &*it.key, it.answer_known)).collect();
    told.sort_unstable();
    told
}

async fn created(api: &Api, body: &Value) -> Value {
    api.post("/rooms", body).await.ok()["room"].take()
}

#[tokio::test]
async fn requests_of_sample_servers_are_taken_and_told() {
    let api = Api::lenient().await;
    let room = api.send(Method::POST, "/rooms", ONE_TO_ONE.to_owned()).await.ok();
    assert_eq!(room["room"]["settings"]["duration"], "30");
    assert_eq!(told(&api.sandbox.findings()), [("createRoom", "settings.duration", true)]);

    api.sandbox.reset();
    assert_eq!(api.sandbox.findings(), []);
    let room = api.send(Method::POST, "/rooms", WHITEBOARD.to_owned()).await.ok()["room"].take();
    let settings = &room["settings"];
    // What was seen in answers of the service.
    assert_eq!((&settings["duration"], &settings["max_active_talkers"]), (&json!("60"), &json!("2")));
    assert_eq!((&settings["active_talker"], &settings["participants"]), (&json!(true), &json!("2")));
    assert_eq!((&settings["moderators"], &settings["media_configuration"]), (&json!(1), &json!("default")));
    assert!(room["service_id"].is_string());
    for key in ["scheduled_time", "wait_moderator", "description"] {
        assert_eq!(settings.get(key), None);
    }
    let id = room["room_id"].as_str().unwrap();
    let mut found = api.get(&format!("/rooms/{id}")).await.ok()["room"].take();
    // In the response for a single room alone.
    assert_eq!(found.as_object_mut().unwrap().remove("isMediaServerAvailable"), Some(json!(true)));
    assert_eq!(found, room);
    let token = api.send(Method::POST, &format!("/rooms/{id}/tokens"), TOKEN.to_owned()).await.ok();
    assert!(api.sandbox.join(token["token"].as_str().unwrap()).is_ok());
    let expected = [
        ("createRoom", "settings.active_talker", true),
        ("createRoom", "settings.description", true),
        ("createRoom", "settings.duration", true),
        ("createRoom", "settings.max_active_talkers", true),
        ("createRoom", "settings.scheduled_time", true),
        ("createRoom", "settings.wait_moderator", true),
        ("createToken", "roomId", true),
    ];
    assert_eq!(told(&api.sandbox.findings()), expected);
}

#[tokio::test]
async fn a_strict_sandbox_refuses_them() {
    let api = Api::start().await;
    api.send(Method::POST, "/rooms", ONE_TO_ONE.to_owned()).await.refused(400, 10011);
    // The lowest of its codes, and the others in the text.
    let refused = api.send(Method::POST, "/rooms", WHITEBOARD.to_owned()).await;
    refused.refused(400, 10009);
    for key in ["active_talker", "wait_moderator", "duration", "max_active_talkers", "scheduled_time"] {
        assert!(refused.text.contains(&format!("settings.{key} ")), "{key}: {refused:?}");
    }
    let room = api.room(json!({})).await;
    let token = api.send(Method::POST, &format!("{room}/tokens"), TOKEN.to_owned()).await;
    token.failed(400, "INVALID_PARAM", "roomId");
    assert_eq!(api.sandbox.findings(), []);
}

#[tokio::test]
async fn a_refusal_names_each_key_once_and_briefly() {
    let api = Api::start().await;
    let settings: serde_json::Map<_, _> =
        (0..20).map(|number| (format!("{number}{}", "k".repeat(10_000)), json!(1))).collect();
    let refused = api.post("/rooms", &new_room(Value::Object(settings))).await;
    refused.refused(400, 10009);
    assert!(refused.text.len() < 2000, "{refused:?}");
    let mut body = new_room(json!({"duration": 5.0}));
    body["name"] = json!("");
    let refused = api.post("/rooms", &body).await;
    refused.refused(400, 10002);
    for key in ["name ", "settings.duration "] {
        assert_eq!(refused.json()["desc"].as_str().unwrap().matches(key).count(), 1, "{refused:?}");
    }
}

#[tokio::test]
async fn what_others_send_is_taken_too() {
    let api = Api::lenient().await;
    let mut body = new_room(json!({"participants": 2, "moderators": 1, "video": true}));
    body["owner_ref"] = json!(482_913);
    body["sip"] = json!(false);
    body["note"] = json!("not known");
    let room = created(&api, &body).await;
    // The answer is not known: it is as if the request had been as documented.
    assert_eq!(room["owner_ref"], "482913");
    assert_eq!(room["sip"], json!({"enabled": false}));
    assert_eq!(
        (&room["settings"]["participants"], &room["settings"]["moderators"]),
        (&json!("2"), &json!("1"))
    );
    assert_eq!((room.get("note"), room["settings"].get("video")), (None, None));

    let path = format!("/rooms/{}", room["room_id"].as_str().unwrap());
    let mut token = new_token("moderator");
    for (key, value) in [("ttl", json!(900)), ("permissions", json!({})), ("data", json!("")), ("", json!(1))]
    {
        token[key] = value;
    }
    let token = api.post(&format!("{path}/tokens"), &token).await.ok();
    let user = api.sandbox.join(token["token"].as_str().unwrap()).unwrap();
    assert!(user.data().is_empty());
    api.sandbox.leave(user.session_user_id());
    api.patch(&path, &json!({"settings": {"duration": "45"}})).await.ok();
    assert_eq!(api.get(&path).await.ok()["room"]["settings"]["duration"], 45);
    let expected = [
        ("createRoom", "note", false),
        ("createRoom", "owner_ref", false),
        ("createRoom", "settings.moderators", false),
        ("createRoom", "settings.participants", false),
        ("createRoom", "settings.video", false),
        ("createRoom", "sip", false),
        ("createToken", "\"\"", false),
        ("createToken", "data", false),
        ("createToken", "permissions", false),
        ("createToken", "ttl", false),
        ("updateRoomById", "settings.duration", false),
    ];
    assert_eq!(told(&api.sandbox.findings()), expected);
}

#[tokio::test]
async fn limits_hold_in_either_spelling() {
    let api = Api::lenient().await;
    let room = api.room(json!({"participants": 1, "duration": "1", "adhoc": true})).await;
    let user = api.joined(&room, "participant").await;
    api.ask_token(&room, "participant").await.refused(403, 10114);
    api.leave(&user);
    api.sandbox.advance(std::time::Duration::from_secs(61));
    api.get(&room).await.refused(404, 40001);
    let ahead = spelled(api.sandbox.now() + std::time::Duration::from_secs(3600));
    let room = api.room(json!({"scheduled": true, "scheduled_time": ahead, "duration": "30"})).await;
    api.ask_token(&room, "participant").await.refused(403, 10112);
    api.sandbox.advance(std::time::Duration::from_secs(90 * 60));
    api.ask_token(&room, "participant").await.refused(403, 10111);
}

#[tokio::test]
async fn the_rest_stays_refused() {
    let api = Api::lenient().await;
    let table = [
        (10003, json!({"scheduled": "true"})),
        (10003, json!({"scheduled": 1})),
        (10004, json!({"scheduled": true, "duration": 30, "scheduled_time": ""})),
        (10018, json!({"scheduled_time": " "})),
        (10007, json!({"participants": 0})),
        (10007, json!({"participants": 2.5})),
        (10007, json!({"participants": ""})),
        (10007, json!({"moderators": 5, "participants": 246})),
        (10009, json!({"max_participants": "5"})),
        (10009, json!({"": 1})),
        (10009, json!({"active_talker": 4})),
        (10009, json!({"wait_moderator": "no"})),
        (10011, json!({"duration": "0"})),
        (10011, json!({"duration": "-5"})),
        (10011, json!({"duration": "30 minutes"})),
        (10011, json!({"duration": 30.5})),
        (10011, json!({"duration": "99999999999999999999"})),
        (10012, json!({"max_active_talkers": "17"})),
        (10012, json!({"max_active_talkers": true})),
        (10014, json!({"quality": 4})),
        (10022, json!({"moderators": 0})),
        (10023, json!({"moderators": 6})),
    ];
    for (code, settings) in table {
        let reply = api.post("/rooms", &new_room(settings.clone())).await;
        assert_eq!(reply.json()["result"], code, "{settings}: {reply:?}");
    }
    let description = api.post("/rooms", &new_room(json!({"description": null}))).await;
    description.failed(400, "INVALID_PARAM", "settings.description");
    for (key, value) in [("sip", json!(true)), ("data", json!("text")), ("data", json!([]))] {
        let mut body = new_room(json!({}));
        body[key] = value;
        api.post("/rooms", &body).await.failed(400, "INVALID_PARAM", key);
    }
    let room = api.room(json!({})).await;
    for (key, code) in [("name", 10101), ("user_ref", 10102), ("role", 10103)] {
        let mut body = new_token("viewer");
        body[key] = json!("");
        api.post(&format!("{room}/tokens"), &body).await.refused(400, code);
    }
    assert_eq!(api.get("/rooms").await.ok()["rooms"].as_array().unwrap().len(), 1);
    // Findings are of requests that were taken.
    assert_eq!(api.sandbox.findings(), []);
}

#[tokio::test]
async fn findings_are_counted_observed_and_told_over_http() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let observer = {
        let seen = seen.clone();
        move |finding: &Finding| seen.lock().unwrap().push(finding.to_string())
    };
    let sandbox = Sandbox::builder().observe_findings(observer).start().await.unwrap();
    let api = Api::around(sandbox);
    for _ in 0..3 {
        created(&api, &new_room(json!({"duration": "30"}))).await;
    }
    let room = api.room(json!({})).await;
    for number in 0..1200 {
        let mut body = new_token("viewer");
        body[format!("key-{number}")] = json!("not-to-be-seen");
        api.post(&format!("{room}/tokens"), &body).await.ok();
    }
    let reply = Reply::of(api.http().get(api.url("/_sandbox/findings")).send().await.unwrap()).await;
    let findings = reply.json();
    assert_eq!(reply.status, 200);
    let first = json!({
        "operation": "createRoom",
        "key": "settings.duration",
        "document": "must be an integer",
        "answer_known": true,
        "times": 3,
    });
    assert_eq!((&findings[0], findings.as_array().unwrap().len()), (&first, 1000));
    assert!(!reply.text.contains("not-to-be-seen"));
    let seen = seen.lock().unwrap();
    assert_eq!(seen.len(), 1000);
    assert_eq!(seen[0], "createRoom: settings.duration must be an integer (the service takes it)");
    assert!(
        seen[1].starts_with("createToken: key-0 is not a known key (the service's answer"),
        "{}",
        seen[1]
    );
}

#[tokio::test]
async fn findings_of_hostile_keys_are_short_and_harmless() {
    let api = Api::lenient().await;
    let mut body = new_room(json!({}));
    body["\u{1b}[2J\nforged: line \u{202e}/~"] = json!(1);
    created(&api, &body).await;
    let finding = &api.sandbox.findings()[0];
    assert_eq!(finding.key, "\u{1b}[2J\nforged: line \u{202e}/~");
    assert!(
        finding.to_string().starts_with(r"createRoom: \u{1b}[2J\nforged: line \u{202e}/~ is"),
        "{finding}"
    );

    body["k".repeat(100_000)] = json!(1);
    created(&api, &body).await;
    assert!(api.sandbox.findings().iter().all(|finding| finding.key.len() <= 100));
    let many = (0..50_000).map(|number| (format!("{number}"), json!(1)));
    body.as_object_mut().unwrap().extend(many);
    created(&api, &body).await;
    assert_eq!(api.sandbox.findings().len(), 1000);
}

#[tokio::test]
async fn the_earlier_paths_lead_to_the_same_api() {
    for api in [Api::lenient().await, Api::start().await] {
        let get = |path: String| {
            let request = api.http().get(api.url(&path));
            request.basic_auth(api.sandbox.app_id(), Some(api.sandbox.app_key())).send()
        };
        let room = api.room(json!({})).await;
        for base in ["/video/v2", "/video/v1", "/v1"] {
            for path in ["/rooms", "/rooms/", &room, &format!("{room}/"), &format!("{room}/users"), "/dialin"]
            {
                let reply = Reply::of(get(format!("{base}{path}")).await.unwrap()).await;
                assert_eq!(reply.status, 200, "{base}{path}");
            }
        }
        assert_eq!(api.sandbox.findings(), []);
    }
}

#[tokio::test]
async fn a_token_has_the_quality_of_its_room() {
    let api = Api::lenient().await;
    for (settings, quality) in [(json!({"quality": "HD"}), "HD"), (json!({}), "SD")] {
        let token = api.token(&api.room(settings).await, "viewer").await;
        let token: Value = serde_json::from_slice(&BASE64_STANDARD.decode(token).unwrap()).unwrap();
        assert_eq!(token["roomMeta"]["settings"]["quality"], quality);
    }
}
