//! The framing of responses.

use crate::{
    does::{Does, TOKEN, bytes, done, done_body, kept, raw, say, with},
    row::{Call, Case, Row, calls, each, row},
};

const CLOSE: &str = "Connection: close";

pub fn rows() -> Vec<Row> {
    let body = || done_body();
    let good = |fault: &str, does: Does| row(fault, does, "a token", 1, 0., "1 request");
    let broken = |fault: &str, cases: Vec<Case>| row(fault, cases, "transport", 3, 0.75, "3 requests");
    let unclear =
        |fault: &str, does: Does| row(fault, does, "unexpected answer, HTTP 200", 3, 0.75, "3 requests");
    let length =
        |length: usize, body: &str| Does::Say(raw(200, &[CLOSE, &format!("Content-Length: {length}")], body));
    let chunked = |body: &str| Does::Say(raw(200, &[CLOSE, "Transfer-Encoding: chunked"], body));
    let whole_chunk = format!("{:x}\r\n{}\r\n0\r\n\r\n", body().len(), body());
    // A response without a request, which no later call may take for its own.
    let second = kept(200, done_body().replace(TOKEN, "another"));
    let two_answers = [kept(200, body()), second].concat();
    vec![
        good("length absent, closed at the end", Does::Say(raw(200, &[CLOSE], body()))),
        unclear("length absent, closed too early", Does::Say(raw(200, &[CLOSE], &body()[..40]))),
        unclear("length too short", length(body().len() - 9, &body())),
        broken("length too long", each([length(body().len() + 9, &body())])),
        broken("length too long", each([length(body().len() + 9, &body())])).call(Call::GetRoom),
        row("length too long", length(body().len() + 9, &body()), "transport", 1, 0., "1 request")
            .call(Call::CreateRoom),
        broken("length that is no number, negative, or given twice with two values", lengths()),
        row(
            "second call after two answers to one request",
            calls([vec![Does::Keep(two_answers)], vec![done()]]),
            "a token",
            1,
            0.,
            "2 requests",
        ),
        good("chunks", chunked(&whole_chunk)),
        broken(
            "broken chunks: a size that is none, too large, or missing, and no last one",
            each([
                chunked("zz\r\n{}\r\n0\r\n\r\n"),
                chunked("ffffffffffffffffff\r\n{}"),
                chunked(&body()),
                chunked(whole_chunk.strip_suffix("0\r\n\r\n").unwrap()),
                chunked("5\r\n{\"result\":0}\r\n0\r\n\r\n"),
            ]),
        ),
        good(
            "length and chunks",
            Does::Say(raw(200, &[CLOSE, "Content-Length: 3", "Transfer-Encoding: chunked"], &whole_chunk)),
        ),
        good("gzip announced and not sent", with(200, &["Content-Encoding: gzip"], body())),
        unclear("gzip sent, which nobody asked for", with(200, &["Content-Encoding: gzip"], GZIP)),
        good("text/html announced", Does::Say(raw(200, &[CLOSE, "Content-Type: text/html"], body()))),
        good("no reason in the status line", bytes(format!("HTTP/1.1 200 \r\n{CLOSE}\r\n\r\n{}", body()))),
        good("HTTP/1.0", bytes(format!("HTTP/1.0 200 OK\r\n\r\n{}", body()))),
        good("100 Continue before the answer", Does::Say([CONTINUE, &raw(200, &[CLOSE], body())].concat())),
        good(
            "100, 102 and 103 before the answer",
            Does::Say([CONTINUE, PROCESSING, HINTS, &raw(200, &[CLOSE], body())].concat()),
        ),
        broken("100 Continue and nothing else", each([bytes(CONTINUE)])),
        broken("1 MB header", each([with(200, &[&format!("X-Large: {}", "x".repeat(1024 * 1024))], body())])),
        row(
            "1 MB header",
            with(200, &[&format!("X-Large: {}", "x".repeat(1024 * 1024))], body()),
            "transport",
            1,
            0.,
            "1 request",
        )
        .call(Call::CreateRoom),
        row(ODD_HEADER, odd_headers(), "a token", 1, 0., "1 request"),
        row(ODD_HEADER, odd_headers(), "a room", 1, 0., "1 request").call(Call::CreateRoom),
        broken("1,000 headers", each([with(200, &["X-Many: x"; 1000], body())])),
        broken(
            "no HTTP: another protocol, zeros, a bare body, a bad status, a NUL or a lone CR in a header",
            each([
                bytes("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
                bytes([0; 64]),
                bytes(body()),
                bytes("HTTP/1.1 2x0 OK\r\n\r\n"),
                bytes("HTTP/1.1 200 OK\r\nX-Nul: \0\r\n\r\n"),
                bytes("HTTP/1.1 200 OK\r\nX-Cr: a\rb\r\n\r\n"),
            ]),
        ),
        row(
            "refusal whose body breaks off",
            each([
                cut("Content-Length: 200"),
                Does::Reset(refusal("Content-Length: 200")),
                cut("Transfer-Encoding: chunked"),
            ]),
            "api, HTTP 403",
            1,
            0.,
            "1 request",
        ),
        row("500 whose body breaks off", say_cut(), "api, HTTP 500", 3, 0.75, "3 requests"),
        row(
            "more behind the answer in its body",
            say(200, [body(), "{}".into()].concat()),
            "unexpected answer, HTTP 200",
            3,
            0.75,
            "3 requests",
        ),
    ]
}

const CONTINUE: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";
const PROCESSING: &[u8] = b"HTTP/1.1 102 Processing\r\n\r\n";
const HINTS: &[u8] = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n";
/// The first bytes of a gzip stream, without content.
const GZIP: &[u8] = &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];

fn lengths() -> Vec<Case> {
    let of = |headers: &[&str]| Does::Say(raw(200, &[&[CLOSE], headers].concat(), done_body()));
    each([
        of(&["Content-Length: many"]),
        of(&["Content-Length: -5"]),
        of(&["Content-Length: 10", "Content-Length: 20"]),
    ])
}

const ODD_HEADER: &str = "a header that is not valid HTTP: no colon, no name, a blank before the colon or in the \
                          name, letters of other scripts, a control character, folded lines";

/// Besides the response, which gives its length.
fn odd_headers() -> Vec<Case> {
    let headers: [&[u8]; 12] = [
        b"no colon",
        b": no name",
        b"X-Blank : x",
        b"X Blank: x",
        "Sérver: x".as_bytes(),
        "X-Name: 名前".as_bytes(),
        b"X-Bytes: \xff\xfe",
        b"X-Bell: \x07",
        b"X-\x07: x",
        b"X-Folded: a\r\n b",
        b"X(Y)@[Z]: x",
        b"=",
    ];
    let answer = |header: &[u8]| {
        let end = format!("\r\nContent-Length: {}\r\n\r\n{}", done_body().len(), done_body());
        bytes([b"HTTP/1.1 200 Said\r\nConnection: close\r\n", header, end.as_bytes()].concat())
    };
    each(headers.map(answer))
}

/// The beginning of a failure.
fn refusal(header: &str) -> Vec<u8> {
    raw(403, &[header], "{\"result\":")
}

fn cut(header: &str) -> Does {
    Does::Say(refusal(header))
}

fn say_cut() -> Does {
    Does::Say(raw(500, &["Content-Length: 200"], "<html>"))
}
