//! The example for many tokens, run like a user runs it.

use std::process::Command;

use serde_json::{Value, json};

use crate::{
    run, sample,
    server::{Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

fn example() -> Command {
    crate::example("many_tokens")
}

/// The example, with a server for EnableX.
fn at(server: &Server) -> Command {
    let mut command = crate::example_at("many_tokens", server);
    command.args(["--room", ROOM]);
    command
}

#[test]
fn the_sandbox_gives_as_many_as_are_wanted() {
    let (code, stdout, stderr) = run(example().args(["--count", "20"]));
    assert_eq!((code, stdout.lines().count()), (0, 20), "{stderr}");
    assert!(stdout.starts_with("guest-1\t") && stderr.contains("sandbox"), "{stdout}{stderr}");
    for args in [&["--count", "0"][..], &["--help"]] {
        assert_eq!(run(example().args(args)).0, 0);
    }
    let (code, stdout, _) = run(example().args(["--json", "--unordered", "--concurrency", "0"]));
    assert_eq!((code, stdout.lines().count()), (0, 100));
    for line in stdout.lines() {
        let token: Value = serde_json::from_str(line).unwrap();
        assert!(token["token"].is_string() && token["expires_at"].is_string(), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_told_beside_the_tokens() {
    let server = Server::answering(|request| match request.json()["user_ref"].as_str() {
        Some("guest-2") => http(403, "application/json", sample("error.token.10114-full").to_string()),
        _ => http(200, "application/json", r#"{"result":0,"token":"t"}"#),
    })
    .await;
    let (code, stdout, stderr) = run(at(&server).args(["--count", "3"]));
    assert_eq!((code, stdout.as_str()), (1, "guest-1\tt\nguest-3\tt\n"));
    assert!(stderr.starts_with("guest-2: error: createToken: "), "{stderr}");

    let (code, stdout, stderr) = run(at(&server).args(["--count", "3", "--json"]));
    assert_eq!((code, stderr.as_str()), (1, ""));
    let lines: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[1]["user_ref"], "guest-2");
    assert_eq!(lines[1]["error"]["code"], json!(10_114));
    assert_eq!((lines.len(), &lines[2]["token"]), (3, &json!("t")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_of_all_ends_the_run() {
    for (status, name) in [(404, "error.token.40001-no-room"), (401, "error.code.401")] {
        let server =
            Server::answering(move |_| http(status, "application/json", sample(name).to_string())).await;
        let (code, stdout, stderr) = run(at(&server).args(["--count", "100000", "--room", "r"]));
        assert_eq!((code, stdout.as_str(), stderr.lines().count()), (1, "", 1), "{stderr}");
    }
}

#[test]
fn bad_input_is_told_before_anything_is_sent() {
    for args in [&["--count", "-1"][..], &["--concurrency", "x"], &["--nonsense"], &["--room", "a/b"]] {
        let (code, stdout, stderr) = run(example().args(args).arg("--json"));
        assert_eq!((code, stdout.as_str()), (2, ""), "{args:?}");
        let report: Value = serde_json::from_str(&stderr).unwrap();
        assert_eq!(report["error"]["kind"], "invalid_input", "{args:?}");
    }
    let (code, _, stderr) = run(example().env("ENABLEX_APP_ID", "id").args(["--json", "--room", ".."]));
    let report: Value = serde_json::from_str(&stderr).unwrap();
    assert_eq!((code, report["error"]["violations"].as_array().unwrap().len()), (2, 2), "{report}");
}
