//! Webhooks: bytes and headers in, events out.

use std::time::{Duration, SystemTime};

use enablex::{
    ArchiveKind, Client, ErrorKind,
    reqwest::header::{AUTHORIZATION, HeaderMap},
    webhooks::{Event, EventKind, Refusal, Seen, SeenInMemory, Webhooks},
};
use serde_json::{Value, json};

use crate::{clock::MovedClock, sample};

fn event(body: impl ToString) -> Event {
    let webhooks = Webhooks::without_credentials().unwrap();
    webhooks.event(body.to_string().as_bytes()).unwrap()
}

fn urls(event: &Event) -> Vec<&str> {
    event.links().map(|link| link.url).collect()
}

#[test]
fn the_samples() {
    for (name, kind) in [
        ("roomdrop", EventKind::RoomDrop),
        ("recording", EventKind::Recording),
        ("transcoded", EventKind::Transcoded),
        ("file-transfer.awss3", EventKind::FileTransfer),
        ("session_start", EventKind::SessionStart),
        ("session_stop", EventKind::SessionStop),
    ] {
        let body = sample(&format!("webhook.{name}"));
        let event = event(&body);
        assert_eq!(event.kind(), &kind);
        assert_eq!(event.kind().as_str(), body["type"]);
        assert_eq!(event.room_id().unwrap().as_str(), "66a1f0c27be94d3a105c7e12");
        assert_eq!(event.conf_num().unwrap().as_str(), "66a20b4e91");
        assert_eq!(event.app_id(), Some("669f8e1d4c20ab77e0931f55"));
        let seconds: u64 = body["trans_date"].as_str().unwrap().parse().unwrap();
        assert_eq!(event.time(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)));
        // Nothing is lost, on the way to a queue and back either.
        assert_eq!(json!(event), body);
        assert_eq!(serde_json::from_value::<Event>(json!(event)).unwrap(), event);
        assert!(!format!("{event:?}").contains("https://"));
    }
}

#[test]
fn files_and_where_they_are() {
    let recording = event(sample("webhook.recording"));
    let folder = "https://files.example.com/66a1f0c27be94d3a105c7e12/66a20b4e91";
    assert_eq!(urls(&recording), [format!("{folder}/stream-1.mkv"), format!("{folder}/stream-2.mkv")]);
    assert!(recording.links().all(|link| link.kind == ArchiveKind::Recording));

    let transcoded = event(sample("webhook.transcoded"));
    assert_eq!(urls(&transcoded), [format!("{folder}/session-1.mp4")]);
    assert_eq!(transcoded.links().next().unwrap().kind, ArchiveKind::Transcoded);
    assert_eq!((transcoded.stage(), transcoded.file_size()), (Some("1"), Some(48_233_910)));

    let moved = event(sample("webhook.file-transfer.awss3"));
    assert_eq!(urls(&moved), [""; 0]);
    assert_eq!(moved.transferred().count(), 2);
    let destination = moved.destination().unwrap();
    assert_eq!((destination.name, destination.host), (Some("awss3"), None));
    assert_eq!(destination.account, Some("recordings-bucket"));
}

/// The prose says a list where the sample has a string.
#[test]
fn a_recording_is_one_link_or_a_list() {
    for (recording, expected) in [
        (json!("https://a/1"), vec!["https://a/1"]),
        (json!(["https://a/1", "https://a/2"]), vec!["https://a/1", "https://a/2"]),
        (json!([{"url": "https://a/1"}, "https://a/2"]), vec!["https://a/1", "https://a/2"]),
        (json!(["", null, 7, "https://a/2"]), vec!["https://a/2"]),
        (json!(null), vec![]),
        (json!({}), vec![]),
    ] {
        for kind in ["recording", "transcoded"] {
            let event = event(json!({"type": kind, "recording": recording}));
            assert_eq!(urls(&event), expected);
            assert_eq!(event.keys()["recording"], recording);
        }
    }
    assert_eq!(urls(&event(json!({"type": "other", "recording": "https://a/1"}))), [""; 0]);
}

#[tokio::test]
async fn the_client_takes_the_links() {
    let client = Client::builder().credentials("5af1c0de", "app-key").build().unwrap();
    let event = event(sample("webhook.recording"));
    let error = client.file(event.links().next().unwrap()).save_in(".").await.unwrap_err();
    // It asks for the recording credentials, so the URL is right.
    assert_eq!(error.violations()[0].field(), "recording_credentials");
}

