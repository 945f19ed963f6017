//! Files of the archive, which have URLs of their own.

use std::{borrow::Cow, io, pin::pin, sync::Arc, time::Duration};

use reqwest::{
    Method, Request, Response, Url,
    header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderValue},
};
use tokio::sync::Mutex;

use super::{
    NamedHost, Scrub, Server, Transport,
    attempt::Attempt,
    authorized::{AuthorizedClient, AuthorizedClients},
    call::{BodyMode, CallContext},
    classify::Classifier,
    operations::FILE,
    response::{RawResponse, read_body},
    trace::Trace,
};
use crate::{CallOptions, Error, bindings};

mod download;
mod elsewhere;
mod redirect;
mod version;

pub use download::Progress;
pub(crate) use download::{Download, Sink};
pub(crate) use elsewhere::Elsewhere;
use redirect::{NotFollowed, Route};
pub(super) use redirect::{is_redirect, location};

/// How many bytes of a refusal are read.
const REFUSAL_CAP: usize = 64 * 1024;

/// How much of a URL an error quotes, in characters.
const MAX_LOCATION: usize = 200;

/// The recording credentials, and the hosts that they may be sent to.
pub(crate) struct FileAccess {
    pub hosts: Vec<NamedHost>,
    /// For http.
    pub plain: Option<AuthorizedClients>,
    /// For https.
    pub secure: Option<AuthorizedClients>,
    pub elsewhere: Elsewhere,
}

impl FileAccess {
    /// The clients with credentials for this URL, if the caller has named its host.
    pub fn clients(&self, url: &Url) -> Option<&AuthorizedClients> {
        self.hosts.iter().find(|named| named.is_of(url))?;
        if url.scheme() == "http" {
            self.plain.as_ref()
        } else {
            self.secure.as_ref().or(self.plain.as_ref())
        }
    }

    /// The client and the credentials for a redirect to this URL: none, unless the caller has named the host.
    fn access(&self, url: &Url) -> Result<Access, Error> {
        match self.clients(url).and_then(AuthorizedClients::current) {
            Some(client) => Ok(Access::of(&client, client.connections()?.http.clone())),
            None => Ok(Access { http: self.elsewhere.http(url.scheme() == "http")?, authorization: None }),
        }
    }
}

/// What a request is sent with.
struct Access {
    http: reqwest::Client,
    authorization: Option<HeaderValue>,
}

impl Access {
    fn of(client: &AuthorizedClient, http: reqwest::Client) -> Self {
        Self { http, authorization: Some(client.authorization.clone()) }
    }
}

/// Why an attempt did not fetch the rest of the file.
pub(crate) enum FetchFailure {
    Request(reqwest::Error),
    /// Nothing arrived for this long.
    Stalled(Duration),
    Refused,
    NotFollowed(NotFollowed),
    /// The response is not the part that was requested.
    Unexpected(Cow<'static, str>),
    /// The file is another one now, and what was written cannot be taken back.
    Changed,
    Target(io::Error),
}

/// The result of an attempt, and the redirects that it followed.
struct Fetched {
    length: Result<u64, FetchFailure>,
    route: Route,
}

impl Transport {
    /// Fetches a file, and returns its length. Each attempt goes on where the one before broke off. It
    /// begins at the link again, since the target of a redirect may be valid for a short time only.
    pub async fn fetch(
        &self,
        clients: &AuthorizedClients,
        url: &Url,
        options: &CallOptions,
        download: Download<'_, '_>,
    ) -> Result<u64, Error> {
        let trace = &Trace::new(&FILE, &Server::of(url));
        let context = CallContext { operation: &FILE, options, clients, trace, body: BodyMode::Streamed };
        let (idle, _) = options.timeouts(self.attempt_timeout, self.timeout);
        let download = Mutex::new(download);
        let download = &download;
        let send = |attempt: Arc<Attempt>| async move {
            let mut route = Route::from(url.clone());
            let length = self.fetch_rest(&attempt, &mut route, idle, &mut *download.lock().await).await;
            Fetched { length, route }
        };
        Ok(self.run(&context, send, classify, || None).await?.payload)
    }

