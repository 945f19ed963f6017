//! One room and its session.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

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

mod answer;
mod defaults;

use answer::answer;
use defaults::complete;

/// How long before its start a scheduled room opens, and how long before it can be changed.
const LEAD: Duration = Duration::from_secs(15 * 60);

/// A room, with whoever is in its session.
pub(super) struct Room {
    /// The room as JSON, defaults filled in.
    raw: Map<String, Value>,
    /// The same, as it is answered.
    answer: types::Room,
    pub kind: RoomKind,
    /// When the first user of all came in.
    first_join: Option<SystemTime>,
    /// The session that is on.
    pub session: Option<Session>,
    /// The tokens that were given out for it.
    pub tokens: Vec<Arc<str>>,
}

impl Room {
    /// From a request that has been checked.
    pub fn new(
        id: &str,
        mut body: Map<String, Value>,
        now: SystemTime,
        ids: &mut Ids,
    ) -> Result<Self, Refusal> {
        body.insert("room_id".into(), id.into());
        body.insert("created".into(), rfc3339_millis(now).into());
        body.entry("sip").or_insert_with(|| json!({"enabled": false}));
        complete(&mut body, ids);
        let set = |key| body.get("settings").and_then(|settings| settings.get(key)) == Some(&true.into());
        let kind = match (set("scheduled"), set("adhoc")) {
            (true, _) => RoomKind::Scheduled,
            (false, true) => RoomKind::AdHoc,
            (false, false) => RoomKind::Permanent,
        };
        Ok(Self {
            answer: answer(&body)?,
            raw: body,
            kind,
            first_join: None,
            session: None,
            tokens: Vec::new(),
        })
    }

    /// Takes over the keys of a change that has been checked.
    pub fn change(
        &mut self,
        change: Map<String, Value>,
        now: SystemTime,
        ids: &mut Ids,
    ) -> Result<(), Refusal> {
        if self.is_on() {
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
        let mut raw = self.raw.clone();
        for (key, value) in change {
            match (raw.get_mut(&key), value) {
                (Some(Value::Object(settings)), Value::Object(changed)) if key == "settings" => {
                    settings.extend(changed);
                }
                (_, value) => _ = raw.insert(key, value),
            }
        }
        check::limits(raw.get("settings").and_then(Value::as_object))?;
        raw.insert("updated".into(), rfc3339_millis(now).into());
        complete(&mut raw, ids);
        self.answer = answer(&raw)?;
        self.raw = raw;
        Ok(())
    }

    /// The room as it is answered.
    pub fn answer(&self) -> types::Room {
        self.answer.clone()
    }

    /// A session is on.
    pub fn is_on(&self) -> bool {
        self.session.is_some()
    }

    /// An ad hoc room that has had its session, or whose time since its first one has run out.
    pub fn is_used_up(&self, now: SystemTime) -> bool {
        let Some(first) = self.first_join else { return false };
        let open = match self.duration() {
            Some(duration) => first.checked_add(duration).is_none_or(|end| now < end),
            None => false,
        };
        self.kind == RoomKind::AdHoc && !self.is_on() && !open
    }

    /// Whether a token may be given for this role now.
    pub fn admits(&self, role: &Role, now: SystemTime) -> Result<(), Refusal> {
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
        if !self.is_on() && self.end().is_some_and(|end| now >= end) {
            return denied(ErrorCode::ConferenceOver, "The time of this room is over.");
        }
        if self.is_full(role) {
            return denied(ErrorCode::RoomFull, "No place is left in this room for the role.");
        }
        Ok(())
    }

    /// No place is left for the role.
    pub fn is_full(&self, role: &Role) -> bool {
        let moderators = self.count("moderators").unwrap_or(1);
        let limit = match role {
            Role::Moderator => moderators,
            Role::Participant => {
                self.count("participants").unwrap_or_else(|| rules::MOST_USERS.saturating_sub(moderators))
            }
            _ => return false,
        };
        let taken = self.users().filter(|user| user.user.role.as_ref() == Some(role));
        taken.count() as u64 >= limit
    }

    /// Who is in the session.
    pub fn users(&self) -> impl Iterator<Item = &SessionUser> {
        let connections = self.session.iter().flat_map(|session| &session.connections);
        connections.map(|connection| &connection.user)
    }

    /// Lets a user in. With the first one a session begins.
    pub fn enter(&mut self, user: SessionUser, now: SystemTime, ids: &mut Ids) {
        self.first_join.get_or_insert(now);
        self.session.get_or_insert_with(|| Session::new(ids.short())).enter(user, now);
    }

    /// What its sessions leave behind is recorded.
    pub fn is_recorded(&self) -> bool {
        self.setting("auto_recording") == Some(&true.into())
    }

    /// Participants of a lecture publish only once a moderator has granted the floor.
    pub fn is_lecture(&self) -> bool {
        self.setting("mode").and_then(Value::as_str) == Some("lecture")
    }

    /// When a scheduled room opens.
    fn opening(&self) -> Option<SystemTime> {
        let start = self.start()?;
        Some(start.checked_sub(LEAD).unwrap_or(SystemTime::UNIX_EPOCH))
    }

    /// When a scheduled room closes; `None` also where no clock will ever show it.
    fn end(&self) -> Option<SystemTime> {
        self.start()?.checked_add(self.duration()?)
    }

    fn start(&self) -> Option<SystemTime> {
        if self.kind != RoomKind::Scheduled {
            return None;
        }
        rules::instant(self.setting("scheduled_time")?.as_str()?)
    }

    fn duration(&self) -> Option<Duration> {
        let minutes = self.setting("duration")?.as_u64()?;
        Some(Duration::from_secs(minutes.saturating_mul(60)))
    }

    fn count(&self, key: &str) -> Option<u64> {
        rules::count(self.setting(key)?.as_str()?)
    }

    fn setting(&self, key: &str) -> Option<&Value> {
        self.raw.get("settings")?.get(key)
    }
}
