//! The sandbox alone, run as a tester in another language runs it.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use enablex::Client;

use crate::example;

#[tokio::test]
async fn it_tells_where_it_is_and_takes_the_credentials() {
    let mut command = example("sandbox");
    let mut sandbox = command
        .args(["--app-id", "own-id", "--app-key", "own-key-4471"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(sandbox.stdout.take().unwrap()).lines().map(Result::unwrap);
    let base_url = lines.next().unwrap();
    let usage: Vec<_> = lines.by_ref().take(2).collect();
    assert!(usage[1].contains(&base_url) && usage[1].contains("own-id"));
    assert!(!usage[1].contains("own-key-4471"));

    let client = Client::builder().credentials("own-id", "own-key-4471").base_url(base_url).build().unwrap();
    let listed = client.rooms().list().await;
    sandbox.kill().unwrap();
    sandbox.wait().unwrap();
    assert!(listed.unwrap().is_empty());
}

#[test]
fn what_makes_no_sense_is_refused() {
    for args in [&["--port", "70000"][..], &["--port"], &["--nonsense"], &["--app-key", "a b"]] {
        let output = example("sandbox").args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty());
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = example("sandbox").args(["--port", &port]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains(&port));
}
