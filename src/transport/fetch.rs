//! Files of the archive, which lie behind addresses of their own.

use std::{borrow::Cow, io, time::Duration};

use reqwest::{
    Method, Request, Response, Url,
    header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, HeaderMap, HeaderValue},
};
use tokio::sync::Mutex;

use super::{
    NamedHost, Scrub, Transport,
    call::{Plan, Reader},
    hook::{self, ATTEMPT, Reply},
    operations::FILE,
    outcome::Outcome,
    sessions::{Session, Sessions},
    trace::{Server, Trace},
};
use crate::{CallOptions, Error, bindings};

mod download;
mod elsewhere;
mod redirect;
mod version;

pub use download::Progress;
pub(crate) use download::{Download, Sink};
pub(crate) use elsewhere::Elsewhere;
use redirect::{NotFollowed, Way};
pub(super) use redirect::{is_redirect, place};

/// How many bytes of a refusal are looked at.
const REFUSAL_CAP: usize = 64 * 1024;

/// How much of an address an error tells, in characters.
const LONGEST_PLACE: usize = 200;

/// The recording credentials, and where they may be sent.
pub(crate) struct FileAccess {
    pub hosts: Vec<NamedHost>,
    pub plain: Option<Sessions>,
    pub secure: Option<Sessions>,
    pub elsewhere: Elsewhere,
}

impl FileAccess {
    /// What carries a request to this URL, where the caller has named its host.
    pub fn sessions(&self, url: &Url) -> Option<&Sessions> {
        self.hosts.iter().find(|named| named.is_of(url))?;
        if url.scheme() == "http" {
            self.plain.as_ref()
        } else {
            self.secure.as_ref().or(self.plain.as_ref())
        }
    }

    /// What carries a request to where a redirect leads: with the credentials, where the caller has
    /// named the host, and without any elsewhere.
    fn carrier(&self, url: &Url) -> Result<Carrier, Error> {
        match self.sessions(url).and_then(Sessions::current) {
            Some(session) => Ok(Carrier::of(&session, session.http()?)),
            None => Ok(Carrier { http: self.elsewhere.http(url.scheme() == "http")?, authorization: None }),
        }
    }
}

/// What carries a request.
struct Carrier {
    http: reqwest::Client,
    /// Where the credentials may be sent.
    authorization: Option<HeaderValue>,
}

impl Carrier {
    fn of(session: &Session, http: reqwest::Client) -> Self {
        Self { http, authorization: Some(session.authorization.clone()) }
    }
}

/// Why an attempt did not bring the rest of the file.
pub(crate) enum Fault {
    Request(reqwest::Error),
    /// Nothing came for so long.
    Silent(Duration),
    Refused,
    NotFollowed(NotFollowed),
    /// The answer is not what was asked for.
    Odd(Cow<'static, str>),
    /// The file is another one now, and what was written of it cannot be taken back.
    Changed,
    Target(io::Error),
}

/// What came of an attempt, and where it was then.
struct Fetched {
    came: Result<u64, Fault>,
    way: Way,
}

impl Transport {
    /// Fetches a file, in as many attempts as it takes: each goes on where the one before broke off, and
    /// begins at the link again, since where that leads to may hold for a short time.
    /// How many bytes it has.
    pub async fn fetch(
        &self,
        sessions: &Sessions,
        url: &Url,
        options: &CallOptions,
        download: Download<'_, '_>,
    ) -> Result<u64, Error> {
        let trace = &Trace::new(&FILE, &Server::of(url));
        let plan = Plan { operation: &FILE, options, sessions, trace, reader: Reader::TimedSender };
        let (idle, _) = options.timeouts(self.attempt_timeout, self.timeout);
        let download = Mutex::new(download);
        let send = || async {
            let mut way = Way::from(url.clone());
            let came = self.fetch_rest(&mut way, idle, &mut *download.lock().await).await;
            Fetched { came, way }
        };
        Ok(self.run(&plan, send, judge, || None).await?.payload)
    }

