//! What a row has to tell, for people.

use std::time::SystemTime;

use enablex::{Date, ReportRow};
use serde::Serialize;

use crate::table::Column;

/// A row that can be shown and counted.
pub trait Shown: ReportRow + Serialize {
    /// What is kept of all rows: it grows with days and users alone.
    type Tally: Default;

    const COLUMNS: &[Column];

    /// The row, as one line of cells or more.
    fn lines(&self) -> Vec<Vec<String>>;

    fn count(&self, tally: &mut Self::Tally);

    /// What is told at the end.
    fn summary(tally: &Self::Tally) -> Vec<String>;
}

/// What is shown where a row says nothing.
pub const NOTHING: &str = "-";

pub fn shown(text: Option<impl ToString>) -> String {
    text.map(|text| text.to_string()).unwrap_or_else(|| NOTHING.into())
}

pub fn day(time: Option<SystemTime>) -> Option<Date> {
    Date::try_from(time?).ok()
}

/// Day and time of day, in UTC.
pub fn moment(time: Option<SystemTime>) -> Option<String> {
    let day = day(time)?;
    let seconds = time?.duration_since(day.start()).ok()?.as_secs();
    Some(format!("{day} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}
