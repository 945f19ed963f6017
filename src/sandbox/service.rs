//! Serves one request: signalling, a control, a file or a call of the API, and the fault that hits it.

use std::{error::Error, fmt, pin::pin, sync::Arc};

use futures_util::future::{Either, select};
use http::{Request, request::Parts};
use hyper::body::Incoming;
use tokio::task::AbortHandle;

#[cfg(feature = "signalling")]
use super::signalling::{self, Signalling};
use super::{
    api, archive::serve, body, connection::Connection, content::Content, control, dashboard::Open,
    fault::Fault, response::Response, shared::Shared, webhooks,
};

/// Makes hyper close the connection without a response.
#[derive(Debug)]
pub(super) struct Dropped;

impl fmt::Display for Dropped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is dropped")
    }
}

impl Error for Dropped {}

/// What all connections are served with.
pub(super) struct Service {
    pub shared: Arc<Shared>,
    /// The task that sends webhooks.
    webhooks: AbortHandle,
    #[cfg(feature = "signalling")]
    signalling: Signalling,
}

impl Service {
    /// Has to be called on the runtime that serves.
    pub fn new(shared: Arc<Shared>) -> Self {
        Self {
            webhooks: tokio::spawn(webhooks::send_all(shared.clone())).abort_handle(),
            #[cfg(feature = "signalling")]
            signalling: Signalling::start(shared.clone()),
            shared,
        }
    }

    pub async fn close(&self) {
        // Before users leave by the end of their connections.
        self.webhooks.abort();
        #[cfg(feature = "signalling")]
        self.signalling.close().await;
    }

    pub async fn respond(
        &self,
        connection: &Connection,
        request: Request<Incoming>,
    ) -> Result<http::Response<Content>, Dropped> {
        #[cfg(feature = "signalling")]
        if let Some(uri) = signalling::uri(request.uri()) {
            return Ok(self.signalling.respond(connection, request, uri).await);
        }
        let shared = &*self.shared;
        let (head, incoming) = request.into_parts();
        if let Some(control) = control::path(head.uri.path()) {
            let body = body::read(incoming).await;
            let mut response = control::respond(shared, &head.method, control, &body);
            let connection = connection.clone();
            response.body = response.body.until(async move { connection.closed().await });
            return Ok(response.into_http());
        }

        if let Some(file) = serve::path(head.uri.path()) {
            body::read(incoming).await;
            return Ok(serve::respond(shared, &head, file).into_http());
        }

        let (request_id, fault) = shared.store().arrive(&head);
        let open = Open::new(shared, &request_id);
        let response = self.call(connection, &head, incoming, &request_id, fault).await?;
        open.responded(&response);
        Ok(response.into_http())
    }

    /// Serves a call of the API.
    async fn call(
        &self,
        connection: &Connection,
        head: &Parts,
        incoming: Incoming,
        request_id: &str,
        fault: Option<Fault>,
    ) -> Result<Response, Dropped> {
        let body = body::read(incoming).await;
        let call = || api::respond(&self.shared, head, &body, request_id);
        let Some(fault) = fault else { return Ok(call()) };
        let early = fault.after_effect.then(call);
        if !fault.delay.is_zero() {
            let wait = pin!(tokio::time::sleep(fault.delay));
            if let Either::Right(_) = select(wait, pin!(connection.closed())).await {
                return Err(Dropped);
            }
        }
        match fault.into_replacement() {
            Some(replacement) => replacement.into_response(request_id).ok_or(Dropped),
            None => Ok(early.unwrap_or_else(call)),
        }
    }
}
