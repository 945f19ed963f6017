//! Events for browsers, as server-sent events. A browser that was away for a moment gets what it missed.

use std::{
    collections::VecDeque,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    extract::State,
    http::{HeaderMap, Uri},
    response::{
        IntoResponse,
        sse::{Event as Sent, KeepAlive, Sse},
    },
};
use enablex::{ConfNum, RoomId};
use futures_util::{Stream, StreamExt, stream};
use jiff::Timestamp;
use serde_json::json;
use tokio::sync::watch;

use crate::app::App;

/// How many events are kept. Who misses more gets the latest of them.
const MOST: usize = 1000;

/// The latest events. Each has a number, ascending from 1.
pub struct Events {
    /// Tells the numbers of this process from those of an earlier one.
    process: u64,
    kept: Mutex<VecDeque<(u64, Arc<str>)>>,
    /// The number of the latest event; `None` once the server ends.
    latest: watch::Sender<Option<u64>>,
}

impl Events {
    pub fn new() -> Self {
        Self { process: fastrand::u64(..), kept: Mutex::default(), latest: watch::Sender::new(Some(0)) }
    }

    /// Tells all browsers. What only the server may know, such as links to recordings, is not in it.
    pub fn publish(&self, kind: &str, room_id: Option<&RoomId>, conf_num: Option<&ConfNum>) {
        let kind: String = kind.chars().take(100).collect();
        let now = Timestamp::now().strftime("%FT%TZ").to_string();
        let data = json!({"type": kind, "room_id": room_id, "conf_num": conf_num, "at": now}).to_string();
        let mut kept = self.kept();
        self.latest.send_if_modified(|latest| {
            let Some(latest) = latest else { return false };
            *latest += 1;
            if kept.len() == MOST {
                kept.pop_front();
            }
            kept.push_back((*latest, data.into()));
            true
        });
    }

    /// Ends all streams, so that the server can end.
    pub fn close(&self) {
        self.latest.send_replace(None);
    }

    pub fn latest_id(&self) -> String {
        self.id(self.number(None))
    }

    fn id(&self, number: u64) -> String {
        format!("{:x}-{number}", self.process)
    }

    /// The number of the event with this id; without one, of the latest.
    fn number(&self, id: Option<&str>) -> u64 {
        match id {
            None => self.latest.borrow().unwrap_or_default(),
            // An id of an earlier process: everything here is new.
            Some(id) => id
                .strip_prefix(&format!("{:x}-", self.process))
                .and_then(|number| number.parse().ok())
                .unwrap_or_default(),
        }
    }

    /// The events after the one with this number.
    fn after(app: Arc<App>, last: u64) -> impl Stream<Item = (u64, Arc<str>)> {
        let latest = app.events.latest.subscribe();
        stream::unfold((app, latest, last), async |(app, mut latest, last)| {
            latest.wait_for(|latest| latest.is_none_or(|latest| latest > last)).await.ok()?.as_ref()?;
            let next = app.events.kept().iter().find(|(number, _)| *number > last).cloned()?;
            let last = next.0;
            Some((next, (app, latest, last)))
        })
    }

    fn kept(&self) -> MutexGuard<'_, VecDeque<(u64, Arc<str>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A browser that connects again sends the id of the event that it has seen last, as a header. A page that opens a
/// stream cannot set that, and sends `?after=`.
pub async fn stream(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> impl IntoResponse {
    let id = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let last = app.events.number(id.or_else(|| uri.query()?.strip_prefix("after=")));
    let sent = {
        let app = app.clone();
        move |(number, data)| {
            Ok::<_, Infallible>(Sent::default().id(app.events.id(number)).data::<Arc<str>>(data))
        }
    };
    // An event, which a page sees, and not a comment, which only its browser sees.
    let keep_alive = KeepAlive::new().event(Sent::default().event("alive").data("-"));
    // A proxy that buffers would hold events back.
    ([("x-accel-buffering", "no")], Sse::new(Events::after(app, last).map(sent)).keep_alive(keep_alive))
}