#[test]
fn a_time_in_every_reading() {
    let at = |millis| Some(SystemTime::UNIX_EPOCH + Duration::from_millis(millis));
    for (trans_date, expected) in [
        (json!("1721900040"), at(1_721_900_040_000)),
        (json!(1_721_900_040), at(1_721_900_040_000)),
        (json!("1721900040123"), at(1_721_900_040_123)),
        (json!(1_721_900_040_123_u64), at(1_721_900_040_123)),
        (json!(1_721_900_040.5), at(1_721_900_040_500)),
        (json!("1721900040123.5"), at(1_721_900_040_123).map(|time| time + Duration::from_micros(500))),
        (json!("2024-07-25T09:34:00Z"), at(1_721_900_040_000)),
        (json!("2024-07-25T15:04:00.5+05:30"), at(1_721_900_040_500)),
        (json!(0), at(0)),
        (json!(-1), None),
        (json!("soon"), None),
        (json!(1e300), None),
        (json!("NaN"), None),
        (json!(null), None),
        (json!({}), None),
    ] {
        let event = event(json!({"type": "roomdrop", "trans_date": trans_date}));
        assert_eq!(event.time(), expected, "{trans_date}");
        assert_eq!(event.keys()["trans_date"], trans_date);
    }
}

#[test]
fn what_is_not_known_is_kept_whole() {
    let body = json!({"type": "user-joined", "user": {"name": "Asha"}, "room_id": "../x", "new": [1, null]});
    let event = event(&body);
    assert_eq!(event.kind(), &EventKind::Other("user-joined".into()));
    assert_eq!(event.room_id(), None);
    assert_eq!(json!(event), body);
    for body in [json!({}), json!({"type": null}), json!({"type": {}})] {
        assert_eq!(self::event(&body).kind(), &EventKind::Other(String::new()));
    }
}

