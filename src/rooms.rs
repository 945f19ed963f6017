//! Rooms, their users and their tokens.

use std::{fmt, sync::Arc, time::SystemTime};

use futures_util::{FutureExt, Stream, StreamExt, stream};

use crate::{
    CallOptions, Error, JoinToken, JoinTokens, Room, RoomId, TokenRequest, User, Violation,
    accessors::{text, value},
    bindings,
    transport::{Transport, operations},
};

mod get_or_create;
mod new_room;
mod schedule;
mod scheduled_time;
pub(crate) mod settings;
mod update;
mod words;

pub(crate) use get_or_create::Searches;
pub use new_room::NewRoom;
pub use schedule::Schedule;
pub use scheduled_time::ScheduledTime;
pub use settings::Settings;
pub use update::RoomUpdate;
pub use words::{MediaZone, Mode, Quality, RecordingMedia};

/// The rooms of the project, to create and to list; from [`Client::rooms`](crate::Client::rooms).
///
/// ```no_run
/// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
/// for room in client.rooms().list().await? {
///     println!("{:?} {:?}", room.id(), room.name());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Rooms<'a> {
    pub(crate) transport: &'a Arc<Transport>,
    pub(crate) options: CallOptions,
}

impl Rooms<'_> {
    /// Sets the [`CallOptions`] of the calls that follow, in place of earlier ones.
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
    /// The room may exist although the call failed, for example because the response was lost. Then the
    /// advice is [`Advice::MayBeDone`](crate::Advice::MayBeDone), and the error is not
    /// [retryable](Error::is_retryable). Look for the room with [`list`](Self::list) before you create
    /// another one, or let [`get_or_create`](Self::get_or_create) do that.
    pub async fn create(&self, room: NewRoom) -> Result<Room, Error> {
        let body = match (self.checked(), room.into_body()) {
            (Ok(()), body) => body?,
            (Err(broken), body) => return Err(body.err().into_iter().fold(broken, Error::and)),
        };
        let body = &body;
        let send = |api: bindings::Client| async move { api.create_room(body).await };
        let completed = self.transport.call(&operations::CREATE_ROOM, &self.options, send).await?;
        Ok(completed.payload)
    }

    /// Lists all rooms of the project (`getRoomList`). EnableX documents no paging.
    ///
    /// # Errors
    /// Those of any call: see [`Error`]. The list may have 8 MiB, which is about ten thousand rooms, unless
    /// the client has another [cap](crate::ClientBuilder::body_cap).
    pub async fn list(&self) -> Result<Vec<Room>, Error> {
        self.checked()?;
        let send = |api: bindings::Client| async move { api.get_room_list().await };
        let completed = self.transport.call(&operations::GET_ROOM_LIST, &self.options, send).await?;
        Ok(completed.payload)
    }

    fn checked(&self) -> Result<(), Error> {
        Error::check(self.transport.validate_options(&self.options))
    }
}

/// One room: to get, update and delete it, for its users and its join tokens; from
/// [`Client::room`](crate::Client::room).
///
/// Every call refuses an id that breaks the rules of [`RoomId`], and fails with [`Error::is_not_found`] where
/// the room does not exist (any more).
///
/// ```no_run
/// # use enablex::{Client, Role, TokenRequest};
/// # async fn run(client: Client) -> Result<(), enablex::Error> {
/// let room = client.room("5b473a40ad3c0a58a4e0e5c1");
/// println!("{} users", room.users().await?.len());
/// let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
/// let token = room.create_token(request).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct RoomHandle<'a> {
    pub(crate) transport: &'a Arc<Transport>,
    pub(crate) id: Result<RoomId, Violation>,
    pub(crate) options: CallOptions,
}

