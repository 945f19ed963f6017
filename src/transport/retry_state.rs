//! Whether a failed attempt is followed by another one, and when.

use std::{
    borrow::Cow,
    pin::{Pin, pin},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use reqwest::StatusCode;
use tokio::sync::OwnedSemaphorePermit;

use super::{
    Transport,
    attempt::{Attempt, TimeLimit},
    authorized::{AuthorizedClient, NO_CREDENTIALS_IN_TIME},
    call::{BodyMode, CallContext, Completed},
    classify,
    pools::Connections,
    response::RawResponse,
};
use crate::{
    Error, RetryPolicy,
    clock::Time,
    retry::{Cause, Draw},
};

const NO_PERMIT_IN_TIME: &str = "no place in time under the client's own limits";

/// What follows a failed attempt.
#[derive(Debug, PartialEq)]
pub(super) enum Decision {
    /// Another attempt after this wait.
    Retry { after: Duration },
    /// None; with the reason, where the failure as such allows a retry.
    GiveUp { reason: Option<Cow<'static, str>> },
}

/// The state of a call across its attempts.
pub(super) struct RetryState<'a> {
    transport: &'a Transport,
    pub context: &'a CallContext<'a>,
    policy: &'a RetryPolicy,
    attempt_timeout: Duration,
    deadline: Deadline<'a>,
    /// Requests that were begun.
    attempts: u32,
    /// The status of the last response.
    status: Option<StatusCode>,
    /// Failures that count against the policy: those since the last progress.
    failures: u32,
    /// The provider was asked once for other credentials.
    renewed: bool,
    /// An earlier attempt may have been carried out.
    in_doubt: bool,
    /// The cost of the retry that is waited for.
    draw: Option<Draw<'a>>,
    /// What a success returns to the budget.
    refund: u32,
    /// Why the last attempt failed.
    last_error: Option<Error>,
}

impl<'a> RetryState<'a> {
    pub fn new(transport: &'a Transport, context: &'a CallContext<'a>) -> Self {
        let options = context.options;
        let (attempt_timeout, timeout) = options.timeouts(transport.attempt_timeout, transport.timeout);
        Self {
            transport,
            context,
            policy: options.policy(&transport.retry),
            attempt_timeout,
            deadline: Deadline::new(&transport.time, timeout),
            attempts: 0,
            status: None,
            failures: 0,
            renewed: false,
            in_doubt: false,
            draw: None,
            refund: 1,
            last_error: None,
        }
    }

    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The client with the current credentials.
    pub async fn credentials(&self) -> Result<Arc<AuthorizedClient>, Error> {
        let operation = self.context.operation;
        match self.deadline.within(pin!(self.context.clients.get())).await {
            Some(client) => client.map_err(|error| error.in_operation(operation)),
            None => Err(classify::not_sent(operation, NO_CREDENTIALS_IN_TIME)),
        }
    }

    /// Waits until the client's limits let a request through.
    pub async fn permit(&mut self, connections: &Connections) -> Result<Option<OwnedSemaphorePermit>, Error> {
        let permit = self.deadline.within(pin!(self.transport.limits.admit(&self.transport.time))).await;
        let may_retry = self.context.operation.idempotent && self.policy.attempts() > 1;
        connections.settle(may_retry).await;
        permit.filter(|_| !self.deadline.has_passed()).ok_or_else(|| match self.last_error.take() {
            Some(error) => error.given_up(NO_PERMIT_IN_TIME),
            None => classify::not_sent(self.context.operation, NO_PERMIT_IN_TIME),
        })
    }

    pub fn begin_attempt(
        &mut self,
        client: &Arc<AuthorizedClient>,
        connections: Arc<Connections>,
    ) -> Arc<Attempt> {
        self.refund = self.draw.take().map_or(self.refund, Draw::spent);
        self.attempts += 1;
        let context = self.context;
        Arc::new(Attempt {
            operation: context.operation,
            client: client.clone(),
            connections,
            headers: context.options.headers.clone(),
            leaves_body: context.body != BodyMode::Buffered,
            body_cap: self.transport.body_cap,
            time_limit: TimeLimit::new(
                self.attempt_timeout,
                self.deadline.remaining(),
                self.deadline.timeout,
            ),
            response: Default::default(),
        })
    }

    /// Notes the status. A download that progressed restarts the deadline and the count of failures.
    pub fn record_response(&mut self, response: &RawResponse) {
        self.status = response.status;
        if let Some(at) = response.progress {
            self.deadline.begun = at;
            self.failures = 0;
        }
    }

    /// Whether the room is gone because an earlier attempt has deleted it.
    pub fn is_already_done(&self, error: &Error) -> bool {
        self.in_doubt && self.context.operation.done_when_gone && error.is_not_found()
    }

    pub fn complete<T>(
        self,
        payload: T,
        client: Arc<AuthorizedClient>,
        sent_at: SystemTime,
        permit: Option<OwnedSemaphorePermit>,
    ) -> Completed<T> {
        self.transport.budget.give_back(self.refund);
        self.context.trace.call_succeeded(self.status, self.attempts);
        Completed { payload, sent_at, client, attempts: self.attempts, permit }
    }

    pub fn record_failure(&mut self, error: &Error) {
        self.in_doubt |= error.retry_cause() == Some(Cause::InDoubt);
    }

    /// Whether other credentials are worth a try. They are once.
    pub fn needs_other_credentials(&mut self, error: &Error) -> bool {
        let needs =
            error.retry_cause() == Some(Cause::Credentials) && !self.renewed && !self.deadline.has_passed();
        self.renewed |= needs;
        needs
    }

    /// Asks for other credentials than the refused ones. `None` where they are fixed.
    pub async fn other_credentials(
        &self,
        refused: &Arc<AuthorizedClient>,
    ) -> Result<Option<Arc<AuthorizedClient>>, Error> {
        let other = self.deadline.within(pin!(self.context.clients.renewed(refused))).await;
        other.unwrap_or_else(|| Err(Error::setup_failed(NO_CREDENTIALS_IN_TIME)))
    }

    /// Decides by the failure, the policy, the deadline and the budget.
    pub fn decide(&mut self, error: &Error) -> Decision {
        self.failures += 1;
        if !error.is_retryable() || self.failures >= self.policy.attempts() || self.deadline.has_passed() {
            return Decision::GiveUp { reason: None };
        }
        let requested = error.retry_after();
        let backoff = self.policy.backoff(self.failures, (self.transport.jitter)());
        let after = requested.unwrap_or_default().saturating_add(backoff);
        if after >= self.deadline.remaining() {
            let by = if requested.is_some() { ", as the service asks," } else { "" };
            let wait = after.as_secs_f64();
            let reason = format!("a wait of {wait:.1} s{by} would reach the call's deadline");
            return Decision::GiveUp { reason: Some(reason.into()) };
        }
        self.draw = self.transport.budget.draw(error.retry_cause().map_or(0, Cause::cost));
        match self.draw {
            Some(_) => Decision::Retry { after },
            None => Decision::GiveUp { reason: Some("the client's budget of repeats is used up".into()) },
        }
    }

    /// Carries a decision out. Returns the error if no attempt follows.
    pub async fn carry_out(&mut self, decision: Decision, error: Error) -> Result<(), Error> {
        self.context.trace.attempt_failed(&error, &decision);
        match decision {
            Decision::Retry { after } => {
                if !after.is_zero() {
                    self.transport.time.sleep(after).await;
                }
                self.last_error = Some(error);
                Ok(())
            }
            Decision::GiveUp { reason: Some(reason) } => Err(error.given_up(reason)),
            Decision::GiveUp { reason: None } => Err(error),
        }
    }
}

/// The time of a whole call.
struct Deadline<'a> {
    time: &'a Time,
    begun: Instant,
    timeout: Duration,
}

