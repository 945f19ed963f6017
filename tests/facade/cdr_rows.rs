//! CDR rows as flat records, and as CSV.

use enablex::{Cdr, CdrRow};
use serde_json::{Value, json};

use crate::{sample, server::Server};

const HEADER: &str = "cdr_id,trans_date,room_id,conf_num,user_ref,user_name,role,connected_at,\
     disconnected_at,duration_s,subscribed_minutes,published_minutes\n";

fn written(rows: &[CdrRow]) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| csv.serialize(row).unwrap());
    String::from_utf8(csv.into_inner().unwrap()).unwrap()
}

fn read(text: &str) -> Vec<CdrRow> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

async fn rows(report: Value) -> Vec<CdrRow> {
    let server = Server::json(200, report).await;
    let rows = server.client().cdr().day("2024-03-04").list().await.unwrap();
    rows.iter().map(Cdr::to_row).collect()
}

#[tokio::test]
async fn the_row_of_the_sample() {
    let rows = rows(sample("getPeriodCDR.response")).await;
    let line = "65e590ff3e,2024-03-04T09:15:00.120Z,5b473a40ad3c0a58a4e0e5c1,65e5900f1c,emp-1042,Asha Rao,\
         moderator,2024-03-04T09:15:00.120Z,2024-03-04T09:31:12.480Z,972.36,15.2,16.206\n";
    assert_eq!(written(&rows), format!("{HEADER}{line}"));
    assert_eq!(CdrRow::COLUMNS.join(",") + "\n", HEADER);
    assert_eq!(read(&written(&rows)), rows);
    let json = serde_json::to_value(&rows[0]).unwrap();
    assert_eq!((json["duration_s"].as_f64(), json["cdr_id"].as_str()), (Some(972.36), Some("65e590ff3e")));
    assert_eq!(json.as_object().unwrap().len(), CdrRow::COLUMNS.len());
    assert_eq!(serde_json::from_value::<CdrRow>(json).unwrap(), rows[0]);
}

/// Whatever is missing or cannot be read is an empty cell, and the row it comes from still has it.
#[tokio::test]
async fn what_cannot_be_read_is_empty() {
    let odd = json!({
        "cdr_id": "",
        "conf_num": "a/b",
        "room": {"room_id": ["5b"], "connect_dt": "soon", "duration": -1},
        "user": {"name": null, "ref": {"id": 1}, "role": ""},
        "usage": {"subscribed_minutes": "many", "published_minutes": "1.50"},
    });
    for (row, cell) in [(json!({}), ""), (odd, "1.5")] {
        let rows = rows(json!({"result": "0", "cdr": [row]})).await;
        assert_eq!(written(&rows), format!("{HEADER}{}{cell}\n", ",".repeat(11)));
        assert_eq!(read(&written(&rows)), rows);
    }
    let cdr: Cdr = serde_json::from_value(json!({"conf_num": "a/b"})).unwrap();
    assert_eq!(serde_json::to_value(&cdr).unwrap(), json!({"conf_num": "a/b"}));
    assert_eq!(CdrRow::from(&cdr), CdrRow::default());
}

#[tokio::test]
async fn texts_stay_as_they_are() {
    let names = [
        "=1+1",
        "+49",
        "-2",
        "@x",
        "a,b",
        "say \"hi\"",
        "two\nlines",
        "cr\rlf\r\n",
        " blank ",
        "00123",
        "录像",
    ];
    let cdr: Vec<_> = names.iter().map(|name| json!({"user": {"name": name, "ref": name}})).collect();
    let rows = rows(json!({"result": "0", "cdr": cdr})).await;
    let read = read(&written(&rows));
    let texts: Vec<_> = read.iter().map(|row| (row.user_name.as_deref(), row.user_ref.as_deref())).collect();
    assert_eq!(texts, names.map(|name| (Some(name), Some(name))));
}

#[tokio::test]
async fn times_are_utc_with_milliseconds() {
    let row = json!({"trans_date": "2024-03-04 09:15:00", "room": {
        "connect_dt": "2024-03-04T09:15:00.1239999Z", "disconnect_dt": "2024-03-04T11:15:00+02:00",
    }});
    let rows = rows(json!({"result": "0", "cdr": [row]})).await;
    let times = [&rows[0].trans_date, &rows[0].connected_at, &rows[0].disconnected_at];
    let expected = ["2024-03-04T09:15:00.000Z", "2024-03-04T09:15:00.123Z", "2024-03-04T09:15:00.000Z"];
    assert_eq!(times.map(|time| time.as_deref().unwrap()), expected);
}

/// A file of an older version, without the last columns, and one of a newer version.
#[test]
fn other_columns() {
    let older = read("cdr_id,user_ref\n1,emp-1042\n");
    assert_eq!((older[0].user_ref.as_deref(), older[0].duration_s), (Some("emp-1042"), None));
    let newer = read("cdr_id,duration_s,later\n1,60,x\n");
    assert_eq!((newer[0].cdr_id.as_deref(), newer[0].duration_s), (Some("1"), Some(60.)));
}

#[tokio::test]
async fn no_secret_gets_into_a_row() {
    let mut report = sample("getPeriodCDR.response");
    report["cdr"][0]["user"]["token"] = "eyJ-secret".into();
    let rows = rows(report).await;
    assert!(!format!("{rows:?}{}", written(&rows)).contains("secret"));
}
