//! Connections that fail, break or are reused.

use std::time::Duration;

use crate::{
    does::{Does, done, done_body, kept, raw},
    row::{Call, Case, Place, Row, calls, each, row},
};

pub fn rows() -> Vec<Row> {
    let idle = || Does::Idle(kept(200, done_body()));
    let keep = || Does::Keep(kept(200, done_body()));
    let lost = || Does::Say(Vec::new());
    vec![
        row("connection refused", (), "connect", 3, 0.75, "nothing").at(Place::Refused),
        row("connection refused", (), "connect", 3, 0.75, "nothing")
            .at(Place::Refused)
            .call(Call::CreateRoom),
        row("name that does not resolve", (), "connect", 3, 0.75, "nothing").at(Place::NoAddress),
        row("name that does not resolve", (), "connect", 3, 0.75, "nothing")
            .at(Place::NoAddress)
            .call(Call::CreateRoom),
        row("name server that is silent until the connect timeout", (), "timeout", 3, 0.75, "nothing")
            .at(Place::AddressUnanswered)
            .client(|builder| builder.connect_timeout(Duration::from_millis(30))),
        row("name server that is silent until the connect timeout", (), "timeout", 3, 0.75, "nothing")
            .at(Place::AddressUnanswered)
            .client(|builder| builder.connect_timeout(Duration::from_millis(30)))
            .call(Call::CreateRoom),
        row(
            "reset before the request is read",
            Does::ResetUnread,
            "transport",
            3,
            0.75,
            "no request, 3 connections",
        ),
        row(
            "reset before the request is read",
            Does::ResetUnread,
            "transport",
            1,
            0.,
            "no request, 1 connection",
        )
        .call(Call::CreateRoom),
        row(
            "reset or closed before, during or after the headers, or in the body",
            broken(),
            "transport",
            3,
            0.75,
            "3 requests",
        ),
        row(
            "reset or closed before, during or after the headers, or in the body",
            broken(),
            "transport",
            1,
            0.,
            "1 request",
        )
        .call(Call::CreateRoom),
        row("reset, then an answer", [Does::Reset(Vec::new()), done()], "a token", 2, 0.25, "2 requests"),
        row(
            "second call over a connection that is kept",
            calls([vec![keep()], vec![keep()]]),
            "a token",
            1,
            0.,
            "2 requests, 1 connection",
        ),
        row(
            "second call after the server has closed the idle connection",
            calls([vec![idle()], vec![done()]]),
            "a token",
            1,
            0.,
            "2 requests",
        ),
        row(
            "second call after the server has closed the idle connection",
            calls([vec![idle()], vec![done()]]),
            "a room",
            1,
            0.,
            "2 requests",
        )
        .call(Call::CreateRoom),
        row(
            "second call over a kept connection, closed once the request is there",
            calls([vec![keep()], vec![lost(), done()]]),
            "a token",
            2,
            0.25,
            "3 requests, 2 connections",
        ),
        row(
            "second call over a kept connection, closed once the request is there",
            calls([vec![keep()], vec![lost(), done()]]),
            "transport",
            1,
            0.,
            "2 requests, 1 connection",
        )
        .call(Call::CreateRoom),
    ]
}

/// The connection breaks anywhere in the response, with or without a reset.
fn broken() -> Vec<Case> {
    let whole = raw(200, &["Content-Length: 200"], done_body());
    let head = whole.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    let cuts = [0, 8, head - 20, head - 2, head, head + 20];
    each(cuts.into_iter().flat_map(move |cut| {
        let part = whole[..cut].to_vec();
        [Does::Reset(part.clone()), Does::Say(part)]
    }))
}
