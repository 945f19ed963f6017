//! The operations of the API: a row each in [`ROUTES`], and the function that serves it.

use std::cell::Cell;

use http::{Method, StatusCode, request::Parts};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::{
    body::Body,
    check::{
        self, Departure,
        lenient::{self, Echoed},
    },
    dial_in, document,
    finding::Finding,
    host,
    query::Query,
    refusal::Refusal,
    response::Response,
    route::{self, Match, Params, Route},
    shared::Shared,
    token::IssuedToken,
};
use crate::{ErrorCode, bindings::types, wire::ResultField};

/// The body of a call.
struct Json {
    /// In the form that the document has.
    body: Value,
    /// In what it departs from the operation's schema.
    departures: Vec<Departure>,
    echoed: Echoed,
}

type Handler = fn(&Call<'_>) -> Result<Response, Refusal>;

const ROUTES: &[Route<Handler>] = &[
    ("POST /rooms", create_room),
    ("GET /rooms", get_room_list),
    ("GET /rooms/{room_id}", get_room_by_id),
    ("PATCH /rooms/{room_id}", update_room_by_id),
    ("DELETE /rooms/{room_id}", delete_room),
    ("GET /rooms/{room_id}/users", get_room_users),
    ("POST /rooms/{room_id}/tokens", create_token),
    ("GET /cdr/period/{from_date}/{to_date}", get_cdr),
    ("GET /cdr/room/{room_id}", get_cdr),
    ("GET /cdr/room-period/{room_id}/{from_date}/{to_date}", get_cdr),
    ("GET /cdr/conf/{conf_num}", get_cdr),
    ("GET /archive/period/{from_date}/{to_date}", get_archive),
    ("GET /archive/room/{room_id}", get_archive),
    ("GET /archive/room-period/{room_id}/{from_date}/{to_date}", get_archive),
    ("GET /archive/conf/{conf_num}", get_archive),
    ("GET /dialin/", get_dial_in_numbers),
];

/// A call of an operation by somebody with the right credentials.
struct Call<'a> {
    shared: &'a Shared,
    head: &'a Parts,
    body: &'a Body,
    route: &'static str,
    params: Params<'a>,
    /// What [`json`](Call::json) has taken beyond the document.
    findings: Cell<Vec<Finding>>,
}

/// Serves a call. Credentials are checked first, then address and method, then the request.
pub(super) fn respond(shared: &Shared, head: &Parts, body: &Body, request_id: &str) -> Response {
    let call = || {
        shared.auth.check(&head.headers)?;
        let found = find(&head.method, head.uri.path())?;
        shared.checks.path(&found.params)?;
        let Match { route, handler, params } = found;
        let call = Call { shared, head, body, route, params, findings: Cell::default() };
        let response = handler(&call)?;
        shared.tell(call.findings.take());
        Ok(response)
    };
    call().unwrap_or_else(|refusal| Response::refusal(refusal, request_id))
}

/// Finds the operation, or refuses with the id of one that the document has and the sandbox does not serve.
fn find<'a>(method: &Method, path: &'a str) -> Result<Match<'a, Handler>, Refusal> {
    route::find(ROUTES, method, path)
        .map_err(|refusal| document::operation(method, path).map_or(refusal, Refusal::not_implemented))
}

impl Call<'_> {
    fn room_id(&self) -> Result<&str, Refusal> {
        Ok(self.params.required("room_id", ErrorCode::RoomIdAbsent)?.unwrap_or_default())
    }

    /// The JSON object of the body.
    fn json(&self) -> Result<Json, Refusal> {
        let mut body = Value::Object(self.body.object(&self.head.headers)?);
        let checks = self.shared.checks;
        let mut departures = checks.departures(self.route, &body);
        let mut echoed = Echoed::new();
        if !self.shared.strict {
            let operation = document::operation_id(self.route);
            let (findings, sent) = lenient::take(operation, &mut body, &departures);
            if !findings.is_empty() {
                departures = checks.departures(self.route, &body);
            }
            self.findings.set(findings);
            echoed = sent;
        }
        Ok(Json { body, departures, echoed })
    }

    /// The host by which the caller has found the sandbox.
    fn host(&self) -> String {
        host::of_request(&self.head.headers, self.shared.address)
    }
}

