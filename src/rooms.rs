//! Rooms, their users and their tokens.

use std::{fmt, time::SystemTime};

use crate::{
    CallOptions, Error, JoinToken, Room, RoomId, TokenRequest, User, Violation, bindings,
    transport::{Transport, operations},
};

mod new_room;
mod schedule;
mod scheduled_time;
mod settings;
mod update;
mod words;

pub use new_room::NewRoom;
pub use schedule::Schedule;
pub use scheduled_time::ScheduledTime;
pub use settings::Settings;
pub use update::RoomUpdate;
pub use words::{MediaZone, Mode, Quality, RecordingMedia};

/// The rooms of the project; from [`Client::rooms`](crate::Client::rooms).
#[derive(Clone, Debug)]
pub struct Rooms<'a> {
    pub(crate) transport: &'a Transport,
    pub(crate) options: CallOptions,
}

impl Rooms<'_> {
    /// The same with options of its own for the calls that follow, in place of earlier ones.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Creates a room (`createRoom`).
    ///
    /// ```no_run
    /// # use enablex::{Client, NewRoom, Settings};
    /// # async fn run(client: Client) -> Result<(), enablex::Error> {
    /// let new = NewRoom::permanent("Claims desk", "team-7")
    ///     .settings(Settings::new().moderators(1).participants(5));
    /// let room = client.rooms().create(new).await?;
    /// let users = client.room(&room).users().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Where the answer got lost the room may exist all the same: the error is retryable only where
    /// it cannot, and its advice is [`MayBeDone`](crate::Advice::MayBeDone). [`list`](Self::list)
    /// tells; an [`owner_ref`](Room::owner_ref) of its own makes it easy to find:
    ///
    /// ```no_run
    /// # use enablex::{Advice, Client, Error, NewRoom, Room};
    /// # async fn run(client: Client) -> Result<Option<Room>, Error> {
    /// match client.rooms().create(NewRoom::permanent("Claim 4711", "claim-4711")).await {
    ///     Err(error) if error.advice() == Some(Advice::MayBeDone) => {
    ///         let rooms = client.rooms().list().await?;
    ///         Ok(rooms.into_iter().find(|room| room.owner_ref() == Some("claim-4711")))
    ///     }
    ///     created => created.map(Some),
    /// }
    /// # }
    /// ```
    pub async fn create(&self, room: NewRoom) -> Result<Room, Error> {
        let body = match (self.checked(), room.into_body()) {
            (Ok(()), body) => body?,
            (Err(broken), body) => return Err(body.err().into_iter().fold(broken, Error::and)),
        };
        let body = &body;
        let send = |api: bindings::Client| async move { api.create_room(body).await };
        Ok(self.transport.call(&operations::CREATE_ROOM, &self.options, send).await?.payload)
    }

    /// Lists the rooms (`getRoomList`): all of them, since no paging is documented.
    ///
    /// # Errors
    /// Those of any call: see [`ErrorKind`](crate::ErrorKind). As any answer, the list may have
    /// 8 MiB at most, which is about ten thousand rooms, unless the client has another
    /// [cap](crate::ClientBuilder::body_cap).
    pub async fn list(&self) -> Result<Vec<Room>, Error> {
        self.checked()?;
        let send = |api: bindings::Client| async move { api.get_room_list().await };
        Ok(self.transport.call(&operations::GET_ROOM_LIST, &self.options, send).await?.payload)
    }

    fn checked(&self) -> Result<(), Error> {
        Error::check(self.transport.validate_options(&self.options))
    }
}

/// One room; from [`Client::room`](crate::Client::room).
///
/// Every call refuses an id that may not stand in a path, and fails with
/// [`Error::is_not_found`] where no room has it (any more).
#[derive(Clone, Debug)]
pub struct RoomHandle<'a> {
    pub(crate) transport: &'a Transport,
    pub(crate) id: Result<RoomId, Violation>,
    pub(crate) options: CallOptions,
}

