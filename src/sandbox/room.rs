//! A room and its session.

use std::time::{Duration, SystemTime};

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::{
    check::{self, rules},
    ids::Ids,
    join::SessionUser,
    refusal::Refusal,
    session::Session,
};
use crate::{ErrorCode, Role, RoomKind, bindings::types, wire::rfc3339_millis};

mod defaults;
mod response;

use response::response;

/// A scheduled room opens so long before its start, and can be changed until then.
const LEAD: Duration = Duration::from_secs(15 * 60);

pub(super) struct Room {
    /// The room, with its defaults.
    json: Map<String, Value>,
    /// The same, as the API returns it.
    response: types::Room,
    pub kind: RoomKind,
    /// When the first user of the first session joined.
    first_join: Option<SystemTime>,
    /// The session that is running.
    pub session: Option<Session>,
    /// The ids of the tokens that were issued for it.
    pub tokens: Vec<String>,
    /// Where the caller who requested the latest token has found the sandbox: scheme, host and port.
    pub origin: String,
}

impl Room {
    /// Creates a room from a request that has been checked.
    pub fn new(
        id: &str,
        mut json: Map<String, Value>,
        now: SystemTime,
        ids: &mut Ids,
        strict: bool,
    ) -> Result<Self, Refusal> {
        json.insert("room_id".into(), id.into());
        json.insert("created".into(), rfc3339_millis(now).into());
        json.entry("sip").or_insert_with(|| json!({"enabled": false}));
        if !strict {
            defaults::observed(&mut json, ids);
        }
        defaults::fill(&mut json, ids);
        let set = |key| json.get("settings").and_then(|settings| settings.get(key)) == Some(&true.into());
        let kind = match (set("scheduled"), set("adhoc")) {
            (true, _) => RoomKind::Scheduled,
            (false, true) => RoomKind::AdHoc,
            (false, false) => RoomKind::Permanent,
        };
        Ok(Self {
            response: response(&json)?,
            json,
            kind,
            first_join: None,
            session: None,
            tokens: Vec::new(),
            origin: String::new(),
        })
    }

    /// Applies a change that has been checked.
    pub fn update(
        &mut self,
        change: Map<String, Value>,
        now: SystemTime,
        ids: &mut Ids,
    ) -> Result<(), Refusal> {
        if self.has_session() {
            return Err(Refusal::new(
                StatusCode::CONFLICT,
                ErrorCode::SessionOn,
                "A session is on in this room.",
            ));
        }
        if self.opening().is_some_and(|opening| now > opening) {
            return Err(Refusal::invalid_param(
                StatusCode::CONFLICT,
                "A scheduled room can be changed until 15 minutes before its start.",
            ));
        }
        let mut json = self.json.clone();
        for (key, value) in change {
            match (json.get_mut(&key), value) {
                (Some(Value::Object(settings)), Value::Object(changed)) if key == "settings" => {
                    settings.extend(changed);
                }
                (_, value) => _ = json.insert(key, value),
            }
        }
        check::user_limits(json.get("settings").and_then(Value::as_object))?;
        json.insert("updated".into(), rfc3339_millis(now).into());
        defaults::fill(&mut json, ids);
        self.response = response(&json)?;
        self.json = json;
        Ok(())
    }

    /// The room as the API returns it.
    pub fn response(&self) -> types::Room {
        self.response.clone()
    }

    /// A text of the room itself.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.json.get(key)?.as_str()
    }

    pub fn has_session(&self) -> bool {
        self.session.is_some()
    }

    /// Whether this is an ad hoc room whose only session has ended or, if it has a duration, whose duration
    /// since its first user joined has passed.
    pub fn has_expired(&self, now: SystemTime) -> bool {
        let Some(first) = self.first_join else { return false };
        let open = match self.duration() {
            Some(duration) => first.checked_add(duration).is_none_or(|end| now < end),
            None => false,
        };
        self.kind == RoomKind::AdHoc && !self.has_session() && !open
    }

    /// Refuses a token for a role that cannot join the room now.
    pub fn check_admission(&self, role: &Role, now: SystemTime) -> Result<(), Refusal> {
        if *role == Role::Audience && self.setting("audiences").is_none() {
            return Err(Refusal::invalid_param(
                StatusCode::UNPROCESSABLE_ENTITY,
                "role audience needs a room with HLS: settings.audiences is not set.",
            ));
        }
        let denied = |code, desc| Err(Refusal::new(StatusCode::FORBIDDEN, code, desc));
        if self.opening().is_some_and(|opening| now < opening) {
            let desc = "The room opens 15 minutes before its start.";
            return denied(ErrorCode::OutsideTime, desc);
        }
        if !self.has_session() && self.end().is_some_and(|end| now >= end) {
            return denied(ErrorCode::ConferenceOver, "The time of this room is over.");
        }
        if self.is_full(role) {
            return denied(ErrorCode::RoomFull, "No place is left in this room for the role.");
        }
        Ok(())
    }

    /// Whether as many users of the role are in the session as the settings allow.
    pub fn is_full(&self, role: &Role) -> bool {
        let moderators = self.count("moderators").unwrap_or(1);
        let limit = match role {
            Role::Moderator => moderators,
            Role::Participant => {
                self.count("participants").unwrap_or_else(|| rules::MOST_USERS.saturating_sub(moderators))
            }
            _ => return false,
        };
        let present = self.users().filter(|user| user.user.role.as_ref() == Some(role));
        present.count() as u64 >= limit
    }

    /// The users in the session.
    pub fn users(&self) -> impl Iterator<Item = &SessionUser> {
        let connections = self.session.iter().flat_map(|session| &session.connections);
        connections.map(|connection| &connection.user)
    }

    /// Adds a user to the session. The first one starts it.
    pub fn enter(&mut self, user: SessionUser, now: SystemTime, ids: &mut Ids) {
        self.first_join.get_or_insert(now);
        self.session.get_or_insert_with(|| Session::new(ids.short())).enter(user, now);
    }

    /// Whether its sessions become entries of the archive.
    pub fn is_recorded(&self) -> bool {
        self.setting("auto_recording") == Some(&true.into())
    }

    /// Whether participants may publish only after a moderator has permitted it.
    pub fn is_lecture(&self) -> bool {
        self.setting("mode").and_then(Value::as_str) == Some("lecture")
    }

    /// When a scheduled room opens.
    pub fn opening(&self) -> Option<SystemTime> {
        let start = self.start()?;
        Some(start.checked_sub(LEAD).unwrap_or(SystemTime::UNIX_EPOCH))
    }

    /// When a scheduled room closes; `None` also if that is too far ahead for a [`SystemTime`].
    pub fn end(&self) -> Option<SystemTime> {
        self.start()?.checked_add(self.duration()?)
    }

    fn start(&self) -> Option<SystemTime> {
        if self.kind != RoomKind::Scheduled {
            return None;
        }
        rules::instant(self.setting("scheduled_time")?.as_str()?)
    }

    fn duration(&self) -> Option<Duration> {
        Some(Duration::from_secs(self.count("duration")?.saturating_mul(60)))
    }

    /// The best video quality, `SD` if it is not set.
    pub fn quality(&self) -> &str {
        self.setting("quality").and_then(Value::as_str).unwrap_or("SD")
    }

    /// A number, which may have been sent as text.
    pub fn count(&self, key: &str) -> Option<u64> {
        let value = self.setting(key)?;
        value.as_u64().or_else(|| rules::count(value.as_str()?))
    }

    fn setting(&self, key: &str) -> Option<&Value> {
        self.json.get("settings")?.get(key)
    }
}
