//! The facade, seen from outside: real HTTP to a hand-driven server or to the sandbox.

mod answers;
mod bad_input;
mod client;
mod codes;
mod errors;
mod join_token;
mod requests;
#[cfg(feature = "schemars")]
mod schemas;
mod secrets;
mod server;
mod sloppy;
mod tls;
mod with_sandbox;

/// A payload of `tests/samples/`.
pub fn sample(name: &str) -> serde_json::Value {
    let path = format!("{}/tests/samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
