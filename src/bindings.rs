//! The generated client, for what the rest of the crate lacks; from
//! [`Client::bindings`](crate::Client::bindings).
//!
//! **It is not covered by semantic versioning**: it follows `openapi/` and the generator. (The response types
//! that the crate exports elsewhere, too, are covered: they gain fields and lose none.)
//!
//! Its calls have the client's authorization, but no retries, no limits and no cap, and a `result` other than 0
//! is not an error. The provider of the credentials and the request may each take the client's
//! [attempt timeout](crate::ClientBuilder::attempt_timeout). Reports and archives are streams of bytes; parsed
//! they are a [`types::CdrResponse`] and a [`types::ArchiveResponse`].
//!
//! Other guarantees of the crate do not hold here either: ids are not checked, and **an error quotes the
//! response body, secrets included**, so do not print one.

// The text comes from the document and the generator.
#![allow(missing_docs, rustdoc::all, clippy::all)]

#[cfg(not(stale_bindings))]
include!("../generated/bindings.rs");

#[cfg(stale_bindings)]
include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
#[cfg(stale_bindings)]
compile_error!("generated/ differs from what openapi/ gives: run `cargo xtask regen`");
