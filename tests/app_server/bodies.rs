//! Methods, bodies and headers.

use std::time::Duration;

use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::server::{Server, token};

const MIB: usize = 1024 * 1024;

#[tokio::test]
async fn another_method_and_no_json() {
    let server = Server::start(&[]);
    for path in ["/api/create-token/", "/api/create-room/", "/webhooks"] {
        let reply = server.get(path).await;
        reply.failed(405, "method");
        assert_eq!(reply.headers["allow"], "POST");
    }
    let reply = server.post("/api/get-all-rooms", "").await;
    reply.failed(405, "method");
    server.get("/api/nothing").await.failed(404, "not_found");
    for body in ["x", "[]", "\"a\"", "{", "null", &"[".repeat(10_000)] {
        server.post("/api/create-token/", body).await.failed(400, "no_json");
    }
}

#[tokio::test]
async fn a_body_of_more_than_1_mib_is_refused_and_the_caller_hears_it() {
    let server = Server::start(&[]);
    let room = server.room("team-7", json!({})).await;
    let mut largest = token(&room, "viewer");
    largest["more"] = json!("");
    let rest = MIB - largest.to_string().len();
    largest["more"] = json!("a".repeat(rest));
    assert_eq!(largest.to_string().len(), MIB);
    server.post("/api/create-token/", &largest).await.ok();
    let larger = format!("{largest} ");
    server.post("/api/create-token/", &larger).await.failed(413, "too_large");
    for mib in [2, 16] {
        for path in ["/api/create-token/", "/api/create-room/"] {
            server.post(path, "a".repeat(mib * MIB)).await.failed(413, "too_large");
        }
        assert_eq!(server.post("/webhooks", "a".repeat(mib * MIB)).await.status, 413);
        // A path that reads no body.
        server.post("/api/nothing", "a".repeat(mib * MIB)).await.failed(404, "not_found");
    }
}

/// Sends bytes, closes that direction, and returns what came back.
async fn raw(server: &Server, bytes: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut reply = Vec::new();
    _ = stream.read_to_end(&mut reply).await;
    String::from_utf8(reply).unwrap()
}

#[tokio::test]
async fn a_truncated_body_creates_nothing() {
    let server = Server::start(&[]);
    for path in ["/api/create-room/", "/api/create-token/", "/webhooks"] {
        let head = format!("POST {path} HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\n");
        let reply = raw(&server, &format!("{head}{{\"name\":")).await;
        assert!(!reply.contains(" 200 "), "{reply}");
    }
    assert_eq!(server.get("/api/get-all-rooms").await.ok()["rooms"], json!([]));
}

#[tokio::test]
async fn a_caller_that_never_ends_holds_nobody_up() {
    let server = Server::start(&[]);
    let mut slow = Vec::new();
    for _ in 0..50 {
        let mut stream = TcpStream::connect(server.address()).await.unwrap();
        let head = b"POST /api/create-room/ HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n{";
        stream.write_all(head).await.unwrap();
        slow.push(stream);
    }
    let room = tokio::time::timeout(Duration::from_secs(10), server.post("/api/create-room/", "{}"));
    room.await.unwrap().ok();
}

#[tokio::test]
async fn pages_of_other_origins_are_allowed_by_name() {
    let preflight = async |server: &Server, origin: &str| {
        let request =
            server.http.request("OPTIONS".parse().unwrap(), format!("{}/api/create-token/", server.url));
        let request = request
            .header("origin", origin)
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "content-type, access-control-allow-origin");
        server.send(request).await
    };
    let server = Server::start(&[]);
    let reply = preflight(&server, "https://example.com").await;
    assert!(!reply.headers.contains_key("access-control-allow-origin"));

    let server =
        Server::start(&["--allow-origin", "https://example.com", "--allow-origin", "http://localhost:8080"]);
    for origin in ["https://example.com", "http://localhost:8080"] {
        let reply = preflight(&server, origin).await;
        assert_eq!(reply.headers["access-control-allow-origin"], origin);
        let allowed = reply.headers["access-control-allow-headers"].to_str().unwrap().to_owned();
        assert!(
            allowed.contains("content-type") && allowed.contains("access-control-allow-origin"),
            "{allowed}"
        );
        let request = server.request("/api/create-room/", "").header("origin", origin);
        assert_eq!(server.send(request).await.headers["access-control-allow-origin"], origin);
    }
    let reply = preflight(&server, "https://example.com.evil.net").await;
    assert!(!reply.headers.contains_key("access-control-allow-origin"));
}
