//! Requests to the sandbox.

use std::{net::SocketAddr, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{
    Method, Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use serde_json::Value;

use super::{
    api,
    archive::serve,
    auth::{Auth, Recording},
    body::Body,
    check::Checks,
    clock::Clock,
    content::Content,
    control,
    fault::Fault,
    query::LastDay,
    response::{JSON, Response},
    route::BASE_PATH,
    shared::Shared,
    store::Store,
    watched::Watched,
};
use crate::bindings::types;

/// Serves requests, one for each line: method, path and body. `ROOM`, `TOKEN` and `USER` are replaced by the
/// last ones that were created.
pub(crate) fn requests(lines: &[u8]) {
    let auth = Auth::new("app-id".into(), "app-key".into()).unwrap();
    // The pair of the API is taken for files too.
    let recording = Recording::new("app-id".into(), "app-key".into()).unwrap();
    let address = SocketAddr::from(([127, 0, 0, 1], 8080));
    let clock = Clock::new(Duration::ZERO);
    let strict = lines.len().is_multiple_of(2);
    let shared = Shared {
        checks: Checks::get().unwrap(),
        state: Watched::new(Store::new(auth.app_id().to_owned(), clock)),
        auth,
        recording,
        address,
        last_day: LastDay::Included,
        strict,
        finding_observer: None,
    };
    let mut names = [("ROOM", String::new()), ("TOKEN", String::new()), ("USER", String::new())];
    for line in String::from_utf8_lossy(lines).lines().take(16) {
        let line = names.iter().fold(line.to_owned(), |line, (name, value)| line.replace(name, value));
        let mut parts = line.splitn(3, ' ');
        let mut part = || parts.next().unwrap_or_default();
        let (Ok(method), path, body) = (part().parse(), part(), part()) else { continue };
        let Some(json) = respond(&shared, method, path, body) else { continue };

        let pointers = ["/room/room_id", "/token", "/session_user_id"];
        for ((_, value), pointer) in names.iter_mut().zip(pointers) {
            if let Some(new) = json.pointer(pointer).and_then(Value::as_str) {
                *value = new.to_owned();
            }
        }
    }
    // The client can still read the rooms.
    let rooms = respond(&shared, Method::GET, &format!("{BASE_PATH}/rooms"), "").unwrap();
    serde_json::from_value::<types::RoomListResponse>(rooms).unwrap();
}

/// A response as JSON: a success or a failure of the request, not of the sandbox. `None` for a report, for a
/// file and for what browsers show.
fn respond(shared: &Shared, method: Method, path: &str, body: &str) -> Option<Value> {
    let pair = BASE64_STANDARD.encode("app-id:app-key");
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(AUTHORIZATION, format!("Basic {pair}"))
        .header(CONTENT_TYPE, "application/json");
    let (head, ()) = request.body(()).ok()?.into_parts();
    let body = Body::Whole(body.to_owned().into());

    let path = head.uri.path();
    let (response, of_api) = if let Some(control) = control::path(path) {
        (control::respond(shared, &head.method, control, &body), false)
    } else if let Some(file) = serve::path(path) {
        assert!(!serve::respond(shared, &head, file).status.is_server_error());
        return None;
    } else {
        let (request_id, fault) = shared.store().arrive(&head);
        if let Some(replacement) = fault.and_then(Fault::into_replacement) {
            drop(replacement.into_response(&request_id));
        }
        (api::respond(shared, &head, &body, &request_id), true)
    };
    let Response { status, headers, body: content } = response;
    assert!(!status.is_server_error(), "{status}");
    if headers.get(CONTENT_TYPE).is_none_or(|media_type| media_type != JSON) && !of_api {
        return None;
    }
    let json: Value = match content {
        Content::Whole(whole) => serde_json::from_slice(&whole).unwrap(),
        Content::Report(mut report) => {
            assert!(report.next().unwrap().starts_with(b"{"));
            return None;
        }
        Content::Events(_) => return None,
    };
    if of_api {
        // Reports spell it as text, and the numbers to dial in by have none.
        let success = json["result"] == 0 || json["result"] == "0" || json["dialin"].is_array();
        assert_eq!(success, status == StatusCode::OK, "{json}");
    }
    Some(json)
}
