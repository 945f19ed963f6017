//! Every way in which an attempt can fail, as an [`Error`].

use std::{borrow::Cow, error::Error as StdError, time::Duration};

use progenitor_client::ResponseValue;
use reqwest::{StatusCode, header::LOCATION};

use super::{Scrub, encoding::compression, envelope::Failure, hook::Reply, operations::Operation};
use crate::{
    Error, ErrorCode, ErrorKind, bindings,
    clock::Time,
    error::Parts,
    retry::{Cause, retry_after},
};

/// Where to look when something else than the service answers.
const CHECK_BASE_URL: &str = "check that the base URL leads to the API, `/video/v2` included";

const PROXY_WANTS_CREDENTIALS: &str = "the proxy wants credentials, or other ones (HTTP 407)";
const GZIP: &[u8] = &[0x1f, 0x8b];

/// How much of a text of the service's is kept, in characters.
const LONGEST_TEXT: usize = 512;

/// The call's time has passed before any request could be sent.
pub(super) fn not_sent(operation: &Operation, message: &'static str) -> Error {
    error(operation, 0, Cause::NotSent, Parts::new(ErrorKind::Timeout, message))
}

fn error(operation: &Operation, attempts: u32, cause: Cause, parts: Parts) -> Error {
    Parts {
        operation: Some(operation.id),
        names_room: operation.names_room(),
        // Of a file the server that has it is asked, whose answers have any form.
        by_service: parts.by_service || operation.is_file(),
        cause: Some(cause),
        retryable: cause.repeat().allows(operation.is_harmless()),
        attempts,
        ..parts
    }
    .into()
}

/// Turns failures of one attempt into errors.
#[derive(Clone, Copy)]
pub(super) struct Outcome<'a> {
    pub operation: &'static Operation,
    pub scrub: &'a Scrub,
    /// How many requests were begun.
    pub attempts: u32,
    pub time: &'a Time,
}

