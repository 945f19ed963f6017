//! Serves the files of the archive over HTTP.

use bytes::Bytes;
use http::{
    HeaderValue, Method, StatusCode,
    header::{ACCEPT_RANGES, ALLOW, CONTENT_RANGE, ETAG},
    request::Parts,
};

use super::range::{Part, part};
use crate::sandbox::{
    response::{Response, set},
    shared::Shared,
};

/// The path of the files on the host.
pub(in crate::sandbox) const PATH: &str = "/archive";

/// The part of a path after `/archive/`; `None` for other paths.
pub(in crate::sandbox) fn path(path: &str) -> Option<&str> {
    let rest = path.strip_prefix(PATH)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

pub(in crate::sandbox) fn respond(shared: &Shared, head: &Parts, path: &str) -> Response {
    if !shared.recording.accepts(&head.headers) {
        return page(StatusCode::FORBIDDEN, "<h1>Forbidden</h1>");
    }
    if ![Method::GET, Method::HEAD].contains(&head.method) {
        let mut response = page(StatusCode::METHOD_NOT_ALLOWED, "<h1>Method not allowed</h1>");
        response.headers.insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let entry = path.split_once('/').and_then(|(id, name)| Some((shared.store().archive.entry(id)?, name)));
    let Some(file) = entry.and_then(|(entry, name)| entry.file(name)) else {
        return page(StatusCode::NOT_FOUND, "<h1>Not found</h1>");
    };

    let (tag, length) = (file.tag(), file.body.len());
    let body = Bytes::from(file.body);
    let mut response = match part(&head.method, &head.headers, &tag, length) {
        Part::Whole => Response::new(StatusCode::OK, file.media_type, body),
        Part::From(range) => {
            let content_range = format!("bytes {}-{}/{length}", range.start, range.end - 1);
            let mut response = Response::new(StatusCode::PARTIAL_CONTENT, file.media_type, body.slice(range));
            set(&mut response.headers, CONTENT_RANGE, &content_range);
            response
        }
        Part::Beyond => {
            let mut response = Response::empty(StatusCode::RANGE_NOT_SATISFIABLE);
            set(&mut response.headers, CONTENT_RANGE, &format!("bytes */{length}"));
            response
        }
    };
    response.headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    set(&mut response.headers, ETAG, &tag);
    response
}

fn page(status: StatusCode, html: &'static str) -> Response {
    Response::new(status, "text/html", html)
}
