//! Credentials, addresses, methods and bodies, which are checked before the rules of rooms.

use enablex::reqwest::{
    Method,
    header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use serde_json::{Value, json};

use super::api::{Api, Reply, new_room};

#[tokio::test]
async fn credentials_are_taken_to_the_letter() {
    let api = Api::start().await;
    let pair = format!("{}:{}", api.sandbox.app_id(), api.sandbox.app_key());
    let encoded = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, &pair);
    let blank = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, format!("{pair} "));
    let bad = [
        "".to_owned(),
        "Basic".to_owned(),
        "Basic !!!".to_owned(),
        format!("Basic  {encoded}"),
        format!("Basic {blank}"),
        format!("Bearer {encoded}"),
        format!("Basic {pair}"),
        format!("Basic {}", encoded.to_lowercase()),
    ];
    for header in bad {
        let request = api.anonymous(Method::GET, "/rooms").header(AUTHORIZATION, &header);
        let reply = Reply::of(request.send().await.unwrap()).await;
        reply.failed(401, "UNAUTHORIZED", "credentials");
    }
    let bytes = HeaderValue::from_bytes(b"Basic \xff").unwrap();
    let request = api.anonymous(Method::GET, "/rooms").header(AUTHORIZATION, bytes);
    Reply::of(request.send().await.unwrap()).await.failed(401, "UNAUTHORIZED", "");
    let header = format!("basic {encoded}");
    let twice = api.anonymous(Method::GET, "/rooms").header(AUTHORIZATION, &header);
    let twice = twice.header(AUTHORIZATION, &header).send().await.unwrap();
    Reply::of(twice).await.failed(401, "UNAUTHORIZED", "");
    let request = api.anonymous(Method::GET, "/rooms").header(AUTHORIZATION, header);
    Reply::of(request.send().await.unwrap()).await.ok();
}

#[tokio::test]
async fn every_call_needs_credentials() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let calls = [
        (Method::GET, "/rooms".to_owned()),
        (Method::POST, "/rooms".to_owned()),
        (Method::GET, room.clone()),
        (Method::PATCH, room.clone()),
        (Method::DELETE, room.clone()),
        (Method::GET, format!("{room}/users")),
        (Method::POST, format!("{room}/tokens")),
        (Method::GET, "/nowhere".to_owned()),
    ];
    for (method, path) in calls {
        let reply = Reply::of(api.anonymous(method, &path).send().await.unwrap()).await;
        reply.failed(401, "UNAUTHORIZED", "");
    }
    api.get(&room).await.ok();
}

#[tokio::test]
async fn addresses_and_methods() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    for path in ["/rooms/", &format!("{room}/"), &format!("{room}/users/")] {
        api.get(path).await.ok();
    }
    api.post("/rooms/", &new_room(json!({}))).await.ok();

    for path in
        ["", "/", "/room", "/rooms2", "/rooms/a/b", "/rooms/a/users/c", "/cdr", "/archive/a", "/dialin/a"]
    {
        api.get(path).await.failed(404, "INVALID_PARAM", "address");
    }
    for path in ["/v2/rooms", "/video/v2xyz/rooms", "/video/v2.1/rooms", "/video/v1x/rooms", "/v1", "/rooms"]
    {
        let request = api.http().get(api.url(path));
        let request = request.basic_auth(api.sandbox.app_id(), Some(api.sandbox.app_key()));
        Reply::of(request.send().await.unwrap()).await.failed(404, "INVALID_PARAM", "");
    }
    api.post("/rooms//tokens", &json!({})).await.refused(400, 10001);

    let wrong = [
        (Method::PUT, "/rooms".to_owned(), "GET, POST"),
        (Method::DELETE, "/rooms".to_owned(), "GET, POST"),
        (Method::POST, room.clone(), "DELETE, GET, PATCH"),
        (Method::POST, format!("{room}/users"), "GET"),
        (Method::GET, format!("{room}/tokens"), "POST"),
    ];
    for (method, path, allowed) in wrong {
        let reply = Reply::of(api.request(method, &path).send().await.unwrap()).await;
        reply.failed(405, "INVALID_PARAM", allowed);
        assert_eq!(reply.headers[ALLOW], allowed);
    }
}

#[tokio::test]
async fn every_documented_operation_is_served_or_told_not_to_be() {
    let api = Api::start().await;
    let document: Value = serde_json::from_str(include_str!("../../generated/document.json")).unwrap();
    for (template, operations) in document["paths"].as_object().unwrap() {
        let filled = template.split('/').map(|part| if part.starts_with('{') { "2026-01-01" } else { part });
        let path = filled.collect::<Vec<_>>().join("/");
        for (method, operation) in
            operations.as_object().unwrap().iter().filter(|(_, it)| it["operationId"].is_string())
        {
            let method: Method = method.to_uppercase().parse().unwrap();
            let reply = Reply::of(api.request(method.clone(), &path).send().await.unwrap()).await;
            if reply.status == 501 {
                reply.failed(501, "NOT_IMPLEMENTED", operation["operationId"].as_str().unwrap());
            }
            let is_known = reply.status != 405 && !reply.text.contains("at this address");
            assert!(is_known, "{method} {template}: {reply:?}");
        }
    }
}

#[tokio::test]
async fn bodies_that_are_no_json_object() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let deep = "[".repeat(100_000);
    for (method, path) in [
        (Method::POST, "/rooms".to_owned()),
        (Method::PATCH, room.clone()),
        (Method::POST, format!("{room}/tokens")),
    ] {
        for body in ["", "{", "nonsense", "\u{feff}{}", "{} {}", &deep] {
            api.send(method.clone(), &path, body.to_owned()).await.failed(400, "INVALID_PARAM", "not JSON");
        }
        for body in ["[]", "null", "7", "\"text\""] {
            api.send(method.clone(), &path, body.to_owned()).await.failed(400, "INVALID_PARAM", "object");
        }
        let large = format!("{{\"name\": \"{}\"}}", "x".repeat(1024 * 1024));
        api.send(method.clone(), &path, large).await.failed(413, "INVALID_PARAM", "1 MiB");

        let body = new_room(json!({})).to_string();
        for content_type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
            let request = api.request(method.clone(), &path).header(CONTENT_TYPE, content_type);
            let reply = Reply::of(request.body(body.clone()).send().await.unwrap()).await;
            reply.failed(415, "INVALID_PARAM", "content type");
        }
        let request = api.request(method.clone(), &path).body(body);
        Reply::of(request.send().await.unwrap()).await.failed(415, "INVALID_PARAM", "content type");
    }
    let request = api.request(Method::POST, "/rooms").header(CONTENT_TYPE, "Application/JSON; charset=utf-8");
    let request = request.body(new_room(json!({})).to_string());
    Reply::of(request.send().await.unwrap()).await.ok();
}

#[tokio::test]
async fn requests_are_counted() {
    let api = Api::start().await;
    api.get("/rooms").await;
    api.get("/nowhere").await;
    api.anonymous(Method::GET, "/rooms").send().await.unwrap();
    api.control("clock", r#"{"advance_s": 1}"#).await;
    assert_eq!(api.sandbox.requests(), 3);
    api.sandbox.reset();
    assert_eq!(api.sandbox.requests(), 0);
}
