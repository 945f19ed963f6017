//! Bodies are capped, and the caller hears of it.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use futures_util::StreamExt;
use http_body_util::LengthLimitError;
use hyper::body::{Frame, SizeHint};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tokio::time::timeout;

use crate::failure::Failure;

const MIB: usize = 1024 * 1024;
const PATIENCE: Duration = Duration::from_secs(10);

/// Decodes a JSON object of at most 1 MiB, which arrives within 10 seconds, whatever the `Content-Type` says. No body
/// is an empty object, which is what EnableX's sample clients send for a room.
pub async fn json<T: DeserializeOwned>(body: Body) -> Result<T, Failure> {
    let bytes = timeout(PATIENCE, to_bytes(body, MIB)).await.map_err(|_| {
        Failure::new(StatusCode::REQUEST_TIMEOUT, "slow", "The request did not arrive within 10 seconds.")
    })?;
    let bytes = bytes.map_err(|error| {
        let why = error.into_inner();
        if why.is::<LengthLimitError>() {
            Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "The request has more than 1 MiB.")
        } else {
            Failure::new(StatusCode::BAD_REQUEST, "incomplete", "The request did not arrive whole.")
        }
    })?;
    let text: &[u8] = if bytes.trim_ascii().is_empty() { b"{}" } else { &bytes };
    let Ok(object) = serde_json::from_slice::<Map<String, Value>>(text) else {
        let text = "The request is not a JSON object.";
        return Err(Failure::new(StatusCode::BAD_REQUEST, "no_json", text));
    };
    // Its text would have the value.
    serde_path_to_error::deserialize(Value::from(object))
        .map_err(|error| Failure::invalid(&error.path().to_string(), "has a value of another type"))
}

/// Reads and drops what a handler has left of a body, up to 16 MiB and for 10 seconds: a caller that is still
/// sending when the connection closes would not read the response.
pub async fn read_the_rest(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let body = Shared(Arc::new(Mutex::new(body)));
    let response = next.run(Request::from_parts(head, Body::new(body.clone()))).await;
    if !body.is_end_stream() {
        let mut left = 16 * MIB;
        let mut rest = Body::new(body).into_data_stream();
        let read = async {
            while let Some(Ok(bytes)) = rest.next().await {
                let Some(less) = left.checked_sub(bytes.len()) else { break };
                left = less;
            }
        };
        _ = timeout(PATIENCE, read).await;
    }
    response
}

/// A body that can still be read when the handler has dropped it.
#[derive(Clone)]
struct Shared(Arc<Mutex<Body>>);

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}
