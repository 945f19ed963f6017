//! The generated client, as it is: for what the rest of the crate does not reach.
//!
//! **Outside semantic versioning**: it follows `openapi/` and the generator. (The types of answers
//! that the root of the crate names too are inside: they gain fields, and lose none.) Its calls have
//! the client's authorization and its attempt's timeout, but no repeats, limits and cap, and a
//! `result` other than 0 is not an error here. Reports and archives come as a stream of bytes; in one
//! piece they are a [`types::CdrResponse`] and a [`types::ArchiveResponse`].
//!
//! What the rest of the crate promises does not hold here: an id that may not stand in a path is not
//! refused, and **an error quotes the body** that it is about, secrets included. Print none of them.

// The text comes from the document and the generator.
#![allow(missing_docs, rustdoc::all, clippy::all)]

#[cfg(not(stale_bindings))]
include!("../generated/bindings.rs");

#[cfg(stale_bindings)]
include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
#[cfg(stale_bindings)]
compile_error!("generated/ differs from what openapi/ gives: run `cargo xtask regen`");
