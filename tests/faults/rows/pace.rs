//! Slow and large responses.

use crate::{
    does::{Does, TOKEN, done, done_body, raw, say},
    row::{Call, Case, Row, each, row},
};

pub fn rows() -> Vec<Row> {
    let capped = |fault, does| row(fault, does, "unexpected answer, HTTP 200", 1, 0., "1 request");
    let padded = |length: usize| format!("{}{}", done_body(), " ".repeat(length - done_body().len()));
    vec![
        // 10 + 0.25 + 10 + 0.5 + 9.25
        row("accepted and silent", silent(), "timeout", 3, 30., "3 requests"),
        row("accepted and silent", silent(), "timeout", 1, 10., "1 request").call(Call::CreateRoom),
        row("silence, then an answer", [Does::Silent(Vec::new()), done()], "a token", 2, 10.25, "2 requests"),
        row("a byte a second, in the headers or in the body", drops(), "timeout", 3, 30., "3 requests"),
        row("a byte a second, in the headers or in the body", drops(), "timeout", 1, 10., "1 request")
            .call(Call::CreateRoom),
        row(
            "100 Continue once a second",
            Does::Drip(Vec::new(), b"HTTP/1.1 100 Continue\r\n\r\n".into()),
            "timeout",
            3,
            30.,
            "3 requests",
        ),
        capped("endless body", endless("Connection: close")),
        capped(
            "endless body in chunks",
            Does::Endless(raw(200, &["Transfer-Encoding: chunked"], ""), chunk()),
        ),
        capped("2 GB announced, and no body", Does::Hold(raw(200, &["Content-Length: 2147483648"], ""))),
        capped("body of one byte more than the cap", say(200, padded(8 * 1024 * 1024 + 1))),
        row(
            "body of as many bytes as the cap",
            say(200, padded(8 * 1024 * 1024)),
            "a token",
            1,
            0.,
            "1 request",
        ),
        capped("body of one byte more than a cap of 64 KiB", say(200, padded(64 * 1024 + 1)))
            .client(|builder| builder.body_cap(64 * 1024)),
        row(
            "body of as many bytes as a cap of 64 KiB",
            say(200, padded(64 * 1024)),
            "a token",
            1,
            0.,
            "1 request",
        )
        .client(|builder| builder.body_cap(64 * 1024)),
        capped("2 MiB of objects of two bytes", crowd("{}", 2 * 1024 * 1024)),
        capped("3 MiB of values of one byte", crowd("0", 3 * 1024 * 1024)),
        row(
            "10114 with 2 MiB of objects of two bytes",
            say(403, format!("{{\"result\":10114,\"x\":[{}0]}}", "{},".repeat(700_000))),
            "api, HTTP 403",
            1,
            0.,
            "1 request",
        ),
        row(
            "429, `Retry-After: 60`, and a body that does not come",
            unsent(429, &["Retry-After: 60"]),
            "api, HTTP 429, retry after 60 s",
            1,
            10.,
            "1 request",
        )
        .retryable(true),
        row(
            "429, and a body that does not come, then an answer",
            [unsent(429, &[]), done()],
            "a room",
            2,
            10.25,
            "2 requests",
        )
        .call(Call::CreateRoom),
        row("401, and a body that does not come", unsent(401, &[]), "api, HTTP 401", 1, 10., "1 request"),
        row("404, and a body that does not come", unsent(404, &[]), "api, HTTP 404", 1, 10., "1 request"),
        row("503, and a body that does not come", unsent(503, &[]), "api, HTTP 503", 1, 10., "1 request")
            .call(Call::CreateRoom),
        row(
            "403, and a byte of its body a second",
            Does::Drip(raw(403, &["Content-Length: 100"], "{"), b" ".into()),
            "api, HTTP 403",
            1,
            10.,
            "1 request",
        ),
        row(
            "503 with a body over the cap",
            say(503, padded(8 * 1024 * 1024 + 1)),
            "api, HTTP 503",
            3,
            0.75,
            "3 requests",
        ),
    ]
}

/// A success with this many bytes of a repeated value.
fn crowd(value: &str, length: usize) -> Does {
    let values = format!("{value},").repeat(length / (value.len() + 1));
    say(200, done_body().replacen('{', &format!("{{\"x\":[{values}0],"), 1))
}

/// A failure whose body is cut off.
fn unsent(status: u16, headers: &[&str]) -> Does {
    Does::Silent(raw(status, &[&["Content-Length: 100"], headers].concat(), "{"))
}

/// Before the response, in its headers, after them, and in the body.
fn silent() -> Vec<Case> {
    let whole = raw(200, &["Content-Length: 200"], done_body());
    let head = whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    each([0, 8, head - 2, head, head + 20].map(|cut| Does::Silent(whole[..cut].to_vec())))
}

fn drops() -> Vec<Case> {
    let head = raw(200, &["Content-Length: 200"], "");
    let chunked = raw(200, &["Transfer-Encoding: chunked"], "");
    let begun = format!("{{\"result\":0,\"token\":\"{TOKEN}");
    let body = raw(200, &["Content-Length: 200"], begun);
    each([
        Does::Drip(head[..20].to_vec(), b"a".into()),
        Does::Drip(head, b" ".into()),
        Does::Drip(body, b"a".into()),
        Does::Drip(chunked, b"1\r\n \r\n".into()),
    ])
}

fn endless(header: &str) -> Does {
    Does::Endless(raw(200, &[header], ""), vec![b' '; 64 * 1024])
}

fn chunk() -> Vec<u8> {
    format!("10000\r\n{}\r\n", " ".repeat(64 * 1024)).into()
}
