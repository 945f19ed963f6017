//! Reports: call detail records (CDR) and the archive.

use std::{
    fmt,
    future::ready,
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_util::{Stream, StreamExt, stream};

use crate::{CallOptions, Error, RoomId, Violation, transport::Transport};

mod archive;
mod cdr;
mod cdr_row;
mod conf_num;
mod date;
mod period;
mod query;
mod saved_files;

pub use archive::{ArchiveKind, ArchiveLink};
pub use cdr_row::CdrRow;
pub use conf_num::ConfNum;
pub use date::Date;
pub use period::Period;
pub use query::ReportRow;
use query::Selection;
pub use saved_files::{Saved, SavedFile, SavedFiles};

/// The reports of one kind: rows of [`Cdr`](crate::Cdr), from [`Client::cdr`](crate::Client::cdr), or of
/// [`Archive`](crate::Archive), from [`Client::archive`](crate::Client::archive).
///
/// Each method selects rows and gives a [`Report`], which [`list`](Report::list) fetches in one piece and
/// [`rows`](Report::rows) row by row.
///
/// ```no_run
/// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
/// for row in client.cdr().day("2026-03-31").list().await? {
///     println!("{:?} {:?}", row.user_ref(), row.duration());
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Reports<'a, R> {
    pub(crate) transport: &'a Arc<Transport>,
    pub(crate) rows: PhantomData<fn() -> R>,
}

impl<'a, R: ReportRow> Reports<'a, R> {
    pub(crate) fn new(transport: &'a Arc<Transport>) -> Self {
        Self { transport, rows: PhantomData }
    }

    /// Selects all rooms of the project on one day of UTC, by the rows' `trans_date` (`getPeriodCDR`,
    /// `getPeriodArchive`).
    ///
    /// EnableX does not say whether a period includes its last day. So the request is for the day and the
    /// one after it, and rows of the second day are left out. A row whose `trans_date` is missing or cannot
    /// be read is kept.
    ///
    /// ```no_run
    /// # use std::time::SystemTime;
    /// # use enablex::Date;
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// let yesterday = Date::try_from(SystemTime::now())?.plus_days(-1)?;
    /// let rows = client.cdr().day(yesterday).list().await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn day<D>(&self, day: D) -> Report<'a, R>
    where
        D: TryInto<Date, Error: Into<Violation>>,
    {
        let days = checked(day).and_then(two_days);
        self.of_day(days.map(|(day, period)| (day, Selection::Period(period))))
    }

    /// Selects one room on one day of UTC, in the same way as [`day`](Self::day) (`getCDRByRoomAndPeriod`,
    /// `getArchiveByRoomAndPeriod`).
    pub fn room_day<I, D>(&self, id: I, day: D) -> Report<'a, R>
    where
        I: TryInto<RoomId, Error: Into<Violation>>,
        D: TryInto<Date, Error: Into<Violation>>,
    {
        let both = both(checked(id), checked(day).and_then(two_days));
        self.of_day(both.map(|(room, (day, period))| (day, Selection::RoomPeriod(room, period))))
    }

    /// Selects all rooms of the project in a [`Period`] (`getPeriodCDR`, `getPeriodArchive`). **The last day
    /// may be missing**, as [`Period`] explains; [`day`](Self::day) is right for one day.
    pub fn period<P>(&self, days: P) -> Report<'a, R>
    where
        P: TryInto<Period, Error: Into<Error>>,
    {
        self.report(period(days).map(Selection::Period))
    }

    /// Selects one room, by its id or by a [`Room`](crate::Room) that the service returned (`getCDRByRoom`,
    /// `getArchiveByRoom`).
    pub fn room<I>(&self, id: I) -> Report<'a, R>
    where
        I: TryInto<RoomId, Error: Into<Violation>>,
    {
        self.report(checked(id).map(Selection::Room))
    }

    /// Selects one room in a [`Period`] (`getCDRByRoomAndPeriod`, `getArchiveByRoomAndPeriod`). **The last
    /// day may be missing**, as [`Period`] explains; [`room_day`](Self::room_day) is right for one day.
    pub fn room_period<I, P>(&self, id: I, days: P) -> Report<'a, R>
    where
        I: TryInto<RoomId, Error: Into<Violation>>,
        P: TryInto<Period, Error: Into<Error>>,
    {
        let both = both(checked(id), period(days));
        self.report(both.map(|(room, period)| Selection::RoomPeriod(room, period)))
    }