    async fn fetch_rest(
        &self,
        way: &mut Way,
        idle: Duration,
        download: &mut Download<'_, '_>,
    ) -> Result<u64, Fault> {
        let limit = ATTEMPT.with(|attempt| attempt.limit);
        let mut asked = HeaderMap::new();
        asked.insert(ACCEPT, HeaderValue::from_static("*/*"));
        asked.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        download.ask(&mut asked)?;
        let answered = self.time.within(limit, self.follow(way, &asked)).await;
        let (mut response, followed) = answered.ok_or(Fault::Silent(limit))??;
        let status = response.status();
        let begun = match followed {
            Ok(()) => download.begin(status, response.headers()).await,
            Err(not_followed) => Err(Fault::NotFollowed(not_followed)),
        };
        match begun {
            Ok(true) => {}
            Ok(false) => return download.end().await,
            Err(fault) => {
                if !status.is_success() {
                    self.time.within(idle, hook::read(response, REFUSAL_CAP)).await;
                }
                return Err(fault);
            }
        }
        loop {
            let chunk = self.time.within(idle, response.chunk()).await.ok_or(Fault::Silent(idle))?;
            let Some(chunk) = chunk.map_err(Fault::Request)? else { return download.end().await };
            if download.add(&chunk).await? {
                ATTEMPT.with(|attempt| attempt.reply.borrow_mut().progress = Some(self.time.now()));
            }
        }
    }

    /// Asks for the file, wherever redirects lead: the head of the last answer, and whether it is a
    /// redirect that is not followed.
    async fn follow(
        &self,
        way: &mut Way,
        asked: &HeaderMap,
    ) -> Result<(Response, Result<(), NotFollowed>), Fault> {
        let (mut carrier, own_headers) = ATTEMPT
            .with(|attempt| (Carrier::of(&attempt.session, attempt.http.clone()), attempt.headers.take()));
        loop {
            let mut request = Request::new(Method::GET, way.here().clone());
            *request.timeout_mut() = Some(Duration::MAX);
            let headers = request.headers_mut();
            *headers = asked.clone();
            if let Some(authorization) = carrier.authorization {
                headers.extend(own_headers.clone());
                headers.insert(AUTHORIZATION, authorization);
            }

            // What the answer before has said is not of this one.
            ATTEMPT.with(|attempt| attempt.reply.take());
            let response = carrier.http.execute(request).await.map_err(Fault::Request)?;
            ATTEMPT.with(|attempt| {
                let mut reply = attempt.reply.borrow_mut();
                reply.status = Some(response.status());
                reply.headers = response.headers().clone();
            });
            if !is_redirect(response.status()) {
                return Ok((response, Ok(())));
            }
            let next = match way.next(response.headers(), &self.plain_hosts) {
                Ok(next) => next,
                Err(not_followed) => return Ok((response, Err(not_followed))),
            };
            let access = self.files.as_ref();
            carrier = match access.map(|access| access.carrier(&next)) {
                Some(Ok(carrier)) => carrier,
                Some(Err(error)) => return Ok((response, Err(NotFollowed::not_carried(&next, &error)))),
                None => return Ok((response, Ok(()))),
            };
            way.go(next, carrier.authorization.is_some());
        }
    }
}

fn judge(outcome: Outcome<'_>, fetched: Fetched, reply: &Reply) -> Result<u64, Error> {
    let Fetched { came, way } = fetched;
    let fault = match came {
        Ok(length) => return Ok(length),
        Err(fault) => fault,
    };
    let error = match fault {
        Fault::Request(error) => outcome.broken(bindings::Error::CommunicationError(error), reply),
        Fault::Silent(limit) => outcome.silent(limit, reply),
        Fault::Refused => {
            let error = outcome.refused(&quotable(reply, &way), None);
            match reply.status.map(|status| status.as_u16()) {
                Some(401 | 403) if way.is_named => error.saying(
                    "the recording user and password were not accepted (those of the portal, not app id and key)",
                ),
                _ => error,
            }
        }
        Fault::NotFollowed(redirect) => outcome.not_followed(&redirect.text(), &quotable(reply, &way)),
        Fault::Odd(why) => outcome.odd(why, reply),
        Fault::Changed => outcome.changed(reply),
        Fault::Target(error) => return Err(outcome.not_written(error, reply)),
    };
    Err(match way.led_to() {
        Some(place) => error.redirected_to(&outcome.scrub.text(&place, LONGEST_PLACE), way.is_named),
        None => error,
    })
}

/// The answer, without what lets somebody in by the addresses that led to it.
fn quotable(reply: &Reply, way: &Way) -> Reply {
    let text = String::from_utf8_lossy(&reply.body);
    let body = Scrub::of(way.secrets()).text(&text, REFUSAL_CAP).into_bytes().into();
    Reply { body, ..reply.without_body() }
}
