//! The operations of the API.

use http::{StatusCode, request::Parts};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{
    answer::Answer, body::Body, dial_in, host, query::Query, refusal::Refusal, route::Operation,
    shared::Shared, token::IssuedToken,
};
use crate::{bindings::types, wire::ResultField};

/// Answers a call: who it is from, what it asks for, whether it is well formed, and whether the
/// rules let it through, in this order.
pub(super) fn answer(shared: &Shared, head: &Parts, body: &Body, request_id: &str) -> Answer {
    let call = || {
        shared.auth.check(&head.headers)?;
        match Operation::of(&head.method, head.uri.path(), shared.last_day)? {
            Operation::CreateRoom => create_room(shared, head, body),
            Operation::GetRoomList => get_room_list(shared),
            Operation::GetRoomById(id) => get_room_by_id(shared, id),
            Operation::UpdateRoomById(id) => update_room_by_id(shared, id, head, body),
            Operation::DeleteRoom(id) => delete_room(shared, id),
            Operation::GetRoomUsers(id) => get_room_users(shared, id),
            Operation::CreateToken(id) => create_token(shared, id, head, body),
            Operation::GetCdr(query) => Ok(Answer::report(shared.store().report(query))),
            Operation::GetArchive(query) => get_archive(shared, head, query),
            Operation::GetDialInNumbers => ok(&dial_in::answer(shared.auth.app_key().expose_secret())),
        }
    };
    call().unwrap_or_else(|refusal| Answer::refusal(refusal, request_id))
}

type Answered = Result<Answer, Refusal>;

fn create_room(shared: &Shared, head: &Parts, body: &Body) -> Answered {
    let body = Value::Object(body.object(&head.headers)?);
    let now = shared.store().now();
    shared.checks.create_room(&body, now)?;
    room(shared.store().create_room(into_object(body))?)
}

fn get_room_list(shared: &Shared) -> Answered {
    let rooms = shared.store().rooms();
    ok(&types::RoomListResponse { result: success(), rooms: Some(rooms), ..Default::default() })
}

fn get_room_by_id(shared: &Shared, id: &str) -> Answered {
    room(shared.store().room_answer(id)?)
}

fn update_room_by_id(shared: &Shared, id: &str, head: &Parts, body: &Body) -> Answered {
    let body = Value::Object(body.object(&head.headers)?);
    let (kind, now) = {
        let mut store = shared.store();
        (store.kind(id)?, store.now())
    };
    shared.checks.update_room(&body, kind, now)?;
    shared.store().update_room(id, into_object(body))?;
    ok(&types::ResultResponse { result: success(), ..Default::default() })
}

fn delete_room(shared: &Shared, id: &str) -> Answered {
    shared.store().delete_room(id)?;
    ok(&types::ResultResponse { result: success(), ..Default::default() })
}

fn get_room_users(shared: &Shared, id: &str) -> Answered {
    let users = shared.store().users(id)?;
    let total = i64::try_from(users.len()).ok().map(Into::into);
    ok(&types::RoomUsersResponse { result: success(), total, users: Some(users), ..Default::default() })
}

fn create_token(shared: &Shared, id: &str, head: &Parts, body: &Body) -> Answered {
    let body = Value::Object(body.object(&head.headers)?);
    shared.store().kind(id)?;
    shared.checks.create_token(&body)?;
    let host = host::asked(&head.headers, shared.address);
    let token = shared.store().create_token(id, &into_object(body), &host)?;
    ok(&IssuedToken::from(&*token))
}

fn get_archive(shared: &Shared, head: &Parts, query: Query<'_>) -> Answered {
    let entries = shared.store().archive.entries(query);
    let (host, app_id) = (host::asked(&head.headers, shared.address), shared.auth.app_id());
    let entries: Vec<_> = entries.iter().map(|entry| entry.answer(&host, app_id)).collect();
    ok(&json!({"result": "0", "archive": entries}))
}

fn room(room: types::Room) -> Answered {
    ok(&types::RoomResponse { result: success(), room: Some(room), ..Default::default() })
}

fn ok(body: &impl serde::Serialize) -> Answered {
    Ok(Answer::json(StatusCode::OK, body))
}

fn success() -> Option<ResultField> {
    Some(0.into())
}

/// The object that the body was before the schemas saw it.
fn into_object(body: Value) -> serde_json::Map<String, Value> {
    match body {
        Value::Object(object) => object,
        _ => serde_json::Map::new(),
    }
}