impl Outcome<'_> {
    /// The time of an attempt, or what was left of the call's, has passed. A refusal whose body does
    /// not come says enough by its status.
    pub fn out_of_time(self, limit: &str, reply: &Reply) -> Error {
        if reply.status.is_some_and(|status| !status.is_success()) {
            return self.refused(reply, None);
        }
        let what = if reply.status.is_some() { "no whole answer" } else { "no answer" };
        let message = format!("{what} within {limit}");
        let parts = Parts { status: reply.status, ..Parts::new(ErrorKind::Timeout, message) };
        self.error(Cause::InDoubt, parts)
    }

    /// The rest of a body does not come.
    pub fn silent(self, idle: Duration, reply: &Reply) -> Error {
        let seconds = (idle.as_secs_f64() * 10.).round() / 10.;
        let message = format!("nothing more came for {seconds} s");
        let parts = Parts { status: reply.status, ..Parts::new(ErrorKind::Timeout, message) };
        self.error(Cause::InDoubt, parts)
    }

    /// What has come of an answer whose success is not to be decoded from its body.
    pub fn answer<T>(
        self,
        sent: Result<ResponseValue<T>, bindings::Error<()>>,
        reply: &Reply,
    ) -> Result<T, Error> {
        match sent {
            _ if reply.over_cap && reply.status.is_some_and(|status| status.is_success()) => {
                Err(self.too_large("the answer", reply))
            }
            Ok(answer) => Ok(answer.into_inner()),
            Err(bindings::Error::UnexpectedResponse(_)) => Err(self.refused(reply, None)),
            Err(error) => Err(self.broken(error, reply)),
        }
    }

    /// What came is not what was asked for, which a repeat may mend.
    pub fn odd(self, why: impl Into<Cow<'static, str>>, reply: &Reply) -> Error {
        let parts = Parts { status: reply.status, ..Parts::new(ErrorKind::UnexpectedAnswer, why) };
        self.error(Cause::InDoubt, parts)
    }

    /// A redirect that is not followed, as these words say.
    pub fn not_followed(self, words: &str, reply: &Reply) -> Error {
        let message = self.scrub.text(words, LONGEST_TEXT);
        let excerpt = self.excerpt(reply, reply.status.unwrap_or_default());
        let parts = Parts { status: reply.status, excerpt, ..Parts::new(ErrorKind::Api, message) };
        self.error(Cause::Final, parts)
    }

    /// The file is another one than the one whose beginning was written.
    pub fn changed(self, reply: &Reply) -> Error {
        let message = "the file has changed while it was fetched";
        let parts =
            Parts { status: reply.status, is_own: true, ..Parts::new(ErrorKind::UnexpectedAnswer, message) };
        self.error(Cause::Final, parts)
    }

    /// The target of a file fails.
    pub fn not_written(self, source: std::io::Error, reply: &Reply) -> Error {
        self.error(Cause::Final, Parts { status: reply.status, ..Parts::not_written(source) })
    }

    /// This is larger than the cap.
    pub fn too_large(self, what: &str, reply: &Reply) -> Error {
        let message = format!("{what} is too large for the client's cap, see `body_cap`");
        let parts = Parts::new(ErrorKind::UnexpectedAnswer, message);
        self.error(Cause::Final, Parts { status: reply.status, is_own: true, ..parts })
    }

    /// No whole answer came.
    pub fn broken(self, error: bindings::Error<()>, reply: &Reply) -> Error {
        let error = match error {
            bindings::Error::CommunicationError(error)
            | bindings::Error::ResponseBodyError(error)
            | bindings::Error::InvalidUpgrade(error) => error,
            other => {
                let parts = Parts::new(ErrorKind::Transport, "the request could not be built");
                let source: Option<Box<dyn StdError + Send + Sync>> = Some(Box::new(other.into_untyped()));
                return self.error(Cause::Final, Parts { source, ..parts });
            }
        };
        let host = error.url().map_or(String::new(), |url| format!(" to {}", url.authority()));
        let error = error.without_url();
        let why = causes(&error);
        let tls = caused_by::<rustls::Error>(&error);
        let (kind, message) = if error.is_timeout() && error.is_connect() {
            (ErrorKind::Timeout, "no connection in time")
        } else if error.is_timeout() {
            (ErrorKind::Timeout, "no answer in time")
        } else if error.is_connect() && tls {
            (ErrorKind::Connect, "no secure connection could be made")
        } else if error.is_connect() {
            (ErrorKind::Connect, "no connection could be made")
        } else if reply.status.is_some() {
            (ErrorKind::Transport, "the connection broke within the answer")
        } else {
            (ErrorKind::Transport, "the connection broke before an answer came")
        };
        let cause = match (error.is_connect(), tls || why.contains(PROXY_WANTS_CREDENTIALS)) {
            (true, true) => Cause::Final,
            (true, false) => Cause::NotSent,
            (false, _) => Cause::InDoubt,
        };
        let why = self.scrub.text(&why, LONGEST_TEXT);
        let host = if error.is_connect() { &*host } else { "" };
        let message =
            if why.is_empty() { format!("{message}{host}") } else { format!("{message}{host}: {why}") };
        let parts =
            Parts { status: reply.status, source: Some(Box::new(error)), ..Parts::new(kind, message) };
        self.error(cause, parts)
    }

    /// An answer came that did not decode, for this reason.
    pub fn undecoded(self, reply: &Reply, error: &serde_json::Error) -> Error {
        self.refused(reply, Some(self.cause(error).into()))
    }

    /// A row of a report is not one. The same rows would come again.
    pub fn odd_row(self, number: u64, what: &str, cause: Option<Cow<'static, str>>, reply: &Reply) -> Error {
        let parts = Parts::new(ErrorKind::UnexpectedAnswer, format!("row {number} of the report {what}"));
        let source = cause.map(Into::into);
        self.error(Cause::Final, Parts { status: reply.status, source, ..parts })
    }

    /// An answer came that is no success: the service refused, or it is not to be understood.
    pub fn refused(self, reply: &Reply, cause: Option<Cow<'static, str>>) -> Error {
        let mut failure = Failure::read(&reply.body);
        let answered = Scrub::of(failure.take_secrets());
        let text = |key| {
            let text = failure.text(key)?;
            Some(self.scrub.text(&answered.text(&text, text.len()), LONGEST_TEXT))
        };
        let result = failure.result().filter(|code| *code != 0);
        let code = result.map(ErrorCode::from).or_else(|| {
            text("error_code").filter(|_| failure.has_code()).map(|word| ErrorCode::from(word.as_str()))
        });
        let request_id = text("request_id");
        let status = reply.status.unwrap_or_default();
        // A gateway gives the HTTP status for a code.
        let is_code = code.as_ref().is_some_and(|code| code.to_string() != status.as_str());
        let is_envelope = request_id.is_some() && text("status").is_some_and(|status| status == "error");
        let by_service = is_code || self.operation.is_file() || (is_envelope && reply.redirect.is_none());

        let kind =
            if code.is_some() || !status.is_success() { ErrorKind::Api } else { ErrorKind::UnexpectedAnswer };
        let mut words: Vec<_> = ["error", "desc", "msg", "message"].into_iter().filter_map(text).collect();
        words.dedup_by(|text, before| text.trim_end_matches('.').eq_ignore_ascii_case(before));
        let words = words.join(": ");
        let message = match code.as_ref().and_then(ErrorCode::meaning) {
            // The service's own words, or else what its code is published to mean.
            _ if kind == ErrorKind::Api && by_service && !words.is_empty() => words.into(),
            Some(meaning) => meaning.into(),
            None => {
                let words = if words.is_empty() { words } else { format!(": {words}") };
                self.unexplained(status, reply, by_service, &words)
            }
        };
        let mut parts = Parts::new(kind, message);
        let mut repeat = Cause::of_answer(code.as_ref(), status);
        // It says, too, that it has made what it was to make.
        if self.operation.makes.is_some_and(|made| failure.says_made(made))
            && (status.is_success() || matches!(repeat, Cause::Busy | Cause::Credentials))
        {
            repeat = Cause::InDoubt;
        }
        parts.retry_after = retry_after(&reply.headers, self.time.system_time());
        parts.excerpt = if code.is_none() { self.excerpt(reply, status) } else { None };
        parts.status = reply.status;
        parts.code = code;
        parts.by_service = by_service;
        parts.is_page = reply.body.trim_ascii_start().first() == Some(&b'<');
        parts.request_id = request_id;
        parts.source = cause.map(Into::into);
        self.error(repeat, parts)
    }

    /// What happened, where the service has no words for it.
    fn unexplained(
        self,
        status: StatusCode,
        reply: &Reply,
        by_service: bool,
        words: &str,
    ) -> Cow<'static, str> {
        let begin = reply.body.trim_ascii_start().first();
        let is_text = matches!(begin, None | Some(b'{' | b'<'));
        let coding = compression(&reply.headers).or_else(|| reply.body.starts_with(GZIP).then_some("gzip"));
        if let Some(target) = &reply.redirect {
            let to = match target {
                Some(target) => format!(" to {}", self.scrub.text(target, LONGEST_TEXT)),
                None => ", without saying where to".to_owned(),
            };
            format!("redirected{to}, which is not followed; {CHECK_BASE_URL}").into()
        } else if let Some(coding) = coding.filter(|_| !is_text) {
            format!(
                "the answer is compressed ({coding}), which was not asked for; a proxy or gateway may do that"
            )
            .into()
        } else if by_service {
            let failed = if status.is_server_error() { "failed" } else { "refused" };
            format!("the service {failed}{words}").into()
        } else if status.is_server_error() {
            format!("the service, or a gateway before it, failed{words}").into()
        } else if !status.is_success() {
            format!("refused in a form that is not the service's{words}; {CHECK_BASE_URL}").into()
        } else {
            match begin {
                None => "the answer could not be understood: it is empty".into(),
                Some(b'<') => {
                    format!("the answer could not be understood: it is a page; {CHECK_BASE_URL}").into()
                }
                Some(_) => "the answer could not be understood".into(),
            }
        }
    }

    fn error(self, cause: Cause, parts: Parts) -> Error {
        error(self.operation, self.attempts, cause, parts)
    }

    /// Why a body did not decode. The decoder quotes what it met, which may be a secret.
    pub fn cause(self, error: &serde_json::Error) -> String {
        if self.operation.secret {
            format!("{:?} error at line {} column {}", error.classify(), error.line(), error.column())
        } else {
            self.scrub.text(&error.to_string(), LONGEST_TEXT)
        }
    }

    /// The beginning of a body, where it can be quoted: of an operation that answers with a secret
    /// only a page is, as of a proxy, and only where the call failed.
    fn excerpt(self, reply: &Reply, status: StatusCode) -> Option<String> {
        let body = &reply.body;
        let page = body.trim_ascii_start().first() == Some(&b'<');
        // A redirect repeats where it leads, with a query that may let anybody in.
        let leads = status.is_redirection() && reply.headers.contains_key(LOCATION);
        if body.is_empty() || leads || (self.operation.secret && (status.is_success() || !page)) {
            return None;
        }
        // The whole of it is searched, so that no secret is cut in two before it is found.
        Some(self.scrub.text(&String::from_utf8_lossy(body), LONGEST_TEXT))
    }
}

