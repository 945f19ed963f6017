//! What a handler responds to its own caller.

use std::time::{Duration, SystemTime};

use axum::{
    body::to_bytes,
    response::{IntoResponse, Response},
};
use enablex::{Error, HttpResponse, NewRoom, RetryPolicy, Role, Settings, TokenRequest, sandbox::Sandbox};
use serde_json::{Value, json};

use crate::{
    sample,
    server::{APP_ID, APP_KEY, Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

fn request() -> TokenRequest {
    TokenRequest::new("Asha Rao", Role::Participant, "emp-1042")
}

async fn token_error(server: &Server) -> Error {
    server.client().room(ROOM).create_token(request()).await.unwrap_err()
}

fn told(error: &Error) -> (u16, String) {
    let response = error.http_response();
    assert_eq!(error.http_status(), response.status);
    (response.status.as_u16(), response.reason.to_owned())
}

/// The statuses of the sandbox's refusals are other ones: what counts is whom the fault belongs to.
#[tokio::test]
async fn each_failure_of_the_service_has_the_status_of_whom_it_concerns() {
    for (name, status, reason) in [
        ("error.app.10000", 500, "internal"),
        ("error.code.401-rotated", 500, "internal"),
        ("error.code.401", 500, "internal"),
        ("error.code.403", 500, "internal"),
        ("error.code.422", 422, "invalid"),
        ("error.code", 503, "unavailable"),
        ("error.room.10009-unknown-setting", 422, "invalid"),
        ("error.room.10030-active", 409, "busy"),
        ("error.room.50001-fault", 502, "failed"),
        ("error.token.10104-role", 422, "invalid"),
        ("error.token.10105-busy", 503, "unavailable"),
        ("error.token.10111-over", 410, "over"),
        ("error.token.10113-inactive", 409, "not_open"),
        ("error.token.10114-full", 409, "room_full"),
        ("error.token.40001-no-room", 404, "room_gone"),
        ("error.token.40002-unauthorized", 500, "internal"),
    ] {
        for sent in [200, 400, 409, 500] {
            let body = sample(name);
            let error = token_error(&Server::json(sent, &body).await).await;
            // 409 says more than a word for anything that is bad.
            let expected = match (name, sent) {
                ("error.code.422", 409) => (409, "busy"),
                _ => (status, reason),
            };
            assert_eq!(told(&error), (expected.0, expected.1.to_owned()), "{name} {sent}");
            let text = serde_json::to_string(&error.http_response()).unwrap();
            let secrets =
                ["error", "desc", "message", "request_id", "error_code"].map(|key| body[key].as_str());
            for secret in secrets.into_iter().flatten().chain([ROOM, APP_ID, APP_KEY, "127.0.0.1"]) {
                assert!(secret == "error" || !text.contains(secret), "{secret}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn outages_are_502_503_and_504() {
    let page = http(502, "text/html", "<html>bad gateway</html>");
    for (bytes, status, reason) in [
        (page, 502, "failed"),
        (http(503, "text/html", ""), 503, "unavailable"),
        (http(500, "text/html", ""), 502, "failed"),
        // A server that the base URL leads to by mistake.
        (http(404, "text/html", ""), 500, "internal"),
        (http(200, "application/json", r#"{"result": 0, "token": null}"#), 502, "failed"),
        (Vec::new(), 503, "unavailable"),
    ] {
        let shown = String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(
            told(&token_error(&Server::saying(bytes).await).await),
            (status, reason.into()),
            "{shown}"
        );
    }
    let busy = "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let response = token_error(&Server::saying(busy).await).await.http_response();
    assert_eq!(response.retry_after, Some(Duration::from_secs(7)));
    assert_eq!(json!(response)["retry_after_s"], 7);
    let mut response = response;
    response.retry_after = Some(Duration::MAX);
    assert_eq!(json!(response)["retry_after_s"], u64::MAX);

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}/video/v2", listener.local_addr().unwrap());
    let client = enablex::Client::builder()
        .credentials(APP_ID, APP_KEY)
        .base_url(&base_url)
        .attempt_timeout(Duration::from_millis(20))
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let error = client.room(ROOM).get().await.unwrap_err();
    assert_eq!(told(&error), (504, "timeout".into()));
    drop(listener);
    let error = client.room(ROOM).get().await.unwrap_err();
    assert_eq!(told(&error), (503, "unavailable".into()));

    // A room may have been created.
    let server = Server::saying("").await;
    let error = server.client().rooms().create(NewRoom::permanent("a", "b")).await.unwrap_err();
    assert_eq!(told(&error), (502, "may_be_done".into()));
}

/// The facts: a scheduled room opens 15 minutes before its start.
#[tokio::test]
async fn a_schedule_tells_early_from_over() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let start = sandbox.now() + Duration::from_secs(3600);
    let room = client.rooms().create(NewRoom::scheduled("Interview", "branch-12", start, 30)).await.unwrap();
    let error = client.room(&room).create_token(request()).await.unwrap_err();
    assert_eq!(error.http_status(), 409);
    let now = sandbox.now();
    let (start, _) = room.schedule().unwrap();
    let response = error.http_response_for(&room, now);
    assert_eq!((response.status.as_u16(), response.reason), (425, "early"));
    assert_eq!(error.http_status_for(&room, now), 425);
    let wait = start.duration_since(now).unwrap() - Duration::from_secs(15 * 60);
    assert_eq!(response.retry_after, Some(wait));
    // Rounded up: who waits less is early again.
    assert_eq!(json!(response)["retry_after_s"], wait.as_secs_f64().ceil() as u64);
    let after = start + Duration::from_secs(30 * 60);
    assert_eq!(error.http_status_for(&room, after), 410);
    assert_eq!(error.http_response_for((start, Duration::from_secs(1800)), after).reason, "over");
    assert_eq!(error.http_status_for(None::<SystemTime>.map(|start| (start, None)), after), 409);
}

#[tokio::test]
async fn bad_input_names_fields_and_rules_and_no_values() {
    let error = TokenRequest::new("", "Host 4711", "x").check().unwrap_err();
    let response = error.http_response();
    assert_eq!((response.status.as_u16(), response.reason), (422, "invalid"));
    let fields: Vec<_> = response.fields.iter().map(|field| &*field.field).collect();
    assert_eq!(fields, ["name", "role"]);
    assert!(!json!(response).to_string().contains("4711"));
    let error = NewRoom::permanent("a", "b").settings(Settings::new().moderators(0)).check().unwrap_err();
    assert_eq!(error.http_response().fields[0].field, "settings.moderators");
}

/// What the handler's caller has not sent is no fault of theirs.
#[tokio::test]
async fn settings_of_the_client_are_internal_and_odd_responses_are_failures() {
    let folder = || std::path::Path::new("/no/such/folder");
    let client = enablex::Client::builder().credentials("5af1c0de", "app-key").build().unwrap();
    for error in [
        enablex::Client::new("", "").unwrap_err(),
        enablex::Client::builder().credentials("a", "b").base_url("ftp://a").build().unwrap_err(),
        client.file("https://archive.example.com/a").save_in(folder()).await.unwrap_err(),
    ] {
        assert_eq!(told(&error), (500, "internal".into()), "{error}");
        assert!(error.http_response().fields.is_empty());
    }
    // Statuses that say nothing of the caller's request.
    for status in [402, 405, 406, 413, 415, 418, 451] {
        let body = json!({"status": "error", "error_code": "NEW", "message": "new"});
        assert_eq!(
            told(&token_error(&Server::json(status, body).await).await),
            (502, "failed".into()),
            "{status}"
        );
    }
    // A response larger than the cap.
    let server = Server::json(200, json!({"result": 0, "token": "a".repeat(10_000)})).await;
    let client = server.builder().body_cap(4096).build().unwrap();
    let error = client.room(ROOM).create_token(request()).await.unwrap_err();
    assert_eq!(told(&error), (502, "failed".into()));
    // A room that the service sent without an id.
    let server = Server::json(200, json!({"result": 0, "room": {}})).await;
    let room = server.client().room(ROOM).get().await.unwrap();
    assert_eq!(told(&server.client().room(&room).get().await.unwrap_err()), (500, "internal".into()));
    // A file that is gone.
    let server = Server::json(404, "{}").await;
    let host = server.base_url.split('/').nth(2).unwrap().to_owned();
    let client = server.builder().recording_credentials("user", "password", [host]).build().unwrap();
    let file = client.file(format!("{}/a.mp4", server.base_url));
    let error = file.write_to(&mut Vec::new()).await.unwrap_err();
    assert_eq!(told(&error), (502, "failed".into()));
}

async fn body(response: Response) -> Value {
    serde_json::from_slice(&to_bytes(response.into_body(), 10_000).await.unwrap()).unwrap()
}

#[tokio::test]
async fn an_axum_handler_returns_the_error() {
    let busy = "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let response = token_error(&Server::saying(busy).await).await.into_response();
    assert_eq!(response.status(), 503);
    assert_eq!(response.headers()["retry-after"], "7");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(body(response).await["reason"], "unavailable");

    async fn handler(server: &Server) -> Result<(), HttpResponse> {
        server.client().room(ROOM).create_token(request()).await?;
        Ok(())
    }
    let server = Server::json(403, sample("error.token.10114-full")).await;
    let response = handler(&server).await.into_response();
    assert_eq!(response.status(), 409);
    let text = "The room is full. Try again when someone has left.";
    assert_eq!(body(response).await, json!({"error": text, "reason": "room_full"}));
}
