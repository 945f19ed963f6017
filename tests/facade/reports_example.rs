//! The reports example, run like a user runs it.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

use enablex::{ErrorKind, sandbox::Sandbox};
use serde_json::{Value, json};

use crate::{
    run, sample,
    server::{Server, http},
};

fn example() -> Command {
    crate::example("reports")
}

/// The example, with a server for EnableX.
fn at(server: &Server) -> Command {
    crate::example_at("reports", server)
}

/// The one object that a failed run prints, and its standard output.
fn failure(command: &mut Command, status: i32) -> (Value, String) {
    let (code, stdout, stderr) = run(command.arg("--json"));
    assert_eq!(code, status, "{stderr}");
    let report: Value = serde_json::from_str(&stderr).unwrap();
    let keys: Vec<_> = report["error"].as_object().unwrap().keys().map(String::as_str).collect();
    let documented = ["advice", "code", "kind", "message", "request_id", "retryable", "status", "violations"];
    assert_eq!(keys, documented);
    (report["error"].clone(), stdout)
}

/// The field that is refused, and the rule if the example itself checks it.
fn complaints(error: &Value) -> Vec<&str> {
    let violations = error["violations"].as_array().unwrap().iter();
    let told = |broken: &'static str, violation: &Value| violation["field"] == broken;
    violations
        .map(|violation| if told("arguments", violation) { &violation["rule"] } else { &violation["field"] })
        .map(|text| text.as_str().unwrap())
        .collect()
}

fn objects(stdout: &str) -> Vec<Value> {
    let rows: Vec<Value> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.iter().all(Value::is_object));
    assert!(stdout.is_empty() || stdout.ends_with('\n'));
    rows
}

/// A report with the sample's row this many times.
fn report(rows: usize) -> Value {
    let row = &sample("getPeriodCDR.response")["cdr"][0];
    json!({"result": "0", "cdr": vec![row; rows]})
}

#[test]
fn people_see_who_was_connected() {
    let (code, stdout, stderr) = run(example().arg("cdr"));
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("sandbox") && stderr.lines().count() == 1, "{stderr}");
    let (table, summary) = stdout.split_once("\n\n").unwrap();
    assert_eq!(table.lines().filter(|line| line.contains("Asha Rao")).count(), 3);
    for word in ["user_ref", "cust-7731", "moderator", "viewer", "17.0"] {
        assert!(table.contains(word), "{table}");
    }
    for line in ["rows     12", "users    6", "minutes  412.0"] {
        assert!(summary.lines().any(|told| told == line), "{summary}");
    }
    let bars: Vec<_> = summary.lines().filter(|line| line.contains('█')).collect();
    assert!(bars.len() >= 3 && bars.iter().all(|bar| bar.chars().count() <= 80), "{summary}");
    assert!(bars.iter().any(|bar| bar.chars().count() == 80), "{summary}");
}

#[test]
fn people_see_what_was_recorded() {
    let (code, stdout, stderr) = run(example().arg("archive"));
    assert_eq!(code, 0, "{stderr}");
    let (table, summary) = stdout.split_once("\n\n").unwrap();
    assert!(table.contains("/session.mp4") && table.contains("transcoded"), "{table}");
    let told: Vec<_> = summary.lines().map(|line| line.split_whitespace().collect::<Vec<_>>()).collect();
    for (kind, files) in [("entries", "3"), ("recording", "6"), ("chat", "3"), ("metadata", "3")] {
        assert!(told.contains(&vec![kind, files]), "{summary}");
    }
    assert!(summary.contains("files by day\n"));
}