/// Why a connection failed: what stands in the chain below the words of reqwest and hyper.
fn causes(error: &reqwest::Error) -> String {
    let chain = std::iter::successors(error.source(), |error| (*error).source());
    let mut causes: Vec<_> = chain.map(ToString::to_string).collect();
    causes.retain(|cause| !cause.starts_with("client error ("));
    causes.dedup_by(|cause, before| before.contains(&**cause));
    // hyper-util keeps the types of these errors to itself.
    causes
        .join(": ")
        .replace("tunnel error: proxy authorization required", PROXY_WANTS_CREDENTIALS)
        .replace("tunnel error: unsuccessful", "the proxy refused the tunnel")
        .replace("tunnel error: failed to create underlying connection", "the proxy cannot be reached")
        .replace("tunnel error", "the tunnel of the proxy")
        .replace("received corrupt message of type InvalidContentType", "the other side speaks no TLS")
}

/// Whether an error of this type stands in the chain. An I/O error holds another one without
/// naming it as its source.
fn caused_by<T: StdError + 'static>(error: &(dyn StdError + 'static)) -> bool {
    let held = error.downcast_ref::<std::io::Error>().and_then(|error| error.get_ref());
    error.is::<T>()
        || held.is_some_and(|held| caused_by::<T>(held))
        || error.source().is_some_and(caused_by::<T>)
}