fn create_room(call: &Call<'_>) -> Result<Response, Refusal> {
    let Json { body, departures, echoed } = call.json()?;
    let now = call.shared.store().now();
    check::new_room(&body, departures, now)?;
    room(call.shared.store().create_room(kept(body, echoed), call.shared.strict)?)
}

fn get_room_list(call: &Call<'_>) -> Result<Response, Refusal> {
    let rooms = call.shared.store().rooms();
    ok(&types::RoomListResponse { result: success(), rooms: Some(rooms), ..Default::default() })
}

fn get_room_by_id(call: &Call<'_>) -> Result<Response, Refusal> {
    let mut found = call.shared.store().get_room(call.room_id()?)?;
    if !call.shared.strict {
        // Seen in this response alone.
        found.is_media_server_available = Some(true.into());
    }
    room(found)
}

fn update_room_by_id(call: &Call<'_>) -> Result<Response, Refusal> {
    let id = call.room_id()?;
    let Json { body, departures, echoed } = call.json()?;
    let (kind, now) = {
        let mut store = call.shared.store();
        (store.kind(id)?, store.now())
    };
    check::room_change(&body, departures, kind, now)?;
    call.shared.store().update_room(id, kept(body, echoed))?;
    ok(&types::ResultResponse { result: success(), ..Default::default() })
}

fn delete_room(call: &Call<'_>) -> Result<Response, Refusal> {
    call.shared.store().delete_room(call.room_id()?)?;
    ok(&types::ResultResponse { result: success(), ..Default::default() })
}

fn get_room_users(call: &Call<'_>) -> Result<Response, Refusal> {
    let users = call.shared.store().users(call.room_id()?)?;
    let total = i64::try_from(users.len()).ok().map(Into::into);
    ok(&types::RoomUsersResponse { result: success(), total, users: Some(users), ..Default::default() })
}

fn create_token(call: &Call<'_>) -> Result<Response, Refusal> {
    let id = call.room_id()?;
    let Json { body, departures, echoed } = call.json()?;
    call.shared.store().kind(id)?;
    check::new_token(&body, departures)?;
    let token = call.shared.store().create_token(
        id,
        &kept(body, echoed),
        &call.host(),
        call.shared.scheme() == "https",
    )?;
    ok(&IssuedToken::from(&*token))
}

fn get_cdr(call: &Call<'_>) -> Result<Response, Refusal> {
    let query = Query::new(&call.params, call.shared.last_day, |published| published)?;
    Ok(Response::report(call.shared.store().report(query)))
}

fn get_archive(call: &Call<'_>) -> Result<Response, Refusal> {
    // No codes are published for the archive.
    let query = Query::new(&call.params, call.shared.last_day, |_| ErrorCode::InvalidParam)?;
    let entries = call.shared.store().archive.entries(query);
    let origin = format!("{}://{}", call.shared.scheme(), call.host());
    let app_id = call.shared.auth.app_id();
    let entries: Vec<_> = entries.iter().map(|entry| entry.json(&origin, app_id)).collect();
    ok(&json!({"result": "0", "archive": entries}))
}

fn get_dial_in_numbers(call: &Call<'_>) -> Result<Response, Refusal> {
    ok(&dial_in::json(call.shared.auth.app_key().expose_secret()))
}

fn room(room: types::Room) -> Result<Response, Refusal> {
    ok(&types::RoomResponse { result: success(), room: Some(room), ..Default::default() })
}

fn ok(body: &impl serde::Serialize) -> Result<Response, Refusal> {
    Ok(Response::json(StatusCode::OK, body))
}

fn success() -> Option<ResultField> {
    Some(0.into())
}

/// The object that [`Call::json`] has read, with what is returned as it was sent.
fn kept(mut body: Value, echoed: Echoed) -> Map<String, Value> {
    lenient::echo(&mut body, echoed);
    match body {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
