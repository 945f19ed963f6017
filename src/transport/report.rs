//! Reports: lists of any size, whose rows are decoded as they arrive.

use std::{
    future::Future,
    marker::PhantomData,
    pin::{Pin, pin},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use progenitor_client::{ByteStream, ResponseValue};
use serde::de::{DeserializeOwned, IgnoredAny};
use tokio::sync::OwnedSemaphorePermit;

use super::{
    Transport,
    attempt::Attempt,
    authorized::AuthorizedClient,
    call::{BodyMode, CallContext, Completed, Sent},
    classify::Classifier,
    decode::decode_lenient,
    envelope::{Envelope, FailureBody, lenient, payload},
    observe::ReportObserver,
    operations::Operation,
    response::RawResponse,
    retry_state::Decision,
    trace::Trace,
};
use crate::{CallOptions, Error, bindings, clock::Time};

#[cfg(enablex_fuzzing)]
#[path = "../../fuzz/targets/report.rs"]
pub(crate) mod fuzzing;
mod splitter;

use splitter::{Broken, Found, Splitter};

/// The query of a report.
pub trait Query: Send + Sync + 'static {
    type Row: DeserializeOwned + Send;
    /// The response as a whole.
    type Response: Envelope + DeserializeOwned;
    /// The key of the list of rows.
    const LIST: &'static str;

    fn operation(&self) -> &'static Operation;

    fn send(
        &self,
        api: bindings::Client,
    ) -> impl Future<Output = Result<ResponseValue<ByteStream>, bindings::Error<()>>> + Send;
}

impl Transport {
    /// All rows of a report, from one buffered response.
    pub async fn list<Q: Query>(&self, query: &Q, options: &CallOptions) -> Result<Vec<Q::Row>, Error> {
        let operation = query.operation();
        let trace = &Trace::new(operation, &self.server);
        let context =
            CallContext { operation, options, clients: &self.clients, trace, body: BodyMode::Buffered };
        let classify = |classifier: Classifier<'_>, sent: Sent<ByteStream>, response: &RawResponse| {
            classifier.received(sent, response)?;
            // The observer has seen the whole response.
            let mut rows = Rows::<Q>::new(self.body_cap, None);
            rows.chunk = response.body.clone();
            let mut list = Vec::new();
            loop {
                match rows.next() {
                    Ok(Some(row)) => list.push(*row),
                    Ok(None) => {
                        let ended = rows.end(classifier, response).map(|()| list);
                        // The text of a refusal may quote its rows, whose secrets are known here.
                        break ended.map_err(|error| match error.code() {
                            Some(_) => classifier.refused(response, None),
                            None => error,
                        });
                    }
                    Err(stop) => break Err(rows.error(classifier, response, stop)),
                }
            }
        };
        let send = |attempt| query.send(self.bindings_of(attempt));
        Ok(self.run(&context, send, classify, || None).await?.payload)
    }

    /// The rows of a report one by one, as they arrive.
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

    /// Calls, with retries, until the first row has arrived or the report has ended without rows.
    async fn open<Q: Query>(self: Arc<Self>, query: &Q, options: &CallOptions) -> Result<Open<Q>, Error> {
        let operation = query.operation();
        let trace = Trace::new(operation, &self.server);
        let context = CallContext {
            operation,
            options,
            clients: &self.clients,
            trace: &trace,
            body: BodyMode::FirstItem,
        };
        let this = &self;
        let send = |attempt: Arc<Attempt>| async move {
            let client = attempt.client.clone();
            let body = query.send(this.bindings_of(attempt)).await?.into_inner();
            let observer = this.observer.clone();
            let observer =
                observer.map(|observer| ReportObserver { observer, operation, client, list: Q::LIST });
            let rows = Rows::<Q>::new(this.body_cap, observer);
            let mut body = Body { bytes: body.into_inner(), rows };
            let first = body.next(None).await;
            Ok(ResponseValue::new((body, first), Default::default(), Default::default()))
        };
        let classify =
            |classifier: Classifier<'_>, sent: Sent<(Body<Q>, Next<Q>)>, response: &RawResponse| {
                let (mut body, first) = classifier.received(sent, response)?;
                match first {
                    Ok(Some(_)) if !body.rows.begins_well() => {
                        Err(classifier.refused(&body.rows.envelope(response), None))
                    }
                    Ok(first @ Some(_)) => Ok((body, first, response.with_body(Bytes::new()))),
                    Ok(None) => body
                        .rows
                        .end(classifier, response)
                        .map(|()| (body, None, response.with_body(Bytes::new()))),
                    Err(stop) => Err(body.rows.error(classifier, response, stop)),
                }
            };
        let completed = self.run(&context, send, classify, || None).await?;
        let Completed { payload: (body, first, response), client, attempts, permit, .. } = completed;
        let (idle, _) = options.timeouts(self.attempt_timeout, self.timeout);
        let is_whole = first.is_none();
        Ok(Open {
            transport: self.clone(),
            operation,
            trace,
            body,
            first,
            is_whole,
            response,
            client,
            attempts,
            idle,
            _permit: permit,
        })
    }
}

