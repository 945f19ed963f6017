//! Requests that are not HTTP, incomplete or too large.

use std::net::SocketAddr;

use enablex::sandbox::Sandbox;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::api::Api;

fn address(sandbox: &Sandbox) -> SocketAddr {
    let url = sandbox.base_url();
    url.trim_start_matches("http://").trim_end_matches("/video/v2").parse().unwrap()
}

/// Sends bytes and reads the response until the connection closes, which may also break.
async fn exchange(api: &Api, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address(&api.sandbox)).await.unwrap();
    _ = stream.write_all(bytes).await;
    _ = stream.shutdown().await;
    let mut answer = Vec::new();
    _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn it_outlives_anything() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    // An incomplete request stays open meanwhile.
    let mut half = TcpStream::connect(address(&api.sandbox)).await.unwrap();
    half.write_all(b"POST /video/v2/rooms HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n{")
        .await
        .unwrap();

    let huge =
        format!("GET /video/v2/rooms HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "y".repeat(2 * 1024 * 1024));
    let many = format!("GET / HTTP/1.1\r\nhost: a\r\n{}\r\n", "x: y\r\n".repeat(5000));
    let long = format!("GET /{} HTTP/1.1\r\nhost: a\r\n\r\n", "z".repeat(200_000));
    let table: [&[u8]; 12] = [
        b"",
        b"\r\n\r\n",
        b"\0\xff\xfe garbage \x80\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET",
        b"GET /video/v2/rooms HTTP/1.1\r\nhost: a\r\n",
        b"GET /video/v2/rooms HTTP/9.9\r\nhost: a\r\n\r\n",
        b"POST /video/v2/rooms HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
        b"POST /video/v2/rooms HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        huge.as_bytes(),
        many.as_bytes(),
        long.as_bytes(),
    ];
    for bytes in table {
        let answer = exchange(&api, bytes).await;
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
        api.get(&room).await.ok();
    }
    drop(half);
    assert_eq!(api.get("/rooms").await.ok()["rooms"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_body_that_breaks_is_answered() {
    let api = Api::start().await;
    for path in ["/_sandbox/clock", "/video/v2/rooms"] {
        let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\n");
        for body in ["transfer-encoding: chunked\r\n\r\nzz\r\n", "content-length: 9\r\n\r\n{"] {
            let answer = exchange(&api, format!("{head}{body}").as_bytes()).await;
            assert!(answer.starts_with("HTTP/1.1 4"), "{path} {body}: {answer}");
        }
    }
}

#[tokio::test]
async fn odd_targets() {
    let api = Api::start().await;
    for target in ["*", "http://other.example/video/v2/rooms", "//video/v2/rooms", "/video/v2/rooms?a=b"] {
        let request = format!("GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let answer = exchange(&api, request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{target}: {answer}");
    }
}

#[tokio::test]
async fn two_requests_on_one_connection() {
    let api = Api::start().await;
    let bad = "POST /video/v2/rooms HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n\r\n{[}";
    let answer = exchange(&api, format!("{bad}{bad}").as_bytes()).await;
    assert_eq!(answer.matches("HTTP/1.1 401").count(), 2, "{answer}");
}

#[tokio::test]
async fn dropping_it_stops_the_server() {
    let api = Api::start().await;
    let address = address(&api.sandbox);
    let mut open = TcpStream::connect(address).await.unwrap();
    api.get("/rooms").await.ok();
    drop(api);
    let mut byte = [0];
    assert!(matches!(open.read(&mut byte).await, Ok(0) | Err(_)));
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn a_port_that_is_taken() {
    let api = Api::start().await;
    let taken = Sandbox::builder().port(address(&api.sandbox).port()).start().await.unwrap_err();
    assert_eq!(taken.kind(), enablex::ErrorKind::Setup);
}

#[tokio::test]
async fn nothing_shows_the_key() {
    let builder = Sandbox::builder().app_id("5af1c0de").app_key("not-to-be-seen");
    assert!(!format!("{builder:?}").contains("not-to-be-seen"));
    let sandbox = builder.start().await.unwrap();
    assert!(!format!("{sandbox:?}").contains("not-to-be-seen"));
    assert_eq!(sandbox.app_key(), "not-to-be-seen");
    sandbox.client().unwrap().rooms().list().await.unwrap();
}

#[tokio::test]
async fn another_key() {
    let api = Api::start().await;
    let (before, rotated) = (api.sandbox.client().unwrap(), "rotated-key");
    api.sandbox.set_app_key(rotated).unwrap();
    assert_eq!(api.sandbox.app_key(), rotated);
    let refused = before.rooms().list().await.unwrap_err();
    assert_eq!(refused.code(), Some(&enablex::ErrorCode::Unauthorized));
    api.sandbox.reset();
    api.sandbox.client_builder().build().unwrap().rooms().list().await.unwrap();

    let broken = api.sandbox.set_app_key("two words").unwrap_err();
    assert_eq!(broken.violations()[0].field(), "app_key");
    assert_eq!(api.sandbox.app_key(), rotated);
}
