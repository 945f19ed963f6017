//! Reports: lists of any size, whose rows are decoded as they come.

use std::{future::Future, marker::PhantomData, pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use progenitor_client::{ByteStream, ResponseValue};
use serde::de::{DeserializeOwned, IgnoredAny};
use tokio::sync::OwnedSemaphorePermit;

use super::{
    Transport,
    call::{Answer, Plan, Reader, Sent},
    decode::second_look,
    drift::ReportWatch,
    envelope::{Envelope, Failure, lenient, payload},
    hook::Reply,
    operations::Operation,
    outcome::Outcome,
    sessions::Session,
    trace::Trace,
};
use crate::{CallOptions, Error, bindings, clock::Time};

#[cfg(fuzzing)]
pub(crate) mod fuzzing;
mod splitter;

use splitter::{Broken, Found, Splitter};

/// What a report is asked for with.
pub trait Query: Send + Sync + 'static {
    type Row: DeserializeOwned + Send;
    /// The report in one piece.
    type Answer: Envelope + DeserializeOwned;
    /// The key of the list of rows.
    const LIST: &'static str;

    fn operation(&self) -> &'static Operation;

    fn send(
        &self,
        bindings: &bindings::Client,
    ) -> impl Future<Output = Result<ResponseValue<ByteStream>, bindings::Error<()>>> + Send;
}

impl Transport {
    /// The rows of a report in one piece: a call as any other.
    pub async fn list<Q: Query>(&self, query: &Q, options: &CallOptions) -> Result<Vec<Q::Row>, Error> {
        let operation = query.operation();
        let trace = &Trace::new(operation, &self.server);
        let plan = Plan { operation, options, sessions: &self.sessions, trace, reader: Reader::Hook };
        let cap = self.bindings.inner.body_cap;
        let judge = |outcome: Outcome<'_>, sent: Sent<ByteStream>, reply: &Reply| {
            outcome.answer(sent, reply)?;
            // The look at the whole answer has seen them.
            let mut rows = Rows::<Q>::new(cap, ReportWatch::none());
            rows.chunk = reply.body.clone();
            let mut list = Vec::new();
            loop {
                match rows.next() {
                    Ok(Some(row)) => list.push(*row),
                    Ok(None) => {
                        let ended = rows.end(outcome, reply).map(|()| list);
                        // The words of a refusal may be of its rows, whose secrets are known here.
                        break ended.map_err(|error| match error.code() {
                            Some(_) => outcome.refused(reply, None),
                            None => error,
                        });
                    }
                    Err(stop) => break Err(rows.error(outcome, reply, stop)),
                }
            }
        };
        Ok(self.run(&plan, || query.send(&self.bindings), judge, || None).await?.payload)
    }

    /// The rows of a report one by one, as they come.
    pub fn rows<Q: Query>(
        self: Arc<Self>,
        query: Q,
        options: CallOptions,
    ) -> impl Stream<Item = Result<Box<Q::Row>, Error>> + Send {
        let begin = (self, query, options);
        stream::unfold(Some(State::Begin(Box::new(begin))), |state| async move {
            let mut open = match state? {
                State::Begin(begin) => {
                    let (transport, query, options) = *begin;
                    match transport.open(&query, &options).await {
                        Ok(open) => Box::new(open),
                        Err(error) => return Some((Err(error), None)),
                    }
                }
                State::Open(open) => open,
            };
            match open.next().await {
                Some(Ok(row)) => Some((Ok(row), Some(State::Open(open)))),
                Some(Err(error)) => Some((Err(error), None)),
                None => None,
            }
        })
    }

    /// Calls until the first row is there, or the end of a report without rows.
    async fn open<Q: Query>(self: Arc<Self>, query: &Q, options: &CallOptions) -> Result<Open<Q>, Error> {
        let operation = query.operation();
        let trace = Trace::new(operation, &self.server);
        let cap = self.bindings.inner.body_cap;
        let plan =
            Plan { operation, options, sessions: &self.sessions, trace: &trace, reader: Reader::Sender };
        let send = || async {
            let body = query.send(&self.bindings).await?.into_inner();
            let watch = self.watch.report(operation, Q::LIST);
            let mut body = Body { bytes: body.into_inner(), rows: Rows::<Q>::new(cap, watch) };
            let first = body.next(None).await;
            Ok(ResponseValue::new((body, first), Default::default(), Default::default()))
        };
        let judge = |outcome: Outcome<'_>, sent: Sent<(Body<Q>, Next<Q>)>, reply: &Reply| {
            let (mut body, first) = outcome.answer(sent, reply)?;
            match first {
                Ok(Some(_)) if !body.rows.begins_well() => {
                    Err(outcome.refused(&body.rows.reply(reply), None))
                }
                Ok(first @ Some(_)) => Ok((body, first, reply.without_body())),
                Ok(None) => body.rows.end(outcome, reply).map(|()| (body, None, reply.without_body())),
                Err(stop) => Err(body.rows.error(outcome, reply, stop)),
            }
        };
        let answer = self.run(&plan, send, judge, || None).await?;
        let Answer { payload: (body, first, reply), session, attempts, place, .. } = answer;
        let (idle, _) = options.timeouts(self.attempt_timeout, self.timeout);
        let is_whole = first.is_none();
        Ok(Open {
            transport: self.clone(),
            operation,
            trace,
            body,
            first,
            is_whole,
            reply,
            session,
            attempts,
            idle,
            _place: place,
        })
    }
}