/// A report that is being read.
struct Open<Q: Query> {
    transport: Arc<Transport>,
    operation: &'static Operation,
    trace: Trace,
    body: Body<Q>,
    /// The row that the call waited for.
    first: Option<Box<Q::Row>>,
    is_whole: bool,
    response: RawResponse,
    client: Arc<AuthorizedClient>,
    attempts: u32,
    /// How long the service may send nothing.
    idle: Duration,
    _permit: Option<OwnedSemaphorePermit>,
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
        let classifier = Classifier {
            operation: self.operation,
            scrub: &self.client.scrub,
            attempts: self.attempts,
            time: &self.transport.time,
        };
        let error = match next {
            Ok(Some(row)) => return Some(Ok(row)),
            Ok(None) => self.body.rows.end(classifier, &self.response).err()?,
            Err(stop) => self.body.rows.error(classifier, &self.response, stop),
        };
        let error = error.given_up("rows of it were given out");
        self.trace.attempt_failed(&error, &Decision::GiveUp { reason: None });
        self.trace.call_failed(&error);
        Some(Err(error))
    }
}

/// The body of a response and the rows in it.
struct Body<Q: Query> {
    bytes: Pin<Box<dyn Stream<Item = reqwest::Result<Bytes>> + Send + Sync>>,
    rows: Rows<Q>,
}

/// A row, or `None` at the end of the report. A box, since rows are large and are moved often.
type Next<Q> = Result<Option<Box<<Q as Query>::Row>>, Stop>;

/// Why a report did not get to its end.
enum Stop {
    /// Nothing arrived for this long.
    Silent(Duration),
    Cut(reqwest::Error),
    Broken(Broken),
    /// A row did not decode.
    Row(serde_json::Error),
}

impl<Q: Query> Body<Q> {
    /// The next row. `idle` limits the time between two chunks.
    async fn next(&mut self, idle: Option<(&Time, Duration)>) -> Next<Q> {
        loop {
            if let Some(row) = self.rows.next()? {
                return Ok(Some(row));
            }
            let chunk = match idle {
                None => self.bytes.next().await,
                Some((time, idle)) => {
                    time.within(|| idle, pin!(self.bytes.next())).await.ok_or(Stop::Silent(idle))?
                }
            };
            match chunk {
                Some(chunk) => self.rows.chunk = chunk.map_err(Stop::Cut)?,
                None => return Ok(None),
            }
        }
    }
}

/// Splits and decodes the rows of what has arrived.
struct Rows<Q> {
    splitter: Splitter,
    chunk: Bytes,
    observer: Option<ReportObserver>,
    /// Rows found so far.
    count: u64,
    query: PhantomData<fn() -> Q>,
}

impl<Q: Query> Rows<Q> {
    fn new(cap: usize, observer: Option<ReportObserver>) -> Self {
        let splitter = Splitter::new(Q::LIST, cap);
        Self { splitter, chunk: Bytes::new(), observer, count: 0, query: PhantomData }
    }

    /// The next row that has arrived whole.
    fn next(&mut self) -> Next<Q> {
        // Decoded into its box, since a row is large to move.
        let mut row: Option<Box<Q::Row>> = None;
        let found = self.splitter.next(&mut self.chunk, |bytes| {
            let mut rows = serde_json::Deserializer::from_slice(bytes).into_iter();
            row = rows.next()?.ok();
            row.is_some().then(|| rows.byte_offset())
        });
        let Some(found) = found.map_err(Stop::Broken)? else { return Ok(None) };
        self.count += 1;
        let (Found::Whole(text) | Found::Row(text)) = &found;
        if let Some(observer) = &self.observer {
            observer.row(text);
        }
        match found {
            Found::Whole(_) => Ok(row),
            Found::Row(text) => decode(&text).map(Some).map_err(Stop::Row),
        }
    }

