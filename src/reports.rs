//! Reports: who was connected (CDR), and what was recorded (archive).

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
mod conf_num;
mod date;
mod period;
mod query;

pub use archive::{ArchiveKind, ArchiveLink};
pub use conf_num::ConfNum;
pub use date::Date;
pub use period::Period;
pub use query::ReportRow;
use query::Selection;

/// The reports of one kind; from [`Client::cdr`](crate::Client::cdr) and
/// [`Client::archive`](crate::Client::archive).
#[derive(Clone)]
pub struct Reports<'a, R> {
    pub(crate) transport: &'a Arc<Transport>,
    pub(crate) rows: PhantomData<fn() -> R>,
}

impl<'a, R: ReportRow> Reports<'a, R> {
    pub(crate) fn new(transport: &'a Arc<Transport>) -> Self {
        Self { transport, rows: PhantomData }
    }

    /// All rooms of the project on one day of UTC, by the rows' `trans_date`.
    ///
    /// EnableX does not say whether a period counts its last day in, so this asks for the day and the one
    /// after it (`getPeriodCDR`, `getPeriodArchive`), and keeps the rows of the day: it is right either
    /// way. A row whose `trans_date` cannot be read is kept.
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
        D: TryInto<Date>,
        D::Error: Into<Violation>,
    {
        self.of_day(two_days(day).map(|(day, period)| (day, Selection::Period(period))))
    }

    /// One room on one day of UTC (`getCDRByRoomAndPeriod`, `getArchiveByRoomAndPeriod`); asked for as
    /// [`day`](Self::day) does.
    pub fn room_day<I, D>(&self, id: I, day: D) -> Report<'a, R>
    where
        I: TryInto<RoomId>,
        I::Error: Into<Violation>,
        D: TryInto<Date>,
        D::Error: Into<Violation>,
    {
        let both = both(room(id), two_days(day));
        self.of_day(both.map(|(room, (day, period))| (day, Selection::RoomPeriod(room, period))))
    }

    /// All rooms of the project in a [period](Period), whose **last day may be missing** from the answer:
    /// see there, and [`day`](Self::day) for one day (`getPeriodCDR`, `getPeriodArchive`).
    pub fn period<P>(&self, days: P) -> Report<'a, R>
    where
        P: TryInto<Period>,
        P::Error: Into<Error>,
    {
        self.report(period(days).map(Selection::Period))
    }

    /// One room, by its id or by the [`Room`](crate::Room) of an answer (`getCDRByRoom`,
    /// `getArchiveByRoom`).
    pub fn room<I>(&self, id: I) -> Report<'a, R>
    where
        I: TryInto<RoomId>,
        I::Error: Into<Violation>,
    {
        self.report(room(id).map(Selection::Room))
    }

    /// One room in a [period](Period), whose **last day may be missing** from the answer: see there, and
    /// [`room_day`](Self::room_day) for one day (`getCDRByRoomAndPeriod`, `getArchiveByRoomAndPeriod`).
    pub fn room_period<I, P>(&self, id: I, days: P) -> Report<'a, R>
    where
        I: TryInto<RoomId>,
        I::Error: Into<Violation>,
        P: TryInto<Period>,
        P::Error: Into<Error>,
    {
        self.report(both(room(id), period(days)).map(|(room, period)| Selection::RoomPeriod(room, period)))
    }

    /// One session, by its conference number (`getCDRByConfNumber`, `getArchiveByConfNumber`).
    pub fn conf<I>(&self, conf_num: I) -> Report<'a, R>
    where
        I: TryInto<ConfNum>,
        I::Error: Into<Violation>,
    {
        self.report(conf_num.try_into().map(Selection::Conf).map_err(|broken| vec![broken.into()]))
    }

    fn of_day(&self, asked: Result<(Date, Selection), Vec<Violation>>) -> Report<'a, R> {
        let day = asked.as_ref().ok().map(|(day, _)| *day);
        Report { day, ..self.report(asked.map(|(_, selection)| selection)) }
    }

    fn report(&self, selection: Result<Selection, Vec<Violation>>) -> Report<'a, R> {
        let (options, day) = (CallOptions::new(), None);
        Report { transport: self.transport, selection, day, options, rows: PhantomData }
    }
}

/// Whether a row is of the day that was asked for, as far as it says.
fn is_of(row: &impl ReportRow, day: Option<Date>) -> bool {
    let of = row.trans_date().and_then(|time| Date::try_from(time).ok());
    day.is_none() || of.is_none() || of == day
}

