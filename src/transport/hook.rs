//! What every request carries and every answer may weigh: the seam below the bindings.

use std::{
    cell::{Cell, RefCell},
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::{Bytes, BytesMut};
use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{
    Request, Response, StatusCode, Url,
    header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderValue, LOCATION},
};

use super::{
    fetch::{is_redirect, place},
    operations::Operation,
    runtime,
    sessions::{NO_CREDENTIALS_IN_TIME, Session, Sessions},
};
use crate::bindings;

/// What an answer that has nothing but the shortest objects and values may have of them, in bytes of
/// the cap. Objects of EnableX's own samples have 60 and more, values 19 and more.
const BYTES_PER_OBJECT: usize = 48;
const BYTES_PER_VALUE: usize = 8;
/// A smaller cap is not counted in them.
const LEAST_COUNTED: usize = 64 * 1024;

/// What the bindings' client carries for the hook.
#[derive(Clone)]
pub struct Wire {
    pub(crate) sessions: Arc<Sessions>,
    /// How many bytes the body of an answer may have.
    pub(crate) body_cap: usize,
    /// Of a direct call of the bindings.
    pub(crate) attempt_timeout: Duration,
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}

/// What the loop tells the hook of one attempt, and the hook the loop.
pub(super) struct Attempt {
    pub operation: &'static Operation,
    pub session: Arc<Session>,
    pub http: reqwest::Client,
    /// The call's own, which the request takes.
    pub headers: Cell<HeaderMap>,
    /// The body of a success is left for who asked for it.
    pub streams: bool,
    /// How long it may take.
    pub limit: Duration,
    pub reply: RefCell<Reply>,
}

/// What came back.
#[derive(Default)]
pub(super) struct Reply {
    pub status: Option<StatusCode>,
    pub headers: HeaderMap,
    /// Where a redirect leads, as far as it says, without query, fragment and credentials.
    pub redirect: Option<Option<String>>,
    /// What was read of the body.
    pub body: Bytes,
    /// The body is larger than the cap, and was not read to its end.
    pub over_cap: bool,
    /// It was read to its end.
    pub is_whole: bool,
    /// When something came last that is kept though the attempt may fail.
    pub progress: Option<Instant>,
    pub reading: Reading,
}

/// A body under way.
#[derive(Default)]
pub(super) struct Reading {
    bytes: BytesMut,
    objects: usize,
    values: usize,
}

impl Reading {
    /// Takes more in, where it fits under the cap: so many bytes, and so much JSON as can be in that
    /// many bytes with some sense. A room of two bytes takes as much memory as any other.
    fn add(&mut self, chunk: &[u8], cap: usize) -> bool {
        let taken = &chunk[..chunk.len().min(cap - self.bytes.len())];
        if self.is_crowded(taken, cap) {
            return false;
        }
        self.bytes.extend_from_slice(taken);
        taken.len() == chunk.len()
    }

    /// Counts what is in more of it.
    fn is_crowded(&mut self, more: &[u8], cap: usize) -> bool {
        let count = |marks: &[u8]| more.iter().filter(|byte| marks.contains(byte)).count();
        self.objects += count(b"{");
        self.values += count(b"[,");
        let most = cap.max(LEAST_COUNTED);
        self.objects > most / BYTES_PER_OBJECT || self.values > most / BYTES_PER_VALUE
    }
}

/// Whether there is more JSON in this than fits under the cap, though its bytes do.
pub(super) fn is_crowded(bytes: &[u8], cap: usize) -> bool {
    // Where every byte counts there are no more than these.
    bytes.len() > LEAST_COUNTED / BYTES_PER_OBJECT && Reading::default().is_crowded(bytes, cap)
}

impl Reply {
    /// The head of the answer.
    pub fn without_body(&self) -> Self {
        Self { status: self.status, headers: self.headers.clone(), ..Self::default() }
    }

    /// The body is what was read of it by now, its end or not.
    pub fn end(&mut self) {
        if !self.reading.bytes.is_empty() {
            self.body = std::mem::take(&mut self.reading.bytes).freeze();
        }
    }
}

tokio::task_local! {
    /// The one way between the loop above the bindings and the hook below them.
    pub(super) static ATTEMPT: Attempt;
}

