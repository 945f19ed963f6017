//! A response as it was received.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

/// A response as it was received. Its body may hold a token: do not log it.
#[derive(Clone)]
pub struct RawAnswer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl RawAnswer {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as far as it was read: up to the client's cap, or until the connection broke.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("headers", &format_args!("[{} headers]", self.headers.len()))
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .finish()
    }
}

/// A slot for the [`RawAnswer`] of a call, shared by its clones.
///
/// A call empties it when it begins, and then puts the response of each attempt into it, or nothing if the
/// attempt had none. A call that is dropped may leave the response of an earlier attempt.
#[derive(Clone, Debug, Default)]
pub struct AnswerSlot(Arc<Mutex<Option<RawAnswer>>>);

impl AnswerSlot {
    /// An empty slot.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the response out. `None` if there is none.
    pub fn take(&self) -> Option<RawAnswer> {
        self.put(None)
    }

    pub(crate) fn put(&self, answer: Option<RawAnswer>) -> Option<RawAnswer> {
        std::mem::replace(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), answer)
    }
}
