//! The hook below the bindings: authorization and headers on the way down, the cap on the way up.

use std::{fmt, sync::Arc, time::Duration};

use futures_util::future::Either;
use progenitor_client::{ClientHooks, ClientInfo, OperationInfo, ResponseValue};
use reqwest::{
    Request, Response, Url,
    header::{HOST, HeaderMap, LOCATION},
};
use serde::de::DeserializeOwned;

use super::{
    Server,
    attempt::{Attempt, set_headers},
    authorized::{AuthorizedClients, NO_CREDENTIALS_IN_TIME},
    fetch::{is_redirect, location},
    response::{BodyEnd, read_body},
    runtime,
};
use crate::bindings;

/// What a generated client carries for the hook. Requests go to the base URL of the [`Client`](crate::Client) that
/// it is of, whatever base URL a generated client is made with.
#[derive(Clone)]
pub struct HookState {
    server: Arc<Server>,
    caller: Caller,
}

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
    pub(crate) fn direct(server: Arc<Server>, clients: Arc<AuthorizedClients>, timeout: Duration) -> Self {
        Self { server, caller: Caller::Direct { clients, timeout } }
    }

    /// For the requests of an attempt.
    pub(super) fn of(server: Arc<Server>, attempt: Arc<Attempt>) -> Self {
        Self { server, caller: Caller::Attempt(attempt) }
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
        let Caller::Direct { clients, timeout } = &self.inner().caller else { return Ok(()) };
        runtime().map_err(|error| bindings::Error::Custom(error.to_string()))?;
        let client = tokio::time::timeout(*timeout, clients.get()).await;
        match client.map(|client| client?.connections()) {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(bindings::Error::Custom(error.to_string())),
            Err(_) => Err(bindings::Error::Custom(NO_CREDENTIALS_IN_TIME.to_owned())),
        }
    }

    /// The request of an attempt moves into a future of reqwest at once, so that the future of this method does
    /// not hold it, too. That of a direct call is boxed.
    fn exec(
        &self,
        mut request: Request,
        called: &OperationInfo,
    ) -> impl Future<Output = reqwest::Result<Response>> {
        let HookState { server, caller } = self.inner();
        match caller {
            Caller::Attempt(attempt) => {
                debug_assert!(
                    attempt.operation.is_called(called),
                    "{:?} calls {:?}",
                    attempt.operation,
                    called.operation_id
                );
                if attempt.client.is_configured() {
                    // The loop enforces the timeout, not reqwest.
                    *request.timeout_mut() = Some(Duration::MAX);
                } else {
                    request.headers_mut().extend(server.host.clone().map(|host| (HOST, host)));
                }
                set_headers(&mut request, &attempt.client);
                let headers = request.headers_mut();
                for (name, value) in &attempt.headers {
                    headers.append(name, value.clone());
                }
                let response = attempt.connections.http.execute(request);
                Either::Left(async move { receive(attempt, response.await?).await })
            }
            Caller::Direct { clients, timeout } => Either::Right(Box::pin(async move {
                *request.timeout_mut() = Some(*timeout);
                // `pre` has made sure that there are both.
                let client = clients.current().and_then(|client| Some((client.connections().ok()?, client)));
                let Some((connections, client)) = client else { return self.client().execute(request).await };
                // Anyone can call this method, with any request.
                if server.has(request.url()) {
                    set_headers(&mut request, &client);
                }
                connections.http.execute(request).await
            })),
        }
    }
}

/// Reads the response of an attempt, unless the body is left to the loop.
async fn receive(attempt: &Attempt, mut response: Response) -> reqwest::Result<Response> {
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

    let end = read_body(attempt, &mut response, attempt.body_cap).await;
    attempt.connections.used();
    {
        let mut raw = attempt.response();
        raw.over_cap = matches!(end, BodyEnd::OverCap);
        raw.is_whole = matches!(end, BodyEnd::Whole);
    }
    // A refusal is known by its status, even if its body breaks off.
    if let BodyEnd::Broken(error) = end
        && status.is_success()
    {
        return Err(error);
    }
    Ok(response)
}

/// The URL of a request, in place of reqwest's own parsing of the text.
pub(crate) fn url(client: &bindings::Client, text: &str) -> Option<Url> {
    client.inner().server.url(text.strip_prefix(client.baseurl())?)
}

/// Decodes a success, in place of the bindings' own `ResponseValue::from_response`: the hook has read the
/// body of an attempt already.
pub(crate) async fn decode<T: DeserializeOwned>(
    client: &bindings::Client,
    response: Response,
) -> Result<ResponseValue<T>, bindings::Error<()>> {
    let Caller::Attempt(attempt) = &client.inner().caller else {
        // Boxed, so that the future of an attempt is small.
        return Box::pin(ResponseValue::from_response(response)).await;
    };
    let body = attempt.response().whole_body();
    match serde_json::from_slice(&body) {
        Ok(decoded) => Ok(ResponseValue::new(decoded, response.status(), HeaderMap::new())),
        Err(error) => Err(bindings::Error::InvalidResponsePayload(body, error)),
    }
}

/// Scheme, host and path of the `Location` of a response from this URL.
fn redirect_target(url: &Url, headers: &HeaderMap) -> Option<String> {
    let target = headers.get(LOCATION).filter(|target| !target.is_empty())?;
    let target = url.join(&String::from_utf8_lossy(target.as_bytes())).ok()?;
    target.has_host().then(|| location(&target))
}
