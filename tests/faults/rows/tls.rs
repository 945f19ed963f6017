//! Servers that are not trusted.

use std::time::Duration;

use crate::{
    does::{Does, bytes, done, say},
    row::{Call, Place, Row, Shown, each, row},
};

pub fn rows() -> Vec<Row> {
    let untrusted = |fault: &str, shown| {
        row(fault, done(), "connect", 1, 0., "no request, 1 connection").at(Place::Tls(shown))
    };
    let garbage = || {
        each([
            say(200, "plain HTTP"),
            bytes([0; 64]),
            bytes(b"SSH-2.0-OpenSSH_9.6\r\n"),
            // The alert for an unsupported TLS version.
            bytes([0x15, 3, 1, 0, 2, 2, 70]),
        ])
    };
    let closed = || each([bytes(""), Does::Reset(Vec::new())]);
    let unsecured = "no request, 3 connections";
    vec![
        row("certificate that is trusted", done(), "a token", 1, 0., "1 request").at(Place::Tls(Shown::Good)),
        untrusted("certificate for another name", Shown::OfAnotherName),
        untrusted("certificate that has expired", Shown::Expired),
        untrusted("certificate that is not yet valid", Shown::NotYetValid),
        untrusted("certificate of an unknown issuer", Shown::OfUnknownIssuer),
        untrusted("certificate of an unknown issuer", Shown::OfUnknownIssuer).call(Call::CreateRoom),
        row(
            "TLS garbage: plain HTTP, zeros, another protocol, an alert",
            garbage(),
            "connect",
            1,
            0.,
            "no request, 1 connection",
        )
        .at(Place::NoTls),
        row("closed or reset within the handshake", closed(), "connect", 3, 0.75, unsecured).at(Place::NoTls),
        row("closed or reset within the handshake", closed(), "connect", 3, 0.75, unsecured)
            .at(Place::NoTls)
            .call(Call::CreateRoom),
        row(
            "handshake that is silent until the connect timeout",
            Does::Hold(Vec::new()),
            "timeout",
            3,
            0.75,
            unsecured,
        )
        .at(Place::NoTls)
        .client(|builder| builder.connect_timeout(Duration::from_millis(30))),
    ]
}
