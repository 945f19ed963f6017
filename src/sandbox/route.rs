//! Finds the operation of a request by its method and the template of its path.

use std::{borrow::Cow, iter};

use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;

use super::refusal::Refusal;
use crate::ErrorCode;

/// The path of the API on its host.
pub(super) const BASE_PATH: &str = "/video/v2";
/// Its earlier paths, which EnableX's sample servers call.
const EARLIER_BASE_PATHS: [&str; 2] = ["/video/v1", "/v1"];

/// The method and path template of an operation, `GET /rooms/{room_id}`, and the function that serves it.
pub(super) type Route<H> = (&'static str, H);

/// An operation and what a path holds for the parameters of its template.
pub(super) struct Match<'a, H> {
    pub route: &'static str,
    pub handler: H,
    pub params: Params<'a>,
}

/// The parameters of a path, decoded. Where the path ends before a parameter, its value is empty.
pub(super) struct Params<'a>(Vec<(&'static str, Cow<'a, str>)>);

/// Finds the operation. A slash at the end of the path makes no difference.
pub(super) fn find<'a, H: Copy>(
    routes: &[Route<H>],
    method: &Method,
    path: &'a str,
) -> Result<Match<'a, H>, Refusal> {
    let mut bases = iter::once(BASE_PATH).chain(EARLIER_BASE_PATHS);
    let path = bases.find_map(|base| path.strip_prefix(base)).unwrap_or_default();
    let mut matches = Vec::new();
    for (route, handler) in routes {
        let (route_method, template) = route.split_once(' ').unwrap_or_default();
        if let Some((params, missing)) = Params::of(template, path) {
            matches.push((missing, route_method, Match { route, handler: *handler, params }));
        }
    }
    // `/rooms` is the whole of one template and the beginning of another.
    let fewest = matches.iter().map(|(missing, ..)| *missing).min();
    matches.retain(|(missing, ..)| Some(*missing) == fewest);
    let mut methods: Vec<_> = matches.iter().map(|(_, method, _)| *method).collect();
    methods.sort_unstable();
    match matches.into_iter().find(|(_, route_method, _)| *route_method == method.as_str()) {
        Some((.., found)) => Ok(found),
        None if methods.is_empty() => Err(Refusal::invalid_param(
            StatusCode::NOT_FOUND,
            "The sandbox has nothing at this address. The API lies under /video/v2, /video/v1 and /v1.",
        )),
        None => Err(Refusal::method(methods.join(", "))),
    }
}

impl<'a> Params<'a> {
    /// Reads a path, and counts the parameters that it ends before; `None` if it does not fit the template.
    fn of(template: &'static str, path: &'a str) -> Option<(Self, usize)> {
        let mut segments = segments(path);
        let mut params = Vec::new();
        let mut missing = 0;
        for expected in self::segments(template) {
            let segment = segments.next();
            match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                Some(name) => {
                    missing += usize::from(segment.is_none());
                    params.push((name, percent_decode_str(segment.unwrap_or_default()).decode_utf8_lossy()));
                }
                None if segment == Some(expected) => {}
                None => return None,
            }
        }
        segments.next().is_none().then_some((Self(params), missing))
    }

    /// The value of a parameter, which may be empty; `None` if the template has no such parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    /// Those that the path holds.
    pub fn given(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, &**value)).filter(|(_, value)| !value.is_empty())
    }

    /// The same as [`get`](Self::get), with a refusal if the value is empty.
    pub fn required(&self, name: &str, absent: ErrorCode) -> Result<Option<&str>, Refusal> {
        match self.get(name) {
            Some("") => {
                let reason = format!("The path holds no {name}.");
                Err(Refusal::new(StatusCode::BAD_REQUEST, absent, reason))
            }
            value => Ok(value),
        }
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.strip_suffix('/').unwrap_or(path).split('/')
}