impl RoomHandle<'_> {
    /// The same with options of its own for the calls that follow, in place of earlier ones.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use enablex::{CallOptions, Client, Role, TokenRequest};
    /// # async fn run(client: Client, request: TokenRequest) -> Result<(), enablex::Error> {
    /// let quick = CallOptions::new().timeout(Duration::from_secs(2));
    /// let token = client.room("5b473a40ad3c0a58a4e0e5c1").with(quick).create_token(request).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Fetches the room (`getRoomById`).
    ///
    /// # Errors
    /// Those of any call of a room.
    pub async fn get(&self) -> Result<Room, Error> {
        let id = self.id(Vec::new())?.as_str();
        let send = |api: bindings::Client| async move { api.get_room_by_id(id).await };
        Ok(self.transport.call(&operations::GET_ROOM_BY_ID, &self.options, send).await?.payload)
    }

    /// Changes the room (`updateRoomById`), from its next session on.
    ///
    /// # Errors
    /// [`ErrorCode::SessionOn`](crate::ErrorCode::SessionOn) while a session is on. A scheduled room
    /// takes no change later than 15 minutes before its start; no code is published for it.
    pub async fn update(&self, update: RoomUpdate) -> Result<(), Error> {
        let id = self.id(update.violations())?.as_str();
        let body = &update.into_body();
        let send = |api: bindings::Client| async move { api.update_room_by_id(id, body).await };
        Ok(self.transport.call(&operations::UPDATE_ROOM_BY_ID, &self.options, send).await?.payload)
    }

    /// Deletes the room (`deleteRoom`).
    ///
    /// # Errors
    /// Refused while a session is on; no code is published for it. Where an attempt may have deleted
    /// the room and its answer got lost, a repeat that finds none is no error.
    pub async fn delete(&self) -> Result<(), Error> {
        let id = self.id(Vec::new())?.as_str();
        let send = |api: bindings::Client| async move { api.delete_room(id).await };
        Ok(self.transport.call(&operations::DELETE_ROOM, &self.options, send).await?.payload)
    }

    /// Lists who is in the room's session now (`getRoomUsers`); nobody where none is on.
    ///
    /// # Errors
    /// Those of any call of a room.
    pub async fn users(&self) -> Result<Vec<User>, Error> {
        let id = self.id(Vec::new())?.as_str();
        let send = |api: bindings::Client| async move { api.get_room_users(id).await };
        Ok(self.transport.call(&operations::GET_ROOM_USERS, &self.options, send).await?.payload)
    }

    /// Creates a join token (`createToken`): one for every join, since it works once and expires
    /// after 15 minutes. The room is one that exists. [`JoinToken::into_exposed`] hands it to a browser.
    ///
    /// # Errors
    /// [`Error::advice`] tells "full", "over" and "not now" apart;
    /// [`Error::advice_for`] "early" from "over", where the code leaves that open.
    pub async fn create_token(&self, request: TokenRequest) -> Result<JoinToken, Error> {
        let id = self.id(request.violations())?;
        let body = request.into_body()?;
        let (room_id, request) = (id.as_str(), &body);
        let send = |api: bindings::Client| async move { api.create_token(room_id, request).await };
        let created = self.transport.call(&operations::CREATE_TOKEN, &self.options, send).await?;
        Ok(JoinToken::new(created.payload, id.clone(), body.role, body.user_ref, created.sent_at))
    }

    /// The id, where neither it nor the rest of the input breaks a rule.
    fn id(&self, mut others: Vec<Violation>) -> Result<&RoomId, Error> {
        others.extend(self.transport.validate_options(&self.options));
        match &self.id {
            Ok(id) => Error::check(others).map(|()| id),
            Err(violation) => {
                others.insert(0, violation.clone());
                Err(Error::invalid(others))
            }
        }
    }
}

/// The kind of a room, which is fixed when it is created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoomKind {
    /// Any time, until it is deleted.
    Permanent,
    /// Opens 15 minutes before its time and stays for its duration.
    Scheduled,
    /// One session, or several within its duration counted from the first; then it is deleted.
    AdHoc,
}

impl RoomKind {
    /// One word for it, in lower case with underscores.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::Scheduled => "scheduled",
            Self::AdHoc => "ad_hoc",
        }
    }
}

impl fmt::Display for RoomKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Room {
    /// The id, where the answer held one that can be used.
    pub fn id(&self) -> Option<&RoomId> {
        self.room_id.as_ref()?.get()
    }

    /// The name.
    pub fn name(&self) -> Option<&str> {
        self.name.as_ref()?.get().map(String::as_str)
    }

    /// Who owns it, in your own terms.
    pub fn owner_ref(&self) -> Option<&str> {
        self.owner_ref.as_ref()?.get().map(String::as_str)
    }

    /// The kind, by `scheduled` and `adhoc`. A missing one counts as `false`, but a time makes a room a
    /// scheduled one.
    pub fn kind(&self) -> Option<RoomKind> {
        let settings = self.settings.as_ref()?;
        // Only a scheduled room has a time, whatever is told or not told beside it.
        let scheduled = settings.scheduled() == Some(true)
            || (settings.scheduled.is_none() && settings.scheduled_time.is_some());
        match (scheduled, settings.adhoc() == Some(true)) {
            (false, false) => Some(RoomKind::Permanent),
            (true, false) => Some(RoomKind::Scheduled),
            (false, true) => Some(RoomKind::AdHoc),
            (true, true) => None,
        }
    }

    /// When a scheduled room starts and, where its duration is known, when it ends.
    pub fn schedule(&self) -> Option<(SystemTime, Option<SystemTime>)> {
        if self.kind()? != RoomKind::Scheduled {
            return None;
        }
        let settings = self.settings.as_ref()?;
        let start = settings.scheduled_time()?.time();
        Some((start, settings.duration().and_then(|duration| start.checked_add(duration))))
    }
}
