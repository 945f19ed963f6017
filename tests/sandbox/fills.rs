//! Long reports of made-up rows.

use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime},
};

use enablex::reqwest::{Method, header::CONTENT_LENGTH};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::api::{Api, DAY, day, documented};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";
/// The difference in `trans_date` between two rows.
const STEP: u64 = 5;

fn time(row: &Value) -> SystemTime {
    humantime::parse_rfc3339(row["trans_date"].as_str().unwrap()).unwrap()
}

fn distinct<'a>(rows: &'a [Value], key: &str) -> BTreeSet<&'a str> {
    rows.iter().map(|row| row[key].as_str().unwrap()).collect()
}

#[tokio::test]
async fn rows_by_the_thousand() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let id = room.trim_start_matches("/rooms/");
    let user = api.joined(&room, "participant").await;
    api.leave(&user);
    let real = api.report(&format!("/cdr/room/{id}")).await;

    let before = api.sandbox.now();
    api.sandbox.fill_report(id, 20_000);
    let after = api.sandbox.now();
    let text = api.get(&format!("/cdr/room/{id}")).await.text;
    let mut json: Value = serde_json::from_str(&text).unwrap();
    let rows: Vec<Value> = serde_json::from_value(json["cdr"].take()).unwrap();
    documented("CdrResponse", &json!({"result": "0", "cdr": rows[..100]}));
    assert_eq!(rows.len(), 20_001);
    assert_eq!(rows[..1], real);
    assert_eq!(distinct(&rows, "cdr_id").len(), 20_001);
    assert_eq!(distinct(&rows, "call_log_id").len(), 20_001);
    let latest = time(&rows[1]);
    assert!(before <= latest + Duration::from_millis(1) && latest <= after);
    let keys = |row: &Value| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    for (steps, row) in (0..).zip(&rows[1..]) {
        assert_eq!(time(row), latest - Duration::from_secs(STEP * steps));
        assert_eq!(keys(row), keys(&real[0]));
        assert_eq!(row["room"]["room_id"], id);
        let bytes = row.to_string().len();
        assert!((500..900).contains(&bytes), "{bytes}");
    }
    assert!(distinct(&rows, "conf_num").len() > 1000);

    // It is the same for every request, even later.
    api.sandbox.advance(Duration::from_secs(3 * DAY));
    assert!(api.get(&format!("/cdr/room/{id}")).await.text == text);
    // Reports of other rooms and of sessions do not contain it.
    assert_eq!(api.report(&format!("/cdr/room/{ROOM}")).await.len(), 0);
    let conf_num = rows[1]["conf_num"].as_str().unwrap();
    assert_eq!(api.report(&format!("/cdr/conf/{conf_num}")).await.len(), 0);
    assert_eq!(api.report(&format!("/archive/room/{id}")).await.len(), 0);
}

#[tokio::test]
async fn rows_of_a_period() {
    let api = Api::start().await;
    let today = api.noon();
    let filled = api.sandbox.now();
    // Half a day, a whole day and a little more.
    let rows = (DAY / 2 + DAY + 1000) / STEP;
    api.sandbox.fill_report(ROOM, rows);
    api.sandbox.fill_report("another", 10);
    let date = |days: u64| day(filled - Duration::from_secs(days * DAY));
    let tomorrow = day(filled + Duration::from_secs(DAY));
    assert_eq!(date(0), today);

    let a_day = (DAY / STEP) as usize;
    let first = days(&api, &format!("/cdr/room-period/{ROOM}/{today}/{today}")).await.len();
    // The fill may be some seconds past noon.
    assert!((a_day / 2..a_day / 2 + 20).contains(&first), "{first}");
    let last = rows as usize - first - a_day;
    let table = [
        (&tomorrow, &tomorrow, 0),
        (&date(1), &date(1), a_day),
        (&date(1), &today, a_day + first),
        (&date(2), &date(2), last),
        (&date(9), &tomorrow, rows as usize),
        (&date(9), &date(3), 0),
    ];
    for (from, to, expected) in table {
        let of_room = days(&api, &format!("/cdr/room-period/{ROOM}/{from}/{to}")).await;
        assert_eq!(of_room.len(), expected, "{from} {to}");
        assert!(of_room.iter().all(|day| (from..=to).contains(&day)));
        let of_all = days(&api, &format!("/cdr/period/{from}/{to}")).await;
        let others = if (from..=to).contains(&&today) { 10 } else { 0 };
        assert_eq!(of_all.len(), expected + others, "{from} {to}");
    }
    let rows = api.list(&format!("/cdr/period/{today}/{today}")).await;
    assert_eq!(distinct(&rows, "cdr_id").len(), first + 10);
    assert_eq!(rows.iter().filter(|row| row["room"]["room_id"] == "another").count(), 10);
}

