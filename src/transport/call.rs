//! The loop that every call goes through: attempt, classify, decide.

use std::{
    future::Future,
    pin::pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use progenitor_client::ResponseValue;
use serde::de::DeserializeOwned;
use tokio::sync::OwnedSemaphorePermit;

use super::{
    Transport,
    attempt::Attempt,
    authorized::{AuthorizedClient, AuthorizedClients},
    classify::Classifier,
    envelope::{Envelope, lenient, payload},
    hook::HookState,
    operations::Operation,
    response::RawResponse,
    retry_state::{Decision, RetryState},
    trace::Trace,
};
use crate::{CallOptions, Error, RawAnswer, bindings};

/// What stays the same in all attempts of a call.
pub(super) struct CallContext<'a> {
    pub operation: &'static Operation,
    pub options: &'a CallOptions,
    /// Whose credentials the requests carry.
    pub clients: &'a AuthorizedClients,
    pub trace: &'a Trace,
    pub body: BodyMode,
}

/// Who reads the body of a success, and within which time.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum BodyMode {
    /// The hook reads all of it within the attempt's time.
    Buffered,
    /// `send` reads up to the first row within the attempt's time. The rest is read later.
    FirstItem,
    /// `send` reads it all and keeps the time itself.
    Streamed,
}

/// A call that succeeded.
pub(crate) struct Completed<T> {
    pub payload: T,
    /// When the last request was sent.
    pub sent_at: SystemTime,
    pub(super) client: Arc<AuthorizedClient>,
    pub(super) attempts: u32,
    /// Counts under the limit of calls in flight while it is held.
    pub(super) permit: Option<OwnedSemaphorePermit>,
}

/// What a method of the bindings returns.
pub(super) type Sent<T> = Result<ResponseValue<T>, bindings::Error<()>>;

impl Transport {
    /// Calls an operation of the document. `send` makes one request with the client that it is given.
    pub async fn call<T, F>(
        &self,
        operation: &'static Operation,
        options: &CallOptions,
        send: impl Fn(bindings::Client) -> F,
    ) -> Result<Completed<T::Payload>, Error>
    where
        T: Envelope + DeserializeOwned,
        F: Future<Output = Sent<T>>,
    {
        let trace = &Trace::new(operation, &self.server);
        let context =
            CallContext { operation, options, clients: &self.clients, trace, body: BodyMode::Buffered };
        let send = |attempt| send(self.bindings_of(attempt));
        self.run(&context, send, classify::<T>, T::empty_payload).await
    }

    /// The generated client whose requests belong to this attempt.
    pub(super) fn bindings_of(&self, attempt: Arc<Attempt>) -> bindings::Client {
        let client = attempt.connections.http.clone();
        // The hook adds the base URL.
        let baseurl = String::new();
        bindings::Client { baseurl, client, inner: HookState::of(self.server.clone(), attempt) }
    }

