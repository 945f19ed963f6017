//! What the server does with a request.

use std::fmt::Display;

/// The token of a successful response.
pub const TOKEN: &str = "eyJob3N0IjoiZXhhbXBsZS5pbnZhbGlkIiwidG9rZW5JZCI6IjY1YTEifQ==";
/// The room of a successful response and of every path.
pub const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

/// A file.
pub const FILE: &[u8] = b"The file of an archive, byte for byte.";

/// What the server does once it has read a request.
#[derive(Clone)]
pub enum Does {
    /// Sends this and closes the connection.
    Say(Vec<u8>),
    /// Sends this and keeps the connection for the next request.
    Keep(Vec<u8>),
    /// Sends this and closes the connection when it is idle.
    Idle(Vec<u8>),
    /// Sends this and keeps the connection open as long as the client does.
    Hold(Vec<u8>),
    /// Sends this and resets the connection.
    Reset(Vec<u8>),
    /// Does not read the request, and resets the connection.
    ResetUnread,
    /// Sends this, and then nothing until the limit of the attempt has passed.
    Silent(Vec<u8>),
    /// Sends the first, and then the second once a second.
    Drip(Vec<u8>, Vec<u8>),
    /// Sends the first, and then the second without end.
    Endless(Vec<u8>, Vec<u8>),
    /// Sends a redirection with this status.
    Redirect(u16, Target),
}

#[derive(Clone, Copy)]
pub enum Target {
    SameHost,
    OtherHost,
}

/// A status line with these headers and this body.
pub fn raw(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Vec<u8> {
    let mut answer = format!("HTTP/1.1 {status} Said\r\n").into_bytes();
    for header in headers {
        answer.extend([header.as_bytes(), b"\r\n"].concat());
    }
    [&answer, &b"\r\n"[..], body.as_ref()].concat()
}

/// A whole response with more headers, after which the connection is closed.
pub fn with(status: u16, headers: &[&str], body: impl AsRef<[u8]>) -> Does {
    let length = format!("Content-Length: {}", body.as_ref().len());
    let own = ["Connection: close", "Content-Type: application/json", &length];
    Does::Say(raw(status, &[&own, headers].concat(), body))
}

/// A whole response, after which the connection is closed.
pub fn say(status: u16, body: impl AsRef<[u8]>) -> Does {
    with(status, &[], body)
}

/// A whole response, after which the connection may stay open.
pub fn kept(status: u16, body: impl AsRef<[u8]>) -> Vec<u8> {
    raw(status, &[&format!("Content-Length: {}", body.as_ref().len())], body)
}

/// Bytes that need not be a response.
pub fn bytes(bytes: impl AsRef<[u8]>) -> Does {
    Does::Say(bytes.as_ref().to_vec())
}

/// The body of a success of any operation.
pub fn done_body() -> String {
    format!(r#"{{"result":0,"token":"{TOKEN}","room":{{"room_id":"{ROOM}"}}}}"#)
}

/// A success of any operation.
pub fn done() -> Does {
    say(200, done_body())
}

/// The older failure form.
pub fn result(status: u16, result: impl Display) -> Does {
    say(status, format!(r#"{{"result":{result},"error":"e","desc":"d","token":"{TOKEN}"}}"#))
}

/// The newer failure form.
pub fn word(status: u16, word: &str) -> Does {
    say(status, format!(r#"{{"status":"error","error_code":"{word}","message":"m","request_id":"req_1"}}"#))
}

/// A success whose `token` is this JSON.
pub fn token(token: &str) -> Does {
    say(200, format!(r#"{{"result":0,"token":{token}}}"#))
}
