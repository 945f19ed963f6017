//! The one loop that every call goes through.

use std::{
    fmt,
    future::Future,
    sync::Arc,
    time::{Duration, SystemTime},
};

use progenitor_client::ResponseValue;
use reqwest::StatusCode;
use serde::de::DeserializeOwned;

use super::{
    Transport,
    decode::second_look,
    envelope::{Envelope, Failure, is_no_code},
    hook::{ATTEMPT, Attempt, Reply},
    operations::Operation,
    outcome::{self, Outcome},
    sessions::{NO_CREDENTIALS_IN_TIME, Session},
    trace::Trace,
};
use crate::{
    CallOptions, Error, RawAnswer, bindings,
    retry::{Cause, Draw},
};

/// What a call was made for, and when its last request was sent.
pub(crate) struct Answer<T> {
    pub payload: T,
    pub sent_at: SystemTime,
}

/// What came of an attempt, and its status.
type Attempted<T> = (Option<StatusCode>, Result<T, Error>);

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
type Sent<T> = Result<ResponseValue<T>, bindings::Error<()>>;

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
        let trace = Trace::new(operation, &self.server);
        let called = trace.around(self.run(operation, options, send, &trace)).await;
        called.inspect_err(|error| trace.gave_up(error))
    }

    async fn run<T, F>(
        &self,
        operation: &'static Operation,
        options: &CallOptions,
        send: impl Fn() -> F,
        trace: &Trace,
    ) -> Result<Answer<T::Payload>, Error>
    where
        T: Envelope + DeserializeOwned,
        F: Future<Output = Sent<T>>,
    {
        let (attempt_timeout, timeout) = options.timeouts(self.attempt_timeout, self.timeout);
        let policy = options.policy(&self.retry);
        let begun = self.time.now();
        let left = || timeout.saturating_sub(self.time.now().saturating_duration_since(begun));

        let Some(session) = self.time.within(left(), self.sessions.get()).await else {
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
            let place = self.time.within(left(), self.limits.admit(&self.time)).await;
            // Lets connections hear first that the server has closed them while they were idle, so
            // that the pool gives out none of them.
            tokio::task::yield_now().await;
            let Some(place) = place.filter(|_| !left().is_zero()) else {
                let reason = "no place in time under the client's own limits";
                let not_sent = || outcome::not_sent(operation, reason);
                return Err(before.map_or_else(not_sent, |error| error.given_up(reason)));
            };
            refund = draw.take().map_or(refund, Draw::spent);
            attempts += 1;
            let outcome = Outcome { operation, scrub: &session.scrub, attempts, time: &self.time };
            let limit = Limit::of(attempt_timeout, left(), timeout);
            let sent_at = self.time.system_time();
            let (status, answered) = self.attempt(outcome, &session, options, limit, &send).await;
            drop(place);

            let answered = match answered {
                // An earlier attempt has done it. A 404 without any code may be a proxy's.
                Err(error)
                    if in_doubt
                        && operation.done_when_gone
                        && error.is_not_found()
                        && error.code().is_some() =>
                {
                    T::of_nothing().ok_or(error)
                }
                answered => answered,
            };
            let mut error = match answered {
                Ok(payload) => {
                    self.budget.give_back(refund);
                    trace.answered(status, attempts);
                    return Ok(Answer { payload, sent_at });
                }
                Err(error) => error,
            };
            in_doubt |= error.retry_cause() == Some(Cause::InDoubt);

            if error.retry_cause() == Some(Cause::Credentials) && !renewed && !left().is_zero() {
                renewed = true;
                match self.time.within(left(), self.sessions.renewed(&session)).await {
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
            let is_last = repeats >= policy.attempts() || left().is_zero();
            let last = if is_last || !error.is_retryable() {
                error
            } else if wait >= left() {
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
    async fn attempt<T, F>(
        &self,
        outcome: Outcome<'_>,
        session: &Arc<Session>,
        options: &CallOptions,
        limit: Limit,
        send: &impl Fn() -> F,
    ) -> Attempted<T::Payload>
    where
        T: Envelope + DeserializeOwned,
        F: Future<Output = Sent<T>>,
    {
        let attempt = Attempt {
            session: session.clone(),
            headers: options.headers.clone().into(),
            reply: Default::default(),
        };
        let judged = ATTEMPT.scope(attempt, async {
            let sent = self.time.within(limit.length, send()).await;
            let mut reply = ATTEMPT.with(|attempt| attempt.reply.take());
            reply.end();
            options.keep(|| {
                let (status, headers, body) = (reply.status?, reply.headers.clone(), reply.body.clone());
                Some(RawAnswer { status, headers, body })
            });
            let judged = match sent {
                Some(sent) => judge(outcome, sent, &reply),
                None => Err(outcome.out_of_time(&limit.to_string(), &reply)),
            };
            (reply.status, judged)
        });
        judged.await
    }
}

/// Success is a 2XX with `result: 0`, no `error_code`, and the payload, and nothing else is.
fn judge<T: Envelope + DeserializeOwned>(
    outcome: Outcome<'_>,
    sent: Sent<T>,
    reply: &Reply,
) -> Result<T::Payload, Error> {
    // A refusal says enough without the rest of its body.
    if reply.over_cap && reply.status.is_some_and(|status| status.is_success()) {
        return Err(outcome.too_large(reply));
    }
    let answer = match sent {
        Ok(answer) => answer.into_inner(),
        Err(bindings::Error::InvalidResponsePayload(body, error)) => match second_look::<T>(&body) {
            // It may be that `result` is given twice.
            Ok(answer) if !Failure::read(&body).is_refusal() => answer,
            _ => return Err(outcome.refused(reply, Some(error))),
        },
        Err(bindings::Error::UnexpectedResponse(_)) => return Err(outcome.refused(reply, None)),
        Err(error) => return Err(outcome.broken(error, reply)),
    };
    let result = answer.result().and_then(|result| result.code());
    let refused = answer.error_code().is_some_and(|code| !is_no_code(code.get().map(String::as_str)));
    let is_success = is_object(&reply.body) && result == Some(0) && !refused;
    match answer.into_payload().filter(|_| is_success) {
        Some(payload) => Ok(payload),
        None => Err(outcome.refused(reply, None)),
    }
}

/// An answer is an object; the decoder would also take the list of its values.
fn is_object(body: &[u8]) -> bool {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    body.trim_ascii_start().first() == Some(&b'{')
}
