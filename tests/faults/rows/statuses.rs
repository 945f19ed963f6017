//! HTTP statuses.

use crate::{
    does::{Does, Target, done, say, with},
    row::{Call, Case, Row, row, statuses},
};

const REDIRECTS: &[u16] = &[301, 302, 303, 307, 308];
/// Failures for which a retry does not help.
const FINAL: &[u16] = &[400, 401, 403, 404, 405, 409, 410, 413, 415, 418, 422, 451, 501, 505, 511, 599, 999];
/// Transient failures after which it is unknown whether the request took effect.
const PASSING: &[u16] = &[408, 500, 502, 503, 504];

pub fn rows() -> Vec<Row> {
    let redirect = |target| statuses(REDIRECTS, move |status| Does::Redirect(status, target));
    let bodies = |list: &[u16]| -> Vec<Case> {
        ["", "{}", "<html>No</html>"]
            .into_iter()
            .flat_map(|body| statuses(list, |status| say(status, body)))
            .collect()
    };
    let no_further = "api, its status";
    let passing = |call, attempts, seconds, seen| {
        row("408, 500, 502, 503, 504", bodies(PASSING), no_further, attempts, seconds, seen).call(call)
    };
    let html = "<!doctype html><h1>502 Bad Gateway</h1>";
    vec![
        row(
            "301, 302, 303, 307, 308 to the same host",
            redirect(Target::SameHost),
            no_further,
            1,
            0.,
            "1 request",
        ),
        row(
            "301, 302, 303, 307, 308 to another host",
            redirect(Target::OtherHost),
            no_further,
            1,
            0.,
            "1 request",
        ),
        row(
            "301, 302, 303, 307, 308 to another host",
            redirect(Target::OtherHost),
            no_further,
            1,
            0.,
            "1 request",
        )
        .call(Call::GetRoom),
        row(
            "300, 304, 305 without a place to go",
            statuses(&[300, 304, 305], |status| say(status, "")),
            no_further,
            1,
            0.,
            "1 request",
        ),
        row(
            "400, 401, 403, 404, 405, 409, 410, 413, 415, 418, 422, 451, 501, 505, 511, 599, 999",
            bodies(FINAL),
            no_further,
            1,
            0.,
            "1 request",
        ),
        row(
            "401 that asks for HTTP Basic",
            with(401, &["WWW-Authenticate: Basic realm=\"enablex\""], ""),
            "api, HTTP 401",
            1,
            0.,
            "1 request",
        ),
        passing(Call::CreateToken, 3, 0.75, "3 requests"),
        passing(Call::GetRoom, 3, 0.75, "3 requests"),
        passing(Call::DeleteRoom, 3, 0.75, "3 requests"),
        passing(Call::CreateRoom, 1, 0., "1 request"),
        row("429", bodies(&[429]), "api, HTTP 429", 3, 0.75, "3 requests"),
        row("429", bodies(&[429]), "api, HTTP 429", 3, 0.75, "3 requests").call(Call::CreateRoom),
        row("HTML 502", say(502, html), "api, HTTP 502", 3, 0.75, "3 requests"),
        row("HTML 502", say(502, html), "api, HTTP 502", 1, 0., "1 request").call(Call::CreateRoom),
        row(
            "500 with a good answer in it",
            say(500, crate::does::done_body()),
            "api, HTTP 500",
            3,
            0.75,
            "3 requests",
        ),
        row("success on the second attempt", [say(503, ""), done()], "a token", 2, 0.25, "2 requests"),
        row(
            "success on the third attempt",
            [say(503, ""), say(500, ""), done()],
            "a token",
            3,
            0.75,
            "3 requests",
        ),
        row(
            "success on the fourth attempt",
            [say(503, ""), say(503, ""), say(503, ""), done()],
            "api, HTTP 503",
            3,
            0.75,
            "3 requests",
        ),
        row("429, then success", [say(429, ""), done()], "a room", 2, 0.25, "2 requests")
            .call(Call::CreateRoom),
        row("503, then 404", [say(503, ""), say(404, "")], "api, HTTP 404", 2, 0.25, "2 requests"),
        row("429, then 500", [say(429, ""), say(500, "")], "api, HTTP 500", 2, 0.25, "2 requests")
            .call(Call::CreateRoom),
    ]
}
