//! What every request carries and every answer may weigh: the seam below the bindings.

use std::{cell::RefCell, fmt, time::SystemTime};

use bytes::{Bytes, BytesMut};
use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{
    Request, Response, StatusCode,
    header::{ACCEPT, AUTHORIZATION, HeaderValue},
};

use crate::bindings;

/// How many bytes the body of an ordinary answer may have.
const BODY_CAP: usize = 8 * 1024 * 1024;

/// What the bindings' client carries for the hook.
#[derive(Clone)]
pub struct Wire {
    authorization: HeaderValue,
}

impl Wire {
    /// The header is prepared once and marked sensitive.
    pub(crate) fn new(mut authorization: HeaderValue) -> Self {
        authorization.set_sensitive(true);
        Self { authorization }
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wire").finish_non_exhaustive()
    }
}

/// What the hook tells the loop of one attempt.
#[derive(Default)]
pub(crate) struct Reply {
    pub sent_at: Option<SystemTime>,
    pub status: Option<StatusCode>,
    /// What was read of the body.
    pub body: Bytes,
    /// The body is larger than the cap, and was not read to its end.
    pub over_cap: bool,
}

tokio::task_local! {
    /// The one way between the loop above the bindings and the hook below them.
    pub(crate) static ATTEMPT: RefCell<Reply>;
}

impl ClientHooks<Wire> for bindings::Client {
    async fn exec(&self, mut request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let headers = request.headers_mut();
        // A header of the generator's that EnableX does not know.
        headers.remove("api-version");
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(AUTHORIZATION, self.inner().authorization.clone());

        // A direct call of the bindings has no loop above it, and gets the answer as it comes.
        if ATTEMPT.try_with(|reply| reply.borrow_mut().sent_at = Some(SystemTime::now())).is_err() {
            return self.client().execute(request).await;
        }
        let response = self.client().execute(request).await?;
        let status = response.status();
        ATTEMPT.with(|reply| reply.borrow_mut().status = Some(status));

        let (body, end) = read(response).await;
        let over_cap = matches!(end, End::OverCap);
        ATTEMPT.with(|reply| {
            let mut reply = reply.borrow_mut();
            (reply.body, reply.over_cap) = (body.clone(), over_cap);
        });
        // A refusal says enough by its status, and by what came of its body.
        if let End::Broken(error) = end
            && status.is_success()
        {
            return Err(error);
        }
        let mut rebuilt = http::Response::new(body);
        *rebuilt.status_mut() = status;
        Ok(rebuilt.into())
    }
}

/// How the reading of a body ended.
enum End {
    Whole,
    OverCap,
    Broken(reqwest::Error),
}

/// Reads the body, up to the cap.
async fn read(mut response: Response) -> (Bytes, End) {
    let mut body = BytesMut::new();
    let end = loop {
        match response.chunk().await {
            Ok(Some(chunk)) if body.len() + chunk.len() > BODY_CAP => break End::OverCap,
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break End::Whole,
            Err(error) => break End::Broken(error),
        }
    };
    (body.freeze(), end)
}
