//! The one loop that every call goes through.

use std::{
    fmt,
    future::Future,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use progenitor_client::ResponseValue;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use tokio::sync::OwnedSemaphorePermit;

use super::{
    Transport,
    envelope::{Envelope, lenient, payload},
    hook::{ATTEMPT, Attempt, Reply},
    operations::Operation,
    outcome::{self, Outcome},
    sessions::{NO_CREDENTIALS_IN_TIME, Session, Sessions},
    trace::Trace,
};
use crate::{
    CallOptions, Error, RawAnswer, bindings,
    clock::Time,
    retry::{Cause, Draw},
};

/// What a call was made for, and what is known of its last request.
pub(crate) struct Answer<T> {
    pub payload: T,
    pub sent_at: SystemTime,
    pub(super) session: Arc<Session>,
    pub(super) attempts: u32,
    /// Its place under the limit of calls in flight.
    pub(super) place: Option<OwnedSemaphorePermit>,
}

/// What is called, and how.
pub(super) struct Plan<'a> {
    pub operation: &'static Operation,
    pub options: &'a CallOptions,
    pub sessions: &'a Sessions,
    pub trace: &'a Trace,
    pub reader: Reader,
}

/// Who reads the body of a success.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Reader {
    /// The hook does.
    Hook,
    /// Who sends the request does: what must be read within the attempt's time before it returns, and
    /// the rest when it likes.
    Sender,
    /// Who sends the request does, and minds the time as well.
    TimedSender,
}

/// What came of an attempt.
struct Attempted<T> {
    status: Option<StatusCode>,
    progress: Option<Instant>,
    judged: Result<T, Error>,
}

/// What is left of a call's time.
struct Left<'a> {
    time: &'a Time,
    begun: Instant,
    timeout: Duration,
}

impl Left<'_> {
    fn get(&self) -> Duration {
        self.timeout.saturating_sub(self.time.now().saturating_duration_since(self.begun))
    }

    fn is_none(&self) -> bool {
        self.get().is_zero()
    }
}

/// How long an attempt may take, and whose timeout that is.
struct Limit {
    length: Duration,
    whose: &'static str,
    timeout: Duration,
}

impl Limit {
    /// The attempt's own time, or what is left of the call's.
    fn of(attempt_timeout: Duration, left: Duration, timeout: Duration) -> Self {
        if attempt_timeout <= left {
            Self { length: attempt_timeout, whose: "attempt", timeout: attempt_timeout }
        } else {
            Self { length: left, whose: "call", timeout }
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {}'s {} s", self.whose, self.timeout.as_secs_f64())
    }
}

/// What the bindings make of an attempt.
pub(super) type Sent<T> = Result<ResponseValue<T>, bindings::Error<()>>;

impl Transport {
    /// Calls one operation: `send` is called once an attempt.
    pub async fn call<T, F>(
        &self,
        operation: &'static Operation,
        options: &CallOptions,
        send: impl Fn() -> F,
    ) -> Result<Answer<T::Payload>, Error>
    where
        T: Envelope + DeserializeOwned,
        F: Future<Output = Sent<T>>,
    {
        let trace = &Trace::new(operation, &self.server);
        let plan = Plan { operation, options, sessions: &self.sessions, trace, reader: Reader::Hook };
        self.run(&plan, send, judge::<T>, T::of_nothing).await
    }

