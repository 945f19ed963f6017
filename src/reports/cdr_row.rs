//! A CDR row as one flat record.

use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use crate::{
    Cdr, Role,
    accessors::{copied, text},
    wire::{rfc3339_millis, whole_seconds},
};

/// A [`Cdr`] as one flat record, for a line of CSV or a row of a table; from [`Cdr::to_row`].
///
/// The fields are the columns. **Their names and their order are stable**, and a new column comes at the end.
/// [`COLUMNS`](Self::COLUMNS) lists them, for a header that is there without rows, too.
///
/// Times are RFC 3339 in UTC, rounded down to milliseconds: `2026-03-09T10:30:00.000Z`. Numbers are numbers.
/// A value that is missing, empty or unreadable, or a time outside of the years 1970 to 9999, is `None`: an empty cell here, while the [`Cdr`] keeps what
/// the service sent. The join token and the user's address are left out.
///
/// ```
/// use enablex::{Cdr, CdrRow};
///
/// let text = r#"{"cdr_id": "65e590ff3e", "room": {"duration": 972.36}, "user": {"ref": "emp-1042"}}"#;
/// let row = serde_json::from_str::<Cdr>(text)?.to_row();
/// assert_eq!(row.user_ref.as_deref(), Some("emp-1042"));
/// assert_eq!(row.duration_s, Some(972.36));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// With the crate `csv`, where `rows` is from [`Report::rows`](crate::Report::rows):
///
/// ```no_run
/// # async fn run(mut rows: enablex::ReportRows<enablex::Cdr>) -> Result<(), Box<dyn std::error::Error>> {
/// let mut file = csv::WriterBuilder::new().has_headers(false).from_path("march.csv")?;
/// file.write_record(enablex::CdrRow::COLUMNS)?;
/// while let Some(row) = rows.next().await {
///     file.serialize(row?.to_row())?;
/// }
/// file.flush()?;
/// # Ok(())
/// # }
/// ```
///
/// **Spreadsheets.** Users may choose their names, and a text that begins with `=`, `+`, `-` or `@` is a
/// formula for a spreadsheet. Texts are written as they are, so that they can be compared: import the columns
/// as text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct CdrRow {
    /// [`Cdr::id`].
    pub cdr_id: Option<String>,
    /// [`Cdr::trans_date`].
    pub trans_date: Option<String>,
    /// [`Cdr::room_id`].
    pub room_id: Option<String>,
    /// [`Cdr::conf_num`].
    pub conf_num: Option<String>,
    /// [`Cdr::user_ref`].
    pub user_ref: Option<String>,
    /// [`Cdr::user_name`].
    pub user_name: Option<String>,
    /// [`Cdr::role`].
    pub role: Option<String>,
    /// [`Cdr::connected_at`].
    pub connected_at: Option<String>,
    /// [`Cdr::disconnected_at`].
    pub disconnected_at: Option<String>,
    /// [`Cdr::duration`] in seconds.
    pub duration_s: Option<f64>,
    /// [`Cdr::subscribed_minutes`].
    pub subscribed_minutes: Option<f64>,
    /// [`Cdr::published_minutes`].
    pub published_minutes: Option<f64>,
}

impl CdrRow {
    /// The names of the columns, in their order.
    pub const COLUMNS: &[&str] = &[
        "cdr_id",
        "trans_date",
        "room_id",
        "conf_num",
        "user_ref",
        "user_name",
        "role",
        "connected_at",
        "disconnected_at",
        "duration_s",
        "subscribed_minutes",
        "published_minutes",
    ];
}

impl From<&Cdr> for CdrRow {
    fn from(cdr: &Cdr) -> Self {
        let owned = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        let is_written = |time: &SystemTime| whole_seconds(*time).is_some();
        let written = |time: Option<SystemTime>| time.filter(is_written).map(rfc3339_millis);
        // With the digits that the service sent.
        let seconds = cdr.room.as_ref().and_then(|room| copied(&room.duration));
        Self {
            cdr_id: owned(text(&cdr.cdr_id)),
            trans_date: written(cdr.trans_date()),
            room_id: owned(cdr.room_id().map(|id| id.as_str())),
            conf_num: owned(cdr.conf_num().map(|number| number.as_str())),
            user_ref: owned(cdr.user_ref()),
            user_name: owned(cdr.user_name()),
            role: owned(cdr.role().map(Role::as_str)),
            connected_at: written(cdr.connected_at()),
            disconnected_at: written(cdr.disconnected_at()),
            duration_s: seconds.filter(|seconds| Duration::try_from_secs_f64(*seconds).is_ok()),
            subscribed_minutes: cdr.subscribed_minutes(),
            published_minutes: cdr.published_minutes(),
        }
    }
}

impl Cdr {
    /// The row as one flat record, for CSV or a table.
    pub fn to_row(&self) -> CdrRow {
        self.into()
    }
}