    /// Whether what precedes the first row may be the beginning of a success.
    fn begins_well(&self) -> bool {
        let envelope = self.splitter.envelope();
        let is_json = serde_json::from_slice::<IgnoredAny>(&envelope).is_ok();
        is_json && !FailureBody::read(&envelope).is_refusal()
    }

    /// Checks, at the end of the report, that it is a success.
    fn end(&mut self, classifier: Classifier<'_>, response: &RawResponse) -> Result<(), Error> {
        let envelope = match self.splitter.end() {
            Ok(envelope) => envelope,
            Err(broken) => return Err(self.error(classifier, response, Stop::Broken(broken))),
        };
        let response = response.with_body(envelope);
        if let Some(observer) = &self.observer {
            observer.envelope(&response);
        }
        let decoded: Q::Response = serde_json::from_slice(&response.body).or_else(|error| {
            // Without rows the list may be an empty value of another type.
            let lenient = if self.count == 0 { lenient(&response.body) } else { None };
            lenient.ok_or_else(|| classifier.undecodable(&response, &error))
        })?;
        payload(decoded).map(|_| ()).ok_or_else(|| classifier.refused(&response, None))
    }

    fn error(&self, classifier: Classifier<'_>, response: &RawResponse, stop: Stop) -> Error {
        match stop {
            Stop::Silent(idle) => classifier.stalled(idle, response),
            Stop::Cut(error) => classifier.disconnected(bindings::Error::ResponseBodyError(error), response),
            Stop::Broken(Broken::TooLarge) => classifier.too_large("the answer, or a row of it,", response),
            Stop::Broken(Broken::NotJson(why)) => {
                let mut envelope = self.envelope_of_no_json(response);
                if envelope.body.is_empty() {
                    // It is not an object: its beginning says what it is.
                    envelope.body = self.chunk.clone();
                }
                classifier.refused(&envelope, Some(why.into()))
            }
            Stop::Broken(Broken::EndsWithin) => {
                let envelope = self.envelope_of_no_json(response);
                if FailureBody::read(&envelope.body).is_refusal() {
                    return classifier.refused(&envelope, None);
                }
                let number = self.count + 1;
                let why = format!("the answer ends within its rows, before row {number} is whole");
                classifier.unexpected(why, &envelope)
            }
            Stop::Broken(Broken::NoRow(what)) => {
                let envelope = self.envelope_of_no_json(response);
                self.bad_row(classifier, &envelope, self.count + 1, what, None)
            }
            Stop::Row(error) => {
                let what = if error.is_data() { "could not be understood" } else { "is not JSON" };
                self.bad_row(classifier, &self.envelope(response), self.count, what, Some(&error))
            }
        }
    }

    /// A refusal in the envelope says more than the row.
    fn bad_row(
        &self,
        classifier: Classifier<'_>,
        envelope: &RawResponse,
        number: u64,
        what: &str,
        error: Option<&serde_json::Error>,
    ) -> Error {
        if FailureBody::read(&envelope.body).is_refusal() {
            return classifier.refused(envelope, None);
        }
        let cause = error.map(|error| classifier.decode_error(error).into());
        classifier.bad_row(number, what, cause, envelope)
    }

    /// The response without its rows.
    fn envelope(&self, response: &RawResponse) -> RawResponse {
        response.with_body(self.splitter.envelope())
    }

    /// Like [`envelope`](Self::envelope), and reports to the observer that it is not JSON.
    fn envelope_of_no_json(&self, response: &RawResponse) -> RawResponse {
        let envelope = self.envelope(response);
        if let Some(observer) = &self.observer {
            observer.not_json(&envelope, &self.chunk);
        }
        envelope
    }
}

/// Decodes a row. A field of a wrong type costs that field alone.
fn decode<R: DeserializeOwned>(row: &[u8]) -> serde_json::Result<R> {
    serde_json::from_slice(row).or_else(|error| decode_lenient(0, row).map_err(|_| error))
}
