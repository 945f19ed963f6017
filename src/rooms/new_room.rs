//! A room to be created.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Mode, ScheduledTime, Settings, get_or_create::Key, settings};
use crate::{Error, RoomKind, Violation, bindings::types};

/// A room to be created with [`Rooms::create`](crate::Rooms::create). Its constructors are the three kinds of
/// rooms; the kind cannot be changed after creation.
///
/// ```
/// use enablex::{Mode, NewRoom, Settings};
///
/// let desk = NewRoom::permanent("Claims desk", "team-7");
/// let call = NewRoom::ad_hoc("Quick call", "desk-3").settings(Settings::new().duration(60));
/// let interview = NewRoom::scheduled("Interview", "branch-12", "2026-03-09 10:30:00", 45)
///     .mode(Mode::Group)
///     .settings(Settings::new().participants(3));
/// interview.check()?;
/// # Ok::<(), enablex::Error>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[must_use]
pub struct NewRoom {
    #[serde(flatten)]
    body: types::CreateRoomRequest,
    /// The violation of the time, which is then not in the body.
    #[serde(skip)]
    time: Option<Violation>,
}

impl NewRoom {
    /// A room that is open at any time, until it is deleted. `owner_ref` is the application's own reference
    /// for the owner.
    pub fn permanent(name: impl Into<String>, owner_ref: impl Into<String>) -> Self {
        Self::of(name.into(), owner_ref.into(), false, false)
    }

    /// A room for one session, or for several within its duration, counted from the first one. Then EnableX
    /// deletes it.
    pub fn ad_hoc(name: impl Into<String>, owner_ref: impl Into<String>) -> Self {
        Self::of(name.into(), owner_ref.into(), false, true)
    }

    /// A room that opens 15 minutes before its start, and stays open for its duration. The time is a
    /// [`ScheduledTime`], a [`SystemTime`](std::time::SystemTime), or text of the form `YYYY-MM-DD HH:MM:SS`
    /// in UTC.
    pub fn scheduled<T>(
        name: impl Into<String>,
        owner_ref: impl Into<String>,
        time: T,
        duration_minutes: u32,
    ) -> Self
    where
        T: TryInto<ScheduledTime, Error: Into<Violation>>,
    {
        let mut room = Self::of(name.into(), owner_ref.into(), true, false);
        match time.try_into() {
            Ok(time) => room.body.settings.scheduled_time = Some(time.to_string()),
            Err(violation) => room.time = Some(violation.into()),
        }
        room.body.settings.duration = Some(duration_minutes.into());
        room
    }

    fn of(name: String, owner_ref: String, scheduled: bool, adhoc: bool) -> Self {
        let settings = types::RoomSettingsRequest {
            scheduled: Some(scheduled),
            adhoc: Some(adhoc),
            ..Default::default()
        };
        Self { body: types::CreateRoomRequest::new(name, owner_ref, settings), time: None }
    }

    /// Sets how its sessions run. The default is [`Mode::Group`]. The mode cannot be changed after creation.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.body.settings.mode = Some(mode);
        self
    }

    /// Sets the [`Settings`]. A duration in them replaces the one given before.
    pub fn settings(mut self, settings: Settings) -> Self {
        let fixed = self.body.settings;
        self.body.settings = types::RoomSettingsRequest {
            scheduled: fixed.scheduled,
            adhoc: fixed.adhoc,
            mode: fixed.mode,
            scheduled_time: fixed.scheduled_time,
            duration: settings.0.duration.or(fixed.duration),
            ..settings.0
        };
        self
    }

    /// Sets whether callers can dial in over SIP.
    pub fn sip(mut self, enabled: bool) -> Self {
        self.body.sip = Some(types::SipRequest { enabled: Some(enabled), ..Default::default() });
        self
    }

    /// Sets the application's own data, which EnableX stores with the room.
    pub fn data(mut self, data: Map<String, Value>) -> Self {
        self.body.data = data;
        self
    }

    /// Checks the room without sending it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with every violation.
    pub fn check(&self) -> Result<(), Error> {
        let mut violations = Vec::new();
        violations.extend(Violation::of_blank("name", &self.body.name));
        violations.extend(Violation::of_blank("owner_ref", &self.body.owner_ref));
        violations.extend(self.time.clone());
        violations.extend(settings::violations(&self.body.settings));
        Error::check(violations)
    }

    /// What [`Rooms::get_or_create`](crate::Rooms::get_or_create) finds it by, where the room keeps the rules.
    pub(super) fn key(&self) -> Key {
        let settings = &self.body.settings;
        let start = settings.scheduled_time.as_deref().and_then(|time| time.try_into().ok());
        let kind = match (settings.scheduled, settings.adhoc) {
            (Some(true), _) => RoomKind::Scheduled,
            (_, Some(true)) => RoomKind::AdHoc,
            _ => RoomKind::Permanent,
        };
        Key { owner_ref: self.body.owner_ref.clone(), kind, start }
    }

    /// The body of the request, where the room keeps the rules.
    pub(crate) fn into_body(self) -> Result<types::CreateRoomRequest, Error> {
        self.check()?;
        Ok(self.body)
    }
}
