//! `Retry-After`.

use crate::{
    does::{Does, done, say, with},
    row::{Call, Case, Row, each, row},
};

/// Three seconds after the clock's start, in the three date formats of HTTP.
const NOW: &str = "Date: Mon, 09 Mar 2026 10:00:00 GMT";
const DATES: [&str; 3] =
    ["Mon, 09 Mar 2026 10:00:03 GMT", "Monday, 09-Mar-26 10:00:03 GMT", "Mon Mar  9 10:00:03 2026"];

pub fn rows() -> Vec<Row> {
    let dated = || each(DATES.map(|date| after(429, &[NOW, &format!("Retry-After: {date}")])));
    let undated = || -> Vec<Case> {
        let case = |date| Case {
            calls: vec![vec![after(429, &[&format!("Retry-After: {date}")]), done()]],
            ..Case::default()
        };
        DATES.map(case).into()
    };
    let never = |fault: &str, value: &str, outcome: &str| {
        row(fault, after(429, &[value]), outcome, 1, 0., "1 request").retryable(true)
    };
    let seconds = |seconds: &str| [after(429, &[&format!("Retry-After: {seconds}")]), done()];
    vec![
        row(
            "429, `Retry-After` twice, garbage and 3",
            [after(429, &["Retry-After: soon", "Retry-After: 3"]), done()],
            "a token",
            2,
            3.25,
            "2 requests",
        ),
        row(
            "429, `Retry-After: 3`",
            after(429, &["Retry-After: 3"]),
            "api, HTTP 429, retry after 3 s",
            3,
            6.75,
            "3 requests",
        ),
        row(
            "429, `Retry-After: 3`",
            after(429, &["Retry-After: 3"]),
            "api, HTTP 429, retry after 3 s",
            3,
            6.75,
            "3 requests",
        )
        .call(Call::CreateRoom),
        row(
            "429, `Retry-After: 0`",
            after(429, &["Retry-After: 0"]),
            "api, HTTP 429, retry after 0 s",
            3,
            0.75,
            "3 requests",
        ),
        row(
            "429, a date in 3 s, in the three forms of HTTP",
            dated(),
            "api, HTTP 429, retry after 3 s",
            3,
            6.75,
            "3 requests",
        ),
        row(
            "429, such a date without a `Date` beside it, then success",
            undated(),
            "a token",
            2,
            3.25,
            "2 requests",
        ),
        row(
            "429, a date in 3 s by a `Date` that goes an hour fast or slow",
            each([("09", "09"), ("11", "11")].map(|(now, then)| {
                after(
                    429,
                    &[
                        &format!("Date: Mon, 09 Mar 2026 {now}:00:00 GMT"),
                        &format!("Retry-After: Mon, 09 Mar 2026 {then}:00:03 GMT"),
                    ],
                )
            })),
            "api, HTTP 429, retry after 3 s",
            3,
            6.75,
            "3 requests",
        ),
        row(
            "429, a past date",
            each([
                after(429, &[NOW, "Retry-After: Mon, 09 Mar 2026 09:00:00 GMT"]),
                after(429, &["Retry-After: Mon, 09 Mar 2026 09:00:00 GMT"]),
                after(429, &["Retry-After: Thu, 01 Jan 1970 00:00:00 GMT"]),
            ]),
            "api, HTTP 429, retry after 0 s",
            3,
            0.75,
            "3 requests",
        ),
        row(
            "429, garbage: a word, negative, a fraction, a unit, empty, no date, no ASCII",
            each(
                ["soon", "-3", "1.5", "3 s", "", "Mon, 99 Mar 2026 10:00:03 GMT", "\u{e9}"]
                    .map(|value| after(429, &[&format!("Retry-After: {value}")])),
            ),
            "api, HTTP 429",
            3,
            0.75,
            "3 requests",
        ),
        never("429, an hour", "Retry-After: 3600", "api, HTTP 429, retry after 3600 s"),
        never("429, an hour", "Retry-After: 3600", "api, HTTP 429, retry after 3600 s")
            .call(Call::CreateRoom),
        row(
            "429, a date in an hour",
            after(429, &[NOW, "Retry-After: Mon, 09 Mar 2026 11:00:00 GMT"]),
            "api, HTTP 429, retry after 3600 s",
            1,
            0.,
            "1 request",
        )
        .retryable(true),
        row(
            "429, more seconds than any clock holds",
            each(
                ["18446744073709551615", "99999999999999999999999"]
                    .map(|value| after(429, &[&format!("Retry-After: {value}")])),
            ),
            "api, HTTP 429, retry after 18446744073709551615 s",
            1,
            0.,
            "1 request",
        )
        .retryable(true),
        row("429, none", say(429, ""), "api, HTTP 429", 3, 0.75, "3 requests"),
        row("429, 24 s, then success", seconds("24"), "a token", 2, 24.25, "2 requests"),
        row(
            "429, 24 s, again and again",
            after(429, &["Retry-After: 24"]),
            "api, HTTP 429, retry after 24 s",
            2,
            24.25,
            "2 requests",
        )
        .retryable(true),
        row(
            "429, 30 s: the deadline itself",
            after(429, &["Retry-After: 30"]),
            "api, HTTP 429, retry after 30 s",
            1,
            0.,
            "1 request",
        )
        .client(|builder| builder.jitter(|| 0.))
        .retryable(true),
        row(
            "503, `Retry-After: 3`",
            after(503, &["Retry-After: 3"]),
            "api, HTTP 503, retry after 3 s",
            3,
            6.75,
            "3 requests",
        ),
        row(
            "503, `Retry-After: 3`",
            after(503, &["Retry-After: 3"]),
            "api, HTTP 503, retry after 3 s",
            1,
            0.,
            "1 request",
        )
        .call(Call::CreateRoom),
        row(
            "500, 3 s, then success",
            [after(500, &["Retry-After: 3"]), done()],
            "a token",
            2,
            3.25,
            "2 requests",
        ),
        row("`result` 10105, 3 s, then success", [busy(), done()], "a token", 2, 3.25, "2 requests"),
        row(
            "empty 200, 3 s, then success",
            [after(200, &["Retry-After: 3"]), done()],
            "a token",
            2,
            3.25,
            "2 requests",
        ),
        row(
            "429, 3 s, then 429 without",
            [after(429, &["Retry-After: 3"]), say(429, "")],
            "api, HTTP 429",
            3,
            3.75,
            "3 requests",
        ),
    ]
}

fn after(status: u16, headers: &[&str]) -> Does {
    with(status, headers, "")
}

/// The server is busy, and says for how long.
fn busy() -> Does {
    with(200, &["Retry-After: 3"], r#"{"result":10105}"#)
}
