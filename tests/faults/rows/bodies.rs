//! Bodies.

use crate::{
    does::{Does, TOKEN, done, done_body, say, token},
    row::{Call, Case, Row, each, row},
};

pub fn rows() -> Vec<Row> {
    let good = |fault: &str, body: Vec<u8>| row(fault, say(200, body), "a token", 1, 0., "1 request");
    let unclear = |fault: &str, body: &[u8]| {
        row(fault, say(200, body), "unexpected answer, HTTP 200", 3, 0.75, "3 requests")
    };
    let beside = |value: &[u8]| {
        [format!("{{\"result\":0,\"token\":\"{TOKEN}\",\"more\":").as_bytes(), value, b"}"].concat()
    };
    let nested = "[".repeat(10_000) + &"]".repeat(10_000);
    let no_token = || {
        let other = ["null", "\"\"", "\" \"", "7", "true", "[]", "{}"].map(token);
        each(other.into_iter().chain([say(200, r#"{"result":0}"#)]))
    };
    vec![
        unclear("empty 200", b""),
        row("empty 200", say(200, ""), "unexpected answer, HTTP 200", 1, 0., "1 request")
            .call(Call::CreateRoom),
        row(NO_BODY, no_bodies(), "done", 1, 0., "1 request").call(Call::DeleteRoom),
        row(NO_BODY, no_bodies(), "done", 1, 0., "1 request").call(Call::UpdateRoom),
        row("empty 200, then an answer", [say(200, ""), done()], "a token", 2, 0.25, "2 requests"),
        row("204", no_content(), "unexpected answer, HTTP 204", 3, 0.75, "3 requests"),
        row("204", no_content(), "unexpected answer, HTTP 204", 1, 0., "1 request").call(Call::CreateRoom),
        row("201 with an answer", say(201, done_body()), "a token", 1, 0., "1 request"),
        unclear("HTML", b"<html><h1>Welcome to the hotel</h1></html>"),
        unclear("truncated JSON", &done_body().as_bytes()[..30]),
        row(
            "no object: a list, also of an answer's values, a number, a string, null",
            each(["[0]", r#"[null,0,"eyJ0"]"#, "0", "\"0\"", "null"].map(|body| say(200, body))),
            "unexpected answer, HTTP 200",
            3,
            0.75,
            "3 requests",
        ),
        unclear("bytes that are no UTF-8", b"\xff\xfe\x00\x80"),
        good("invalid UTF-8 beside the token", beside(b"\"caf\xe9\"")),
        good("byte order mark", [b"\xef\xbb\xbf", done_body().as_bytes()].concat()),
        unclear("10,000 nested arrays", nested.as_bytes()),
        unclear("10,000 nested arrays without end", "[".repeat(10_000).as_bytes()),
        row("10,000 nested arrays", say(200, &nested), "unexpected answer, HTTP 200", 1, 0., "1 request")
            .call(Call::CreateRoom),
        row("500 with 10,000 nested arrays", say(500, &nested), "api, HTTP 500", 3, 0.75, "3 requests"),
        good(
            "empty `error_code` beside the token",
            done_body().replacen('{', r#"{"error_code":"","#, 1).into(),
        ),
        good("more keys", beside(b"{\"a\":[1,{\"b\":null}]}")),
        good("blanks around the answer", format!("\r\n\t {} \n", done_body()).into()),
        row(
            "token missing, null, empty, blank, a number, true, a list, an object",
            no_token(),
            "unexpected answer, HTTP 200",
            3,
            0.75,
            "3 requests",
        ),
        row(
            "room missing, null, a list, a string",
            each(
                ["", ",\"room\":null", ",\"room\":[]", ",\"room\":\"r\""]
                    .map(|room| say(200, format!(r#"{{"result":0{room}}}"#))),
            ),
            "unexpected answer, HTTP 200",
            1,
            0.,
            "1 request",
        )
        .call(Call::CreateRoom),
        row(
            "`result` 0 and then 10114, or the other way round",
            each([("0", "10114"), ("10114", "0")].map(|(first, last)| {
                say(200, format!(r#"{{"result":{first},"result":{last},"token":"{TOKEN}"}}"#))
            })),
            "api, HTTP 200, 10114",
            1,
            0.,
            "1 request",
        ),
        row(
            "`error_code` 0, and no `result`",
            say(200, format!(r#"{{"error_code":0,"token":"{TOKEN}"}}"#)),
            "unexpected answer, HTTP 200",
            3,
            0.75,
            "3 requests",
        ),
        row(
            "`error_code` INVALID_PARAM and then null or empty, or the other way round, beside the token",
            each(
                [("\"INVALID_PARAM\"", "null"), ("\"INVALID_PARAM\"", "\"\""), ("null", "\"INVALID_PARAM\"")]
                    .map(|(first, last)| {
                        let codes = format!(r#""error_code":{first},"error_code":{last}"#);
                        say(200, format!(r#"{{"result":0,{codes},"token":"{TOKEN}"}}"#))
                    }),
            ),
            "api, HTTP 200, INVALID_PARAM",
            1,
            0.,
            "1 request",
        ),
    ]
}

const NO_BODY: &str = "200, 202, 204 without a body, or with white space alone";

fn no_bodies() -> Vec<Case> {
    each([say(200, ""), say(200, " \r\n"), say(202, ""), no_content()])
}

fn no_content() -> Does {
    Does::Say(crate::does::raw(204, &["Connection: close"], ""))
}
