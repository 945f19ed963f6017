//! A connection, and the user who joins over it.

use std::sync::{Arc, OnceLock};

use serde_json::{Value, json};
use socketioxide::extract::{AckSender, SocketRef};

use super::{Peer, event::Event, listed, refusal::Refusal};
use crate::sandbox::{host, join::SessionUser, shared::Shared};

/// The default of `max_active_talkers`.
const MOST_TALKERS: u64 = 6;

pub(super) struct User {
    shared: Arc<Shared>,
    joined: OnceLock<SessionUser>,
}

impl User {
    /// Answers the events of a connection until it ends.
    pub fn serve(socket: &SocketRef, shared: Arc<Shared>) {
        let user = Arc::new(Self { shared, joined: OnceLock::new() });
        let leaving = user.clone();
        socket.on_fallback(move |socket: SocketRef, event: Event, ack: AckSender| {
            // Without an await, so that no other event and no end of the connection comes in between.
            let user = user.clone();
            async move { user.handle(&socket, event, ack) }
        });
        socket.on_disconnect(async move || leaving.leave());
    }

    fn handle(&self, socket: &SocketRef, event: Event, ack: AckSender) {
        let Event { name, argument, is_acknowledged } = event;
        if !socket.connected() {
            return;
        }
        let answer = argument.and_then(|argument| self.answer(socket, &name, &argument));
        let is_ok = answer.is_ok();
        let answer = answer.unwrap_or_else(Refusal::json);
        // A send fails where the client does not read; the library drops it then.
        if name != "token" {
            _ = ack.send(&answer);
            return;
        }
        _ = ack.send(&("success", &answer));
        if is_ok {
            _ = self.room_connected(socket).map(|event| socket.emit("room-connected", &event));
        } else if !is_acknowledged && self.joined.get().is_none() {
            _ = socket.emit("room-disconnected", &json!({"cause": answer}));
            _ = socket.clone().disconnect();
        }
    }

    /// What an event is acknowledged with.
    fn answer(&self, socket: &SocketRef, name: &str, argument: &Value) -> Result<Value, Refusal> {
        let done = json!({"result": 0});
        match (name, self.joined.get()) {
            ("token", None) => self.join(socket, argument),
            ("token", Some(_)) => Err(Refusal::Joined),
            // Sent after a refusal, too.
            ("logClientEvents", _) => Ok(done),
            (_, None) => Err(Refusal::NotJoined),
            ("publish", Some(user)) => self.publish(user),
            ("signaling_message", Some(_)) => {
                // The client takes its stream as connected, and does not wait for media.
                if argument["msg"]["type"] == "offer" {
                    let ready = json!({"streamId": argument["streamId"], "msg": {"type": "ready"}});
                    _ = socket.emit("media_engine_connecting", &ready);
                }
                Ok(done)
            }
            ("unpublish", Some(_)) => Ok(done),
            // The client leaves by closing its connection, which follows.
            ("drop", Some(_)) if argument["self"] == true => Ok(done),
            ("getMaxNumberOfTalker", Some(user)) => {
                let store = self.shared.store();
                let room = store.room_of(user);
                let most = room.and_then(|room| room.count("max_active_talkers")).unwrap_or(MOST_TALKERS);
                Ok(json!({"result": 0, "maxTalkers": most}))
            }
            _ => Err(Refusal::NotServed),
        }
    }

    /// Joins with a decoded token, to which clients add keys of their own.
    fn join(&self, socket: &SocketRef, token: &Value) -> Result<Value, Refusal> {
        let id = token["tokenId"].as_str().ok_or(Refusal::Malformed)?;
        let user = self.shared.store().admit(id)?;
        socket.join([user.room_id.clone(), user.id.clone()]);
        let peer = socket.req_parts().extensions.get::<Peer>();
        let answer =
            json!({"result": 0, "clientId": user.id, "connectedIP": peer.map(|Peer(ip)| ip.to_string())});
        _ = self.joined.set(user);
        Ok(answer)
    }

    /// The event after a user has joined: the room, the user, and everyone in the session.
    fn room_connected(&self, socket: &SocketRef) -> Option<Value> {
        let user = self.joined.get()?;
        let store = self.shared.store();
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

    fn publish(&self, user: &SessionUser) -> Result<Value, Refusal> {
        if !user.may_publish() {
            return Err(Refusal::Forbidden);
        }
        Ok(json!({"result": 0, "id": self.shared.store().stream_id()}))
    }

    fn leave(&self) {
        if let Some(user) = self.joined.get() {
            self.shared.store().leave(&user.id);
        }
    }
}
