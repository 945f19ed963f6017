//! A connection, and the user who joins over it.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;
use serde_json::{Value, json};
use socketioxide::extract::{AckSender, SocketRef};

use super::{ended, event::Event, listed, refusal::Refusal};
use crate::sandbox::{
    connection::{Connection, Handle},
    host,
    join::SessionUser,
    shared::Shared,
    store::Store,
};

/// A connection. The library has it in the extensions of the connection's request.
pub(super) struct Connected {
    shared: Arc<Shared>,
    connection: Handle,
    peer: Option<IpAddr>,
    joined: Mutex<Option<Arc<Joined>>>,
}

pub(super) struct Joined {
    pub user: SessionUser,
    /// The number of the latest change that the user knows.
    pub since: u64,
}

impl Joined {
    /// The user who has joined over the connection of a socket.
    pub fn of(socket: &SocketRef) -> Option<Arc<Self>> {
        Connected::of(socket)?.joined()
    }
}

impl Connected {
    pub fn new(shared: Arc<Shared>, connection: &Connection) -> Arc<Self> {
        Arc::new(Self {
            shared,
            connection: connection.handle(),
            peer: connection.peer(),
            joined: Mutex::default(),
        })
    }

    fn of(socket: &SocketRef) -> Option<&Arc<Self>> {
        socket.req_parts().extensions.get()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<Joined>>> {
        self.joined.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn joined(&self) -> Option<Arc<Joined>> {
        self.lock().clone()
    }

    /// Answers the events of a connection until it ends.
    pub fn serve(socket: &SocketRef) {
        let Some(this) = Self::of(socket).cloned() else { return };
        let leaving = this.clone();
        socket.on_fallback(move |socket: SocketRef, event: Event, ack: AckSender| {
            // Without an await, so that no other event and no end of the connection comes in between.
            let this = this.clone();
            async move { this.handle(&socket, event, ack) }
        });
        socket.on_disconnect(async move || leaving.leave());
    }

    fn handle(&self, socket: &SocketRef, event: Event, ack: AckSender) {
        let Event { name, argument, is_acknowledged } = event;
        if !socket.connected() {
            return;
        }
        if name != "token" {
            let answer = argument.and_then(|argument| self.answer(socket, &name, &argument));
            return self.acknowledge(ack, &answer.unwrap_or_else(Refusal::json));
        }
        match argument.and_then(|token| self.join(socket, &token)) {
            Ok((answer, room_connected)) => {
                self.acknowledge(ack, &("success", answer));
                tell(socket, "room-connected", &room_connected);
            }
            Err(refusal) if is_acknowledged || self.joined().is_some() => {
                self.acknowledge(ack, &("success", refusal.json()));
            }
            Err(refusal) => end(socket, &json!({"cause": refusal.json()})),
        }
    }

    fn acknowledge(&self, ack: AckSender, answer: &impl Serialize) {
        if ack.send(answer).is_err() {
            self.connection.close();
        }
    }

    /// What an event other than a token is acknowledged with.
    fn answer(&self, socket: &SocketRef, name: &str, argument: &Value) -> Result<Value, Refusal> {
        let done = json!({"result": 0});
        // Sent after a refusal, too.
        if name == "logClientEvents" {
            return Ok(done);
        }
        let joined = self.joined().ok_or(Refusal::NotJoined)?;
        match name {
            "publish" if !joined.user.may_publish() => Err(Refusal::Forbidden),
            "publish" => Ok(json!({"result": 0, "id": self.shared.store().stream_id()})),
            "signaling_message" => {
                // The client takes its stream as connected, and does not wait for media.
                if argument["msg"]["type"] == "offer" {
                    let ready = json!({"streamId": argument["streamId"], "msg": {"type": "ready"}});
                    tell(socket, "media_engine_connecting", &ready);
                }
                Ok(done)
            }
            "unpublish" => Ok(done),
            // The client leaves by closing its connection, which follows.
            "drop" if argument["self"] == true => Ok(done),
            "getMaxNumberOfTalker" => {
                let store = self.shared.store();
                let most = store.room_of(&joined.user).and_then(|room| room.count("max_active_talkers"));
                Ok(json!({"result": 0, "maxTalkers": most}))
            }
            _ => Err(Refusal::NotServed),
        }
    }

    /// Joins with a decoded token, to which clients add keys of their own. Returns what is acknowledged, and
    /// the event that follows.
    fn join(&self, socket: &SocketRef, token: &Value) -> Result<(Value, Value), Refusal> {
        if self.joined().is_some() {
            return Err(Refusal::Joined);
        }
        let id = token["tokenId"].as_str().ok_or(Refusal::Malformed)?;
        let (joined, room_connected) = {
            let mut store = self.shared.store();
            let user = store.admit(id)?;
            let room_connected = self.room_connected(socket, &store, &user);
            (Joined { user, since: store.changes.latest() }, room_connected)
        };
        let user = &joined.user;
        let peer = self.peer.map(|peer| peer.to_string());
        let answer = json!({"result": 0, "clientId": user.id, "connectedIP": peer});
        socket.join(user.room_id.clone());
        *self.lock() = Some(Arc::new(joined));
        Ok((answer, room_connected.unwrap_or_else(ended)))
    }

    /// The room, the user, and everyone in the session.
    fn room_connected(&self, socket: &SocketRef, store: &Store, user: &SessionUser) -> Option<Value> {
        let room = store.room_of(user)?;
        let mut json = json!(room.response());
        json["settings"]["quality"] = json!(room.quality());
        json["conf_num"] = json!(room.session.as_ref()?.conf_num);
        let host = host::of_request(&socket.req_parts().headers, self.shared.address);
        Some(json!({
            "id": user.room_id,
            "clientId": user.id,
            "room": json,
            "user": listed(user),
            "userList": room.users().map(listed).collect::<Vec<_>>(),
            "streams": [],
            // Versions before 1.9 read these lists.
            "videoBitrateQualityMap": {"minBwKbpsToCheck": 0, "bpsQualityMapTable": [], "camResTable": []},
            "raisedHands": [],
            "approvedHands": [],
            "floorInvites": [],
            // Without it the SDK asks EnableX's own host after a broken connection.
            "internetDetectionUrl": format!("{}://{host}/_sandbox/online", self.shared.scheme()),
        }))
    }

    fn leave(&self) {
        let joined = self.lock().take();
        if let Some(joined) = joined {
            self.shared.store().leave(&joined.user.id);
        }
    }
}

/// Sends an event. A client that has not read for long loses its connection, so that it misses nothing.
pub(super) fn tell(socket: &SocketRef, event: &str, payload: &Value) {
    if socket.emit(event, payload).is_err()
        && let Some(connected) = Connected::of(socket)
    {
        connected.connection.close();
    }
}

/// Ends a connection, and says why.
pub(super) fn end(socket: &SocketRef, cause: &Value) {
    tell(socket, "room-disconnected", cause);
    _ = socket.clone().disconnect();
}
