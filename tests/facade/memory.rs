//! A report of any length in memory that does not grow: the example as a process of its own.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use enablex::{NewRoom, sandbox::Sandbox};

/// More with the variable `ROWS`: held at once, even these would take far more than is allowed.
const ROWS: u64 = 40_000;
/// In KiB.
const MOST: u64 = 64 * 1024;
/// What the last nine tenths of the rows may add, in KiB.
const GROWTH: u64 = 4 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_long_report_takes_no_more_than_a_short_one() {
    let rows = std::env::var("ROWS").map_or(ROWS, |rows| rows.parse().unwrap());
    let sandbox = Sandbox::start().await.unwrap();
    let room = sandbox.client().unwrap().rooms().create(NewRoom::permanent("Desk", "team-7")).await.unwrap();
    let room = room.id().unwrap().as_str();
    sandbox.fill_report(room, rows);

    let mut reports = crate::example("reports")
        .args(["cdr", "--room", room, "--json"])
        .env("ENABLEX_APP_ID", sandbox.app_id())
        .env("ENABLEX_APP_KEY", sandbox.app_key())
        .env("ENABLEX_BASE_URL", sandbox.base_url())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", reports.id());
    let lines = BufReader::new(reports.stdout.take().unwrap()).lines();
    let (count, early, peak) = tokio::task::spawn_blocking(move || {
        let (mut early, mut peak) = (None, None);
        let mut count = 0;
        for line in lines {
            assert!(line.unwrap().starts_with('{'));
            count += 1;
            // While there are lines to come the process is there.
            if count % 1000 == 0 {
                peak = self::peak(&status).or(peak);
            }
            if count == rows / 10 {
                early = self::peak(&status);
            }
        }
        (count, early, peak)
    })
    .await
    .unwrap();
    assert!(reports.wait().unwrap().success());
    assert_eq!(count, rows);
    let (early, peak) = (early.unwrap(), peak.unwrap());
    assert!(peak < MOST, "{peak} KiB");
    // The kernel counts roughly, so that there may be less of it in the end.
    assert!(peak.saturating_sub(early) < GROWTH, "{early} KiB, then {peak} KiB");
}

/// The most memory that a process has had, in KiB.
fn peak(status: &str) -> Option<u64> {
    let status = std::fs::read_to_string(status).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}