    /// Selects one session, by its conference number (`getCDRByConfNumber`, `getArchiveByConfNumber`).
    pub fn conf<I>(&self, conf_num: I) -> Report<'a, R>
    where
        I: TryInto<ConfNum, Error: Into<Violation>>,
    {
        self.report(checked(conf_num).map(Selection::Conf))
    }

    fn of_day(&self, selected: Result<(Date, Selection), Vec<Violation>>) -> Report<'a, R> {
        let day = selected.as_ref().ok().map(|(day, _)| *day);
        Report { day, ..self.report(selected.map(|(_, selection)| selection)) }
    }

    fn report(&self, selection: Result<Selection, Vec<Violation>>) -> Report<'a, R> {
        let (options, day) = (CallOptions::new(), None);
        Report { transport: self.transport, selection, day, options, rows: PhantomData }
    }
}

/// Whether a row belongs to the day. A row without a readable date belongs to any.
fn is_of(row: &impl ReportRow, day: Option<Date>) -> bool {
    let of = row.trans_date().and_then(|time| Date::try_from(time).ok());
    day.is_none() || of.is_none() || of == day
}

/// The day, and the period of it and the next one.
fn two_days(day: Date) -> Result<(Date, Period), Vec<Violation>> {
    let next = day.plus_days(1).map_err(Error::into_violations)?;
    Ok((day, period(day..=next)?))
}

fn checked<V, T>(input: T) -> Result<V, Vec<Violation>>
where
    T: TryInto<V, Error: Into<Violation>>,
{
    input.try_into().map_err(|broken| vec![broken.into()])
}

fn period<P>(days: P) -> Result<Period, Vec<Violation>>
where
    P: TryInto<Period, Error: Into<Error>>,
{
    days.try_into().map_err(|error| error.into().into_violations())
}

/// Both values, or the violations of both.
fn both<A, B>(
    one: Result<A, Vec<Violation>>,
    other: Result<B, Vec<Violation>>,
) -> Result<(A, B), Vec<Violation>> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err([one.err(), other.err()].into_iter().flatten().flatten().collect()),
    }
}

/// A selection of rows; from [`Reports`]. Nothing is sent before [`list`](Self::list) or
/// [`rows`](Self::rows), which refuse an id or a period that breaks a rule.
#[derive(Clone)]
pub struct Report<'a, R> {
    transport: &'a Arc<Transport>,
    selection: Result<Selection, Vec<Violation>>,
    /// Rows of other days are left out.
    day: Option<Date>,
    options: CallOptions,
    rows: PhantomData<fn() -> R>,
}

impl<R: ReportRow> Report<'_, R> {
    /// Sets the [`CallOptions`] of this report, in place of earlier ones.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Fetches the report in one piece, within the [timeout](crate::ClientBuilder::timeout) of the call and
    /// with [retries](crate::retry).
    ///
    /// The response may have as many bytes as the client's [cap](crate::ClientBuilder::body_cap) allows. Its
    /// default of 8 MiB is enough for about ten thousand CDR rows.
    ///
    /// ```no_run
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// let rows = client.cdr().period("2026-03-01"..="2026-03-31").list().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of any call: see [`Error`]. A report that is larger than the cap is refused once that many bytes
    /// have come: use [`rows`](Self::rows), or set a larger cap. EnableX publishes no code for a period that
    /// it refuses.
    pub async fn list(&self) -> Result<Vec<R>, Error> {
        let query = R::Query::from(self.checked()?);
        let mut rows = self.transport.list(&query, &self.options).await?;
        rows.retain(|row| is_of(row, self.day));
        Ok(rows)
    }

    /// Fetches the report row by row, decoding each row as its bytes arrive. The memory it takes does not
    /// grow with the report. Nothing is sent before the stream is polled.
    ///
    /// ```no_run
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// let mut rows = client.cdr().period("2026-03-01"..="2026-03-31").rows();
    /// while let Some(row) = rows.next().await {
    ///     let row = row?;
    ///     println!("{:?} {:?}", row.user_ref(), row.duration());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// [`ReportRows`] explains its deadlines, its caps and its errors.
    pub fn rows(&self) -> ReportRows<R> {
        match self.checked() {
            Ok(selection) => {
                let query = R::Query::from(selection);
                let rows = self.transport.clone().rows(query, self.options.clone()).fuse();
                let day = self.day;
                let is_selected =
                    move |row: &Result<Box<R>, Error>| row.as_ref().map_or(true, |row| is_of(&**row, day));
                ReportRows(rows.filter(move |row| ready(is_selected(row))).boxed())
            }
            Err(error) => ReportRows(stream::iter([Err(error)]).boxed()),
        }
    }

    /// The selection, where neither it nor the options break a rule.
    fn checked(&self) -> Result<Selection, Error> {
        let mut violations = self.selection.as_ref().err().cloned().unwrap_or_default();
        violations.extend(self.transport.validate_options(&self.options));
        match &self.selection {
            Ok(selection) => Error::check(violations).map(|()| selection.clone()),
            Err(_) => Err(Error::invalid(violations)),
        }
    }
}

