//! Call reports.

use std::{sync::Arc, time::SystemTime};

use serde_json::Value;

use super::{ids::Ids, query::Query, session::Connection};
use crate::{Role, wire::Text};

mod digits;
mod fill;
mod report;
mod row;

use fill::Fill;
pub(super) use report::Report;
use row::Row;

/// The rows of all rooms, including deleted ones.
#[derive(Default)]
pub(super) struct Cdr {
    /// In the order in which the users left.
    rows: Vec<StoredRow>,
    /// The made-up rows, with the ids of their rooms.
    fills: Vec<(String, Arc<Fill>)>,
}

/// A row with the values that a query selects by.
struct StoredRow {
    room_id: String,
    conf_num: String,
    trans_date: SystemTime,
    json: Vec<u8>,
}

impl Cdr {
    /// Adds a connection that has ended.
    pub fn record(
        &mut self,
        connection: &Connection,
        conf_num: &str,
        app_id: &str,
        now: SystemTime,
        ids: &mut Ids,
    ) {
        let (user, room_id) = (&connection.user.user, &connection.user.room_id);
        let text = |text: &Option<Text>| json(text.as_ref().and_then(Text::get).map_or("", String::as_str));
        let mut row = Vec::new();
        Row {
            room_id: json(room_id).as_bytes(),
            app_id: json(app_id).as_bytes(),
            conf_num: conf_num.as_bytes(),
            call_num: connection.call_num.to_string().as_bytes(),
            call_log_id: ids.short().as_bytes(),
            cdr_id: ids.short().as_bytes(),
            name: text(&user.name).as_bytes(),
            user_ref: text(&user.user_ref).as_bytes(),
            role: user.role.as_ref().map_or("", Role::as_str).as_bytes(),
            publishes: connection.publishes(),
            connected: connection.since,
            disconnected: now,
        }
        .write(&mut row);
        self.rows.push(StoredRow {
            room_id: room_id.clone(),
            conf_num: conf_num.to_owned(),
            trans_date: connection.since,
            json: row,
        });
    }

    /// Adds made-up rows to a room, which replace earlier made-up ones.
    pub fn fill(&mut self, room_id: &str, rows: u64, app_id: &str, now: SystemTime, ids: &mut Ids) {
        self.fills.retain(|(filled, _)| filled != room_id);
        self.fills.push((room_id.to_owned(), Arc::new(Fill::new(room_id, rows, app_id, now, ids))));
    }

    /// The report that a query selects.
    pub fn report(&self, query: Query<'_>) -> Report {
        let stored =
            self.rows.iter().filter(|row| query.matches(&row.room_id, &row.conf_num, row.trans_date));
        let fills = self.fills.iter().filter(|(id, _)| query.matches_room(id) && query.conf_num.is_none());
        let fills = fills.map(|(_, fill)| (fill.clone(), fill.rows(query.period)));
        Report::new(stored.map(|row| &*row.json), fills.collect())
    }
}

/// Encodes a text as a JSON string.
fn json(text: &str) -> String {
    Value::from(text).to_string()
}
