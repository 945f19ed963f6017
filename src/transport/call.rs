//! The one loop that every call goes through.

use std::{future::Future, time::SystemTime};

use progenitor_client::ResponseValue;
use serde::de::DeserializeOwned;

use super::{
    Transport,
    decode::second_look,
    envelope::Envelope,
    hook::{ATTEMPT, Reply},
    operations::Operation,
    outcome::Outcome,
};
use crate::{Error, bindings};

/// What a call was made for, and when its request was sent.
pub(crate) struct Answer<T> {
    pub payload: T,
    pub sent_at: SystemTime,
}

impl Transport {
    /// Calls one operation: `send` is called once an attempt.
    pub async fn call<T, F>(
        &self,
        operation: &'static Operation,
        send: impl Fn() -> F,
    ) -> Result<Answer<T::Payload>, Error>
    where
        T: Envelope + DeserializeOwned,
        F: Future<Output = Result<ResponseValue<T>, bindings::Error<()>>>,
    {
        let outcome = Outcome { operation, scrub: &self.scrub };
        let attempt = ATTEMPT.scope(Default::default(), async {
            let sent = send().await;
            let reply = ATTEMPT.with(|reply| reply.take());
            judge(outcome, sent, reply)
        });
        match tokio::time::timeout(self.deadline, attempt).await {
            Ok(judged) => judged,
            Err(_) => Err(outcome.deadline(self.deadline)),
        }
    }
}

/// Success is a 2XX with `result: 0` and the payload, and nothing else is.
fn judge<T: Envelope + DeserializeOwned>(
    outcome: Outcome<'_>,
    sent: Result<ResponseValue<T>, bindings::Error<()>>,
    reply: Reply,
) -> Result<Answer<T::Payload>, Error> {
    // A refusal says enough without the rest of its body.
    if reply.over_cap && reply.status.is_some_and(|status| status.is_success()) {
        return Err(outcome.too_large(&reply));
    }
    let answer = match sent {
        Ok(answer) => answer.into_inner(),
        Err(bindings::Error::InvalidResponsePayload(body, error)) => match second_look::<T>(&body) {
            Ok(answer) => answer,
            Err(_) => return Err(outcome.refused(&reply, Some(error))),
        },
        Err(bindings::Error::UnexpectedResponse(_)) => return Err(outcome.refused(&reply, None)),
        Err(error) => return Err(outcome.broken(error, &reply)),
    };
    let is_success = is_object(&reply.body) && answer.result().and_then(|result| result.code()) == Some(0);
    match answer.into_payload().filter(|_| is_success) {
        Some(payload) => Ok(Answer { payload, sent_at: reply.sent_at.unwrap_or_else(SystemTime::now) }),
        None => Err(outcome.refused(&reply, None)),
    }
}

/// An answer is an object; the decoder would also take the list of its values.
fn is_object(body: &[u8]) -> bool {
    let body = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
    body.trim_ascii_start().first() == Some(&b'{')
}
