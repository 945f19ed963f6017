//! The example, run like a user runs it.

use std::process::Command;

use enablex::sandbox::Sandbox;
use serde_json::{Value, json};

use crate::run;

fn example() -> Command {
    crate::example("join_token")
}

/// The error of a failed run, which prints nothing else.
fn failure(command: &mut Command, status: i32) -> Value {
    let (code, stdout, stderr) = run(command.arg("--json"));
    assert_eq!((code, stdout.as_str()), (status, ""), "{stderr}");
    let report: Value = serde_json::from_str(&stderr).unwrap();
    let error = report["error"].as_object().unwrap();
    let keys: Vec<_> = error.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["advice", "code", "kind", "message", "request_id", "retryable", "status", "violations"]
    );
    report["error"].clone()
}

fn fields(error: &Value) -> Vec<&str> {
    error["violations"].as_array().unwrap().iter().map(|broken| broken["field"].as_str().unwrap()).collect()
}

#[test]
fn a_person_is_told_everything() {
    let (code, stdout, stderr) = run(&mut example());
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("sandbox"));
    for word in ["guest-1", "participant", "token", "until", "one join"] {
        assert!(stdout.contains(word), "{stdout}");
    }
}

#[test]
fn a_program_gets_one_object() {
    let (code, stdout, _) =
        run(example().args(["--json", "--role", "viewer", "--user-ref", "u/1 ?&", "--name", "李"]));
    assert_eq!(code, 0);
    let token: Value = serde_json::from_str(&stdout).unwrap();
    let keys: Vec<_> = token.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["expires_at", "issued_at", "role", "room_id", "token", "user_ref"]);
    assert_eq!((&token["role"], &token["user_ref"]), (&json!("viewer"), &json!("u/1 ?&")));
    assert_ne!(token["token"], "[redacted]");
    for key in ["issued_at", "expires_at"] {
        // RFC 3339 with at most milliseconds.
        let time = token[key].as_str().unwrap();
        assert!(humantime::parse_rfc3339(time).is_ok() && time.len() <= 24, "{time}");
    }
}

#[test]
fn an_audience_gets_a_room_with_hls() {
    assert_eq!(run(example().args(["--role", "audience"])).0, 0);
}

#[test]
fn bad_input_is_told_all_at_once() {
    let mut command = example();
    command.args(["--name", " ", "--role", "Host", "--user-ref", "", "--room", "a/b"]);
    for key in ["a", "b", "c", "d", "e", "f"] {
        command.args(["--data", &format!("{key}=1")]);
    }
    let error = failure(&mut command, 2);
    assert_eq!(error["kind"], "invalid_input");
    assert_eq!(fields(&error), ["room_id", "name", "role", "user_ref", "data"]);
    assert_eq!(error["violations"][2]["value"], "Host");
    assert_eq!(error["retryable"], false);
    assert_eq!(error["status"], Value::Null);
}

#[test]
fn any_variable_means_the_real_service() {
    let error = failure(example().env("ENABLEX_BASE_URL", "http://127.0.0.1:1/"), 2);
    assert_eq!(fields(&error), ["ENABLEX_APP_ID", "ENABLEX_APP_KEY"]);
    let error = failure(example().env("ENABLEX_APP_ID", "").env("ENABLEX_APP_KEY", "k y"), 2);
    assert_eq!(fields(&error), ["ENABLEX_APP_ID", "ENABLEX_APP_KEY"]);
    let mut command = example();
    command.env("ENABLEX_APP_ID", "id").env("ENABLEX_APP_KEY", "key").env("ENABLEX_BASE_URL", "");
    let error = failure(command.args(["--name", ""]), 2);
    assert_eq!(fields(&error), ["name"]);
    // An empty variable counts as not set: compose files leave it so.
    let names = ["ENABLEX_APP_ID", "ENABLEX_APP_KEY", "ENABLEX_BASE_URL"];
    let (code, _, stderr) = run(example().envs(names.map(|name| (name, ""))));
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("sandbox"), "{stderr}");
}

/// As in a slim container.
#[test]
fn without_ca_certificates_the_sandbox_works_and_https_is_a_typed_error() {
    let bare = || {
        let mut command = example();
        command.env("SSL_CERT_FILE", "/nonexistent").env("SSL_CERT_DIR", "/nonexistent");
        command
    };
    assert_eq!(run(&mut bare()).0, 0);
    let error = failure(bare().env("ENABLEX_APP_ID", "id").env("ENABLEX_APP_KEY", "key"), 1);
    assert_eq!(error["kind"], "setup");
    assert!(error["message"].as_str().unwrap().contains("CA certificates"));
}

#[test]
fn arguments_that_make_no_sense() {
    for args in [&["--nonsense"][..], &["--data", "no-equals"], &["stray"], &["--json=1"]] {
        assert_eq!(failure(example().args(args), 2)["kind"], "invalid_input", "{args:?}");
    }
    let (code, stdout, stderr) = run(example().args(["--json", "--name"]));
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(serde_json::from_str::<Value>(&stderr).is_ok());
    assert_eq!(run(example().arg("--help")).0, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_talks_to_the_base_url() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let real = |key: &str| {
        let mut command = example();
        command
            .env("ENABLEX_APP_ID", sandbox.app_id())
            .env("ENABLEX_APP_KEY", key)
            .env("ENABLEX_BASE_URL", format!("{}/", sandbox.base_url()));
        command
    };
    let (code, stdout, stderr) = run(real(&sandbox.app_key()).arg("--json"));
    assert_eq!((code, stderr.as_str()), (0, ""));
    let token: Value = serde_json::from_str(&stdout).unwrap();
    let id = token["room_id"].as_str().unwrap();
    assert_eq!(client.room(id).get().await.unwrap().id().unwrap().as_str(), id);
    sandbox.join(token["token"].as_str().unwrap()).unwrap();

    let error = failure(real(&sandbox.app_key()).args(["--room", "5b473a40ad3c0a58a4e0e5c1"]), 1);
    assert_eq!((&error["code"], &error["advice"]), (&json!(40_001), &json!("room_gone")));
    let error = failure(&mut real("other-key"), 1);
    assert_eq!((&error["code"], &error["status"]), (&json!("UNAUTHORIZED"), &json!(401)));
    assert!(error["request_id"].is_string());
}
