//! Drift in reports that are read row by row.

use std::sync::Arc;

use enablex::{Client, NewRoom, RetryPolicy, sandbox::Sandbox};
use serde_json::{Value, json};

use crate::{
    drift::Record,
    one_of, sample,
    server::{Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

fn row(change: impl FnOnce(&mut Value)) -> Value {
    let mut row = sample("getPeriodCDR.response")["cdr"][0].clone();
    change(&mut row);
    row
}

/// Reads to the end; returns the number of rows and whether the end was a success.
async fn read(client: &Client) -> (usize, bool) {
    let mut rows = client.cdr().room(ROOM).rows();
    let mut count = 0;
    loop {
        match rows.next().await {
            Some(Ok(_)) => count += 1,
            Some(Err(_)) => return (count, false),
            None => return (count, true),
        }
    }
}

/// The reports about one response, and how its reading ended.
async fn of(status: u16, body: impl AsRef<[u8]>) -> (Vec<String>, (usize, bool)) {
    let record = Record::default();
    let server = Server::saying(http(status, "application/json", body)).await;
    let client = server.builder().observe_drift(record.observer()).build().unwrap();
    let end = read(&client).await;
    (record.lines(), end)
}

/// Each row is inspected on its own, at its location in the response.
#[tokio::test]
async fn rows() {
    let rows = [
        row(|_| {}),
        row(|row| row["user"]["token"] = json!(7)),
        row(|row| row["user"]["role"] = json!("ghost")),
        row(|row| row["user"]["role"] = json!("phantom")),
        row(|row| row["new"] = json!({"deep": [1]})),
        row(|row| row["room"] = json!([])),
        row(|row| row["published_track"]["audio"] = json!(true)),
        row(|row| row["room"]["duration"] = json!("972.36")),
        row(|row| row["trans_date"] = json!("")),
    ];
    let role = format!("unknown-value | cdr[].user.role | CdrUser.role | {} | string", one_of("Role"));
    let told = [
        "wrong-type | cdr[].user.token | CdrUser.token | string | integer",
        &role,
        "unknown-key | cdr[].new | Cdr.new | object",
        "wrong-type | cdr[].room | Cdr.room | object | array",
        "wrong-type | cdr[].published_track.audio | PublishedTrack.audio | string | boolean",
        "wrong-type | cdr[].room.duration | CdrRoom.duration | number | string",
        "broken-rule | cdr[].trans_date | Cdr.trans_date | format date-time | string",
        "unknown-key | page | CdrResponse.page | integer",
        "wrong-type | result | CdrResponse.result | string | integer",
    ];
    let body = json!({"result": 0, "page": 1, "cdr": rows}).to_string();
    assert_eq!(of(200, &body).await, (told.map(Into::into).to_vec(), (9, true)));

    // Collected, it is the same.
    let record = Record::default();
    let server = Server::saying(http(200, "application/json", &body)).await;
    let client = server.builder().observe_drift(record.observer()).build().unwrap();
    client.cdr().room(ROOM).list().await.unwrap();
    let mut whole = record.lines();
    whole.sort();
    let mut told = told;
    told.sort();
    assert_eq!(whole, told);
    assert_eq!(read(&client).await, (9, true));
    assert_eq!(record.lines(), [""; 0]);
}

/// Rows in small pieces, spread over several chunks.
#[tokio::test]
async fn rows_in_pieces() {
    let rows: Vec<_> = (0..400).map(|n| row(|row| row["new"] = json!("x".repeat(n * 7 % 300)))).collect();
    let body = json!({"cdr": rows, "result": "0"}).to_string();
    let mut answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n".to_vec();
    for piece in body.as_bytes().chunks(97) {
        answer.extend(format!("{:x}\r\n", piece.len()).as_bytes());
        answer.extend(piece);
        answer.extend(b"\r\n");
    }
    answer.extend(b"0\r\n\r\n");
    let record = Record::default();
    let server = Server::saying(answer).await;
    let client = server.builder().observe_drift(record.observer()).build().unwrap();
    assert_eq!(read(&client).await, (400, true));
    assert_eq!(record.lines(), ["unknown-key | cdr[].new | Cdr.new | string"]);
}

#[tokio::test]
async fn ends() {
    let good = row(|_| {}).to_string();
    let odd = row(|row| row["new"] = json!(1)).to_string();
    let unknown = "unknown-key | cdr[].new | Cdr.new | integer";
    let text = "no-object |  | CdrResponse | object | text";
    for (status, body, told, end) in [
        (200, r#"{"result":"0","cdr":[]}"#.to_owned(), &[][..], (0, true)),
        (200, format!(r#"{{"cdr":[{good}]}}"#), &["missing-key | result | CdrResponse.result"], (1, false)),
        (200, r#"{"result":"0"}"#.into(), &["missing-key | cdr | CdrResponse.cdr"], (0, true)),
        (
            200,
            r#"{"result":"0","cdr":null}"#.into(),
            &["null | cdr | CdrResponse.cdr | array | null"],
            (0, true),
        ),
        // A failure with the status of a success, and one after rows.
        (
            200,
            r#"{"result":"10999","error":"e"}"#.into(),
            &["unknown-code | result | ResultError.result | string | 10999"],
            (0, false),
        ),
        (
            200,
            format!(r#"{{"cdr":[{odd}],"result":10999}}"#),
            &[
                unknown,
                "unknown-key | cdr | ResultError.cdr | array",
                "unknown-code | result | ResultError.result | integer | 10999",
            ],
            (1, false),
        ),
        (
            403,
            r#"{"result":10999}"#.into(),
            &["unknown-code | result | ResultError.result | integer | 10999"],
            (0, false),
        ),
        // The rows before its end were inspected.
        (200, format!(r#"{{"cdr":[{odd},"#), &[unknown, text], (1, false)),
        (200, format!(r#"{{"cdr":[{odd},{{"new":}}],"result":"0"}}"#), &[unknown, text], (1, false)),
        (200, format!(r#"{{"cdr":[{odd}],"result":0,"#), &[unknown, text], (1, false)),
        (200, String::new(), &["no-object |  | CdrResponse | object | nothing"], (0, false)),
        (200, "<html>".into(), &[text], (0, false)),
        (200, "[1]".into(), &["no-object |  | CdrResponse | object | array"], (0, false)),
        // A row that is not JSON ends the report.
        (
            200,
            r#"{"cdr":[7],"result":"0"}"#.into(),
            &["wrong-type | cdr[] | CdrResponse.cdr[] | object | integer"],
            (0, false),
        ),
    ] {
        assert_eq!(
            of(status, &body).await,
            (told.iter().map(|told| (*told).to_owned()).collect(), end),
            "{body}"
        );
    }
    let name = row(|row| row["user"]["name"] = json!("?")).to_string();
    let body = format!(r#"{{"cdr":[{name}],"result":"0"}}"#).into_bytes();
    let body: Vec<u8> = body.into_iter().map(|byte| if byte == b'?' { 0xff } else { byte }).collect();
    assert_eq!(of(200, body).await, (vec!["mended-text | cdr[] | CdrResponse.cdr[]".to_owned()], (1, true)));
}

/// A failed attempt before the first row is inspected, too.
#[tokio::test]
async fn attempts() {
    let record = Record::default();
    let answers = std::sync::Mutex::new(vec![
        http(200, "application/json", r#"{"result":"0","cdr":[]}"#),
        http(503, "application/json", r#"{"error":"e"}"#),
    ]);
    let server = Server::answering(move |_| answers.lock().unwrap().pop().unwrap()).await;
    let clock = Arc::new(crate::clock::MovedClock::new());
    let builder = server.builder().clock(clock).retry(RetryPolicy::standard());
    let client = builder.observe_drift(record.observer()).build().unwrap();
    assert_eq!(read(&client).await, (0, true));
    assert_eq!(record.lines(), ["missing-key | result | ResultError.result"]);
}

/// With an observer, a long report keeps no more in memory than a row and what was reported.
#[tokio::test]
async fn a_long_report() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let record = Record::default();
    let client = sandbox.client_builder().observe_drift(record.observer()).body_cap(4096).build().unwrap();
    let room = client.rooms().create(NewRoom::permanent("Desk", "team-7")).await.unwrap();
    sandbox.fill_report(room.id().unwrap().as_str(), 5000);
    let mut rows = client.cdr().room(&room).rows();
    let mut count = 0;
    while let Some(row) = rows.next().await {
        row.unwrap();
        count += 1;
    }
    // The cap is a few rows: a report that was kept whole would exceed it.
    assert_eq!((count, record.lines()), (5000, vec![]));
}
