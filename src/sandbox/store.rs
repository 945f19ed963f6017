//! The state of the sandbox: rooms, tokens, sessions, calls, reports, recordings and queued faults.

use std::{
    collections::{BTreeMap, HashMap},
    mem,
    sync::Arc,
    time::{Duration, SystemTime},
};

use http::{StatusCode, request::Parts};
use serde_json::{Map, Value, json};

#[cfg(feature = "signalling")]
use super::signalling::{ChangeKind, Changes};
use super::{
    archive::Archive,
    cdr::{Cdr, Report},
    clock::Clock,
    dashboard::{Call, Calls},
    fault::{Fault, Faults},
    finding::Findings,
    ids::Ids,
    join::{JoinRefusal, SessionUser},
    query::Query,
    refusal::Refusal,
    room::Room,
    token::{self, Token},
    webhooks::{Subject, Webhooks},
};
use crate::{Role, RoomKind, User, bindings::types};

/// The whole state, behind one lock that is never held across an await: each method is atomic.
pub(super) struct Store {
    app_id: String,
    clock: Clock,
    ids: Ids,
    /// By id, and thereby in the order of their creation.
    pub rooms: BTreeMap<String, Room>,
    /// The same.
    pub tokens: BTreeMap<String, Token>,
    /// The room of each user in a session, by `session_user_id`.
    sessions: HashMap<String, String>,
    cdr: Cdr,
    pub archive: Archive,
    pub faults: Faults,
    pub findings: Findings,
    /// How many requests to the API have arrived.
    pub requests: u64,
    pub calls: Calls,
    pub webhooks: Webhooks,
    #[cfg(feature = "signalling")]
    pub changes: Changes,
}

impl Store {
    pub fn new(app_id: String, clock: Clock) -> Self {
        Self {
            app_id,
            clock,
            ids: Ids::new(),
            rooms: BTreeMap::new(),
            tokens: BTreeMap::new(),
            sessions: HashMap::new(),
            cdr: Cdr::default(),
            archive: Archive::default(),
            faults: Faults::default(),
            findings: Findings::default(),
            requests: 0,
            calls: Calls::default(),
            webhooks: Webhooks::default(),
            #[cfg(feature = "signalling")]
            changes: Changes::default(),
        }
    }

    pub fn reset(&mut self) {
        #[cfg(feature = "signalling")]
        let changes = mem::take(&mut self.changes);
        let webhooks = mem::take(&mut self.webhooks);
        *self = Self::new(mem::take(&mut self.app_id), self.clock.again());
        self.webhooks = webhooks.again();
        #[cfg(feature = "signalling")]
        {
            self.changes = changes;
            self.changes.add(ChangeKind::Reset);
        }
    }

    pub fn now(&mut self) -> SystemTime {
        self.clock.now()
    }

    pub fn advance(&mut self, by: Duration) -> Option<SystemTime> {
        self.clock.advance(by)
    }

    /// Counts a request to the API. Returns its id and the fault that hits it.
    pub fn arrive(&mut self, head: &Parts) -> (String, Option<Fault>) {
        self.requests += 1;
        let request_id = format!("req_{}", self.ids.short());
        let fault = self.faults.next();
        let call = Call::new(head, &request_id, fault.is_some(), self.now());
        self.calls.add(call);
        (request_id, fault)
    }

    /// Creates a room, which has what is documented alone if the sandbox is strict.
    pub fn create_room(&mut self, body: Map<String, Value>, strict: bool) -> Result<types::Room, Refusal> {
        let now = self.now();
        let id = self.ids.object(now);
        let room = Room::new(&id, body, now, &mut self.ids, strict)?;
        let response = room.response();
        self.rooms.insert(id, room);
        Ok(response)
    }

    pub fn rooms(&mut self) -> Vec<types::Room> {
        self.remove_expired();
        self.rooms.values().map(Room::response).collect()
    }

    pub fn remove_expired(&mut self) {
        let now = self.now();
        let expired = self.rooms.iter().filter(|(_, room)| room.has_expired(now));
        for id in expired.map(|(id, _)| id.clone()).collect::<Vec<_>>() {
            self.remove(&id);
        }
    }

    pub fn kind(&mut self, id: &str) -> Result<RoomKind, Refusal> {
        self.room(id).map(|room| room.kind)
    }

    pub fn get_room(&mut self, id: &str) -> Result<types::Room, Refusal> {
        self.room(id).map(|room| room.response())
    }

    pub fn update_room(&mut self, id: &str, change: Map<String, Value>) -> Result<(), Refusal> {
        let now = self.now();
        self.room(id)?;
        let Self { rooms, ids, .. } = self;
        rooms.get_mut(id).ok_or_else(Refusal::no_room)?.update(change, now, ids)
    }

    pub fn delete_room(&mut self, id: &str) -> Result<(), Refusal> {
        if self.room(id)?.has_session() {
            return Err(Refusal::invalid_param(
                StatusCode::CONFLICT,
                "A room cannot be deleted while a session is on.",
            ));
        }
        self.remove(id);
        Ok(())
    }

    pub fn users(&mut self, id: &str) -> Result<Vec<User>, Refusal> {
        Ok(self.room(id)?.users().map(|user| user.user.clone()).collect())
    }

