//! Webhooks get lost. The reports of a day show which: once a night, or by hand.
//!
//! What webhooks have told is kept in memory here, so after a restart, and on each of several servers, more is missed
//! than was lost. An application keeps it in its database.

use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    http::HeaderMap,
};
use enablex::{
    ArchiveKind, ConfNum, Date, Error, RoomId,
    webhooks::{Event, EventKind},
};
use serde::Serialize;

use crate::{app::App, failure::Failure};

/// How many events are remembered.
const MOST: usize = 100_000;
const DAY_S: u64 = 24 * 60 * 60;
/// How often a night is tried, and what is between the tries.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_secs(60 * 60);

/// The sessions of which webhooks have told, by type of event.
#[derive(Default)]
pub struct Sessions(Mutex<Told>);

#[derive(Default)]
struct Told {
    known: HashSet<(EventKind, ConfNum)>,
    order: VecDeque<(EventKind, ConfNum)>,
}

impl Sessions {
    pub fn note(&self, event: &Event) {
        let Some(session) = event.conf_num() else { return };
        let told = (event.kind().clone(), session.clone());
        let mut sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_kept = matches!(told.0, EventKind::RoomDrop | EventKind::Recording | EventKind::Transcoded);
        if is_kept && sessions.known.insert(told.clone()) {
            sessions.order.push_back(told);
            if sessions.order.len() > MOST
                && let Some(oldest) = sessions.order.pop_front()
            {
                sessions.known.remove(&oldest);
            }
        }
    }

    /// Whether no such event of the session was told.
    fn is_missed(&self, kind: EventKind, session: &ConfNum) -> bool {
        let sessions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !sessions.known.contains(&(kind, session.clone()))
    }
}

/// What the reports have and webhooks did not tell.
#[derive(Default, Serialize)]
pub struct Missed {
    /// Sessions that have ended, and their rooms.
    ended: BTreeMap<ConfNum, Option<RoomId>>,
    /// Sessions that were recorded.
    recorded: BTreeMap<ConfNum, Option<RoomId>>,
    /// Sessions of which there are transcoded files.
    transcoded: BTreeMap<ConfNum, Option<RoomId>>,
}

pub async fn reconcile(app: &App, day: Date) -> Result<Missed, Error> {
    let mut missed = Missed::default();
    let mut rows = app.client.cdr().day(day).rows();
    while let Some(row) = rows.next().await {
        let row = row?;
        if let Some(session) = row.conf_num()
            && app.sessions.is_missed(EventKind::RoomDrop, session)
        {
            missed.ended.insert(session.clone(), row.room_id().cloned());
        }
    }
    let mut rows = app.client.archive().day(day).rows();
    while let Some(row) = rows.next().await {
        let row = row?;
        let Some(session) = row.conf_num() else { continue };
        for (kind, event, sessions) in [
            (ArchiveKind::Recording, EventKind::Recording, &mut missed.recorded),
            (ArchiveKind::Transcoded, EventKind::Transcoded, &mut missed.transcoded),
        ] {
            if row.links().any(|link| link.kind == kind) && app.sessions.is_missed(event, session) {
                sessions.insert(session.clone(), row.room_id().cloned());
            }
        }
    }
    Ok(missed)
}

/// `POST /api/reconcile/2026-03-31`
pub async fn by_hand(
    State(app): State<Arc<App>>,
    day: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Json<Missed>, Failure> {
    app.moderators.check(&headers)?;
    let Path(day) = day.map_err(|_| Failure::invalid("date", "must be UTF-8"))?;
    Ok(Json(reconcile(&app, day.parse()?).await?))
}

/// Reconciles yesterday, each day at this time of UTC.
pub async fn every_night(app: Arc<App>, (hour, minute): (u64, u64)) {
    loop {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let until = (DAY_S + hour * 3600 + minute * 60 - now % DAY_S - 1) % DAY_S + 1;
        tokio::time::sleep(Duration::from_secs(until)).await;
        for _ in 0..TRIES {
            match yesterday(&app).await {
                Ok(missed) => {
                    missed.log();
                    break;
                }
                Err(error) => tracing::error!(%error, "yesterday could not be reconciled"),
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn yesterday(app: &App) -> Result<Missed, Error> {
    let day = Date::try_from(app.now())?.plus_days(-1)?;
    reconcile(app, day).await
}

impl Missed {
    fn log(&self) {
        for (what, sessions) in
            [("roomdrop", &self.ended), ("recording", &self.recorded), ("transcoded", &self.transcoded)]
        {
            for (session, room) in sessions {
                tracing::warn!(what, %session, ?room, "no webhook told of it");
            }
        }
    }
}