    /// Makes attempts until one succeeds or none is left.
    ///
    /// `send` makes an attempt, `classify` turns what it returned into a payload or an error, and
    /// `empty_payload` is that of a deletion whose room an earlier attempt has deleted.
    pub(super) async fn run<S, T, F>(
        &self,
        context: &CallContext<'_>,
        send: impl Fn(Arc<Attempt>) -> F,
        classify: impl Fn(Classifier<'_>, S, &RawResponse) -> Result<T, Error>,
        empty_payload: fn() -> Option<T>,
    ) -> Result<Completed<T>, Error>
    where
        F: Future<Output = S>,
    {
        let completed = context.trace.around(self.retry_loop(context, send, classify, empty_payload)).await;
        completed.inspect_err(|error| context.trace.call_failed(error))
    }

    async fn retry_loop<S, T, F>(
        &self,
        context: &CallContext<'_>,
        send: impl Fn(Arc<Attempt>) -> F,
        classify: impl Fn(Classifier<'_>, S, &RawResponse) -> Result<T, Error>,
        empty_payload: fn() -> Option<T>,
    ) -> Result<Completed<T>, Error>
    where
        F: Future<Output = S>,
    {
        let mut state = RetryState::new(self, context);
        let mut client = state.credentials().await?;
        loop {
            let connections = client.connections().map_err(|error| error.in_operation(context.operation))?;
            let permit = state.permit(&connections).await?;
            let sent_at = self.time.system_time();
            let attempt = state.begin_attempt(&client, connections);
            let result = self.attempt(&mut state, &attempt, &send, &classify).await;

            let result = match result {
                Err(error) if state.is_already_done(&error) => empty_payload().ok_or(error),
                result => result,
            };
            let mut error = match result {
                Ok(payload) => return Ok(state.complete(payload, client, sent_at, permit)),
                Err(error) => error,
            };
            drop(permit);
            state.record_failure(&error);

            if state.needs_other_credentials(&error) {
                match state.other_credentials(&client).await {
                    Ok(Some(other)) => {
                        client = other;
                        state.carry_out(Decision::Retry { after: Duration::ZERO }, error).await?;
                        continue;
                    }
                    Ok(None) => {}
                    Err(reason) => error = error.given_up_for(reason),
                }
            }
            let decision = state.decide(&error);
            state.carry_out(decision, error).await?;
        }
    }

    /// Makes one attempt within its timeout.
    async fn attempt<S, T, F>(
        &self,
        state: &mut RetryState<'_>,
        attempt: &Arc<Attempt>,
        send: &impl Fn(Arc<Attempt>) -> F,
        classify: &impl Fn(Classifier<'_>, S, &RawResponse) -> Result<T, Error>,
    ) -> Result<T, Error>
    where
        F: Future<Output = S>,
    {
        let context = state.context;
        let sent = pin!(send(attempt.clone()));
        let sent = match context.body {
            BodyMode::Streamed => Some(sent.await),
            _ => self.time.within(|| attempt.time_limit.length, sent).await,
        };
        let response = attempt.take_response();
        context.options.keep(|| {
            // The body may be a part of a larger buffer.
            let body = Bytes::copy_from_slice(&response.body);
            Some(RawAnswer { status: response.status?, headers: response.headers.clone(), body })
        });
        state.record_response(&response);

        let classifier = Classifier {
            operation: context.operation,
            scrub: &attempt.client.scrub,
            attempts: state.attempts(),
            time: &self.time,
        };
        if let Some(observer) = self.observer.as_ref().filter(|_| response.is_whole) {
            observer.response(context.operation, &attempt.client.scrub, &response);
        }
        match sent {
            Some(sent) => classify(classifier, sent, &response),
            None => Err(classifier.timed_out(&attempt.time_limit, &response)),
        }
    }
}

/// A success is a 2XX with `result: 0`, no `error_code`, and the payload. Where the operation has no
/// payload, a 2XX without a body is one, too.
fn classify<T: Envelope + DeserializeOwned>(
    classifier: Classifier<'_>,
    sent: Sent<T>,
    response: &RawResponse,
) -> Result<T::Payload, Error> {
    let is_empty = response.is_whole && response.body.trim_ascii().is_empty();
    if is_empty
        && response.status.is_some_and(|status| status.is_success())
        && let Some(payload) = T::empty_payload()
    {
        return Ok(payload);
    }
    let decoded = match sent {
        Err(bindings::Error::InvalidResponsePayload(body, error)) if !response.over_cap => {
            lenient::<T>(&body).ok_or_else(|| classifier.undecodable(response, &error))?
        }
        sent => classifier.received(sent, response)?,
    };
    let payload = payload(decoded).filter(|_| is_object(&response.body));
    payload.ok_or_else(|| classifier.refused(response, None))
}

/// A response is an object. The decoder would also take a list of its values.
fn is_object(body: &[u8]) -> bool {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    body.trim_ascii_start().first() == Some(&b'{')
}