/// The headers that every request carries.
fn prepare(request: &mut Request, session: &Session) {
    let headers = request.headers_mut();
    // A header of the generator's that EnableX does not know.
    headers.remove("api-version");
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(AUTHORIZATION, session.authorization.clone());
}

impl ClientHooks<Wire> for bindings::Client {
    /// A direct call of the bindings has no loop above it that asked for the credentials.
    async fn pre<E>(&self, _: &mut Request, _: &OperationInfo) -> Result<(), bindings::Error<E>> {
        if ATTEMPT.try_with(|_| ()).is_ok() {
            return Ok(());
        }
        let wire = self.inner();
        runtime().map_err(|error| bindings::Error::Custom(error.to_string()))?;
        let session = tokio::time::timeout(wire.attempt_timeout, wire.sessions.get()).await;
        match session.map(|session| session?.http()) {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(bindings::Error::Custom(error.to_string())),
            Err(_) => Err(bindings::Error::Custom(NO_CREDENTIALS_IN_TIME.to_owned())),
        }
    }

    async fn exec(&self, mut request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let wire = self.inner();
        let Ok((session, http)) = ATTEMPT.try_with(|attempt| {
            debug_assert!(
                attempt.operation.is_called_by(info.operation_id),
                "{} is called by {}",
                attempt.operation.id,
                info.operation_id
            );
            request.headers_mut().extend(attempt.headers.take());
            (attempt.session.clone(), attempt.http.clone())
        }) else {
            // The answer goes to the caller as it comes.
            *request.timeout_mut() = Some(wire.attempt_timeout);
            // `pre` has seen that there are both.
            let session = wire.sessions.current().and_then(|session| Some((session.http().ok()?, session)));
            let Some((http, session)) = session else { return self.client().execute(request).await };
            prepare(&mut request, &session);
            return http.execute(request).await;
        };
        prepare(&mut request, &session);
        // The loop keeps the time.
        *request.timeout_mut() = Some(Duration::MAX);
        let mut response = http.execute(request).await?;
        let status = response.status();
        let streams = ATTEMPT.with(|attempt| {
            let mut reply = attempt.reply.borrow_mut();
            reply.status = Some(status);
            reply.headers = std::mem::take(response.headers_mut());
            reply.redirect = is_redirect(status).then(|| redirect(response.url(), &reply.headers));
            attempt.streams && status.is_success()
        });
        if streams {
            return Ok(response);
        }

        let end = read(response, wire.body_cap).await;
        let body = ATTEMPT.with(|attempt| {
            let mut reply = attempt.reply.borrow_mut();
            reply.over_cap = matches!(end, End::OverCap);
            reply.is_whole = matches!(end, End::Whole);
            reply.end();
            // The beginning of an answer that is too large is not worth decoding.
            if reply.over_cap { Bytes::new() } else { reply.body.clone() }
        });
        // A refusal says enough by its status, and by what came of its body.
        if let End::Broken(error) = end
            && status.is_success()
        {
            return Err(error);
        }
        let mut rebuilt = http::Response::new(body);
        *rebuilt.status_mut() = status;
        Ok(rebuilt.into())
    }
}

/// Where the `Location` of an answer from this URL leads: scheme, host and path.
fn redirect(url: &Url, headers: &HeaderMap) -> Option<String> {
    let location = headers.get(LOCATION).filter(|location| !location.is_empty())?;
    let to = url.join(&String::from_utf8_lossy(location.as_bytes())).ok()?;
    to.has_host().then(|| place(&to))
}

/// How the reading of a body ended.
pub(super) enum End {
    Whole,
    OverCap,
    Broken(reqwest::Error),
}

/// Reads the body, up to the cap. Of a success whose announced length is over it, nothing is read.
pub(super) async fn read(mut response: Response, cap: usize) -> End {
    let announced = response.content_length().is_some_and(|length| length > cap as u64);
    if announced && response.status().is_success() {
        return End::OverCap;
    }
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                if !ATTEMPT.with(|attempt| attempt.reply.borrow_mut().reading.add(&chunk, cap)) {
                    return End::OverCap;
                }
            }
            Ok(None) => return End::Whole,
            Err(error) => return End::Broken(error),
        }
    }
}
