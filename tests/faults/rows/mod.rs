//! The table, a module for each kind of fault.

use crate::row::Row;

mod bodies;
mod codes;
mod connections;
mod credentials;
mod framing;
mod outages;
mod pace;
mod parts;
mod policies;
mod retry_after;
mod rooms;
mod statuses;
mod tls;

pub const INTRODUCTION: &str = "\
Unless a row says otherwise, the call is `createToken` with the default settings, and a response is HTTP 200 and
correct. If a row makes several calls, outcome and attempts are those of the last one. Unless a row has a number
of connections, each request had its own.
";

pub fn all() -> Vec<(&'static str, Vec<Row>)> {
    vec![
        ("Connections", connections::rows()),
        ("TLS", tls::rows()),
        ("Silence, drops and floods", pace::rows()),
        ("Lengths, chunks and headers", framing::rows()),
        ("Bodies", bodies::rows()),
        ("Statuses", statuses::rows()),
        ("Retry-After", retry_after::rows()),
        ("Results and codes", codes::rows()),
        ("Rooms", rooms::rows()),
        ("Credentials", credentials::rows()),
        ("Reports row by row, and files", parts::rows()),
        ("Policies and deadlines", policies::rows()),
        ("Outages", outages::rows()),
    ]
}
