//! The body of a response.

use std::{
    convert::Infallible,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use hyper::body::{Body, Frame, SizeHint};

use super::cdr::Report;

pub(super) enum Content {
    Whole(Bytes),
    /// Generated while it is sent.
    Report(Report),
    /// Sent as it comes.
    Events(Pin<Box<dyn Stream<Item = Bytes> + Send>>),
}

impl<T: Into<Bytes>> From<T> for Content {
    fn from(body: T) -> Self {
        Self::Whole(body.into())
    }
}

impl Content {
    pub fn report(mut report: Report) -> Self {
        if report.is_complete() {
            return Self::Whole(report.next().unwrap_or_default());
        }
        Self::Report(report)
    }

    /// The same, whose events end when the future does.
    pub fn until(self, end: impl Future<Output = ()> + Send + 'static) -> Self {
        match self {
            Self::Events(events) => Self::Events(Box::pin(events.take_until(end))),
            other => other,
        }
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        match self {
            Self::Whole(body) => Poll::Ready(Some(mem::take(body)).filter(|body| !body.is_empty())),
            Self::Report(report) => {
                if report.must_yield() {
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(report.next())
            }
            Self::Events(events) => events.as_mut().poll_next(cx),
        }
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.poll_next(cx).map(|data| Some(Ok(Frame::data(data?))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Self::Whole(body) if body.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(body) => SizeHint::with_exact(body.len() as u64),
            Self::Report(_) | Self::Events(_) => SizeHint::default(),
        }
    }
}
