//! One room for an owner, created where there is none.

use std::{
    cmp::Reverse,
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;
use tracing::Instrument;

use super::{NewRoom, Rooms};
use crate::{
    Advice, CallOptions, Error, Room, RoomKind, ScheduledTime,
    transport::{Transport, runtime},
};

/// What a room is found by.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub owner_ref: String,
    pub kind: RoomKind,
    pub start: Option<ScheduledTime>,
}

/// What a search has found. Closed without anything where its runtime was shut down.
type Search = watch::Receiver<Option<Result<Room, Error>>>;

/// The searches under way, so that callers of one client who want the same room share one.
#[derive(Default)]
pub(crate) struct Searches(Mutex<HashMap<Key, Search>>);

impl Searches {
    /// The search under way, or a new one, in a task: it goes on whoever gives up waiting for it.
    fn join(&self, key: &Key, room: &NewRoom, transport: &Arc<Transport>) -> Result<Search, Error> {
        let mut searches = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // The channel of a search that has ended is closed.
        searches.retain(|_, search| search.has_changed().is_ok());
        if let Some(search) = searches.get(key) {
            return Ok(search.clone());
        }
        let (found, search) = watch::channel(None);
        searches.insert(key.clone(), search.clone());
        let (transport, key, room) = (transport.clone(), key.clone(), room.clone());
        let run = async move {
            let rooms = Rooms { transport: &transport, options: CallOptions::new() };
            found.send_replace(Some(rooms.find_or_create(&key, room).await));
        };
        runtime()?.spawn(run.in_current_span());
        Ok(search)
    }
}

impl Rooms<'_> {
    /// Finds the room of an owner, and creates it where there is none: the oldest room in the
    /// [list](Self::list) with this `owner_ref` and of this kind; of scheduled rooms, one with this start, too.
    /// The room is returned as the service has it: its name and its settings may differ from the given ones.
    ///
    /// ```no_run
    /// # use enablex::{Client, Error, JoinToken, NewRoom, Settings, TokenRequest};
    /// async fn join(client: &Client, team: &str, user: TokenRequest) -> Result<JoinToken, Error> {
    ///     let desk = NewRoom::permanent("Claims desk", team).settings(Settings::new().participants(5));
    ///     let room = client.rooms().get_or_create(desk).await?;
    ///     client.room(&room).create_token(user).await
    /// }
    /// ```
    ///
    /// It lists all rooms of the project, and once more after it has created one: up to three calls, each with
    /// its own timeout. Keep the room's id in your database, and ask for it here only where you have none.
    ///
    /// **At once.** Calls of one client, clones included, that want the same room at the same time share one
    /// search, and create one room. It goes on when one of them is dropped, and they share its error. (A call
    /// with [`CallOptions`] of its own shares none.) EnableX has no way to create a room only if there is none,
    /// so two servers that do not see each other's room create two. Each looks again after it has created one,
    /// and all take the oldest of the rooms by [`created`](Room::created) and id. Others stay unused and are not
    /// deleted, since a user may be on the way into one: a server that listed the rooms between two creations
    /// may have taken the other one.
    ///
    /// # Errors
    /// Those of [`create`](Self::create) and [`list`](Self::list). Where the room may have been created although
    /// the call failed, it is looked for, and the error is returned only if it is not found; another call looks
    /// again first.
    pub async fn get_or_create(&self, room: NewRoom) -> Result<Room, Error> {
        Error::check(self.transport.validate_options(&self.options))?;
        room.check()?;
        let key = room.key();
        if !self.options.is_default() {
            return self.find_or_create(&key, room).await;
        }
        loop {
            let mut search = self.transport.searches.join(&key, &room, self.transport)?;
            if let Ok(found) = search.wait_for(Option::is_some).await
                && let Some(found) = &*found
            {
                return found.clone();
            }
        }
    }

    async fn find_or_create(&self, key: &Key, room: NewRoom) -> Result<Room, Error> {
        if let Some(found) = self.find(key).await? {
            return Ok(found);
        }
        match self.create(room).await {
            // The second look fails or does not see it yet: the room is there all the same.
            Ok(created) => Ok(self.find(key).await.ok().flatten().unwrap_or(created)),
            // `None`: the response was larger than the client's cap.
            Err(error) if matches!(error.advice(), Some(Advice::MayBeDone) | None) => {
                self.find(key).await.ok().flatten().ok_or(error)
            }
            Err(error) => Err(error),
        }
    }

    async fn find(&self, key: &Key) -> Result<Option<Room>, Error> {
        let is_wanted = |room: &Room| {
            room.id().is_some()
                && room.owner_ref() == Some(&key.owner_ref)
                && room.kind().is_none_or(|kind| kind == key.kind)
                && (key.start.is_none()
                    || room.settings().and_then(|settings| settings.scheduled_time()) == key.start)
        };
        let rooms = self.list().await?.into_iter().filter(is_wanted);
        // A room without a time is taken last.
        Ok(rooms.max_by_key(|room| Reverse((room.created().is_none(), room.created(), room.id().cloned()))))
    }
}
