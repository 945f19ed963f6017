//! One request, from its arrival to its answer.

use std::{error::Error, fmt, sync::Arc};

use http::{Request, Response};
use hyper::body::Incoming;

use super::{api, archive::serve, body, content::Content, control, fault::Fault, shared::Shared};

/// Tells hyper to close the connection without an answer.
#[derive(Debug)]
pub(super) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is dropped")
    }
}

impl Error for Dropped {}

/// Answers, with the fault that hits the request.
pub(super) async fn answer(
    shared: Arc<Shared>,
    request: Request<Incoming>,
) -> Result<Response<Content>, Dropped> {
    let (head, incoming) = request.into_parts();
    if let Some(control) = control::path(head.uri.path()) {
        let body = body::read(incoming).await;
        return Ok(control::answer(&shared, &head.method, control, &body).into_response());
    }

    if let Some(file) = serve::path(head.uri.path()) {
        body::read(incoming).await;
        return Ok(serve::answer(&shared, &head, file).into_response());
    }

    let (request_id, fault) = shared.store().arrive();
    let body = body::read(incoming).await;
    let call = || api::answer(&shared, &head, &body, &request_id);
    let Some(Fault { instead, delay, after_effect, .. }) = fault else {
        return Ok(call().into_response());
    };
    let early = after_effect.then(call);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let answer = match instead {
        Some(instead) => instead.answer(&request_id).ok_or(Dropped)?,
        None => early.unwrap_or_else(call),
    };
    Ok(answer.into_response())
}
