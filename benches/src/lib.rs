//! The same call, `createToken` with two data keys, by this crate and by its peers.

pub mod allocations;
pub mod peers;
pub mod server;
