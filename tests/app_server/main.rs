//! The application server of the examples, as a process, with its sandbox.

mod bodies;
mod events;
mod load;
mod operation;
mod page;
mod reconcile;
mod redis;
#[path = "../sandbox/reply.rs"]
mod reply;
mod rooms;
mod server;
mod tokens;
mod webhooks;

/// A payload of `tests/samples/`.
pub fn sample(name: &str) -> serde_json::Value {
    let path = format!("{}/tests/samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
