//! What becomes of requests, for the fuzzer.

use std::net::SocketAddr;

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{
    Method, Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use serde_json::Value;

use super::{
    answer::Answer, api, auth::Auth, body::Body, check::Checks, control, route::BASE_PATH, shared::Shared,
};
use crate::bindings::types;

/// Answers requests, a line each: method, path and body. `ROOM`, `TOKEN` and `USER` stand for the
/// last ones that there were.
pub(crate) fn requests(lines: &[u8]) {
    let auth = Auth::new("app-id".into(), "app-key".into()).unwrap();
    let shared = Shared::new(Checks::get().unwrap(), auth, SocketAddr::from(([127, 0, 0, 1], 8080)));
    let mut names = [("ROOM", String::new()), ("TOKEN", String::new()), ("USER", String::new())];
    for line in String::from_utf8_lossy(lines).lines().take(16) {
        let line = names.iter().fold(line.to_owned(), |line, (name, value)| line.replace(name, value));
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().unwrap_or_default();
        let (Ok(method), path, body) = (part().parse(), part(), part()) else { continue };
        let Some(answer) = answer(&shared, method, path, body) else { continue };

        let pointers = ["/room/room_id", "/token", "/session_user_id"];
        for ((_, value), pointer) in names.iter_mut().zip(pointers) {
            if let Some(new) = answer.pointer(pointer).and_then(Value::as_str) {
                *value = new.to_owned();
            }
        }
    }
    // Whatever has happened, the client can read what there is.
    let rooms = answer(&shared, Method::GET, &format!("{BASE_PATH}/rooms"), "").unwrap();
    serde_json::from_value::<types::RoomListResponse>(rooms).unwrap();
}

/// An answer that is JSON, says success or failure, and blames nothing on the sandbox.
fn answer(shared: &Shared, method: Method, path: &str, body: &str) -> Option<Value> {
    let pair = BASE64_STANDARD.encode("app-id:app-key");
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(AUTHORIZATION, format!("Basic {pair}"))
        .header(CONTENT_TYPE, "application/json");
    let (head, ()) = request.body(()).ok()?.into_parts();
    let body = Body::Whole(body.to_owned().into());

    let Answer { status, body, .. } = match control::path(head.uri.path()) {
        Some(control) => control::answer(shared, &head.method, control, &body),
        None => {
            let (request_id, fault) = shared.store().arrive();
            if let Some(instead) = fault.and_then(|fault| fault.instead) {
                drop(instead.answer(&request_id));
            }
            let answer = api::answer(shared, &head, &body, &request_id);
            let json: Value = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(json["result"] == 0, answer.status == StatusCode::OK, "{json}");
            answer
        }
    };
    assert!(!status.is_server_error(), "{body:?}");
    Some(serde_json::from_slice(&body).unwrap())
}
