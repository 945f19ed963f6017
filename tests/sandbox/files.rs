//! The files of the archive.

use std::collections::BTreeSet;

use enablex::{
    reqwest::{
        Method, StatusCode,
        header::{
            ACCEPT_RANGES, ALLOW, AUTHORIZATION, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, IF_RANGE,
            RANGE, WWW_AUTHENTICATE,
        },
    },
    sandbox::{Fault, Sandbox},
};
use serde_json::{Value, json};

use super::api::Api;

/// The entry of a session with two users who published.
async fn entry(api: &Api) -> Value {
    let room = api.room(json!({"auto_recording": true})).await;
    let users = [api.joined(&room, "moderator").await, api.joined(&room, "participant").await];
    users.iter().for_each(|user| api.leave(user));
    let path = room.replace("/rooms/", "/archive/room/");
    api.report(&path).await.pop().unwrap()
}

fn first(entry: &Value) -> String {
    entry["recording"][0]["url"].as_str().unwrap().to_owned()
}

async fn fetch(api: &Api, url: &str) -> Vec<u8> {
    let response = api.file(Method::GET, url).send().await.unwrap();
    assert_eq!(response.status(), 200);
    response.bytes().await.unwrap().into()
}

#[tokio::test]
async fn media_and_json() {
    let api = Api::start().await;
    let [one, other] = [entry(&api).await, entry(&api).await];
    let mut media = BTreeSet::new();
    for entry in [&one, &other] {
        let files = ["recording", "transcoded"].map(|key| entry[key].as_array().unwrap());
        let urls: Vec<_> = files.into_iter().flatten().map(|file| file["url"].as_str().unwrap()).collect();
        assert_eq!(urls.len(), 3);
        for url in urls {
            let bytes = fetch(&api, url).await;
            assert!((20 * 1024..100 * 1024).contains(&bytes.len()), "{}", bytes.len());
            assert_eq!(fetch(&api, url).await, bytes);
            media.insert(bytes);
        }
    }
    assert_eq!(media.len(), 6);

    let head = api.file(Method::GET, &first(&one)).send().await.unwrap();
    assert_eq!(head.headers()[CONTENT_TYPE], "video/x-matroska");
    assert_eq!(head.headers()[ACCEPT_RANGES], "bytes");
    for key in ["chatdata", "metadata"] {
        let response = api.file(Method::GET, one[key].as_str().unwrap()).send().await.unwrap();
        assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
        let json: Value = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap();
        assert_eq!(json["conf_num"], one["conf_num"]);
    }
}

#[tokio::test]
async fn whoever_comes_with_other_credentials_gets_403() {
    let api = Api::start().await;
    let url = first(&entry(&api).await);
    let encode = |pair: String| base64::Engine::encode(&base64::prelude::BASE64_STANDARD, pair);
    let (user, password) = (api.sandbox.recording_user(), api.sandbox.recording_password());
    assert_eq!((user, &*password), ("sandbox-recording-user", "sandbox-recording-password"));
    let right = encode(format!("{user}:{password}"));
    let bad = [
        None,
        Some(String::new()),
        Some("Basic".to_owned()),
        Some("Basic !!!".to_owned()),
        Some(format!("Bearer {right}")),
        Some(format!("Basic  {right}")),
        Some(format!("Basic {}", encode(format!("{user}:{password} ")))),
        Some(format!("Basic {}", encode(format!("{user}:")))),
        Some(format!("Basic {}", encode(format!("{}:{}", api.sandbox.app_id(), api.sandbox.app_key())))),
        Some(format!("Basic {}", encode(format!("{user}:{}", api.sandbox.app_key())))),
    ];
    // Nor does the response say which files exist.
    let urls = [
        url.clone(),
        url.replace("stream-1", "stream-9"),
        api.url("/archive/none/none"),
        api.url("/archive"),
    ];
    for header in bad {
        for (url, method) in urls.iter().zip([Method::GET, Method::HEAD, Method::DELETE, Method::GET]) {
            let request = api.http().request(method, url);
            let request = match &header {
                Some(header) => request.header(AUTHORIZATION, header),
                None => request,
            };
            let response = request.send().await.unwrap();
            assert_eq!(response.status(), 403, "{header:?} {url}");
            assert!(!response.headers().contains_key(WWW_AUTHENTICATE));
            assert_eq!(response.headers()[CONTENT_TYPE], "text/html");
        }
    }
    let twice = api.file(Method::GET, &url).header(AUTHORIZATION, format!("Basic {right}"));
    assert_eq!(twice.send().await.unwrap().status(), 403);

    // The API does not accept the credentials of the files.
    let response = api.anonymous(Method::GET, "/rooms").basic_auth(user, Some(password)).send().await;
    assert_eq!(response.unwrap().status(), 401);
    fetch(&api, &url).await;
}

#[tokio::test]
async fn credentials_of_ones_own() {
    let builder = Sandbox::builder().recording_user("marked-user").recording_password("marked-password");
    assert!(!format!("{builder:?}").contains("marked-password"));
    let sandbox = builder.start().await.unwrap();
    assert!(!format!("{sandbox:?}").contains("marked-password"));
    assert_eq!(sandbox.recording_user(), "marked-user");
    assert_eq!(sandbox.recording_password(), "marked-password");
    assert_eq!(sandbox.base_url(), format!("http://{}/video/v2", sandbox.host()));

    let builders = [
        (Sandbox::builder().recording_user("a:b"), "recording_user"),
        (Sandbox::builder().recording_user(""), "recording_user"),
        (Sandbox::builder().recording_password("marked password"), "recording_password"),
        (Sandbox::builder().recording_password(""), "recording_password"),
    ];
    for (builder, field) in builders {
        let error = builder.start().await.unwrap_err();
        assert_eq!(error.violations().len(), 1);
        assert_eq!(error.violations()[0].field(), field);
        assert!(!format!("{error:?}").contains("marked password"));
    }
}

