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

/// A success, and when its request was sent.
pub(crate) struct Answer<T> {
    pub body: T,
    pub sent_at: SystemTime,
}

impl Transport {
    /// Calls one operation: `send` is called once an attempt.
    pub async fn call<T, F>(
        &self,
        operation: &'static Operation,
        send: impl Fn() -> F,
    ) -> Result<Answer<T>, Error>
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

/// Success is a 2XX with `result: 0`, and nothing else is.
fn judge<T: Envelope + DeserializeOwned>(
    outcome: Outcome<'_>,
    sent: Result<ResponseValue<T>, bindings::Error<()>>,
    reply: Reply,
) -> Result<Answer<T>, Error> {
    if reply.over_cap {
        return Err(outcome.too_large(&reply));
    }
    let body = match sent {
        Ok(answer) => answer.into_inner(),
        Err(bindings::Error::InvalidResponsePayload(body, error)) => match second_look(&body) {
            Ok(answer) => answer,
            Err(_) => return Err(outcome.refused(&reply, Some(error))),
        },
        Err(bindings::Error::UnexpectedResponse(_)) => return Err(outcome.refused(&reply, None)),
        Err(error) => return Err(outcome.broken(error, &reply)),
    };
    let is_object = reply.body.trim_ascii_start().first() == Some(&b'{');
    if is_object && body.result().and_then(|result| result.code()) == Some(0) {
        Ok(Answer { body, sent_at: reply.sent_at.unwrap_or_else(SystemTime::now) })
    } else {
        Err(outcome.refused(&reply, None))
    }
}
