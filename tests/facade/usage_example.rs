//! The example for usage, run like a user runs it.

use std::{fs, path::PathBuf, process::Command};

use enablex::{CdrRow, Date};
use serde_json::{Value, json};

use crate::{
    run, sample,
    server::{Received, Server, http},
};

fn example() -> Command {
    crate::example("usage")
}

fn at(server: &Server) -> Command {
    crate::example_at("usage", server)
}

/// A path for one test, where nothing is.
fn path(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("usage-{name}"));
    let _ = fs::remove_file(&path);
    path
}

fn read(path: &PathBuf) -> Vec<CdrRow> {
    csv::Reader::from_path(path).unwrap().deserialize().map(|row| row.unwrap()).collect()
}

/// The sample's row, in another room.
fn row(room: &str) -> Value {
    let mut row = sample("getPeriodCDR.response")["cdr"][0].clone();
    row["room"]["room_id"] = room.into();
    row
}

fn report(rows: &[Value]) -> Vec<u8> {
    http(200, "application/json", json!({"result": "0", "cdr": rows}).to_string())
}

/// Without the day.
fn table(stdout: &str) -> Vec<Vec<&str>> {
    stdout.lines().skip(1).map(|line| line.split_whitespace().collect()).collect()
}

#[test]
fn the_sandbox_shows_minutes_by_owner() {
    let csv = path("sandbox.csv");
    let (code, stdout, stderr) = run(example().arg("--csv").arg(&csv));
    assert_eq!(code, 0, "{stderr}");
    assert_eq!(table(&stdout), [["3.0", "1", "(unknown)"], ["17.0", "2", "team-7"], ["45.0", "1", "team-9"]]);
    let rows = read(&csv);
    let unknown = rows.iter().find(|row| row.duration_s.unwrap().round() == 180.).unwrap();
    assert!(stderr.contains(unknown.room_id.as_deref().unwrap()), "{stderr}");
    assert_eq!((rows.len(), stderr.lines().count()), (4, 2), "{stderr}");
    // The day before has no session, and the file has a header.
    let day = stdout.split_whitespace().next().unwrap().parse::<Date>().unwrap().plus_days(-1).unwrap();
    let (code, stdout, _) = run(example().arg("--csv").arg(&csv).args(["--day", &day.to_string()]));
    assert_eq!((code, stdout), (0, format!("{day}  minutes  connections  owner\n")));
    assert_eq!(fs::read_to_string(&csv).unwrap(), CdrRow::COLUMNS.join(",") + "\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_is_lost() {
    let mut nowhere = row("");
    nowhere["room"].as_object_mut().unwrap().remove("room_id");
    let mut untimed = row("known-1");
    untimed["room"]["duration"] = "long".into();
    let rows = [row("known-1"), row("known-2"), untimed, row("strange-1"), row("strange-1"), nowhere];
    let server = Server::answering(move |_| report(&rows)).await;
    let (csv, rooms) = (path("lost.csv"), path("rooms.json"));
    fs::write(&rooms, r#"{"known-1": "team-7", "known-2": "team-7"}"#).unwrap();
    let args = ["--day", "2024-03-04", "--csv", csv.to_str().unwrap(), "--rooms", rooms.to_str().unwrap()];
    let (code, stdout, stderr) = run(at(&server).args(args));
    assert_eq!(code, 0, "{stderr}");
    // 972.36 s are 16.206 minutes.
    assert_eq!(table(&stdout), [["48.6", "3", "(unknown)"], ["32.4", "3", "team-7"]]);
    for told in ["room strange-1", "room without an id", "1 connections of team-7 have no duration"] {
        assert_eq!(stderr.matches(told).count(), 1, "{stderr}");
    }
    assert_eq!(read(&csv).len(), 6);
    assert_eq!(server.received()[0].line, "GET /video/v2/cdr/period/2024-03-04/2024-03-05 HTTP/1.1");
}

/// A report whose first attempt breaks off after a row.
#[tokio::test(flavor = "multi_thread")]
async fn it_starts_anew_where_the_report_breaks_off() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let breaking = move |_: &Received| {
        let whole = report(&[row("known-1"), row("known-1")]);
        match count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
            0 => whole[..whole.len() - 20].to_vec(),
            _ => whole,
        }
    };
    let server = Server::answering(breaking).await;
    let csv = path("anew.csv");
    let (code, stdout, stderr) =
        run(at(&server).args(["--day", "2024-03-04", "--csv", csv.to_str().unwrap()]));
    assert_eq!((code, server.received().len()), (0, 2), "{stderr}");
    assert_eq!(table(&stdout), [["32.4", "2", "(unknown)"]]);
    assert_eq!((read(&csv).len(), stderr.lines().count()), (2, 1), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_report_leaves_no_file() {
    let refusal = sample("error.code.401").to_string();
    let server = Server::saying(http(401, "application/json", refusal)).await;
    let csv = path("failed.csv");
    let (code, stdout, stderr) = run(at(&server).arg("--csv").arg(&csv));
    assert_eq!((code, stdout.as_str(), csv.exists()), (1, "", false), "{stderr}");
    assert_eq!(server.received().len(), 1);
}

#[test]
fn bad_input_is_told() {
    for args in
        [&["--day", "2026-02-30"][..], &["--rooms", "nowhere"], &["--rooms", "Cargo.toml"], &["--x"], &["x"]]
    {
        let (code, stdout, stderr) = run(example().args(args));
        assert_eq!((code, stdout.as_str()), (2, ""), "{args:?}");
        assert!(stderr.starts_with("error: ") && stderr.contains("--help"), "{stderr}");
    }
    assert_eq!(run(example().arg("--help")).0, 0);
}