#[tokio::test]
async fn get_and_head_alone_for_what_there_is() {
    let api = Api::start().await;
    let entry = entry(&api).await;
    let url = first(&entry);
    let whole = fetch(&api, &url).await;
    let head = api.file(Method::HEAD, &url).header(RANGE, "bytes=0-1").send().await.unwrap();
    assert_eq!(head.status(), 200);
    assert_eq!(head.headers()[CONTENT_LENGTH], whole.len().to_string());
    assert!(head.headers().contains_key(ETAG));
    assert!(head.bytes().await.unwrap().is_empty());

    for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::OPTIONS] {
        let response = api.file(method, &url).body("{}").send().await.unwrap();
        assert_eq!(response.status(), 405);
        assert_eq!(response.headers()[ALLOW], "GET, HEAD");
    }
    let id = entry["_id"].as_str().unwrap();
    for path in [
        "/archive",
        "/archive/",
        "/archive/none/stream-1.mkv",
        &format!("/archive/{id}"),
        &format!("/archive/{id}/"),
        &format!("/archive/{id}/stream-0.mkv"),
        &format!("/archive/{id}/stream-3.mkv"),
        &format!("/archive/{id}/stream-01.mkv"),
        &format!("/archive/{id}/stream-1.mkv/"),
        &format!("/archive//{id}/stream-1.mkv"),
    ] {
        let response = api.file(Method::GET, &api.url(path)).send().await.unwrap();
        assert_eq!(response.status(), 404, "{path}");
    }
    api.sandbox.reset();
    assert_eq!(api.file(Method::GET, &url).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn ranges() {
    let api = Api::start().await;
    let entry = entry(&api).await;
    let url = first(&entry);
    let response = api.file(Method::GET, &url).send().await.unwrap();
    let tag = response.headers()[ETAG].clone();
    let text = tag.to_str().unwrap().to_owned();
    assert!(text.starts_with('"') && text.ends_with('"') && text.len() > 2, "{text}");
    let whole = response.bytes().await.unwrap();
    let length = whole.len();

    let parts = [
        ("bytes=0-".to_owned(), 0..length),
        ("bytes=0-0".to_owned(), 0..1),
        ("bytes=5-9".to_owned(), 5..10),
        ("Bytes=1000-".to_owned(), 1000..length),
        (format!("bytes={}-", length - 1), length - 1..length),
        (format!("bytes=7-{length}"), 7..length),
        ("bytes=7-99999999999999999999999999".to_owned(), 7..length),
    ];
    for (range, part) in parts {
        let response = api.file(Method::GET, &url).header(RANGE, &range).send().await.unwrap();
        assert_eq!(response.status(), 206, "{range}");
        let content_range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
        assert_eq!(response.headers()[CONTENT_RANGE], content_range);
        assert_eq!(response.headers()[CONTENT_LENGTH], part.len().to_string());
        assert_eq!(response.headers()[ETAG], tag);
        assert_eq!(response.bytes().await.unwrap(), whole.slice(part), "{range}");
    }
    for range in [
        format!("bytes={length}-"),
        format!("bytes={length}-{}", length + 5),
        "bytes=9999999-".into(),
        "bytes=99999999999999999999999999-".into(),
    ] {
        let response = api.file(Method::GET, &url).header(RANGE, &range).send().await.unwrap();
        assert_eq!(response.status(), 416, "{range}");
        assert_eq!(response.headers()[CONTENT_RANGE], format!("bytes */{length}"));
        assert!(response.bytes().await.unwrap().is_empty());
    }
    for range in [
        "bytes=-5",
        "bytes=9-5",
        "bytes=0-1,4-5",
        "bytes=a-",
        "bytes=+1-",
        "bytes 0-1",
        "lines=0-1",
        "bytes=",
        "bytes=-",
        "",
    ] {
        let response = api.file(Method::GET, &url).header(RANGE, range).send().await.unwrap();
        assert_eq!(
            (response.status(), response.bytes().await.unwrap()),
            (StatusCode::OK, whole.clone()),
            "{range}"
        );
    }

    let other = api.file(Method::HEAD, entry["recording"][1]["url"].as_str().unwrap()).send().await.unwrap();
    let other = other.headers()[ETAG].to_str().unwrap().to_owned();
    assert_ne!(other, text);
    let weak = format!("W/{text}");
    for (condition, status) in
        [(&*text, 206), (&*other, 200), (&*weak, 200), ("Mon, 04 Mar 2024 09:15:00 GMT", 200)]
    {
        let request = api.file(Method::GET, &url).header(RANGE, "bytes=1-2").header(IF_RANGE, condition);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status, "{condition}");
        assert_eq!(response.bytes().await.unwrap().len(), if status == 206 { 2 } else { length });
    }
}

#[tokio::test]
async fn they_are_no_calls_of_the_api() {
    let api = Api::start().await;
    let url = first(&entry(&api).await);
    let before = api.sandbox.requests();
    api.sandbox.inject(Fault::dropped());
    fetch(&api, &url).await;
    assert_eq!(api.http().get(&url).send().await.unwrap().status(), 403);
    assert_eq!(api.sandbox.requests(), before);
    assert!(api.request(Method::GET, "/rooms").send().await.is_err());

    // Paths that only start like it belong to the API.
    let response = api.file(Method::GET, &api.url("/archives")).send().await.unwrap();
    assert_eq!(response.status(), 401);
    assert_eq!(api.sandbox.requests(), before + 2);
}
