//! Files of the archive, which lie behind addresses of their own.

use std::{io, time::Duration};

use reqwest::{
    Method, Request, Url,
    header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, HeaderValue},
};
use tokio::sync::Mutex;

use super::{
    NamedHost, Transport,
    call::{Plan, Reader},
    hook::{self, ATTEMPT, Reply},
    operations::FILE,
    outcome::Outcome,
    sessions::Sessions,
    trace::{Server, Trace},
};
use crate::{CallOptions, Error, bindings};

mod download;
mod version;

pub use download::Progress;
pub(crate) use download::{Download, Sink};

/// How many bytes of a refusal are looked at.
const REFUSAL_CAP: usize = 64 * 1024;

/// The recording credentials, and where they may be sent.
pub(crate) struct FileAccess {
    pub hosts: Vec<NamedHost>,
    pub plain: Option<Sessions>,
    pub secure: Option<Sessions>,
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
}

/// Why an attempt did not bring the rest of the file.
pub(crate) enum Fault {
    Request(reqwest::Error),
    /// Nothing came for so long.
    Silent(Duration),
    Refused,
    /// The answer is not what was asked for.
    Odd(&'static str),
    /// The file is another one now, and what was written of it cannot be taken back.
    Changed,
    Target(io::Error),
}

impl Transport {
    /// Fetches a file, in as many attempts as it takes: each goes on where the one before broke off.
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
        let send = || async { self.fetch_rest(url, idle, &mut *download.lock().await).await };
        Ok(self.run(&plan, send, judge, || None).await?.payload)
    }

    async fn fetch_rest(
        &self,
        url: &Url,
        idle: Duration,
        download: &mut Download<'_, '_>,
    ) -> Result<u64, Fault> {
        let (session, http, headers, limit) = ATTEMPT.with(|attempt| {
            (attempt.session.clone(), attempt.http.clone(), attempt.headers.take(), attempt.limit)
        });
        let mut request = Request::new(Method::GET, url.clone());
        *request.timeout_mut() = Some(Duration::MAX);
        *request.headers_mut() = headers;
        request.headers_mut().insert(ACCEPT, HeaderValue::from_static("*/*"));
        request.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        request.headers_mut().insert(AUTHORIZATION, session.authorization.clone());
        download.ask(request.headers_mut())?;

        let sent = self.time.within(limit, http.execute(request)).await;
        let mut response = sent.ok_or(Fault::Silent(limit))?.map_err(Fault::Request)?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        ATTEMPT.with(|attempt| {
            let mut reply = attempt.reply.borrow_mut();
            reply.status = Some(status);
            reply.headers = headers.clone();
        });
        match download.begin(status, &headers).await {
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
}

fn judge(outcome: Outcome<'_>, fetched: Result<u64, Fault>, reply: &Reply) -> Result<u64, Error> {
    Err(match fetched {
        Ok(length) => return Ok(length),
        Err(Fault::Request(error)) => outcome.broken(bindings::Error::CommunicationError(error), reply),
        Err(Fault::Silent(limit)) => outcome.silent(limit, reply),
        Err(Fault::Refused) => {
            let error = outcome.refused(reply, None);
            match reply.status.map(|status| status.as_u16()) {
                Some(401 | 403) => error.saying(
                    "the recording user and password were not accepted (those of the portal, not app id and key)",
                ),
                _ => error,
            }
        }
        Err(Fault::Odd(why)) => outcome.odd(why, reply),
        Err(Fault::Changed) => outcome.changed(reply),
        Err(Fault::Target(error)) => outcome.not_written(error, reply),
    })
}