fn room<I>(id: I) -> Result<RoomId, Vec<Violation>>
where
    I: TryInto<RoomId>,
    I::Error: Into<Violation>,
{
    id.try_into().map_err(|broken| vec![broken.into()])
}

/// A day, and the period of it and the next one.
fn two_days<D>(day: D) -> Result<(Date, Period), Vec<Violation>>
where
    D: TryInto<Date>,
    D::Error: Into<Violation>,
{
    let day = day.try_into().map_err(|broken| vec![broken.into()])?;
    let next = day.plus_days(1).map_err(Error::into_violations)?;
    Ok((day, period(day..=next)?))
}

/// Both, or all that is wrong with them.
fn both<A, B>(
    one: Result<A, Vec<Violation>>,
    other: Result<B, Vec<Violation>>,
) -> Result<(A, B), Vec<Violation>> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => Err([one.err(), other.err()].into_iter().flatten().flatten().collect()),
    }
}

fn period<P>(days: P) -> Result<Period, Vec<Violation>>
where
    P: TryInto<Period>,
    P::Error: Into<Error>,
{
    days.try_into().map_err(|error| error.into().into_violations())
}

/// A report that can be asked for: collected, or as a stream. An id or a period that breaks a rule is
/// refused then, with nothing sent.
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
    /// The same with options of its own, in place of earlier ones.
    pub fn with(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Fetches the report in one piece, as any other call does: within the call's deadline, repeated
    /// where that helps, and up to the client's [cap](crate::ClientBuilder::body_cap), which 8 MiB of
    /// CDR reach with some ten thousand rows.
    ///
    /// ```no_run
    /// # async fn run(client: enablex::Client) -> Result<(), enablex::Error> {
    /// let rows = client.cdr().period("2026-03-01"..="2026-03-31").list().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of any call: see [`ErrorKind`](crate::ErrorKind). A report that is larger than the cap is
    /// refused after as much of it: take [`rows`](Self::rows), or a larger cap. No code is published for
    /// a period that the service does not like.
    pub async fn list(&self) -> Result<Vec<R>, Error> {
        let query = R::Query::from(self.checked()?);
        let mut rows = self.transport.list(&query, &self.options).await?;
        rows.retain(|row| is_of(row, self.day));
        Ok(rows)
    }

    /// Fetches the report row by row, as it comes, in memory that does not grow with it. Nothing is
    /// sent before the first row is asked for.
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
    /// See [`ReportRows`] for its deadlines, its caps and what becomes of an error.
    pub fn rows(&self) -> ReportRows<R> {
        match self.checked() {
            Ok(selection) => {
                let query = R::Query::from(selection);
                let rows = self.transport.clone().rows(query, self.options.clone()).fuse();
                let day = self.day;
                let is_asked =
                    move |row: &Result<Box<R>, Error>| row.as_ref().map_or(true, |row| is_of(&**row, day));
                ReportRows(rows.filter(move |row| ready(is_asked(row))).boxed())
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

/// The rows of a report as they come; from [`Report::rows`]. A `futures_core::Stream` that owns what it
/// needs: it may outlive the client, and be sent to another task.
///
/// **Errors.** A report that fails before its first row is repeated like any read, within the
/// call's timeout. After that it is not: the stream ends with the error. A report that breaks off, whose
/// end is no success, or that has a row that cannot be decoded never looks like one that has ended.
/// Whoever asks again gets all rows again, in an order that is not documented, so what was made of
/// the first ones is to be thrown away:
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
/// **Deadlines.** The first row comes within the attempt's timeout; after it, the stream fails where
/// nothing comes for that long while a row is waited for. The whole of it may take any time.
///
/// **Caps.** The client's [cap](crate::ClientBuilder::body_cap) holds for every row, and for what is
/// beside the rows; the report may have any size. It holds its place under
/// [`max_calls_in_flight`](crate::ClientBuilder::max_calls_in_flight) until it ends.
///
/// It is to be polled on the Tokio runtime on which its first row was asked for, which drives its connection.
///
/// Dropping it ends the transfer. The answer that
/// [`keep_answer`](crate::CallOptions::keep_answer) keeps has no body here.
#[must_use = "a stream does nothing unless it is asked for its rows"]
pub struct ReportRows<R>(Pin<Box<dyn Stream<Item = Result<Box<R>, Error>> + Send>>);

impl<R> ReportRows<R> {
    /// The next row, an error that ends the report, or `None` where all rows were given out.
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
