//! Webhooks get lost. The reports of a day show which: once a night, or by hand.

use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use axum::{
    Json,
    extract::{Path, State},
    http::HeaderMap,
};
use enablex::{
    ConfNum, Date, Error, RoomId,
    webhooks::{Event, EventKind},
};
use serde::Serialize;

use crate::{app::App, failure::Failure};

/// How many sessions are remembered. An application keeps them in its database.
const MOST: usize = 100_000;
const DAY_S: u64 = 24 * 60 * 60;

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
        if matches!(told.0, EventKind::RoomDrop | EventKind::Recording) && sessions.known.insert(told.clone())
        {
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
        if let Some(session) = row.conf_num()
            && row.links().next().is_some()
            && app.sessions.is_missed(EventKind::Recording, session)
        {
            missed.recorded.insert(session.clone(), row.room_id().cloned());
        }
    }
    Ok(missed)
}

/// `POST /api/reconcile/2026-03-31`
pub async fn by_hand(
    State(app): State<Arc<App>>,
    Path(day): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Missed>, Failure> {
    app.moderators.check(&headers)?;
    Ok(Json(reconcile(&app, day.parse()?).await?))
}

/// Reconciles yesterday, each day at this time of UTC.
pub async fn every_night(app: Arc<App>, (hour, minute): (u64, u64)) {
    loop {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let until = (DAY_S + hour * 3600 + minute * 60 - now % DAY_S - 1) % DAY_S + 1;
        tokio::time::sleep(Duration::from_secs(until)).await;
        let yesterday = Date::try_from(app.now()).map_err(Error::from).and_then(|today| today.plus_days(-1));
        let missed = match yesterday {
            Ok(day) => reconcile(&app, day).await,
            Err(error) => Err(error),
        };
        match missed {
            Ok(missed) => {
                let (ended, recorded) = (missed.ended.len(), missed.recorded.len());
                tracing::info!(ended, recorded, "sessions that no webhook told of");
            }
            Err(error) => tracing::error!(%error, "yesterday could not be reconciled"),
        }
    }
}
