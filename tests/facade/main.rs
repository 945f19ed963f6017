//! The facade from outside: HTTP to a scripted server or to the sandbox.

mod answers;
mod bad_input;
mod blocking;
mod budget;
mod cdr_rows;
mod client;
#[path = "../faults/clock.rs"]
#[allow(dead_code, reason = "only the fault table asks for all of it")]
mod clock;
mod codes;
mod credentials;
mod dial_in;
mod drift;
mod drift_reports;
mod errors;
mod files;
mod gateways;
mod get_or_create;
mod http_status;
mod join_token;
mod join_tokens;
mod limits;
mod lossless;
mod many_tokens_example;
#[cfg(target_os = "linux")]
mod memory;
mod options;
mod recorded;
mod report_streams;
mod reports;
mod reports_example;
mod requests;
mod runtimes;
mod sandbox_example;
mod saved_files;
mod scalars;
#[cfg(feature = "schemars")]
mod schemas;
mod secrets;
mod server;
mod settings;
mod sloppy;
mod tls;
mod tracing;
mod usage_example;
mod webhooks;
mod with_sandbox;

/// A payload of `tests/samples/`.
pub fn sample(name: &str) -> serde_json::Value {
    let path = format!("{}/tests/samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The vendored document.
pub fn document() -> serde_json::Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/document.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The words of a schema, as an observer of drifts is told them.
pub fn one_of(schema: &str) -> String {
    let words = document()["components"]["schemas"][schema]["enum"].as_array().unwrap().clone();
    let words: Vec<_> = words.iter().map(|word| word.as_str().unwrap()).collect();
    format!("one of {}", words.join(", "))
}

/// An example, which `cargo test` builds beside the tests, without the variables of the caller.
pub fn example(name: &str) -> std::process::Command {
    let tests = std::env::current_exe().unwrap();
    let path = tests.parent().unwrap().with_file_name("examples").join(name);
    assert!(path.exists(), "`cargo test` builds {}", path.display());
    let mut command = std::process::Command::new(path);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ENABLEX_")) {
        command.env_remove(name);
    }
    command
}

/// An example, with a server for EnableX.
pub fn example_at(name: &str, server: &server::Server) -> std::process::Command {
    let mut command = example(name);
    command
        .env("ENABLEX_APP_ID", server::APP_ID)
        .env("ENABLEX_APP_KEY", server::APP_KEY)
        .env("ENABLEX_BASE_URL", &server.base_url);
    command
}

/// The exit status of an example, its standard output and its standard error.
pub fn run(command: &mut std::process::Command) -> (i32, String, String) {
    let std::process::Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}
