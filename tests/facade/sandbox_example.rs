//! The sandbox example, used like from another language.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
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
    for args in [
        &["--port", "70000"][..],
        &["--port"],
        &["--nonsense"],
        &["--app-key", "a b"],
        &["--listen"],
        &["--listen", "localhost"],
        &["--listen", "127.0.0.1:"],
        &["--listen", "127.0.0.1:70000"],
        &["--listen", "127.0.0.256"],
        &["--listen", "127.1"],
        &["--listen", "[fe80::1%1]:80"],
        &["--listen", "224.0.0.1"],
        &["--listen", "http://127.0.0.1"],
        &["--listen", "127.0.0.1:0", "--port", "0"],
        &["--last-day-counts"],
        &["--last-day-counts", "maybe"],
    ] {
        let output = example("sandbox").args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.stdout.is_empty() && told.contains("usage: "), "{args:?}: {told}");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = example("sandbox").args(["--port", &port]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains(&port));
}

/// Sends what EnableX's sample server sends for a new room; returns the response.
fn sample_room(base_url: &str) -> String {
    let authority = enablex::reqwest::Url::parse(base_url).unwrap();
    let mut stream = TcpStream::connect(&*authority.socket_addrs(|| None).unwrap()).unwrap();
    let body = include_str!("../samples/clients/createRoom.one-to-one-sample.request.json");
    let pair = base64::Engine::encode(&base64::prelude::BASE64_STANDARD, "sandbox-app-id:sandbox-app-key");
    let length = body.len();
    let head = format!(
        "POST /v1/rooms/ HTTP/1.1\r\nhost: a\r\nconnection: close\r\nauthorization: Basic {pair}\r\n\
         content-type: application/json\r\ncontent-length: {length}\r\n\r\n"
    );
    stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
    io::read_to_string(stream).unwrap()
}

#[test]
fn it_tells_what_it_takes_and_refuses_it_when_strict() {
    for (args, status, told) in [
        (
            &[][..],
            "HTTP/1.1 200",
            "createRoom: settings.duration must be an integer (the service takes it)\n",
        ),
        (&["--strict"], "HTTP/1.1 400", ""),
    ] {
        let mut command = example("sandbox");
        let mut sandbox = command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(sandbox.stdout.take().unwrap()).lines();
        let response = sample_room(&lines.next().unwrap().unwrap());
        assert!(response.starts_with(status), "{response}");
        let mut printed = vec![0; told.len()];
        let mut stderr = sandbox.stderr.take().unwrap();
        stderr.read_exact(&mut printed).unwrap();
        sandbox.kill().unwrap();
        stderr.read_to_end(&mut printed).unwrap();
        assert_eq!(String::from_utf8(printed).unwrap(), told);
        sandbox.wait().unwrap();
    }
}

#[tokio::test]
async fn it_speaks_tls_with_the_certificate_that_it_prints() {
    let mut sandbox = example("sandbox").arg("--tls").stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(sandbox.stdout.take().unwrap()).lines().map(Result::unwrap);
    let base_url = lines.next().unwrap();
    let mut pem = String::new();
    while !pem.contains("-----END") {
        pem += &lines.next().unwrap();
        pem.push('\n');
    }
    let pem = &pem[pem.find("-----BEGIN").unwrap()..];
    let client = Client::builder().credentials("sandbox-app-id", "sandbox-app-key").base_url(&base_url);
    let listed = client.root_certificates_pem(pem).build().unwrap().rooms().list().await;
    sandbox.kill().unwrap();
    sandbox.wait().unwrap();
    assert!(base_url.starts_with("https://127.0.0.1:"), "{base_url}");
    assert!(listed.unwrap().is_empty());
}

/// Runs it with these arguments; returns its base URL and the number of rows in a report of today.
async fn report_of_today(args: &[&str]) -> (String, usize) {
    let mut sandbox = example("sandbox").args(args).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(sandbox.stdout.take().unwrap()).lines().map(Result::unwrap);
    let base_url = lines.next().unwrap();
    let client = Client::builder().credentials("sandbox-app-id", "sandbox-app-key").base_url(&base_url);
    let client = client.build().unwrap();
    let http = |path: &str, body: &str| {
        let url = enablex::reqwest::Url::parse(&base_url).unwrap();
        let mut stream = TcpStream::connect(&*url.socket_addrs(|| None).unwrap()).unwrap();
        let head =
            format!("POST {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {}", body.len());
        stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).unwrap();
        io::read_to_string(stream).unwrap()
    };
    http("/_sandbox/report", r#"{"room_id": "desk", "rows": 1}"#);
    let now = http("/_sandbox/clock", r#"{"advance_s": 0}"#);
    let now = &now.split_once(r#"{"now":""#).unwrap().1[..10];
    let rows = client.cdr().period(now..=now).list().await;
    sandbox.kill().unwrap();
    sandbox.wait().unwrap();
    (base_url, rows.unwrap().len())
}

#[tokio::test]
async fn it_listens_where_it_is_told_to() {
    for (listen, host) in [
        ("127.0.0.2", "http://127.0.0.2:"),
        ("127.0.0.2:0", "http://127.0.0.2:"),
        ("0.0.0.0:0", "http://127.0.0.1:"),
        ("::", "http://[::1]:"),
        ("[::1]:0", "http://[::1]:"),
    ] {
        let (base_url, rows) = report_of_today(&["--listen", listen]).await;
        assert!(base_url.starts_with(host) && base_url.ends_with("/video/v2"), "{listen}: {base_url}");
        assert_eq!(rows, 1);
    }
}

#[tokio::test]
async fn it_reads_periods_as_it_is_told_to() {
    assert_eq!(report_of_today(&["--last-day-counts", "yes"]).await.1, 1);
    assert_eq!(report_of_today(&["--last-day-counts", "no"]).await.1, 0);
}
