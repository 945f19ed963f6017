//! Rows as people read them.

use std::time::SystemTime;

use enablex::{Date, ReportRow};
use serde::Serialize;

use crate::table::Column;

/// A row that can be shown and counted.
pub trait Shown: ReportRow + Serialize {
    /// The totals of all rows. They grow only with the number of days and users.
    type Tally: Default;

    const COLUMNS: &[Column];

    /// The row, as one or more lines of cells.
    fn lines(&self) -> Vec<Vec<String>>;

    fn count(&self, tally: &mut Self::Tally);

    /// The lines at the end of the report.
    fn summary(tally: &Self::Tally) -> Vec<String>;
}

/// The cell of a missing value.
pub const NOTHING: &str = "-";

pub fn shown(text: Option<impl ToString>) -> String {
    text.map(|text| text.to_string()).unwrap_or_else(|| NOTHING.into())
}

pub fn day(time: Option<SystemTime>) -> Option<Date> {
    Date::try_from(time?).ok()
}

/// The day and the time of day, in UTC.
pub fn moment(time: Option<SystemTime>) -> Option<String> {
    let day = day(time)?;
    let seconds = time?.duration_since(day.start()).ok()?.as_secs();
    Some(format!("{day} {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
}
