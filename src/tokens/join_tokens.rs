//! Many join tokens.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{self, BoxStream},
};

use super::{JoinToken, TokenRequest};
use crate::Error;

/// A request with its token or its error.
pub(crate) type Created = (TokenRequest, Result<JoinToken, Error>);

/// The join tokens of many requests, each beside its request; from
/// [`RoomHandle::create_tokens`](crate::RoomHandle::create_tokens).
///
/// It is a [`futures_core::Stream`] that borrows only what the requests borrow: where that is nothing, it may
/// outlive the client, and be sent to another task.
///
/// [`futures_core::Stream`]: https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html
/// [`Stream`]: https://docs.rs/futures-core/0.3/futures_core/stream/trait.Stream.html#method.size_hint
///
/// ```no_run
/// # use std::{mem::take, time::Duration};
/// # use enablex::{Client, TokenRequest};
/// # async fn run(client: Client, mut requests: Vec<TokenRequest>) {
/// let room = client.room("5b473a40ad3c0a58a4e0e5c1");
/// // Those that may succeed later are sent again, after a pause.
/// for pause in [0, 5, 60] {
///     tokio::time::sleep(Duration::from_secs(pause)).await;
///     let mut tokens = room.create_tokens(take(&mut requests)).concurrency(8);
///     while let Some((request, result)) = tokens.next().await {
///         match result {
///             Ok(token) => println!("{} {}", request.user_ref(), token.into_token()),
///             Err(error) if error.is_retryable() || error.is_room_full() => requests.push(request),
///             Err(error) => eprintln!("{} {error}", request.user_ref()),
///         }
///     }
/// }
/// # }
/// ```
///
/// **Calls.** Each token is a call of its own, with the validation, timeout, [retries](crate::retry) and
/// errors of [`create_token`](crate::RoomHandle::create_token). Up to [`concurrency`](Self::concurrency) calls
/// run at once, and the others have not begun. Where the client's
/// [limits](crate::ClientBuilder::max_calls_per_second) allow fewer, calls wait for their permits within their
/// timeouts: keep the concurrency below the calls per second × the timeout in seconds (30 by default). The number
/// of requests does not matter.
///
/// **Errors.** A request that fails does not end the stream. If all of them would fail, for example because the
/// room does not exist, drop it. A room id or [`CallOptions`](crate::CallOptions) that break a rule give each
/// request an error, with nothing sent.
///
/// **Trying again.** All calls of a client share one [retry budget](crate::retry), so during an outage most
/// requests fail after one attempt. [`Error::is_retryable`] tells those from others that would fail again;
/// [`Error::retry_after`] is how long the service asks to wait. A full room is not retryable: it has to be left
/// first.
///
/// **Expiry.** A token expires 15 minutes after it was created, used or not. Take results from the stream as you
/// hand them out: it creates at most as many ahead as calls run at once.
///
/// **Progress.** Count the results. `size_hint` of the trait [`Stream`] counts down, too, and is exact where its
/// bounds are equal, as for a `Vec` of requests.
///
/// **Memory.** A request is taken from its source when its call begins, so the memory does not grow with their
/// number.
///
/// **Runtime.** The calls advance only while the stream is polled, on one Tokio runtime, but their timeouts
/// always count: do slow work with a token in another task. The stream is `Send` and not `Sync`. Dropping it
/// cancels the calls in flight, and their requests are lost; those that have not begun stay in an iterator that
/// was passed `by_ref()`.
///
/// The calls share the slot of [`keep_answer`](crate::CallOptions::keep_answer), so only with a concurrency of
/// 1 does it hold the response to the request that came out last.
#[must_use = "a stream does nothing unless it is polled"]
pub struct JoinTokens<'r> {
    /// The calls, until the first poll.
    calls: Option<BoxStream<'r, BoxFuture<'static, Created>>>,
    results: BoxStream<'r, Created>,
    concurrency: usize,
    in_order: bool,
}

impl<'r> JoinTokens<'r> {
    pub(crate) fn new(calls: impl Stream<Item = BoxFuture<'static, Created>> + Send + 'r) -> Self {
        let (calls, results) = (Some(calls.boxed()), stream::empty().boxed());
        Self { calls, results, concurrency: 16, in_order: true }
    }

    /// Sets how many calls run at once: 16 by default; 0 counts as 1. In order, results that wait for an
    /// earlier one count, too. Once the stream was polled, a change has no effect.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// Returns the results as the calls end, and not in the order of the requests: a slow call holds up no
    /// other. Once the stream was polled, this has no effect.
    pub fn unordered(mut self) -> Self {
        self.in_order = false;
        self
    }

    /// The next request with its token or its error, or `None` after the last one. It is cancel safe: in a
    /// `select!` no result is lost.
    pub async fn next(&mut self) -> Option<(TokenRequest, Result<JoinToken, Error>)> {
        StreamExt::next(self).await
    }
}

impl Stream for JoinTokens<'_> {
    type Item = (TokenRequest, Result<JoinToken, Error>);

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(calls) = self.calls.take() {
            self.results = if self.in_order {
                calls.buffered(self.concurrency).boxed()
            } else {
                calls.buffer_unordered(self.concurrency).boxed()
            };
        }
        self.results.as_mut().poll_next(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.calls.as_ref().map_or_else(|| self.results.size_hint(), |calls| calls.size_hint())
    }
}

impl fmt::Debug for JoinTokens<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JoinTokens")
            .field("concurrency", &self.concurrency)
            .field("in_order", &self.in_order)
            .finish_non_exhaustive()
    }
}
