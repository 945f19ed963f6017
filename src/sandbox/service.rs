//! One request, from its arrival to its answer.

use std::{error::Error, fmt, pin::pin, sync::Arc};

use futures_util::future::{Either, select};
use http::{Request, Response};
use hyper::body::Incoming;

use super::{api, archive::serve, body, connection::Connection, content::Content, control, shared::Shared};

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
    connection: Connection,
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
    let Some(fault) = fault else { return Ok(call().into_response()) };
    let early = fault.after_effect.then(call);
    if !fault.delay.is_zero() {
        let wait = pin!(tokio::time::sleep(fault.delay));
        if let Either::Right(_) = select(wait, pin!(connection.hung_up())).await {
            return Err(Dropped);
        }
    }
    let answer = match fault.into_instead() {
        Some(instead) => instead.answer(&request_id).ok_or(Dropped)?,
        None => early.unwrap_or_else(call),
    };
    Ok(answer.into_response())
}