#[test]
fn what_is_no_object_is_refused_without_a_panic() {
    let webhooks = Webhooks::without_credentials().unwrap().body_cap(2_000_000);
    let deep = "[".repeat(100_000);
    for body in
        ["", " ", "[]", "\"roomdrop\"", "1", "null", "{", "{\"type\": \"roomdrop\"", "{}{}", "\u{0}", &deep]
    {
        let refusal = webhooks.event(body.as_bytes()).unwrap_err();
        assert!(matches!(refusal, Refusal::Malformed { .. }), "{body:.20}");
        assert_eq!(refusal.status(), 400);
    }
    assert_eq!(webhooks.event(b"{\"type\": \"\xff\"}").unwrap_err().status(), 400);
    for secret in
        ["{\"recording\": hunter2}", "\"hunter2\"", "[\"hunter2\"]", "{\"a\": 1e999, \"b\": \"hunter2\"}"]
    {
        let refusal = webhooks.event(secret.as_bytes()).unwrap_err();
        assert!(!refusal.to_string().contains("hunter2") && !format!("{refusal:?}").contains("hunter2"));
    }
    assert!(webhooks.event("\u{feff}{}".as_bytes()).is_ok());
    let long = webhooks.event(json!({"type": "x".repeat(1_000_000)}).to_string().as_bytes()).unwrap();
    assert!(format!("{long:?}").len() < 1000);

    let capped = Webhooks::without_credentials().unwrap().body_cap(10);
    assert!(capped.event(br#"{"a":"bc"}"#).is_ok());
    let refusal = capped.event(br#"{"a":"bcd"}"#).unwrap_err();
    assert_eq!((refusal.status().as_u16(), refusal), (413, Refusal::TooLarge { cap: 10 }));
}

/// `user:password` and others, encoded by hand.
fn headers(values: &[&str]) -> HeaderMap {
    values.iter().map(|value| (AUTHORIZATION, value.parse().unwrap())).collect()
}

#[test]
fn credentials() {
    let webhooks = Webhooks::basic("user", "password").unwrap();
    let check = |values: &[&str]| webhooks.authorize(&headers(values));
    assert_eq!(check(&["Basic dXNlcjpwYXNzd29yZA=="]), Ok(()));
    assert_eq!(check(&["basic dXNlcjpwYXNzd29yZA=="]), Ok(()));
    assert_eq!(check(&[]), Err(Refusal::NoCredentials));
    for wrong in [
        "Basic dXNlcjpwYXNzd29yeA==", // user:passworx
        "Basic dXNlcjpwYXNzd29yZCA=", // a blank at the end
        "Basic dXNlcg==",
        "Basic Og==",
        "Basic ",
        "Basic",
        "Bearer dXNlcjpwYXNzd29yZA==",
        "dXNlcjpwYXNzd29yZA==",
        "Basic user:password",
        "",
    ] {
        assert_eq!(check(&[wrong]), Err(Refusal::WrongCredentials), "{wrong}");
        assert_eq!(check(&[wrong]).unwrap_err().status(), 401);
    }
    assert!(check(&["Basic dXNlcjpwYXNzd29yZA==", "Basic dXNlcjpwYXNzd29yZA=="]).is_err());
    assert!(Webhooks::without_credentials().unwrap().authorize(&headers(&[])).is_ok());

    let rotating = webhooks.clone().or_basic("user", "new").unwrap();
    for (pair, is_old) in [("Basic dXNlcjpwYXNzd29yZA==", true), ("Basic dXNlcjpuZXc=", false)] {
        assert!(rotating.authorize(&headers(&[pair])).is_ok());
        assert_eq!(webhooks.authorize(&headers(&[pair])).is_ok(), is_old);
    }
    assert!(!format!("{rotating:?}").contains("user"));

    for (user, password, field) in [
        ("", "a", "webhook_user"),
        ("a:b", "a", "webhook_user"),
        ("a", "", "webhook_password"),
        ("a", "b\n", "webhook_password"),
    ] {
        let error = Webhooks::basic(user, password).unwrap_err();
        assert_eq!((error.kind(), error.violations()[0].field()), (ErrorKind::InvalidInput, field));
    }
    for (user, password) in [("", "hunter2\n"), ("enablex:hunter2", "x")] {
        assert!(!Webhooks::basic(user, password).unwrap_err().to_string().contains("hunter2"));
    }
    // Any script.
    let webhooks = Webhooks::basic("आशा", "пароль").unwrap();
    assert!(webhooks.authorize(&headers(&["Basic 4KSG4KS24KS+OtC/0LDRgNC+0LvRjA=="])).is_ok());
}

#[test]
fn a_redelivery_has_the_same_key_and_another_event_has_not() {
    let key = |body: &Value| event(body).dedup_key();
    let body = sample("webhook.recording");
    let first = key(&body);
    assert_eq!(key(&body), first);
    for (trans_date, is_same) in
        [(json!(1_721_900_040), true), (json!(1_721_900_040_000_u64), true), (json!("1721900041"), false)]
    {
        let mut again = body.clone();
        again["trans_date"] = trans_date;
        assert_eq!(key(&again) == first, is_same);
    }
    for field in ["type", "room_id", "conf_num", "app_id", "recording", "new"] {
        let mut other = body.clone();
        other[field] = json!("other");
        assert_ne!(key(&other), first, "{field}");
    }
    // Keys in another order, at every level.
    let one: Event = serde_json::from_str(r#"{"type":"x","user":{"a":1,"b":[{"c":2,"d":3}]}}"#).unwrap();
    let other: Event = serde_json::from_str(r#"{"user":{"b":[{"d":3,"c":2}],"a":1},"type":"x"}"#).unwrap();
    assert_eq!(one.dedup_key(), other.dedup_key());
    // Written and read again, by whichever features of serde_json.
    let odd: Event = serde_json::from_str(r#"{"v": 15638.18841194781478185, "w": [1e2, 1.10]}"#).unwrap();
    let again: Event = serde_json::from_str(&serde_json::to_string(&odd).unwrap()).unwrap();
    assert_eq!(again.dedup_key(), odd.dedup_key());
    // Times that no number of milliseconds tells apart.
    for (one, other) in
        [("1960-01-01T00:00:00Z", "1950-01-01T00:00:00Z"), ("1721900040123.4", "1721900040123.3")]
    {
        assert_ne!(key(&json!({"trans_date": one})), key(&json!({"trans_date": other})));
    }
    // Where a text ends matters.
    assert_ne!(key(&json!({"type": "x", "a": ["b", "c"]})), key(&json!({"type": "x", "a": ["b,c"]})));
    for odd in [json!({}), json!({"type": "a b\r\n:".repeat(1000), "room_id": "x".repeat(900)})] {
        let key = key(&odd);
        assert!(
            key.len() < 300 && key.chars().all(|c| c.is_ascii_alphanumeric() || "-_.:".contains(c)),
            "{key}"
        );
    }
}

#[tokio::test]
async fn seen_before() {
    let clock = std::sync::Arc::new(MovedClock::new());
    let seen = SeenInMemory::new(3, Duration::from_secs(60)).clock(clock.clone());
    let is_new = async |key| seen.is_new(key).await.unwrap();
    assert!(is_new("a").await);
    assert!(!is_new("a").await);
    seen.forget("a").await.unwrap();
    seen.forget("nothing").await.unwrap();
    assert!(is_new("a").await);

    enablex::Clock::sleep(&*clock, Duration::from_secs(59)).await;
    assert!(!is_new("a").await);
    assert!(is_new("b").await);
    enablex::Clock::sleep(&*clock, Duration::from_secs(1)).await;
    assert!(is_new("a").await);
    assert!(!is_new("b").await);

    // Of more than three the oldest is forgotten, and a known one forgets nothing.
    assert!(is_new("c").await);
    assert!(!is_new("c").await && !is_new("b").await);
    assert!(is_new("d").await);
    assert!(is_new("b").await);
    assert!(!is_new("c").await && !is_new("d").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_one_is_first() {
    let seen = std::sync::Arc::new(SeenInMemory::new(10, Duration::from_secs(60)));
    let calls = (0..100).map(|_| {
        tokio::spawn({
            let seen = seen.clone();
            async move { seen.is_new("a").await.unwrap() }
        })
    });
    let first = futures_util::future::join_all(calls).await;
    assert_eq!(first.into_iter().filter(|first| *first.as_ref().unwrap()).count(), 1);
}
