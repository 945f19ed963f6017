//! Refused credentials.

use enablex::RetryPolicy;

use crate::{
    does::{Does, done, done_body, kept, result, say, word},
    row::{Call, Row, calls, row},
};

/// A provider with one pair of credentials, and one that returns another pair on its second call.
const SAME: &[&str] = &["key-1"];
const OTHER: &[&str] = &["key-1", "key-2"];

pub fn rows() -> Vec<Row> {
    let refused = || Does::Keep(kept(401, ""));
    let expired = |status| {
        Does::Keep(kept(status, r#"{"status":"error","error_code":"CREDENTIAL_EXPIRED","message":"m"}"#))
    };
    let unauthorized = |status| Does::Keep(kept(status, r#"{"status":"error","error_code":"UNAUTHORIZED"}"#));
    let twice = "2 requests, 2 connections, 2 keys";
    let keep = || Does::Keep(kept(200, done_body()));
    vec![
        row("401, the pair is fixed", [say(401, ""), done()], "api, HTTP 401", 1, 0., "1 request"),
        row("401, the provider has the same pair", [refused(), done()], "api, HTTP 401", 1, 0., "1 request")
            .keys(SAME),
        row("401, the provider has another pair", [refused(), done()], "a token", 2, 0., twice).keys(OTHER),
        row("401, the provider has another pair", [refused(), done()], "a room", 2, 0., twice)
            .keys(OTHER)
            .call(Call::CreateRoom),
        row("401, the provider has another pair", [refused(), done()], "done", 2, 0., twice)
            .keys(OTHER)
            .call(Call::DeleteRoom),
        row(
            "401, the provider has another pair, `RetryPolicy::none()`",
            [refused(), done()],
            "a room",
            2,
            0.,
            twice,
        )
        .keys(OTHER)
        .client(|builder| builder.retry(RetryPolicy::none()))
        .call(Call::CreateRoom),
        row("401 again for the other pair", refused(), "api, HTTP 401", 2, 0., twice).keys(OTHER),
        row(
            "401 again for the other pair, though there is a third",
            refused(),
            "api, HTTP 401",
            2,
            0.,
            twice,
        )
        .keys(&["key-1", "key-2", "key-3"]),
        row("CREDENTIAL_EXPIRED, another pair", [expired(401), done()], "a token", 2, 0., twice).keys(OTHER),
        row(
            "CREDENTIAL_EXPIRED with HTTP 200, another pair",
            [expired(200), done()],
            "a token",
            2,
            0.,
            twice,
        )
        .keys(OTHER),
        row("UNAUTHORIZED, another pair", [unauthorized(401), done()], "a token", 2, 0., twice).keys(OTHER),
        row("UNAUTHORIZED with HTTP 403, another pair", [unauthorized(403), done()], "a room", 2, 0., twice)
            .keys(OTHER)
            .call(Call::CreateRoom),
        row(
            "401 with an unknown `result`, another pair",
            [result(401, 10199), done()],
            "a token",
            2,
            0.,
            twice,
        )
        .keys(OTHER),
        row(
            "401 with 10000, another pair",
            [result(401, 10000), done()],
            "api, HTTP 401, 10000",
            1,
            0.,
            "1 request",
        )
        .keys(OTHER),
        row(
            "PROJECT_SUSPENDED, another pair",
            [word(403, "PROJECT_SUSPENDED"), done()],
            "api, HTTP 403, PROJECT_SUSPENDED",
            1,
            0.,
            "1 request",
        )
        .keys(OTHER),
        row("bare 403, another pair", [say(403, ""), done()], "api, HTTP 403", 1, 0., "1 request")
            .keys(OTHER),
        row(
            "two calls after 401 for the old pair",
            calls([vec![keep()], vec![refused(), keep()], vec![keep()]]),
            "a token",
            1,
            0.,
            "4 requests, 2 connections, 2 keys",
        )
        .keys(OTHER),
        row(
            "401 and another pair, then 503, then an answer",
            [refused(), say(503, ""), done()],
            "a token",
            3,
            0.25,
            "3 requests, 3 connections, 2 keys",
        )
        .keys(OTHER),
        row(
            "503, then 401 and another pair, then an answer",
            [say(503, ""), refused(), done()],
            "a token",
            3,
            0.25,
            "3 requests, 3 connections, 2 keys",
        )
        .keys(OTHER),
    ]
}