    /// Creates a token, which names this server, from a request that has been checked.
    pub fn create_token(
        &mut self,
        id: &str,
        body: &Map<String, Value>,
        host: &str,
        secure: bool,
    ) -> Result<Arc<str>, Refusal> {
        let now = self.now();
        let text = |key| body.get(key).and_then(Value::as_str).unwrap_or_default();
        let role: Role = text("role").parse().map_err(|_| Refusal::internal("no such role"))?;
        let room = self.room(id)?;
        room.check_admission(&role, now)?;
        let user = user(text("name"), text("user_ref"), &role, room.is_lecture())?;
        let quality = room.quality().to_owned();

        let (token_id, log_id) = (self.ids.secret(now), self.ids.short());
        let text: Arc<str> = token::text(&token_id, &log_id, host, secure, &quality).into();
        let data = body.get("data").and_then(Value::as_object).cloned().unwrap_or_default();
        let room_id = id.to_owned();
        let token = Token { text: text.clone(), room_id, role, user, data, issued_at: now, used: false };
        let room = self.room(id)?;
        room.tokens.push(token_id.clone());
        room.origin = format!("{}://{host}", if secure { "https" } else { "http" });
        self.tokens.insert(token_id, token);
        Ok(text)
    }

    /// Lets the user of a token join, whose text must be the issued one.
    pub fn join(&mut self, text: &str) -> Result<SessionUser, JoinRefusal> {
        let id = token::id(text).ok_or(JoinRefusal::Unknown)?;
        match self.tokens.get(&id) {
            Some(token) if *token.text == *text => self.admit(&id),
            _ => Err(JoinRefusal::Unknown),
        }
    }

    /// The same by the id of the token.
    pub fn admit(&mut self, token_id: &str) -> Result<SessionUser, JoinRefusal> {
        let now = self.now();
        let room_id = self.tokens.get(token_id).map(|token| token.room_id.clone());
        let room_id = room_id.ok_or(JoinRefusal::Unknown)?;
        self.room(&room_id).map_err(|_| JoinRefusal::Unknown)?;
        let (Some(token), Some(room)) = (self.tokens.get_mut(token_id), self.rooms.get_mut(&room_id)) else {
            return Err(JoinRefusal::Unknown);
        };
        if token.used {
            return Err(JoinRefusal::Used);
        }
        if token.is_expired(now) {
            return Err(JoinRefusal::Expired);
        }
        if room.is_full(&token.role) {
            return Err(JoinRefusal::Full);
        }
        token.used = true;
        let user = SessionUser {
            id: self.ids.secret(now),
            room_id,
            user: token.user.clone(),
            data: token.data.clone(),
        };
        let starts = !room.has_session();
        room.enter(user.clone(), now, &mut self.ids);
        if let (true, Some(session)) = (starts, &room.session) {
            let (app_id, room_id, conf_num) = (&self.app_id, &user.room_id, &session.conf_num);
            self.webhooks.session_started(&Subject { app_id, room_id, conf_num, now });
        }
        self.sessions.insert(user.id.clone(), user.room_id.clone());
        #[cfg(feature = "signalling")]
        self.changes.add(ChangeKind::Entered(user.clone()));
        Ok(user)
    }

    pub fn leave(&mut self, session_user_id: &str) -> bool {
        let Some(room_id) = self.sessions.remove(session_user_id) else { return false };
        self.end_connection(&room_id, session_user_id);
        true
    }

    /// Adds the connection to the call report, and the session to the archive if it was the last one.
    fn end_connection(&mut self, room_id: &str, session_user_id: &str) -> Option<()> {
        let now = self.now();
        let room = self.rooms.get_mut(room_id)?;
        let session = room.session.as_mut()?;
        let connection = session.leave(session_user_id)?;
        self.cdr.record(&connection, &session.conf_num, &self.app_id, now, &mut self.ids);
        #[cfg(feature = "signalling")]
        self.changes.add(ChangeKind::Left(connection.user));
        let ended = room.session.take_if(|session| session.connections.is_empty())?;
        let conf_num = &ended.conf_num.clone();
        let entry = room.is_recorded().then(|| self.archive.record(ended, room_id, now, &mut self.ids));
        let subject = Subject { app_id: &self.app_id, room_id, conf_num, now };
        self.webhooks.session_ended(&subject, entry.as_deref(), &room.origin);
        Some(())
    }

    pub fn fill_report(&mut self, room_id: &str, rows: u64) {
        let now = self.now();
        self.cdr.fill(room_id, rows, &self.app_id, now, &mut self.ids);
    }

    pub fn report(&self, query: Query<'_>) -> Report {
        self.cdr.report(query)
    }

    /// Finds a room. One that has expired is removed first.
    fn room(&mut self, id: &str) -> Result<&mut Room, Refusal> {
        let now = self.now();
        if self.rooms.get(id).is_some_and(|room| room.has_expired(now)) {
            self.remove(id);
        }
        self.rooms.get_mut(id).ok_or_else(Refusal::no_room)
    }

    fn remove(&mut self, id: &str) {
        for token in self.rooms.remove(id).into_iter().flat_map(|room| room.tokens) {
            self.tokens.remove(&token);
        }
    }
}

#[cfg(feature = "signalling")]
impl Store {
    /// The room of a user who is in a session.
    pub fn room_of(&self, user: &SessionUser) -> Option<&Room> {
        self.rooms.get(&user.room_id)
    }

    pub fn stream_id(&mut self) -> u64 {
        self.ids.count()
    }
}

/// A user with the permissions of a role.
fn user(name: &str, user_ref: &str, role: &Role, lecture: bool) -> Result<User, Refusal> {
    let moderator = *role == Role::Moderator;
    let publisher = moderator || *role == Role::Participant;
    serde_json::from_value(json!({
        "name": name,
        "user_ref": user_ref,
        "role": role,
        "permissions": {
            "publish": moderator || publisher && !lecture,
            "subscribe": true,
            "record": moderator,
            "stats": publisher,
            "controlhandlers": publisher,
        },
    }))
    .map_err(|error| Refusal::internal(error.to_string()))
}