    /// Runs a plan: `send` makes an attempt, `judge` tells what came of it, and `nothing` what is
    /// answered where a deletion is found to be done.
    pub(super) async fn run<S, T, F>(
        &self,
        plan: &Plan<'_>,
        send: impl Fn() -> F,
        judge: impl Fn(Outcome<'_>, S, &Reply) -> Result<T, Error>,
        nothing: fn() -> Option<T>,
    ) -> Result<Answer<T>, Error>
    where
        F: Future<Output = S>,
    {
        let called = plan.trace.around(self.repeat(plan, send, judge, nothing)).await;
        called.inspect_err(|error| plan.trace.gave_up(error))
    }

    async fn repeat<S, T, F>(
        &self,
        plan: &Plan<'_>,
        send: impl Fn() -> F,
        judge: impl Fn(Outcome<'_>, S, &Reply) -> Result<T, Error>,
        nothing: fn() -> Option<T>,
    ) -> Result<Answer<T>, Error>
    where
        F: Future<Output = S>,
    {
        let &Plan { operation, options, sessions, trace, .. } = plan;
        let (attempt_timeout, timeout) = options.timeouts(self.attempt_timeout, self.timeout);
        let policy = options.policy(&self.retry);
        let mut left = Left { time: &self.time, begun: self.time.now(), timeout };

        let Some(session) = self.time.within(left.get(), sessions.get()).await else {
            return Err(outcome::not_sent(operation, NO_CREDENTIALS_IN_TIME));
        };
        let mut session = session.map_err(|error| error.during(operation.id))?;
        let mut renewed = false;
        let mut in_doubt = false;
        let (mut attempts, mut repeats) = (0, 0);
        let mut draw = None;
        // What a success gives back.
        let mut refund = 1;
        let mut before: Option<Error> = None;
        loop {
            let http = session.http().map_err(|error| error.during(operation.id))?;
            let place = self.time.within(left.get(), self.limits.admit(&self.time)).await;
            // Lets connections hear first that the server has closed them while they were idle, so
            // that the pool gives out none of them.
            tokio::task::yield_now().await;
            let Some(place) = place.filter(|_| !left.is_none()) else {
                let reason = "no place in time under the client's own limits";
                let not_sent = || outcome::not_sent(operation, reason);
                return Err(before.map_or_else(not_sent, |error| error.given_up(reason)));
            };
            refund = draw.take().map_or(refund, Draw::spent);
            attempts += 1;
            let outcome = Outcome { operation, scrub: &session.scrub, attempts, time: &self.time };
            let limit = Limit::of(attempt_timeout, left.get(), timeout);
            let sent_at = self.time.system_time();
            let attempted = self.attempt(outcome, (&session, http), plan, limit, &send, &judge).await;
            if let Some(at) = attempted.progress {
                left.begun = at;
                repeats = 0;
            }

            let answered = match attempted.judged {
                // An earlier attempt has done it.
                Err(error) if in_doubt && operation.done_when_gone && error.is_not_found() => {
                    nothing().ok_or(error)
                }
                answered => answered,
            };
            let mut error = match answered {
                Ok(payload) => {
                    self.budget.give_back(refund);
                    trace.answered(attempted.status, attempts);
                    return Ok(Answer { payload, sent_at, session, attempts, place });
                }
                Err(error) => error,
            };
            drop(place);
            in_doubt |= error.retry_cause() == Some(Cause::InDoubt);

            if error.retry_cause() == Some(Cause::Credentials) && !renewed && !left.is_none() {
                renewed = true;
                match self.time.within(left.get(), sessions.renewed(&session)).await {
                    Some(Ok(Some(other))) => {
                        trace.failed(&error, Some(Duration::ZERO));
                        session = other;
                        before = Some(error);
                        continue;
                    }
                    Some(Ok(None)) => {}
                    Some(Err(reason)) => error = error.given_up_for(reason),
                    None => error = error.given_up(NO_CREDENTIALS_IN_TIME),
                }
            }
            repeats += 1;
            let wait = error.retry_after().unwrap_or_default();
            let wait = wait.saturating_add(policy.backoff(repeats, (self.jitter)()));
            let cost = error.retry_cause().map_or(0, Cause::cost);
            let is_last = repeats >= policy.attempts() || left.is_none();
            let last = if is_last || !error.is_retryable() {
                error
            } else if wait >= left.get() {
                let whose = if error.retry_after().is_some() { ", as the service asks," } else { "" };
                let wait = wait.as_secs_f64();
                error.given_up(format!("a wait of {wait:.1} s{whose} would reach the call's deadline"))
            } else if let Some(paid) = self.budget.draw(cost) {
                trace.failed(&error, Some(wait));
                self.time.sleep(wait).await;
                draw = Some(paid);
                before = Some(error);
                continue;
            } else {
                error.given_up("the client's budget of repeats is used up")
            };
            trace.failed(&last, None);
            return Err(last);
        }
    }

    /// One attempt, within its time.
    async fn attempt<S, T, F>(
        &self,
        outcome: Outcome<'_>,
        (session, http): (&Arc<Session>, reqwest::Client),
        plan: &Plan<'_>,
        limit: Limit,
        send: &impl Fn() -> F,
        judge: &impl Fn(Outcome<'_>, S, &Reply) -> Result<T, Error>,
    ) -> Attempted<T>
    where
        F: Future<Output = S>,
    {
        let options = plan.options;
        let attempt = Attempt {
            operation: plan.operation,
            session: session.clone(),
            http,
            headers: options.headers.clone().into(),
            streams: plan.reader != Reader::Hook,
            limit: limit.length,
            reply: Default::default(),
        };
        let attempted = ATTEMPT.scope(attempt, async {
            let sent = match plan.reader {
                Reader::TimedSender => Some(send().await),
                _ => self.time.within(limit.length, send()).await,
            };
            let mut reply = ATTEMPT.with(|attempt| attempt.reply.take());
            reply.end();
            options.keep(|| {
                let (status, headers, body) = (reply.status?, reply.headers.clone(), reply.body.clone());
                Some(RawAnswer { status, headers, body })
            });
            if reply.is_whole {
                self.watch.answer(outcome, &reply);
            }
            let judged = match sent {
                Some(sent) => judge(outcome, sent, &reply),
                None => Err(outcome.out_of_time(&limit.to_string(), &reply)),
            };
            Attempted { status: reply.status, progress: reply.progress, judged }
        });
        attempted.await
    }
}

/// Success is a 2XX with `result: 0`, no `error_code`, and the payload; where there is no payload, one
/// without a body is a success, too. Nothing else is.
fn judge<T: Envelope + DeserializeOwned>(
    outcome: Outcome<'_>,
    sent: Sent<T>,
    reply: &Reply,
) -> Result<T::Payload, Error> {
    let is_empty = reply.is_whole && reply.body.trim_ascii().is_empty();
    if is_empty
        && reply.status.is_some_and(|status| status.is_success())
        && let Some(nothing) = T::of_nothing()
    {
        return Ok(nothing);
    }
    let answer = match sent {
        Err(bindings::Error::InvalidResponsePayload(body, error)) if !reply.over_cap => {
            lenient::<T>(&body).ok_or_else(|| outcome.undecoded(reply, &error))?
        }
        sent => outcome.answer(sent, reply)?,
    };
    payload(answer).filter(|_| is_object(&reply.body)).ok_or_else(|| outcome.refused(reply, None))
}

/// An answer is an object; the decoder would also take the list of its values.
fn is_object(body: &[u8]) -> bool {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    body.trim_ascii_start().first() == Some(&b'{')
}
