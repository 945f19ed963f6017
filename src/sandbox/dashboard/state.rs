//! The state as JSON. It holds no token and no id of one, with which anybody could join.

use std::time::SystemTime;

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    User,
    error::clip,
    sandbox::{dashboard::Call, fault::Fault, room::Room, session::Connection, shared::Shared, token::Token},
    wire::{Text, rfc3339_millis},
};

/// How many entries of a list are shown: the latest.
pub(super) const MOST: usize = 100;
/// How many characters of a text are shown.
const LONGEST: usize = 200;

pub(super) fn json(shared: &Shared) -> Value {
    let mut store = shared.look();
    // No change: they are gone for every caller.
    store.remove_expired();
    let now = store.now();
    let (findings, webhooks) = (store.findings.all(), store.webhooks.deliveries.all());
    json!({
        "now": rfc3339_millis(now),
        "strict": shared.strict,
        "rooms": list(store.rooms.iter().rev().map(|(id, one)| room(id, one))),
        "tokens": list(store.tokens.values().rev().map(|one| token(one, now))),
        "calls": list(store.calls.latest().map(Call::json)),
        "findings": list(findings.iter().rev()),
        "faults": list(store.faults.all().map(Fault::json)),
        "webhooks": list(webhooks.iter().rev()),
        "totals": {
            "rooms": store.rooms.len(),
            "tokens": store.tokens.len(),
            "calls": store.requests,
            "findings": findings.len(),
            "faults": store.faults.all().count(),
            "webhooks": webhooks.len(),
        },
    })
}

fn list<T: Serialize>(all: impl Iterator<Item = T>) -> Value {
    all.take(MOST).map(|one| cut(json!(one))).collect()
}

/// A value without what is too long or too much in it.
fn cut(value: Value) -> Value {
    match value {
        Value::String(text) => clip(&text, LONGEST).into(),
        Value::Array(list) => list.into_iter().take(MOST).map(cut).collect(),
        Value::Object(object) => {
            object.into_iter().take(MOST).map(|(key, value)| (clip(&key, LONGEST), cut(value))).collect()
        }
        other => other,
    }
}

fn room(id: &str, room: &Room) -> Value {
    let connections = room.session.as_ref().map(|session| &*session.connections).unwrap_or_default();
    json!({
        "room_id": id,
        "name": room.text("name"),
        "owner_ref": room.text("owner_ref"),
        "kind": room.kind.as_str(),
        "created": room.text("created"),
        "opens": room.opening().map(rfc3339_millis),
        "closes": room.end().map(rfc3339_millis),
        "conf_num": room.session.as_ref().map(|session| &session.conf_num),
        "users": list(connections.iter().rev().map(entered)),
        "users_total": connections.len(),
    })
}

fn entered(Connection { user, since, .. }: &Connection) -> Value {
    let User { name, role, user_ref, .. } = &user.user;
    json!({
        "name": name.as_ref().and_then(Text::get),
        "role": role,
        "user_ref": user_ref.as_ref().and_then(Text::get),
        "since": rfc3339_millis(*since),
    })
}

fn token(token: &Token, now: SystemTime) -> Value {
    let expires_at = token.expires_at();
    let left = expires_at.duration_since(now).unwrap_or_default();
    let state = match token.used {
        true => "used",
        false if token.is_expired(now) => "expired",
        false => "unused",
    };
    json!({
        "name": token.user.name.as_ref().and_then(Text::get),
        "role": token.role,
        "room_id": token.room_id,
        "issued_at": rfc3339_millis(token.issued_at),
        "expires_at": rfc3339_millis(expires_at),
        "expires_in_s": left.as_millis().div_ceil(1000),
        "state": state,
    })
}
