//! A change of a room.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{ScheduledTime, Settings, settings};
use crate::{Error, Violation, bindings::types};

/// A change of a room, for [`RoomHandle::update`](crate::RoomHandle::update). Only the keys that are set are
/// sent. The kind and the mode of a room cannot be changed.
///
/// ```
/// use enablex::{RoomUpdate, Settings};
///
/// let update = RoomUpdate::new()
///     .name("Claims desk, evening")
///     .settings(Settings::new().participants(15));
/// let move_it = RoomUpdate::new().scheduled_time("2026-03-10 11:00:00");
/// ```
#[derive(Clone, Debug, Default, Serialize)]
#[must_use]
pub struct RoomUpdate {
    #[serde(flatten)]
    body: types::UpdateRoomRequest,
    /// The violation of the time, which is then not in the body.
    #[serde(skip)]
    time: Option<Violation>,
}

impl RoomUpdate {
    /// An update without a change. It must get at least one before it is sent.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a new name.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.body.name = Some(name.into());
        self
    }

    /// Sets a new reference for the owner.
    pub fn owner_ref(mut self, owner_ref: impl Into<String>) -> Self {
        self.body.owner_ref = Some(owner_ref.into());
        self
    }

    /// Sets the [`Settings`] to change. Those that are not set stay as they are.
    pub fn settings(mut self, settings: Settings) -> Self {
        let scheduled_time = self.body.settings.and_then(|settings| settings.scheduled_time);
        self.body.settings = Some(types::RoomSettingsRequest { scheduled_time, ..settings.0 });
        self
    }

    /// Moves a scheduled room to another time.
    pub fn scheduled_time<T>(mut self, time: T) -> Self
    where
        T: TryInto<ScheduledTime, Error: Into<Violation>>,
    {
        match time.try_into() {
            Ok(time) => {
                let settings = self.body.settings.get_or_insert_default();
                settings.scheduled_time = Some(time.to_string());
                self.time = None;
            }
            Err(violation) => self.time = Some(violation.into()),
        }
        self
    }

    /// Sets whether callers can dial in over SIP.
    pub fn sip(mut self, enabled: bool) -> Self {
        self.body.sip = Some(types::SipRequest { enabled: Some(enabled), ..Default::default() });
        self
    }

    /// Sets the application's own data. EnableX does not say whether it is merged or replaced.
    pub fn data(mut self, data: Map<String, Value>) -> Self {
        self.body.data = data;
        self
    }

    /// Checks the update without sending it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with every violation.
    pub fn check(&self) -> Result<(), Error> {
        Error::check(self.violations())
    }

    pub(crate) fn violations(&self) -> Vec<Violation> {
        let body = &self.body;
        let mut violations = Vec::new();
        let blank = |field, text: &Option<String>| Violation::of_blank(field, text.as_ref()?);
        violations.extend(blank("name", &body.name));
        violations.extend(blank("owner_ref", &body.owner_ref));
        violations.extend(self.time.clone());
        violations.extend(body.settings.iter().flat_map(settings::violations));
        let unset =
            |settings: &types::RoomSettingsRequest| *settings == types::RoomSettingsRequest::default();
        let empty = body.name.is_none()
            && body.owner_ref.is_none()
            && body.settings.as_ref().is_none_or(unset)
            && body.sip.is_none()
            && body.data.is_empty();
        if empty && violations.is_empty() {
            violations.push(Violation::new("body", "must change at least one key", None));
        }
        violations
    }

    pub(crate) fn into_body(self) -> types::UpdateRoomRequest {
        self.body
    }
}