impl<'a> Deadline<'a> {
    fn new(time: &'a Time, timeout: Duration) -> Self {
        Self { time, begun: time.now(), timeout }
    }

    fn remaining(&self) -> Duration {
        self.timeout.saturating_sub(self.time.now().saturating_duration_since(self.begun))
    }

    fn has_passed(&self) -> bool {
        self.remaining().is_zero()
    }

    /// The future's output, or `None` once the deadline has passed.
    async fn within<F: Future>(&self, future: Pin<&mut F>) -> Option<F::Output> {
        self.time.within(|| self.remaining(), future).await
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderValue, RETRY_AFTER};

    use super::{
        super::{
            Scrub, Server,
            classify::Classifier,
            operations::{CREATE_ROOM, GET_ROOM_BY_ID, Operation},
            trace::Trace,
        },
        *,
    };
    use crate::{CallOptions, Client};

    /// What follows the first failure of a call, HTTP 503 with this `Retry-After`.
    fn decide(operation: &'static Operation, retry_after: &'static str, drawn: u32) -> Decision {
        let client = Client::builder()
            .credentials("app-id", "app-key")
            .base_url("http://127.0.0.1:1/video/v2")
            .retry(RetryPolicy::standard().max_attempts(2))
            .jitter(|| 1.0)
            .build()
            .unwrap();
        let transport = client.rooms().transport;
        transport.budget.draw(drawn).unwrap().spent();
        let context = CallContext {
            operation,
            options: &CallOptions::new(),
            clients: &transport.clients,
            trace: &Trace::new(operation, &Server::of(&"http://127.0.0.1:1".parse().unwrap())),
            body: BodyMode::Buffered,
        };
        let mut response = RawResponse::default();
        response.status = Some(StatusCode::SERVICE_UNAVAILABLE);
        response.headers.insert(RETRY_AFTER, HeaderValue::from_static(retry_after));
        let scrub = &Scrub::of([]);
        let error =
            Classifier { operation, scrub, attempts: 1, time: &transport.time }.refused(&response, None);

        let mut state = RetryState::new(transport, &context);
        let first = state.decide(&error);
        if let Decision::Retry { .. } = first {
            assert_eq!(state.decide(&error), Decision::GiveUp { reason: None }, "the policy allows two");
        }
        first
    }

    #[test]
    fn a_failure_the_deadline_and_the_budget_decide() {
        let give_up = |reason: &'static str| Decision::GiveUp { reason: Some(reason.into()) };
        let seconds = Duration::from_secs_f64;
        assert_eq!(decide(&GET_ROOM_BY_ID, "", 0), Decision::Retry { after: seconds(0.5) });
        assert_eq!(decide(&GET_ROOM_BY_ID, "2", 486), Decision::Retry { after: seconds(2.5) });
        assert_eq!(
            decide(&GET_ROOM_BY_ID, "60", 0),
            give_up("a wait of 60.5 s, as the service asks, would reach the call's deadline")
        );
        assert_eq!(decide(&GET_ROOM_BY_ID, "", 487), give_up("the client's budget of repeats is used up"));
        assert_eq!(decide(&CREATE_ROOM, "", 0), Decision::GiveUp { reason: None });
    }
}