    async fn fetch_rest(
        &self,
        attempt: &Attempt,
        route: &mut Route,
        idle: Duration,
        download: &mut Download<'_, '_>,
    ) -> Result<u64, FetchFailure> {
        let limit = attempt.time_limit.length;
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        download.set_range(&mut headers)?;
        let response = self.time.within(|| limit, pin!(self.follow(attempt, route, &headers))).await;
        let (mut response, followed) = response.ok_or(FetchFailure::Stalled(limit))??;
        let status = response.status();
        let begun = match followed {
            Ok(()) => download.begin(status, response.headers()).await,
            Err(not_followed) => Err(FetchFailure::NotFollowed(not_followed)),
        };
        match begun {
            Ok(true) => {}
            Ok(false) => return download.end().await,
            Err(fault) => {
                if !status.is_success() {
                    self.time.within(|| idle, pin!(read_body(attempt, &mut response, REFUSAL_CAP))).await;
                }
                return Err(fault);
            }
        }
        loop {
            let chunk =
                self.time.within(|| idle, pin!(response.chunk())).await.ok_or(FetchFailure::Stalled(idle))?;
            let Some(chunk) = chunk.map_err(FetchFailure::Request)? else { return download.end().await };
            if download.add(&chunk).await? {
                attempt.response().progress = Some(self.time.now());
            }
        }
    }

    /// Requests the file and follows redirects. Returns the last response, and why it is not followed if
    /// it is a redirect.
    async fn follow(
        &self,
        attempt: &Attempt,
        route: &mut Route,
        own_headers: &HeaderMap,
    ) -> Result<(Response, Result<(), NotFollowed>), FetchFailure> {
        let mut access = Access::of(&attempt.client, attempt.connections.http.clone());
        loop {
            let mut request = Request::new(Method::GET, route.current().clone());
            *request.timeout_mut() = Some(Duration::MAX);
            let headers = request.headers_mut();
            *headers = own_headers.clone();
            if let Some(authorization) = access.authorization {
                headers.extend(attempt.headers.clone());
                headers.insert(AUTHORIZATION, authorization);
            }

            // Forgets the redirect before.
            attempt.take_response();
            let response = access.http.execute(request).await.map_err(FetchFailure::Request)?;
            {
                let mut raw = attempt.response();
                raw.status = Some(response.status());
                raw.headers = response.headers().clone();
            }
            if !is_redirect(response.status()) {
                return Ok((response, Ok(())));
            }
            let next = match route.next(response.headers(), &self.plain_hosts) {
                Ok(next) => next,
                Err(not_followed) => return Ok((response, Err(not_followed))),
            };
            access = match self.files.as_ref().map(|files| files.access(&next)) {
                Some(Ok(access)) => access,
                Some(Err(error)) => return Ok((response, Err(NotFollowed::no_client(&next, &error)))),
                None => return Ok((response, Ok(()))),
            };
            route.push(next, access.authorization.is_some());
        }
    }
}

fn classify(classifier: Classifier<'_>, fetched: Fetched, response: &RawResponse) -> Result<u64, Error> {
    let Fetched { length, route } = fetched;
    let fault = match length {
        Ok(length) => return Ok(length),
        Err(fault) => fault,
    };
    let error = match fault {
        FetchFailure::Request(error) => {
            classifier.disconnected(bindings::Error::CommunicationError(error), response)
        }
        FetchFailure::Stalled(limit) => classifier.stalled(limit, response),
        FetchFailure::Refused => {
            let error = classifier.refused(&quotable(response, &route), None);
            match response.status.map(|status| status.as_u16()) {
                Some(401 | 403) if route.is_named => error.prefixed(
                    "the recording user and password were not accepted (those of the portal, not app id and key)",
                ),
                _ => error,
            }
        }
        FetchFailure::NotFollowed(redirect) => {
            classifier.not_followed(&redirect.text(), &quotable(response, &route))
        }
        FetchFailure::Unexpected(why) => classifier.unexpected(why, response),
        FetchFailure::Changed => classifier.changed(response),
        FetchFailure::Target(error) => return Err(classifier.not_written(error, response)),
    };
    Err(match route.redirected_to() {
        Some(location) => {
            error.redirected_to(&classifier.scrub.text(&location, MAX_LOCATION), route.is_named)
        }
        None => error,
    })
}

/// The response without credentials from the queries of the URLs that led to it.
fn quotable(response: &RawResponse, route: &Route) -> RawResponse {
    let text = String::from_utf8_lossy(&response.body);
    response.with_body(Scrub::of(route.secrets()).text(&text, REFUSAL_CAP).into_bytes().into())
}