impl RoomHandle<'_> {
    /// Sets the [`CallOptions`] of the calls that follow, in place of earlier ones.
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
    /// Those of any call: see [`Error`].
    pub async fn get(&self) -> Result<Room, Error> {
        let id = self.id(Vec::new())?.as_str();
        let send = |api: bindings::Client| async move { api.get_room_by_id(id).await };
        let completed = self.transport.call(&operations::GET_ROOM_BY_ID, &self.options, send).await?;
        Ok(completed.payload)
    }

    /// Updates the room (`updateRoomById`). The change takes effect with the next session.
    ///
    /// # Errors
    /// [`ErrorCode::SessionOn`](crate::ErrorCode::SessionOn) while a session is running. A scheduled room
    /// cannot be changed in the last 15 minutes before its start; EnableX publishes no code for that.
    pub async fn update(&self, update: RoomUpdate) -> Result<(), Error> {
        let id = self.id(update.violations())?.as_str();
        let body = &update.into_body();
        let send = |api: bindings::Client| async move { api.update_room_by_id(id, body).await };
        self.transport.call(&operations::UPDATE_ROOM_BY_ID, &self.options, send).await?;
        Ok(())
    }

    /// Deletes the room (`deleteRoom`).
    ///
    /// # Errors
    /// The service refuses it while a session is running; EnableX publishes no code for that. Where an
    /// earlier attempt may have deleted the room, a retry that finds no room is a success.
    pub async fn delete(&self) -> Result<(), Error> {
        let id = self.id(Vec::new())?.as_str();
        let send = |api: bindings::Client| async move { api.delete_room(id).await };
        self.transport.call(&operations::DELETE_ROOM, &self.options, send).await?;
        Ok(())
    }

    /// Lists the users in the room's session (`getRoomUsers`). The list is empty while no session is running.
    ///
    /// # Errors
    /// Those of any call: see [`Error`].
    pub async fn users(&self) -> Result<Vec<User>, Error> {
        let id = self.id(Vec::new())?.as_str();
        let send = |api: bindings::Client| async move { api.get_room_users(id).await };
        let completed = self.transport.call(&operations::GET_ROOM_USERS, &self.options, send).await?;
        Ok(completed.payload)
    }

    /// Creates a join token (`createToken`). A token works once and expires after 15 minutes, so every join
    /// needs a new one. [`JoinToken::into_exposed`] is the JSON for a browser or phone.
    ///
    /// # Errors
    /// [`Error::advice`] says whether the room is full, closed, or not open now. Two of the service's codes
    /// do not say whether it is too early or too late; [`Error::advice_for`] decides that by the room's
    /// schedule.
    pub async fn create_token(&self, request: TokenRequest) -> Result<JoinToken, Error> {
        let id = self.id(request.violations())?;
        let body = request.into_body()?;
        let (room_id, request) = (id.as_str(), &body);
        let send = |api: bindings::Client| async move { api.create_token(room_id, request).await };
        let created = self.transport.call(&operations::CREATE_TOKEN, &self.options, send).await?;
        Ok(JoinToken::new(created.payload, id.clone(), body.role, body.user_ref, created.sent_at))
    }

    /// Creates many join tokens, several at once, in the order of the requests: a `createToken` for each.
    /// Nothing is sent before the stream is polled, and no request is taken from the iterator before its turn.
    ///
    /// ```no_run
    /// # use enablex::{Client, Role, TokenRequest};
    /// # async fn run(client: Client) -> Result<(), enablex::Error> {
    /// let guests = (1..=500).map(|n| TokenRequest::new("Guest", Role::Viewer, format!("guest-{n}")));
    /// let mut tokens = client.room("5b473a40ad3c0a58a4e0e5c1").create_tokens(guests);
    /// while let Some((request, result)) = tokens.next().await {
    ///     println!("{} {}", request.user_ref(), result?.into_token());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`JoinTokens`] explains its concurrency, its errors and its memory.
    pub fn create_tokens<'r, I>(&self, requests: I) -> JoinTokens<'r>
    where
        I: IntoIterator<Item = TokenRequest, IntoIter: Send + 'r>,
    {
        self.create_tokens_from(stream::iter(requests))
    }

    /// Creates many join tokens, like [`create_tokens`](Self::create_tokens), from a
    /// [`Stream`](futures_util::Stream) of requests: rows of a database, or messages of a channel.
    ///
    /// ```no_run
    /// # use enablex::{Client, Role, TokenRequest};
    /// # use futures_util::{Stream, StreamExt};
    /// # async fn run(client: Client, names: impl Stream<Item = String> + Send) -> Result<(), enablex::Error> {
    /// let guests = names.map(|name| TokenRequest::new(&name, Role::Viewer, &name));
    /// let mut tokens = client.room("5b473a40ad3c0a58a4e0e5c1").create_tokens_from(guests);
    /// while let Some((request, result)) = tokens.next().await {
    ///     println!("{} {}", request.user_ref(), result?.into_token());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A receiver of Tokio becomes a `Stream` with the `ReceiverStream` of the crate `tokio-stream`. It ends
    /// when all senders are dropped. Do not await a bounded send to it in the loop that reads the results: the
    /// requests are not taken meanwhile.
    pub fn create_tokens_from<'r, S>(&self, requests: S) -> JoinTokens<'r>
    where
        S: Stream<Item = TokenRequest> + Send + 'r,
    {
        let (transport, id, options) = (self.transport.clone(), self.id.clone(), self.options.clone());
        JoinTokens::new(requests.map(move |request| {
            let (transport, id, options) = (transport.clone(), id.clone(), options.clone());
            let call = async move {
                let room = RoomHandle { transport: &transport, id, options };
                let result = room.create_token(request.clone()).await;
                (request, result)
            };
            call.boxed()
        }))
    }

    /// The id; or an error with its violation, those of the options and `others`.
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

/// The kind of a room, which cannot be changed after creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RoomKind {
    /// Open at any time, until it is deleted.
    Permanent,
    /// Opens 15 minutes before its start, and stays open for its duration.
    Scheduled,
    /// For one session, or for several within its duration, counted from the first one. Then EnableX deletes
    /// it.
    AdHoc,
}

impl RoomKind {
    /// The kind as one word, in lower case with underscores.
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
    /// The id, where the response has a valid one.
    pub fn id(&self) -> Option<&RoomId> {
        value(&self.room_id)
    }

    /// The name.
    pub fn name(&self) -> Option<&str> {
        text(&self.name)
    }

    /// The application's own reference for the owner.
    pub fn owner_ref(&self) -> Option<&str> {
        text(&self.owner_ref)
    }

    /// The kind, by the settings `scheduled` and `adhoc`. A missing key counts as `false`, but a room with a
    /// `scheduled_time` and no `scheduled` is a scheduled one. `None` without settings, and where both are
    /// `true`.
    pub fn kind(&self) -> Option<RoomKind> {
        let settings = self.settings.as_ref()?;
        // Only a scheduled room has a time.
        let scheduled = settings.scheduled() == Some(true)
            || (settings.scheduled.is_none() && settings.scheduled_time.is_some());
        match (scheduled, settings.adhoc() == Some(true)) {
            (false, false) => Some(RoomKind::Permanent),
            (true, false) => Some(RoomKind::Scheduled),
            (false, true) => Some(RoomKind::AdHoc),
            (true, true) => None,
        }
    }

    /// When a scheduled room starts and, where its duration is known, when it ends. `None` for other kinds.
    pub fn schedule(&self) -> Option<(SystemTime, Option<SystemTime>)> {
        if self.kind()? != RoomKind::Scheduled {
            return None;
        }
        let settings = self.settings.as_ref()?;
        let start = settings.scheduled_time()?.time();
        Some((start, settings.duration().and_then(|duration| start.checked_add(duration))))
    }
}
