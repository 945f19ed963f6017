//! Streamed bodies: the rows of a report, and files.

use crate::{
    does::{Does, FILE, done_body, raw, result, say},
    row::{Call, Case, Row, calls, each, row},
};

/// The first rows of a report without its end.
const ROWS: &str = r#"{"cdr":[{"cdr_id":"1"},{"cdr_id":"2"}"#;
const END: &str = r#"],"result":"0"}"#;

pub fn rows() -> Vec<Row> {
    let mut rows = reports();
    rows.extend(files());
    rows
}

const NO_ROW: &str = "first row that is not JSON or no object, or missing";

fn no_rows() -> Vec<Case> {
    let list = |rows: &str| say(200, format!(r#"{{"result":"0","cdr":[{rows}]}}"#));
    each(["NaN", "<html>", "3", "null", ",{}", "undefined,{}", "{\"a\":NaN},{}", "'a'"].map(list))
}

const EMPTY: &str =
    "list that is empty in another shape: `{}`, null, an empty or blank text, or no list at all";

fn empties() -> Vec<Case> {
    let lists = [r#""cdr":{}"#, r#""cdr": { }"#, r#""cdr":null"#, r#""cdr":"""#, r#""cdr":" ""#, r#""x":1"#];
    each(lists.into_iter().flat_map(|list| {
        [format!(r#"{{"result":"0",{list}}}"#), format!(r#"{{{list},"result":0}}"#)]
            .map(|body| say(200, body))
    }))
}

fn reports() -> Vec<Row> {
    let report = |fault: &str, does: Vec<Does>, outcome: &str, attempts, seconds, seen: &str| {
        row(fault, calls([does]), outcome, attempts, seconds, seen).call(Call::CdrRows)
    };
    // An error after rows is returned and not retried; the caller may retry.
    let late = |fault: &str, does: Does, outcome: &str| {
        row(fault, does, outcome, 1, 0., "1 request").call(Call::CdrRows).retryable(true)
    };
    let odd = "unexpected answer, HTTP 200, after 2 rows";
    let whole = || say(200, format!("{ROWS}{END}"));
    let cut = |text: &str| Does::Say(raw(200, &["Content-Length: 1000"], text));
    let ended = |end: &str| say(200, format!("{ROWS}{end}"));
    let large = format!("{ROWS},{{\"x\":\"{}\"}}{END}", "y".repeat(8 * 1024 * 1024));
    vec![
        report("no fault", vec![whole()], "2 rows", 1, 0., "1 request"),
        report("500, then the report", vec![say(500, ""), whole()], "2 rows", 2, 0.25, "2 requests"),
        report(
            "cut off before a row, then the report",
            vec![cut("{\"cdr\":["), whole()],
            "2 rows",
            2,
            0.25,
            "2 requests",
        ),
        report("cut off before a row", vec![cut("{\"cdr\":[")], "transport", 3, 0.75, "3 requests"),
        report(
            "cut off in its first row",
            vec![cut(r#"{"cdr":[{"cdr_id":"1""#)],
            "transport",
            3,
            0.75,
            "3 requests",
        ),
        report(
            "silence before a row",
            vec![Does::Silent(raw(200, &["Content-Length: 1000"], "{\"cdr\":["))],
            "timeout",
            3,
            30.,
            "3 requests",
        ),
        report("`result` 10203", vec![result(200, 10_203)], "api, HTTP 200, 10203", 1, 0., "1 request"),
        report(
            "no rows and no `result`",
            vec![say(200, "{\"cdr\":[]}")],
            "unexpected answer, HTTP 200",
            3,
            0.75,
            "3 requests",
        ),
        report("another answer", vec![say(200, done_body())], "0 rows", 1, 0., "1 request"),
        late("cut off after two rows", cut(ROWS), "transport, after 2 rows"),
        late(
            "reset after two rows",
            Does::Reset(raw(200, &["Content-Length: 1000"], ROWS)),
            "transport, after 2 rows",
        ),
        report(
            "silence after two rows",
            vec![Does::Silent(raw(200, &["Content-Length: 1000"], ROWS))],
            "timeout, after 2 rows",
            1,
            10.,
            "1 request",
        )
        .retryable(true),
        late("ended after two rows", ended(""), odd),
        late("two rows and no `result`", ended("]}"), odd),
        late("two rows and a second document", ended(r#"],"result":"0"}{}"#), odd),
        late("two rows and one that is none", ended(r#",3],"result":"0"}"#), odd).retryable(false),
        late("two rows and one that is not JSON", ended(r#",NaN],"result":"0"}"#), odd).retryable(false),
        late("two rows without a comma between them", ended(r#" {}],"result":"0"}"#), odd).retryable(false),
        row(NO_ROW, no_rows(), "unexpected answer, HTTP 200", 1, 0., "1 request").call(Call::CdrRows),
        row(EMPTY, empties(), "0 rows", 1, 0., "1 request").call(Call::CdrRows),
        late(
            "two rows and `result` 10203",
            ended(r#"],"result":"10203"}"#),
            "api, HTTP 200, 10203, after 2 rows",
        )
        .retryable(false),
        late(
            "two rows and `result` 50000",
            ended(r#"],"result":50000}"#),
            "api, HTTP 200, 50000, after 2 rows",
        ),
        late("two rows and one of more than 8 MiB", say(200, large), odd).retryable(false),
    ]
}

fn files() -> Vec<Row> {
    let file = |fault: &str, does: Vec<Does>, outcome: &str, attempts, seconds, seen: &str| {
        row(fault, calls([does]), outcome, attempts, seconds, seen).call(Call::File)
    };
    let head = format!("Content-Length: {}", FILE.len());
    let part = |end: usize| raw(200, &[&head, "Connection: close"], &FILE[..end]);
    let whole = || Does::Say(part(FILE.len()));
    let rest = |from: usize, first: usize| {
        let length = format!("Content-Length: {}", FILE.len() - from);
        let range = format!("Content-Range: bytes {first}-{}/{}", FILE.len() - 1, FILE.len());
        Does::Say(raw(206, &[&length, &range, "Connection: close"], &FILE[from..]))
    };
    let to = |location: &str| {
        let location = format!("Location: {location}");
        Does::Say(raw(302, &[&location, "Content-Length: 0", "Connection: close"], ""))
    };
    let encoded = |encoding: &str| {
        let encoding = format!("Content-Encoding: {encoding}");
        Does::Say(raw(200, &[&head, &encoding, "Connection: close"], FILE))
    };
    let mut other = part(FILE.len());
    let end = other.len();
    other[end - FILE.len()] ^= 1;
    vec![
        file("no fault", vec![whole()], "a file", 1, 0., "1 request"),
        file("503, then the file", vec![say(503, ""), whole()], "a file", 2, 0.25, "2 requests"),
        file("403", vec![say(403, "<html>")], "api, HTTP 403", 1, 0., "1 request"),
        file("404", vec![say(404, "")], "api, HTTP 404", 1, 0., "1 request"),
        file(
            "204",
            vec![Does::Say(raw(204, &["Connection: close"], ""))],
            "unexpected answer, HTTP 204",
            3,
            0.75,
            "3 requests",
        ),
        file("cut off, then the rest", vec![Does::Say(part(9)), rest(9, 9)], "a file", 2, 0.25, "2 requests"),
        file("cut off, then all of it", vec![Does::Say(part(9)), whole()], "a file", 2, 0.25, "2 requests"),
        file(
            "cut off, then 416, then all of it",
            vec![Does::Say(part(9)), say(416, ""), whole()],
            "a file",
            3,
            0.75,
            "3 requests",
        ),
        file(
            "cut off, then another range, then all of it",
            vec![Does::Say(part(9)), rest(8, 8), whole()],
            "a file",
            3,
            0.75,
            "3 requests",
        ),
        file(
            "cut off, then another file",
            vec![Does::Say(part(9)), Does::Say(other)],
            "unexpected answer, HTTP 200",
            2,
            0.25,
            "2 requests",
        ),
        file(
            "cut off at the same place again and again",
            vec![Does::Say(part(9))],
            "transport",
            3,
            0.75,
            "3 requests",
        ),
        // The time counts from the last new byte, and each new byte permits three more attempts.
        file(
            "cut off four times, each time a byte later",
            vec![Does::Say(part(1)), Does::Say(part(2)), Does::Say(part(3)), Does::Say(part(4)), whole()],
            "a file",
            5,
            1.,
            "5 requests",
        ),
        file(
            "silence within it, four times, each time a byte later",
            [1, 2, 3, 4].map(|end| Does::Silent(part(end))).into_iter().chain([whole()]).collect(),
            "a file",
            5,
            41.,
            "5 requests",
        ),
        file("silence within it", vec![Does::Silent(part(9))], "timeout", 3, 30.75, "3 requests"),
        file("redirect, then the file", vec![to("/f2"), whole()], "a file", 1, 0., "2 requests"),
        file(
            "five redirects, then the file",
            ["/f2", "/f3", "/f4", "/f5", "/f6"].map(to).into_iter().chain([whole()]).collect(),
            "a file",
            1,
            0.,
            "6 requests",
        ),
        file(
            "redirect, cut off, redirect again, then the rest",
            vec![to("/f2"), Does::Say(part(9)), to("/f3"), rest(9, 9)],
            "a file",
            2,
            0.25,
            "4 requests",
        ),
        file(
            "redirect, 503, redirect again, then the file",
            vec![to("/f2"), say(503, ""), to("/f3"), whole()],
            "a file",
            2,
            0.25,
            "4 requests",
        ),
        file(
            "redirect, then silence",
            vec![to("/f2"), Does::Silent(Vec::new()), to("/f2"), Does::Silent(Vec::new()), whole()],
            "a file",
            3,
            20.75,
            "5 requests",
        ),
        file("redirect, then 403", vec![to("/f2"), say(403, "")], "api, HTTP 403", 1, 0., "2 requests"),
        file(
            "six redirects",
            ["/f2", "/f3", "/f4", "/f5", "/f6", "/f7"].map(to).into(),
            "api, HTTP 302",
            1,
            0.,
            "6 requests",
        ),
        row(
            "redirect to itself, to plain http, to another scheme, with credentials, without a place to go",
            each(
                [
                    "/f",
                    "http://archive.example.com/f",
                    "ftp://archive.example.com/f",
                    "https://user:password@archive.example.com/f",
                    "",
                ]
                .map(to),
            ),
            "api, HTTP 302",
            1,
            0.,
            "1 request",
        )
        .call(Call::File),
        row(
            "`Content-Encoding` of utf-8, identity, aws-chunked, none",
            each(["utf-8", "identity", "aws-chunked", "none"].map(encoded)),
            "a file",
            1,
            0.,
            "1 request",
        )
        .call(Call::File),
        file(
            "compressed, which was not asked for",
            vec![encoded("gzip")],
            "unexpected answer, HTTP 200",
            3,
            0.75,
            "3 requests",
        ),
    ]
}
