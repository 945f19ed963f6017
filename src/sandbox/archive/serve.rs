//! The files over HTTP, beside the API.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{ACCEPT_RANGES, ALLOW, CONTENT_RANGE, ETAG},
    request::Parts,
};

use super::range::{Part, part};
use crate::sandbox::{answer::Answer, shared::Shared};

/// Where the files lie on the host.
pub(in crate::sandbox) const PATH: &str = "/archive";

/// What stands behind `/archive/` in the path of a file; `None` for other paths.
pub(in crate::sandbox) fn path(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(PATH)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

/// Answers who may fetch files with the file.
pub(in crate::sandbox) fn answer(shared: &Shared, head: &Parts, path: &str) -> Answer {
    if !shared.recording.takes(&head.headers) {
        return page(StatusCode::FORBIDDEN, "<h1>Forbidden</h1>");
    }
    if ![Method::GET, Method::HEAD].contains(&head.method) {
        let mut answer = page(StatusCode::METHOD_NOT_ALLOWED, "<h1>Method not allowed</h1>");
        answer.headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    let entry = path.split_once('/').and_then(|(id, name)| Some((shared.store().archive.entry(id)?, name)));
    let Some(file) = entry.and_then(|(entry, name)| entry.file(name)) else {
        return page(StatusCode::NOT_FOUND, "<h1>Not found</h1>");
    };

    let (tag, length) = (file.tag(), file.body.len());
    let body = Bytes::from(file.body);
    let mut answer = match part(&head.method, &head.headers, &tag, length) {
        Part::Whole => Answer::new(StatusCode::OK, file.media_type, body),
        Part::From(range) => {
            let content_range = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let mut answer = Answer::new(StatusCode::PARTIAL_CONTENT, file.media_type, body.slice(range));
            set(&mut answer.headers, CONTENT_RANGE, &content_range);
            answer
        }
        Part::Beyond => {
            let mut answer = Answer::empty(StatusCode::RANGE_NOT_SATISFIABLE);
            set(&mut answer.headers, CONTENT_RANGE, &format!("bytes */{length}"));
            answer
        }
    };
    answer.headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set(&mut answer.headers, ETAG, &tag);
    answer
}

fn page(status: StatusCode, html: &'static str) -> Answer {
    Answer::new(status, "text/html", html)
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