/// The days of a report's rows.
async fn days(api: &Api, path: &str) -> Vec<String> {
    let reply = api.get(path).await;
    assert!(reply.status == 200 && reply.text.ends_with("]}"), "{path}");
    reply.text.split(r#"{"trans_date":""#).skip(1).map(|row| row[..10].to_owned()).collect()
}

#[tokio::test]
async fn a_fill_takes_the_place_of_the_one_before() {
    let api = Api::start().await;
    let path = format!("/cdr/room/{ROOM}");
    for rows in [1, 7, 0, 3] {
        api.sandbox.fill_report(ROOM, rows);
        assert_eq!(api.report(&path).await.len(), rows as usize);
    }
    api.sandbox.reset();
    assert_eq!(api.report(&path).await.len(), 0);
}

#[tokio::test]
async fn as_a_control() {
    let api = Api::start().await;
    let reply = api.control("report", json!({"room_id": "a\"b", "rows": 2})).await;
    assert_eq!((reply.status, reply.json()), (200, json!({})));
    let rows = api.report("/cdr/period/1970-01-01/9999-12-31").await;
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["room"]["room_id"], "a\"b");
    for bad in [
        json!({}),
        json!({"room_id": ROOM}),
        json!({"rows": 1}),
        json!({"room_id": 7, "rows": 1}),
        json!({"room_id": ROOM, "rows": -1}),
        json!({"room_id": ROOM, "rows": 1.5}),
        json!({"room_id": ROOM, "rows": "1"}),
        json!({"room_id": ROOM, "rows": 1, "more": 1}),
        json!([ROOM, 1]),
    ] {
        let reply = api.control("report", &bad).await;
        assert_eq!(reply.status, 400, "{bad}");
        assert!(reply.json()["reason"].is_string());
    }
}

/// Reads the first bytes and closes the connection.
async fn begin(api: &Api, path: &str) -> String {
    let mut response = api.request(Method::GET, path).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(!response.headers().contains_key(CONTENT_LENGTH));
    let chunk = response.chunk().await.unwrap().unwrap();
    String::from_utf8_lossy(&chunk).into_owned()
}

#[tokio::test]
async fn more_rows_than_anybody_reads() {
    let api = Api::start().await;
    for rows in [1_000_000_000, u64::MAX] {
        api.sandbox.fill_report(ROOM, rows);
        for path in [format!("/cdr/room/{ROOM}"), "/cdr/period/1970-01-01/1970-01-01".to_owned()] {
            let began = timeout(Duration::from_secs(60), begin(&api, &path)).await.unwrap();
            assert!(began.starts_with(r#"{"result":"0","cdr":[{"trans_date":"#), "{path}");
        }
        // The sandbox stops to generate rows.
        timeout(Duration::from_secs(60), api.get("/rooms")).await.unwrap().ok();
    }
    // No row is earlier than 1970.
    let began = begin(&api, "/cdr/period/1970-01-01/1970-01-01").await;
    assert!(began.contains(r#"{"trans_date":"1970-01-01T"#));
}
