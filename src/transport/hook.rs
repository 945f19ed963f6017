//! The hook below the bindings: authorization and headers on the way down, the cap on the way up.

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{
    Request, Response, ResponseBuilderExt, Url,
    header::{HeaderMap, LOCATION},
};

use super::{
    attempt::{Attempt, set_headers},
    authorized::{AuthorizedClients, NO_CREDENTIALS_IN_TIME},
    fetch::{is_redirect, location},
    response::{BodyEnd, read_body},
    runtime,
};
use crate::bindings;

/// What a generated client carries for the hook.
#[derive(Clone)]
pub struct HookState(Caller);

/// Who called the bindings.
#[derive(Clone)]
enum Caller {
    /// The loop, for one attempt.
    Attempt(Arc<Attempt>),
    /// The user of the crate, see [`Client::bindings`](crate::Client::bindings).
    Direct { clients: Arc<AuthorizedClients>, timeout: Duration },
}

impl HookState {
    /// For direct calls of the bindings, each with this timeout.
    pub(crate) fn direct(clients: Arc<AuthorizedClients>, timeout: Duration) -> Self {
        Self(Caller::Direct { clients, timeout })
    }
}

impl From<Arc<Attempt>> for HookState {
    fn from(attempt: Arc<Attempt>) -> Self {
        Self(Caller::Attempt(attempt))
    }
}

impl fmt::Debug for HookState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HookState").finish_non_exhaustive()
    }
}

impl ClientHooks<HookState> for bindings::Client {
    /// Gets the credentials of a direct call. Those of an attempt are there already.
    async fn pre<E>(&self, _: &mut Request, _: &OperationInfo) -> Result<(), bindings::Error<E>> {
        let Caller::Direct { clients, timeout } = &self.inner().0 else { return Ok(()) };
        runtime().map_err(|error| bindings::Error::Custom(error.to_string()))?;
        let client = tokio::time::timeout(*timeout, clients.get()).await;
        match client.map(|client| client?.http()) {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(bindings::Error::Custom(error.to_string())),
            Err(_) => Err(bindings::Error::Custom(NO_CREDENTIALS_IN_TIME.to_owned())),
        }
    }

    async fn exec(&self, mut request: Request, called: &OperationInfo) -> reqwest::Result<Response> {
        match &self.inner().0 {
            Caller::Attempt(attempt) => {
                debug_assert!(
                    attempt.operation.is_called(called),
                    "{:?} calls {:?}",
                    attempt.operation,
                    called.operation_id
                );
                send(attempt, request).await
            }
            Caller::Direct { clients, timeout } => {
                *request.timeout_mut() = Some(*timeout);
                // `pre` has made sure that there are both.
                let client = clients.current().and_then(|client| Some((client.http().ok()?, client)));
                let Some((http, client)) = client else { return self.client().execute(request).await };
                set_headers(&mut request, &client);
                http.execute(request).await
            }
        }
    }
}

/// Sends the request of an attempt, and reads its response unless the body is left to the loop.
async fn send(attempt: &Attempt, mut request: Request) -> reqwest::Result<Response> {
    let headers = request.headers_mut();
    for (name, value) in &attempt.headers {
        headers.append(name, value.clone());
    }
    set_headers(&mut request, &attempt.client);
    // The loop enforces the timeout, not reqwest.
    *request.timeout_mut() = Some(Duration::MAX);
    let mut response = attempt.http.execute(request).await?;
    let status = response.status();
    {
        let mut raw = attempt.response();
        raw.status = Some(status);
        raw.headers = std::mem::take(response.headers_mut());
        raw.redirect = is_redirect(status).then(|| redirect_target(response.url(), &raw.headers));
    }
    if attempt.leaves_body && status.is_success() {
        return Ok(response);
    }

    let url = response.url().clone();
    let end = read_body(attempt, response, attempt.body_cap).await;
    let body = {
        let mut raw = attempt.response();
        raw.over_cap = matches!(end, BodyEnd::OverCap);
        raw.is_whole = matches!(end, BodyEnd::Whole);
        raw.end();
        // The beginning of a response that is too large is not worth decoding.
        if raw.over_cap { Bytes::new() } else { raw.body.clone() }
    };
    // A refusal is known by its status, even if its body breaks off.
    if let BodyEnd::Broken(error) = end
        && status.is_success()
    {
        return Err(error);
    }
    // reqwest would parse a placeholder URL. A builder with nothing but a URL cannot fail.
    let mut rebuilt = http::Response::builder().url(url).body(body).unwrap_or_default();
    *rebuilt.status_mut() = status;
    Ok(rebuilt.into())
}

/// Scheme, host and path of the `Location` of a response from this URL.
fn redirect_target(url: &Url, headers: &HeaderMap) -> Option<String> {
    let target = headers.get(LOCATION).filter(|target| !target.is_empty())?;
    let target = url.join(&String::from_utf8_lossy(target.as_bytes())).ok()?;
    target.has_host().then(|| location(&target))
}