#[test]
fn programs_get_a_row_a_line_and_nothing_else() {
    for (kind, rows) in [("cdr", 12), ("archive", 3)] {
        let (code, stdout, _) = run(example().args([kind, "--json"]));
        assert_eq!(code, 0);
        let objects = objects(&stdout);
        assert_eq!(objects.len(), rows);
        assert!(objects.iter().all(|row| row["conf_num"].is_string()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_combination_asks_for_its_own() {
    let server = Server::answering(|request| {
        let list = if request.line.contains("/cdr/") { "cdr" } else { "archive" };
        http(200, "application/json", json!({"result": "0", list: []}).to_string())
    })
    .await;
    let period = ["--from", "2026-03-01", "--to", "2026-03-31"];
    let room = ["--room", "5b473a40"];
    let combinations = [
        (period.to_vec(), "period/2026-03-01/2026-03-31"),
        (room.to_vec(), "room/5b473a40"),
        ([period.to_vec(), room.to_vec()].concat(), "room-period/5b473a40/2026-03-01/2026-03-31"),
        (vec!["--conf", "65e5900f1c"], "conf/65e5900f1c"),
    ];
    for kind in ["cdr", "archive"] {
        for (args, path) in &combinations {
            let (code, stdout, stderr) = run(at(&server).arg(kind).args(args));
            assert_eq!((code, stderr.as_str()), (0, ""));
            let none = if kind == "cdr" { "rows     0" } else { "entries     0" };
            assert!(stdout.starts_with(none), "{stdout}");
            let line = server.received().last().unwrap().line.clone();
            assert_eq!(line, format!("GET /video/v2/{kind}/{path} HTTP/1.1"));
        }
    }
    assert_eq!(server.received().len(), 8);

    assert_eq!(run(at(&server).args(["cdr", "--json"])).0, 0);
    let line = server.received().last().unwrap().line.clone();
    let days = line.strip_prefix("GET /video/v2/cdr/period/").unwrap().strip_suffix(" HTTP/1.1").unwrap();
    let (from, to) = days.split_once('/').unwrap();
    let [from, to] = [from, to].map(|day| day.parse::<enablex::Date>().unwrap());
    // Seven days, and one more in case the service excludes the last day of a period.
    assert_eq!(from.plus_days(7).unwrap(), to);
    let age = std::time::SystemTime::now().duration_since(to.plus_days(-1).unwrap().start()).unwrap();
    assert!(age.as_secs() < 25 * 60 * 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_told_all_at_once_and_nothing_is_sent() {
    const NO_REPORT: &str = "one report is to be named, cdr or archive, see --help";
    const HALF: &str = "--from and --to are given together or not at all";
    const CONF_AND_ROOM: &str = "--conf goes without --room";
    const CONF_AND_PERIOD: &str = "--conf goes without --from and --to";

    let server = Server::json(200, report(1)).await;
    for (args, told) in [
        (&[][..], &[NO_REPORT][..]),
        (&["cdrs"], &[NO_REPORT]),
        (&["cdr", "archive"], &[NO_REPORT]),
        (&["cdr", "--from", "2026-03-01"], &[HALF]),
        (&["cdr", "--to", "2026-03-01"], &[HALF]),
        (&["cdr", "--from", "2026-02-30"], &[HALF, "from_date"]),
        (&["cdr", "--to", "", "--room", "5b47"], &[HALF, "to_date"]),
        (&["cdr", "--from", "today", "--to", "tomorrow"], &["from_date", "to_date"]),
        (&["cdr", "--from", "2026-03-02", "--to", "2026-03-01"], &["from_date"]),
        (&["archive", "--room", "a/b"], &["room_id"]),
        (&["archive", "--conf", ".."], &["conf_num"]),
        (&["cdr", "--conf", "65e5", "--room", "5b47"], &[CONF_AND_ROOM]),
        (&["cdr", "--conf", "65e5", "--from", "2026-03-01", "--to", "2026-03-02"], &[CONF_AND_PERIOD]),
        (
            &["--conf", "a b", "--room", "", "--from", "x"],
            &[NO_REPORT, HALF, CONF_AND_ROOM, CONF_AND_PERIOD, "from_date", "room_id", "conf_num"],
        ),
    ] {
        let (error, stdout) = failure(at(&server).args(args), 2);
        assert_eq!((complaints(&error).as_slice(), stdout.as_str()), (told, ""), "{args:?}");
        assert_eq!((&error["kind"], &error["advice"]), (&json!("invalid_input"), &json!("fix_request")));
        assert_eq!((&error["retryable"], &error["status"]), (&json!(false), &Value::Null));
        let (code, stdout, stderr) = run(at(&server).args(args));
        assert_eq!((code, stdout.as_str()), (2, ""), "{args:?}");
        assert!(stderr.starts_with("error: "), "{stderr}");
    }
    for args in [&["cdr", "--nonsense"][..], &["cdr", "--json=1"], &["archive", "--room"]] {
        let (code, stdout, stderr) = run(at(&server).arg("--json").args(args));
        assert_eq!((code, stdout.as_str()), (2, ""));
        let report: Value = serde_json::from_str(&stderr).unwrap();
        assert_eq!(report["error"]["kind"], "invalid_input");
    }
    let (error, _) =
        failure(at(&server).env("ENABLEX_APP_KEY", "").args(["cdr", "--room", ".", "--to", "x"]), 2);
    assert_eq!(complaints(&error), [HALF, "ENABLEX_APP_KEY", "to_date", "room_id"]);
    assert!(server.received().is_empty());

    let (code, stdout, _) = run(at(&server).arg("--help"));
    assert!(code == 0 && stdout.starts_with("usage:"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_call_is_told_as_one_object() {
    let server = Server::json(200, sample("error.cdr.10203-to_date")).await;
    let (error, stdout) = failure(at(&server).arg("cdr"), 1);
    assert_eq!((&error["kind"], &error["code"]), (&json!("api"), &json!(10_203)));
    assert_eq!((&error["status"], stdout.as_str()), (&json!(200), ""));

    let (code, stdout, stderr) = run(at(&server).arg("archive"));
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with("error: getPeriodArchive: ") && stderr.contains("advice: "), "{stderr}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_breaks_off_leaves_its_rows_and_no_summary() {
    let whole = http(200, "application/json", report(3).to_string());
    let server = Server::saying(&whole[..whole.len() - 20]).await;
    let (error, stdout) = failure(at(&server).arg("cdr"), 1);
    assert_eq!(error["kind"], ErrorKind::Transport.as_str());
    assert_eq!(objects(&stdout).len(), 2);

    let (code, stdout, stderr) = run(at(&server).arg("cdr"));
    assert_eq!(code, 1);
    assert_eq!(stdout.lines().count(), 1 + 2, "{stdout}");
    assert_eq!(stdout.matches("Asha Rao").count(), 2);
    assert!(stderr.starts_with("error: getPeriodCDR: "), "{stderr}");

    // A row that is not JSON, and an end that is not a success.
    for body in [
        json!({"cdr": [report(1)["cdr"][0], 7, {}], "result": "0"}),
        json!({"cdr": [report(1)["cdr"][0]], "result": 10_000}),
    ] {
        let server = Server::json(200, body).await;
        let (_, stdout) = failure(at(&server).arg("cdr"), 1);
        assert!(objects(&stdout).len() <= 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn text_from_outside_does_not_steer_the_terminal() {
    let mut body = report(1);
    body["cdr"][0]["user"]["name"] = "\u{1b}[2J\u{202e}".into();
    body["cdr"][0]["user"]["ref"] = "a\\u\r\nb".into();
    body["cdr"][0]["user"]["role"] = "\u{9b}host".into();
    let server = Server::json(200, body).await;
    let (code, stdout, _) = run(at(&server).arg("cdr"));
    assert_eq!(code, 0);
    assert!(stdout.contains(r"\u{1b}[2J\u{202…  a\\u\r\nb     \u{9b}host"), "{stdout}");
    assert!(!stdout.contains(|c: char| c.is_control() && c != '\n'));

    let entry = json!({"_id": "1", "recording": [{"url": "https://a.example/\u{7}\u{1b}]0;x"}]});
    let server = Server::json(200, json!({"result": "0", "archive": [entry]})).await;
    let (code, stdout, _) = run(at(&server).arg("archive"));
    assert_eq!(code, 0);
    assert!(stdout.contains(r"https://a.example/\u{7}\u{1b}]0;x"), "{stdout}");

    let refusal = json!({"result": 10_000, "error": "\u{1b}[2J", "desc": "\u{1b}]0;x\u{7}"});
    let server = Server::json(200, refusal).await;
    let (code, _, stderr) = run(at(&server).arg("archive"));
    assert_eq!(code, 1);
    assert!(!stderr.contains(|c: char| c.is_control() && c != '\n'), "{stderr:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_of_any_width_keep_to_their_columns() {
    let names =
        ["Ann", "李".repeat(20).as_str(), "李Maximiliane Oberhuber", "0123456789abcdef"].map(String::from);
    let rows = names.iter().map(|name| json!({"user": {"name": name, "ref": "|"}}));
    let server = Server::json(200, json!({"result": "0", "cdr": rows.collect::<Vec<_>>()})).await;
    let (code, stdout, _) = run(at(&server).arg("cdr"));
    assert_eq!(code, 0);
    for cell in [
        "  Ann               |  ",
        "  李李李李李李李…   |  ",
        "  李Maximiliane O…  |  ",
        "  0123456789abcdef  |  ",
    ] {
        assert!(stdout.contains(cell), "{stdout}");
    }
    // Neither dates nor durations are known.
    assert!(stdout.contains("users    1\n") && stdout.contains("and 4 rows without a duration"), "{stdout}");
    assert!(stdout.contains("no date"), "{stdout}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_told() {
    let days = ["2026-02-28", "2026-03-01", "2026-03-04"];
    let entries = days.map(|day| json!({"trans_date": format!("{day}T23:59:59.999Z"), "recording": []}));
    let server = Server::json(200, json!({"result": "0", "archive": entries})).await;
    let (code, stdout, _) = run(at(&server).arg("archive"));
    assert_eq!(code, 0);
    let (table, summary) = stdout.split_once("\n\n").unwrap();
    assert!(table.lines().all(|line| line.ends_with("-           -") || line.ends_with("url")), "{table}");
    assert!(table.contains("2026-02-28 23:59:59  - "), "{table}");
    let plot = "2026-02-28   0\n2026-03-01   0\n...\n2026-03-04   0\n";
    assert_eq!(summary, format!("entries     3\n\nfiles by day\n{plot}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_read_enough_may_go() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    sandbox.fill_report("desk", 200_000);
    for json in [&["--json"][..], &[]] {
        let mut child = example()
            .env("ENABLEX_APP_ID", sandbox.app_id())
            .env("ENABLEX_APP_KEY", sandbox.app_key())
            .env("ENABLEX_BASE_URL", sandbox.base_url())
            .args(["cdr", "--room", "desk"])
            .args(json)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert_eq!((child.wait().unwrap().code(), stderr.as_str()), (Some(0), ""));
        assert!(!line.is_empty());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    for (args, status) in [(&["cdr"][..], 1), (&["cdr", "--json"], 1), (&["--help"], 1)] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let output = example().args(args).stdout(full).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        assert!(stderr.contains("cannot print the result"), "{stderr}");
    }
}