/// A report under way.
struct Open<Q: Query> {
    transport: Arc<Transport>,
    operation: &'static Operation,
    trace: Trace,
    body: Body<Q>,
    /// The row that was waited for.
    first: Option<Box<Q::Row>>,
    is_whole: bool,
    reply: Reply,
    session: Arc<Session>,
    attempts: u32,
    /// How long nothing may come.
    idle: Duration,
    _place: Option<OwnedSemaphorePermit>,
}

enum State<Q: Query> {
    Begin(Box<(Arc<Transport>, Q, CallOptions)>),
    Open(Box<Open<Q>>),
}

impl<Q: Query> Open<Q> {
    async fn next(&mut self) -> Option<Result<Box<Q::Row>, Error>> {
        if let Some(first) = self.first.take() {
            return Some(Ok(first));
        }
        if self.is_whole {
            return None;
        }
        let next = self.body.next(Some((&self.transport.time, self.idle))).await;
        let outcome = Outcome {
            operation: self.operation,
            scrub: &self.session.scrub,
            attempts: self.attempts,
            time: &self.transport.time,
        };
        let error = match next {
            Ok(Some(row)) => return Some(Ok(row)),
            Ok(None) => self.body.rows.end(outcome, &self.reply).err()?,
            Err(stop) => self.body.rows.error(outcome, &self.reply, stop),
        };
        let error = error.given_up("rows of it were given out");
        self.trace.failed(&error, None);
        self.trace.gave_up(&error);
        Some(Err(error))
    }
}

/// The body of an answer, and the rows in it.
struct Body<Q: Query> {
    bytes: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send + Sync>>,
    rows: Rows<Q>,
}

/// A row, or the end of the report. Rows have some size, and many hands: they go through them in a box.
type Next<Q> = Result<Option<Box<<Q as Query>::Row>>, Stop>;

/// Why a report came to no end.
enum Stop {
    /// Nothing came for so long.
    Silent(Duration),
    Cut(reqwest::Error),
    Broken(Broken),
    /// A row did not decode.
    Row(serde_json::Error),
}

impl<Q: Query> Body<Q> {
    /// Waits for the next row, for as long as something comes at least this often.
    async fn next(&mut self, idle: Option<(&Time, Duration)>) -> Next<Q> {
        loop {
            if let Some(row) = self.rows.next()? {
                return Ok(Some(row));
            }
            let chunk = match idle {
                None => self.bytes.next().await,
                Some((time, idle)) => time.within(idle, self.bytes.next()).await.ok_or(Stop::Silent(idle))?,
            };
            match chunk {
                Some(chunk) => self.rows.chunk = chunk.map_err(Stop::Cut)?,
                None => return Ok(None),
            }
        }
    }
}

/// The rows of what has come.
struct Rows<Q> {
    splitter: Splitter,
    chunk: Bytes,
    watch: ReportWatch,
    /// How many rows have been found.
    count: u64,
    query: PhantomData<fn() -> Q>,
}

impl<Q: Query> Rows<Q> {
    fn new(cap: usize, watch: ReportWatch) -> Self {
        let splitter = Splitter::new(Q::LIST, cap);
        Self { splitter, chunk: Bytes::new(), watch, count: 0, query: PhantomData }
    }