/// The rows of a report, decoded as their bytes arrive; from [`Report::rows`].
///
/// It is a [`futures_core::Stream`] that borrows nothing: it may outlive the client, and be sent to another
/// task.
///
/// [`futures_core::Stream`]: https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html
///
/// **Errors.** An attempt that fails before the first row is [retried](crate::retry) like any read, within
/// the call's timeout. After the first row there is no retry: an error ends the stream. A report that breaks
/// off, whose end is not a success, or that has a row that cannot be decoded always ends with an error. A new
/// request fetches all rows again, in an order that EnableX does not document, so discard what was computed
/// from the first ones:
///
/// ```no_run
/// # use enablex::{Client, Error};
/// async fn minutes(client: &Client) -> Result<f64, Error> {
///     let march = client.cdr().period("2026-03-01"..="2026-03-31");
///     let mut tries = 3;
///     'report: loop {
///         let (mut rows, mut minutes) = (march.rows(), 0.0);
///         while let Some(row) = rows.next().await {
///             match row {
///                 Ok(row) => minutes += row.subscribed_minutes().unwrap_or_default(),
///                 Err(error) if error.is_retryable() && tries > 1 => {
///                     tries -= 1;
///                     continue 'report;
///                 }
///                 Err(error) => return Err(error),
///             }
///         }
///         return Ok(minutes);
///     }
/// }
/// ```
///
/// **Deadlines.** The first row must come within the
/// [attempt's timeout](crate::ClientBuilder::attempt_timeout). After it the stream fails when no bytes
/// come for that long while a row is awaited. The whole report may take any time.
///
/// **Caps.** The client's [cap](crate::ClientBuilder::body_cap) applies to each row and to everything beside
/// the rows; the report may have any size. The report counts against
/// [`max_calls_in_flight`](crate::ClientBuilder::max_calls_in_flight) until it ends.
///
/// **Runtime.** The Tokio runtime on which the stream was first polled drives its connection, so poll it
/// there.
///
/// Dropping the stream ends the transfer. The response that
/// [`keep_answer`](crate::CallOptions::keep_answer) keeps has no body here.
#[must_use = "a stream does nothing unless it is polled"]
pub struct ReportRows<R>(Pin<Box<dyn Stream<Item = Result<Box<R>, Error>> + Send>>);

impl<R> ReportRows<R> {
    /// The next row, an error that ends the report, or `None` after the last row.
    pub async fn next(&mut self) -> Option<Result<R, Error>> {
        self.0.next().await.map(|next| next.map(|row| *row))
    }
}

impl<R> Stream for ReportRows<R> {
    type Item = Result<R, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(context).map(|next| next.map(|next| next.map(|row| *row)))
    }
}

impl<R> fmt::Debug for Reports<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reports").field("transport", &self.transport).finish()
    }
}

impl<R> fmt::Debug for Report<'_, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Report")
            .field("transport", &self.transport)
            .field("selection", &self.selection)
            .field("day", &self.day)
            .field("options", &self.options)
            .finish()
    }
}

impl<R> fmt::Debug for ReportRows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReportRows").finish_non_exhaustive()
    }
}
