//! An answer as it came.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use reqwest::{StatusCode, header::HeaderMap};

/// An answer as it came over the wire. Its body may hold a token: print it nowhere.
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

    /// The body as far as it was read: up to the client's cap, or to where the connection broke.
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

/// A place for the [`RawAnswer`] of a call, shared by its clones. It is emptied when a call begins,
/// and holds what its last attempt was answered, or nothing where that attempt had no answer. After a
/// call that was dropped it may hold the answer of the attempt before.
#[derive(Clone, Debug, Default)]
pub struct AnswerSlot(Arc<Mutex<Option<RawAnswer>>>);

impl AnswerSlot {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the answer out; `None` where none has come.
    pub fn take(&self) -> Option<RawAnswer> {
        self.put(None)
    }

    pub(crate) fn put(&self, answer: Option<RawAnswer>) -> Option<RawAnswer> {
        std::mem::replace(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner), answer)
    }
}
