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
The call is `createToken` where the row names no other, the settings are the defaults, and an answer has HTTP
200 and is right where the row does not say otherwise. After several calls the outcome and the attempts are
those of the last one. Every request had a connection of its own where the row tells no other number.
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