    /// The next row that is there whole.
    fn next(&mut self) -> Next<Q> {
        let mut row = None;
        let found = self.splitter.next(&mut self.chunk, |bytes| {
            let mut rows = serde_json::Deserializer::from_slice(bytes).into_iter();
            row = rows.next()?.ok().map(Box::new);
            row.is_some().then(|| rows.byte_offset())
        });
        let Some(found) = found.map_err(Stop::Broken)? else { return Ok(None) };
        self.count += 1;
        let (Found::Whole(text) | Found::Row(text)) = &found;
        self.watch.row(text);
        match found {
            Found::Whole(_) => Ok(row),
            Found::Row(text) => decode(&text).map(|row| Some(Box::new(row))).map_err(Stop::Row),
        }
    }

    /// Whether what came before the first row may stand before the rows of a success.
    fn begins_well(&self) -> bool {
        let envelope = self.splitter.envelope();
        let is_json = serde_json::from_slice::<IgnoredAny>(&envelope).is_ok();
        is_json && !Failure::read(&envelope).is_refusal()
    }

    /// Holds the end of the report against what a success is.
    fn end(&mut self, outcome: Outcome<'_>, reply: &Reply) -> Result<(), Error> {
        let envelope = match self.splitter.end() {
            Ok(envelope) => envelope,
            Err(broken) => return Err(self.error(outcome, reply, Stop::Broken(broken))),
        };
        let reply = Reply { body: envelope, ..reply.without_body() };
        self.watch.envelope(&reply);
        let answer: Q::Answer = serde_json::from_slice(&reply.body).or_else(|error| {
            // Without rows the list may be empty in another shape.
            let lenient = if self.count == 0 { lenient(&reply.body) } else { None };
            lenient.ok_or_else(|| outcome.undecoded(&reply, &error))
        })?;
        payload(answer).map(|_| ()).ok_or_else(|| outcome.refused(&reply, None))
    }

    fn error(&self, outcome: Outcome<'_>, reply: &Reply, stop: Stop) -> Error {
        match stop {
            Stop::Silent(idle) => outcome.silent(idle, reply),
            Stop::Cut(error) => outcome.broken(bindings::Error::ResponseBodyError(error), reply),
            Stop::Broken(Broken::TooLarge) => outcome.too_large("the answer, or a row of it,", reply),
            Stop::Broken(Broken::NotJson(why)) => {
                let mut reply = self.reply(reply);
                self.watch.no_json(&reply, &self.chunk);
                if reply.body.is_empty() {
                    // It is no object: what it is tells its beginning.
                    reply.body = self.chunk.clone();
                }
                outcome.refused(&reply, Some(why.into()))
            }
            Stop::Broken(Broken::EndsWithin) => {
                let reply = self.reply(reply);
                self.watch.no_json(&reply, &self.chunk);
                let number = self.count + 1;
                if Failure::read(&reply.body).is_refusal() {
                    return outcome.refused(&reply, None);
                }
                outcome.odd(format!("the answer ends within its rows, before row {number} is whole"), &reply)
            }
            Stop::Broken(Broken::NoRow(what)) => {
                let reply = self.reply(reply);
                self.watch.no_json(&reply, &self.chunk);
                self.odd_row(outcome, &reply, self.count + 1, what, None)
            }
            Stop::Row(error) => {
                let what = if error.is_data() { "could not be understood" } else { "is not JSON" };
                self.odd_row(outcome, &self.reply(reply), self.count, what, Some(&error))
            }
        }
    }

    /// What stands before the rows may say more of it than the row itself.
    fn odd_row(
        &self,
        outcome: Outcome<'_>,
        reply: &Reply,
        number: u64,
        what: &str,
        error: Option<&serde_json::Error>,
    ) -> Error {
        if Failure::read(&reply.body).is_refusal() {
            return outcome.refused(reply, None);
        }
        outcome.odd_row(number, what, error.map(|error| outcome.cause(error).into()), reply)
    }

    /// The answer without its rows.
    fn reply(&self, reply: &Reply) -> Reply {
        Reply { body: self.splitter.envelope(), ..reply.without_body() }
    }
}

/// A row; fields of a wrong shape cost those fields alone.
fn decode<R: DeserializeOwned>(row: &[u8]) -> serde_json::Result<R> {
    serde_json::from_slice(row).or_else(|error| second_look(0, row).map_err(|_| error))
}
