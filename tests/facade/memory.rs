//! A report of any length, and any number of tokens, need constant memory: the examples as processes.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use enablex::{NewRoom, sandbox::Sandbox};
use tokio::{io::AsyncWriteExt, net::TcpListener};

use crate::server::read;

/// The variable `ROWS` sets more. Kept in memory at once, even these would exceed the limit.
const ROWS: u64 = 40_000;
/// The variable `TOKENS` sets more. Kept in memory at once, even these would exceed the limit.
const TOKENS: u64 = 20_000;
/// In KiB.
const MOST: u64 = 64 * 1024;
/// What the last nine tenths of the lines may add, in KiB.
const GROWTH: u64 = 4 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_long_report_takes_no_more_than_a_short_one() {
    let rows = number("ROWS", ROWS);
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let room = sandbox.client().unwrap().rooms().create(NewRoom::permanent("Desk", "team-7")).await.unwrap();
    let room = room.id().unwrap().as_str();
    sandbox.fill_report(room, rows);
    let mut reports = crate::example("reports");
    reports
        .args(["cdr", "--room", room, "--json"])
        .env("ENABLEX_APP_ID", sandbox.app_id())
        .env("ENABLEX_APP_KEY", sandbox.app_key())
        .env("ENABLEX_BASE_URL", sandbox.base_url());
    assert_flat(reports, rows).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_tokens_take_no_more_than_a_few() {
    // The sandbox keeps the tokens and takes longer.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/video/v2", listener.local_addr().unwrap());
    let body = format!(r#"{{"result":0,"token":"{:0300}"}}"#, 0);
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                while read(&mut stream).await.is_some() {
                    stream.write_all(answer.as_bytes()).await.unwrap();
                }
            });
        }
    });
    let count = number("TOKENS", TOKENS);
    let mut tokens = crate::example("many_tokens");
    tokens
        .args(["--json", "--room", "5b473a40ad3c0a58a4e0e5c1", "--count", &count.to_string()])
        .env("ENABLEX_APP_ID", "id")
        .env("ENABLEX_APP_KEY", "key")
        .env("ENABLEX_BASE_URL", base_url);
    assert_flat(tokens, count).await;
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).map_or(default, |number| number.parse().unwrap())
}

/// Runs an example that prints this many objects, each on a line.
async fn assert_flat(mut example: Command, expected: u64) {
    let mut example = example.stdout(Stdio::piped()).spawn().unwrap();
    let status = format!("/proc/{}/status", example.id());
    let lines = BufReader::new(example.stdout.take().unwrap()).lines();
    let (count, early, peak) = tokio::task::spawn_blocking(move || {
        let (mut early, mut peak) = (None, None);
        let mut count = 0;
        for line in lines {
            assert!(line.unwrap().starts_with('{'));
            count += 1;
            // The process runs until it has printed all lines.
            if count % 1000 == 0 {
                peak = self::peak(&status).or(peak);
            }
            if count == expected / 10 {
                early = self::peak(&status);
            }
        }
        (count, early, peak)
    })
    .await
    .unwrap();
    assert!(example.wait().unwrap().success());
    assert_eq!(count, expected);
    let (early, peak) = (early.unwrap(), peak.unwrap());
    assert!(peak < MOST, "{peak} KiB");
    // The kernel counts pages by processor, so a later figure may be a little smaller.
    assert!(peak.saturating_sub(early) < GROWTH, "{early} KiB, then {peak} KiB");
}

/// The peak memory of a process, in KiB.
fn peak(status: &str) -> Option<u64> {
    let status = std::fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
