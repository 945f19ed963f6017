//! One room for an owner, created where there is none.

use std::{
    cmp::Reverse,
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use tokio::sync::OnceCell;

use super::{NewRoom, Rooms};
use crate::{Advice, Error, Room, RoomKind, ScheduledTime};

/// What a room is found by.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub owner_ref: String,
    pub kind: RoomKind,
    pub start: Option<ScheduledTime>,
}

type Search = OnceCell<Result<Room, Error>>;

/// The searches under way, so that callers of one client who want the same room share one.
#[derive(Default)]
pub(crate) struct Searches(Mutex<HashMap<Key, Weak<Search>>>);

impl Searches {
    /// The search under way, or a new one.
    fn join(&self, key: &Key) -> Arc<Search> {
        let mut searches = self.lock();
        if let Some(search) = searches.get(key).and_then(Weak::upgrade) {
            return search;
        }
        // Those whose callers have all gone away.
        searches.retain(|_, search| search.strong_count() > 0);
        let search = Arc::default();
        searches.insert(key.clone(), Arc::downgrade(&search));
        search
    }

    /// Who comes from now on searches again.
    fn end(&self, key: &Key) {
        self.lock().remove(key);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Weak<Search>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rooms<'_> {
    /// Finds the room of an owner, and creates it where there is none: the first room in the
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
    /// It lists all rooms of the project, and once more after it has created one. Keep the room's id in your
    /// database, and ask for it here only where you have none.
    ///
    /// **At once.** Calls of one client, clones included, that want the same room at the same time create one.
    /// EnableX has no way to create a room only if there is none, so two servers that do not see each other's
    /// room create two. Each looks again after it has created one, and all take the oldest of the rooms by
    /// [`created`](Room::created) and id. Others stay unused and are not deleted, since a user may be on the
    /// way into one: a server that listed the rooms between two creations may have taken the other one.
    ///
    /// # Errors
    /// Those of [`create`](Self::create) and [`list`](Self::list). Where the room may have been created although
    /// the call failed ([`Advice::MayBeDone`]), it is looked for, and the error is returned only if it is not
    /// found; another call looks again first. Calls that share a search share its error.
    pub async fn get_or_create(&self, room: NewRoom) -> Result<Room, Error> {
        Error::check(self.transport.validate_options(&self.options))?;
        room.check()?;
        let key = room.key();
        let search = self.transport.searches.join(&key);
        let run = async {
            let found = self.find_or_create(&key, room).await;
            self.transport.searches.end(&key);
            found
        };
        search.get_or_init(|| run).await.clone()
    }

    async fn find_or_create(&self, key: &Key, room: NewRoom) -> Result<Room, Error> {
        if let Some(found) = self.find(key).await? {
            return Ok(found);
        }
        match self.create(room).await {
            // The second look fails or does not see it yet: the room is there all the same.
            Ok(created) => Ok(self.find(key).await.ok().flatten().unwrap_or(created)),
            Err(error) if error.advice() == Some(Advice::MayBeDone) => match self.find(key).await {
                Ok(Some(found)) => Ok(found),
                _ => Err(error),
            },
            Err(error) => Err(error),
        }
    }

    async fn find(&self, key: &Key) -> Result<Option<Room>, Error> {
        let is_wanted = |room: &Room| {
            room.id().is_some()
                && room.owner_ref() == Some(&key.owner_ref)
                && room.kind() == Some(key.kind)
                && (key.start.is_none()
                    || room.settings().and_then(|settings| settings.scheduled_time()) == key.start)
        };
        let rooms = self.list().await?.into_iter().filter(is_wanted);
        // A room without a time is taken last.
        Ok(rooms.max_by_key(|room| Reverse((room.created().is_none(), room.created(), room.id().cloned()))))
    }
}
