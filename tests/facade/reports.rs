//! Collected call reports and archives.

use std::time::{Duration, SystemTime};

use enablex::{Archive, ArchiveKind, Cdr, Date, ErrorKind, Period, Role, wire::Lenient};
use serde_json::{Value, json};

use crate::{sample, server::Server};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";
const CONF: &str = "65e5900f1c";

/// 2024-03-04T09:15:00.120Z
const CONNECTED: Duration = Duration::from_millis(1_709_543_700_120);

#[tokio::test]
async fn every_route() {
    let server = Server::answering(|request| {
        let name = if request.line.contains("/cdr/") { "getPeriodCDR" } else { "getArchiveByRoom" };
        crate::server::http(200, "application/json", sample(&format!("{name}.response")).to_string())
    })
    .await;
    let client = server.client();
    let days = Period::try_from("2024-03-01"..="2024-03-31").unwrap();
    let (cdr, archive) = (client.cdr(), client.archive());
    for rows in [
        cdr.period(days).list().await,
        cdr.room(ROOM).list().await,
        cdr.room_period(ROOM, days).list().await,
        cdr.conf(CONF).list().await,
        Ok(vec![cdr.period(days).rows().next().await.unwrap().unwrap()]),
    ] {
        assert_eq!(rows.unwrap().len(), 1);
    }
    for entries in [
        archive.period(days).list().await,
        archive.room(ROOM).list().await,
        archive.room_period(ROOM, days).list().await,
        archive.conf(CONF).list().await,
        Ok(vec![archive.conf(CONF).rows().next().await.unwrap().unwrap()]),
    ] {
        assert_eq!(entries.unwrap().len(), 1);
    }
    let lines: Vec<_> = server.received().iter().map(|request| request.line.clone()).collect();
    let expected = [
        "cdr/period/2024-03-01/2024-03-31",
        "cdr/room/5b473a40ad3c0a58a4e0e5c1",
        "cdr/room-period/5b473a40ad3c0a58a4e0e5c1/2024-03-01/2024-03-31",
        "cdr/conf/65e5900f1c",
        "cdr/period/2024-03-01/2024-03-31",
        "archive/period/2024-03-01/2024-03-31",
        "archive/room/5b473a40ad3c0a58a4e0e5c1",
        "archive/room-period/5b473a40ad3c0a58a4e0e5c1/2024-03-01/2024-03-31",
        "archive/conf/65e5900f1c",
        "archive/conf/65e5900f1c",
    ];
    assert_eq!(lines, expected.map(|path| format!("GET /video/v2/{path} HTTP/1.1")));
    for request in server.received() {
        assert_eq!(request.header("accept"), Some("application/json"));
        assert!(request.header("authorization").unwrap().starts_with("Basic "));
        assert_eq!(request.header("api-version"), None);
    }
}

fn assert_is_the_cdr_sample(row: &Cdr) {
    assert_eq!(row.conf_num().unwrap().as_str(), CONF);
    assert_eq!(row.room_id().unwrap().as_str(), ROOM);
    assert_eq!(row.connected_at(), Some(SystemTime::UNIX_EPOCH + CONNECTED));
    assert_eq!(
        row.disconnected_at().unwrap().duration_since(row.connected_at().unwrap()).unwrap(),
        Duration::from_millis(972_360)
    );
    assert_eq!(row.duration(), Some(Duration::from_secs_f64(972.36)));
    assert_eq!((row.user_name(), row.user_ref()), (Some("Asha Rao"), Some("emp-1042")));
    assert_eq!(row.role(), Some(&Role::Moderator));
    assert_eq!((row.subscribed_minutes(), row.published_minutes()), (Some(15.2), Some(16.206)));
    let server = row.sigserver.as_ref().unwrap();
    assert_eq!(
        (&server.duration, &server.hold_duration),
        (&Some(Lenient::Read(972.698)), &Some(Lenient::Read(1.25)))
    );
    let published = row.published_track.as_ref().unwrap();
    assert_eq!(
        (&published.audio, &published.screen),
        (&Some(Lenient::Read(true)), &Some(Lenient::Read(false)))
    );
    assert_eq!(row.user.as_ref().unwrap().token.as_ref().unwrap().expose(), "");
    let texts = [row.trans_date.as_ref().unwrap().to_string(), server.duration.as_ref().unwrap().to_string()];
    assert_eq!(texts, ["2024-03-04T09:15:00.120Z", "972.698"]);
}

#[tokio::test]
async fn samples() {
    let server = Server::json(200, sample("getPeriodCDR.response")).await;
    let client = server.client();
    let rows = client.cdr().room(ROOM).list().await.unwrap();
    assert_is_the_cdr_sample(&rows[0]);
    let mut rows = client.cdr().room(ROOM).rows();
    assert_is_the_cdr_sample(&rows.next().await.unwrap().unwrap());
    assert!(rows.next().await.is_none() && rows.next().await.is_none());

    let server = Server::json(200, sample("getCDRByRoom.empty.response")).await;
    assert!(server.client().cdr().room(ROOM).list().await.unwrap().is_empty());
    assert!(server.client().cdr().room(ROOM).rows().next().await.is_none());

    let server = Server::json(200, sample("getArchiveByRoom.response")).await;
    let entries = server.client().archive().room(ROOM).list().await.unwrap();
    let entry: &Archive = &entries[0];
    assert_eq!((entry.id(), entry.conf_num().unwrap().as_str()), (Some("65e5a01f9d"), CONF));
    assert_eq!(entry.room_id().unwrap().as_str(), ROOM);
    // 2024-03-04T09:40:00Z
    assert_eq!(entry.trans_date(), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(1_709_545_200)));
    let links: Vec<_> = entry.links().map(|link| (link.kind, link.url)).collect();
    let expected = [
        (ArchiveKind::Recording, "https://archive.example.com/a/stream-1.mkv"),
        (ArchiveKind::Transcoded, "https://archive.example.com/a/session.mp4"),
        (ArchiveKind::Chat, "https://archive.example.com/a/chatdata.json"),
        (ArchiveKind::Metadata, "https://archive.example.com/a/metadata.json"),
    ];
    assert_eq!(links, expected);
    let link = entry.links().next().unwrap();
    assert_eq!(link.parse_url().unwrap().host_str(), Some("archive.example.com"));
    assert_eq!(link.file_name().as_deref(), Some("stream-1.mkv"));

    let server = Server::json(200, sample("error.cdr.10203-to_date")).await;
    let error = server.client().cdr().period("2024-03-01"..="2024-03-31").list().await.unwrap_err();
    assert_eq!((error.kind(), error.code().and_then(|code| code.result())), (ErrorKind::Api, Some(10203)));
    let error = server.client().cdr().room(ROOM).rows().next().await.unwrap().unwrap_err();
    assert_eq!(
        (error.operation(), error.code().and_then(|code| code.result())),
        (Some("getCDRByRoom"), Some(10203))
    );
}

/// An undocumented value costs its own field only, collected and streamed.
#[tokio::test]
async fn sloppy_rows() {
    let odd = json!({
        "conf_num": 7, "cdr_id": null, "new": {"a": [1]}, "room": {"duration": "12.50", "room_id": "../..", "left": 1},
        "user": [], "published_track": {"audio": 1, "data": "perhaps", "video": false}, "usage": 5,
        "sigserver": {"connect_dt": "soon"}, "trans_date": "2024-03-04T23:59:60Z",
    });
    let server = Server::json(200, json!({"cdr": [odd], "result": 0})).await;
    let client = server.client();
    let listed = client.cdr().room(ROOM).list().await.unwrap().remove(0);
    let streamed = client.cdr().room(ROOM).rows().next().await.unwrap().unwrap();
    for row in [listed, streamed] {
        assert_eq!((row.conf_num().unwrap().as_str(), row.room_id()), ("7", None));
        assert_eq!(row.duration(), Some(Duration::from_millis(12_500)));
        assert_eq!(
            (&row.extra["user"], &row.extra["usage"], &row.extra["new"]),
            (&json!([]), &json!(5), &json!({"a": [1]}))
        );
        assert_eq!(row.room.as_ref().unwrap().extra["left"], 1);
        let published = row.published_track.as_ref().unwrap();
        assert_eq!(published.audio, Some(Lenient::Read(true)));
        assert_eq!(published.data, Some(Lenient::Raw("perhaps".into())));
        let written = serde_json::to_value(&row).unwrap();
        assert_eq!(written["trans_date"], "2024-03-04T23:59:60Z");
        assert_eq!(written["room"]["room_id"], "../..");
    }
    for empty in [
        json!({"result": "0"}),
        json!({"result": 0, "cdr": null}),
        json!({"cdr": [], "result": 0, "more": [{}]}),
    ] {
        let server = Server::json(200, &empty).await;
        assert!(server.client().cdr().room(ROOM).list().await.unwrap().is_empty(), "{empty}");
        assert!(server.client().cdr().room(ROOM).rows().next().await.is_none(), "{empty}");
    }
    let entry = json!({"result": 0, "archive": [{"recording": null, "transcoded": [{}, {"url": 5}], "chatdata": ""}]});
    let server = Server::json(200, entry).await;
    let entries = server.client().archive().room(ROOM).list().await.unwrap();
    assert_eq!(entries[0].links().map(|link| link.url).collect::<Vec<_>>(), ["5"]);
    assert!(entries[0].links().next().unwrap().parse_url().is_err());
    for (url, name) in [
        ("https://h/a/b%2Fc.mp4?d=/e", None),
        ("https://h/a/", None),
        ("https://h/a/..", None),
        ("https://h", None),
        ("https://h/a\\b", Some("b")),
        ("data:a", None),
    ] {
        let server = Server::json(200, json!({"result": 0, "archive": [{"chatdata": url}]})).await;
        let entries = server.client().archive().room(ROOM).list().await.unwrap();
        assert_eq!(entries[0].links().next().unwrap().file_name().as_deref(), name, "{url}");
    }
}

/// A body that is not a report is an error, collected and streamed.
#[tokio::test]
async fn what_is_no_report() {
    let row = sample("getPeriodCDR.response")["cdr"][0].clone();
    for body in [
        json!({"cdr": [row]}).to_string(),
        json!({"cdr": [row], "result": "1"}).to_string(),
        json!({"cdr": [row], "result": "0", "error_code": "INVALID_PARAM"}).to_string(),
        json!({"cdr": {"0": row}, "result": "0"}).to_string(),
        json!({"cdr": "none", "result": "0"}).to_string(),
        json!({"cdr": [row, 5], "result": "0"}).to_string(),
        json!({"cdr": [row, null], "result": "0"}).to_string(),
        json!({"cdr": [row, []], "result": "0"}).to_string(),
        json!({"cdr": [row, "row"], "result": "0"}).to_string(),
        json!([0, [row]]).to_string(),
        json!([row]).to_string(),
        format!(r#"{{"cdr":[{row}],"result":"0"}}{{}}"#),
        format!(r#"{{"cdr":[{row}],"result":"0"}} x"#),
        format!(r#"{{"cdr":[{row}],"cdr":[{row}],"result":"0"}}"#),
        format!(r#"{{"cdr":[{row},],"result":"0"}}"#),
        format!(r#"{{"cdr":[,{row}],"result":"0"}}"#),
        format!(r#"{{"cdr":[{row} {row}],"result":"0"}}"#),
        format!(r#"{{"cdr":[{row}}},"result":"0"}}"#),
        format!(r#"{{"cdr" [{row}],"result":"0"}}"#),
        format!(r#"{{"x":"cdr":[{row}],"result":"0"}}"#),
        format!(r#"{{cdr:[{row}],"result":"0"}}"#),
        "<html>".to_owned(),
        String::new(),
    ] {
        let server = Server::json(200, &body).await;
        let listed = server.client().cdr().room(ROOM).list().await.unwrap_err();
        let mut rows = server.client().cdr().room(ROOM).rows();
        let error = loop {
            match rows.next().await {
                Some(Ok(row)) => assert_is_the_cdr_sample(&row),
                Some(Err(error)) => break error,
                None => panic!("{body}"),
            }
        };
        assert_eq!((error.kind(), error.code()), (listed.kind(), listed.code()), "{body}");
        assert!(matches!(error.kind(), ErrorKind::UnexpectedAnswer | ErrorKind::Api), "{body}");
        assert!(rows.next().await.is_none(), "{body}");
    }
}

/// Every form of an instant is read as that instant, and its text is kept.
#[tokio::test]
async fn instants() {
    let texts = [
        ("2024-03-04T09:15:00Z", true),
        ("2024-03-04 09:15:00", true),
        ("2024-03-04T09:15:00.1", true),
        ("2024-03-04T09:15:00.123456789Z", true),
        ("9999-12-31T23:59:59.999Z", true),
        ("2024-03-04T09:15:00.123+05:30", true),
        ("2024-03-04T09:15:00+05:30", true),
        ("2024-03-04T09:15:00.5+zzzzz", false),
        ("2024-03-04T09:15:00.1234567891Z", true),
        ("2024-03-04T09:15:00.Z", false),
        ("2024-03-04T09:15:60Z", false),
        ("2024-02-30T09:15:00Z", false),
        ("2024-03-04", false),
    ];
    let rows: Vec<_> = texts.iter().map(|(text, _)| json!({"trans_date": text})).collect();
    let server = Server::json(200, json!({"result": 0, "cdr": rows})).await;
    for (row, (text, is_read)) in server.client().cdr().room(ROOM).list().await.unwrap().iter().zip(texts) {
        assert_eq!(row.trans_date().is_some(), is_read, "{text}");
        let written = serde_json::to_value(row).unwrap()["trans_date"].as_str().unwrap().to_owned();
        let plain = |text: &str| text.replace(' ', "T").trim_end_matches('Z').to_owned();
        assert!(plain(&written).starts_with(&plain(text)), "{text} {written}");
    }
}

/// The secret parts of an address are not printed.
#[tokio::test]
async fn links_are_not_printed_whole() {
    let [url, user] =
        ["https://archive.example.com/a?sig=marked", "https://user:marked@archive.example.com/a"];
    let entry = json!({"recording": [{"url": url}], "transcoded": [{"url": user}], "chatdata": url, "metadata": user});
    let server = Server::json(200, json!({"result": 0, "archive": [entry]})).await;
    let read = server.client().archive().room(ROOM).list().await.unwrap().remove(0);
    let links: Vec<_> = read.links().collect();
    assert!(!format!("{read:?} {links:?}").contains("marked"));
    assert_eq!(links.iter().map(|link| link.url).collect::<Vec<_>>(), [url, user, url, user]);
    assert_eq!(serde_json::to_value(&read).unwrap(), entry);
}

/// Secrets are redacted wherever they stand.
#[tokio::test]
async fn secrets_in_wrong_places() {
    let row =
        json!({"user": [{"token": "marked"}], "token": "marked", "more": {"password": "marked", "a": 1}});
    let server = Server::json(200, json!({"result": 0, "cdr": [row]})).await;
    let row = server.client().cdr().room(ROOM).list().await.unwrap().remove(0);
    assert_eq!(row.extra["user"], json!([{"token": "marked"}]));
    let written = serde_json::to_value(&row).unwrap();
    assert!(!format!("{row:?} {written}").contains("marked"), "{written}");
    assert_eq!(written["more"]["a"], 1);

    let body = json!({"result": 10203, "desc": "bad marked", "cdr": [{"user": {"token": "marked"}}]});
    for status in [200, 400] {
        let server = Server::json(status, &body).await;
        let error = server.client().cdr().room(ROOM).list().await.unwrap_err();
        assert!(!format!("{error} {error:?}").contains("marked"), "{error}");
    }
}

/// A collected and a streamed report give the same rows.
#[tokio::test]
async fn odd_text_beside_the_rows() {
    for body in [
        &br#"{"note":"\ud83d","cdr":[{"cdr_id":"1"}],"result":0}"#[..],
        b"{\"note\":\"caf\xe9\",\"cdr\":[{\"cdr_id\":\"1\"}],\"result\":0}",
        br#"{"note":1e999,"cdr":[{"cdr_id":"1"}],"result":0}"#,
        b"{\"cdr\":[{\"cdr_id\":\"1\",\"x\":\"caf\xe9 \\ud83d\"}],\"note\":1e999,\"result\":0}",
    ] {
        let server = Server::saying(crate::server::http(200, "application/json", body)).await;
        assert_eq!(server.client().cdr().room(ROOM).list().await.unwrap().len(), 1);
        let mut rows = server.client().cdr().room(ROOM).rows();
        rows.next().await.unwrap().unwrap();
        assert!(rows.next().await.is_none());
    }
}

#[test]
fn periods() {
    let day = Date::new(2024, 3, 1).unwrap();
    let (from, to) = ("2024-03-01".to_owned(), "2024-03-31".to_owned());
    let march = Period::try_from("2024-03-01"..="2024-03-31").unwrap();
    assert_eq!((march.from_date(), march.to_date().to_string()), (day, to.clone()));
    assert_eq!(Period::try_from((&from, &to)).unwrap(), march);
    assert_eq!(Period::try_from((day, "2024-03-31")).unwrap(), march);
    assert_eq!(Period::try_from((from.clone(), to)).unwrap(), march);
    assert_eq!(Period::try_from("2024-03-01").unwrap(), day.into());
    assert_eq!(Period::try_from("").unwrap_err().violations().len(), 2);
}

#[test]
fn dates() {
    let day: Date = "2024-02-29".parse().unwrap();
    assert_eq!((day.to_string(), format!("{day:?}")), ("2024-02-29".into(), "2024-02-29".into()));
    assert_eq!(day.plus_days(1).unwrap(), Date::new(2024, 3, 1).unwrap());
    assert_eq!(day.plus_days(-366 - 365).unwrap(), Date::new(2022, 2, 28).unwrap());
    // 2024-02-29T00:00:00Z
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_709_164_800);
    assert_eq!(day.start(), start);
    assert_eq!(Date::try_from(start + Duration::from_secs(86_399)).unwrap(), day);
    assert_eq!(Date::try_from(start - Duration::from_nanos(1)).unwrap().to_string(), "2024-02-28");
    for text in ["1970-01-01", "2000-02-29", "9999-12-31"] {
        assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
    }
    assert!(Date::new(9999, 12, 31).unwrap().plus_days(1).is_err());
    assert!(Date::new(1970, 1, 1).unwrap().plus_days(-1).is_err());
    assert!(day.plus_days(i64::MIN).is_err() && day.plus_days(i64::MAX).is_err());
    assert!(Date::new(2023, 2, 29).is_err() && Date::new(u16::MAX, 255, 255).is_err());
}

fn is_send(_: &(impl Send + 'static)) {}

#[tokio::test]
async fn rows_outlive_the_client_and_go_to_other_tasks() {
    let server = Server::json(200, sample("getPeriodCDR.response")).await;
    let mut rows = server.client().cdr().room(ROOM).rows();
    is_send(&rows);
    let row = tokio::spawn(async move { rows.next().await.unwrap().unwrap() }).await.unwrap();
    assert_is_the_cdr_sample(&row);
    let value: Value = serde_json::to_value(&row).unwrap();
    assert_eq!(value["user"]["token"], "[redacted]");
}

/// A report of one day is right whether or not EnableX includes the last day of a period.
#[tokio::test]
async fn one_day() {
    let row = |time: &str| json!({"cdr_id": time, "_id": time, "trans_date": time});
    let times = [
        "2026-03-08T23:59:59.999Z",
        "2026-03-09T00:00:00Z",
        "2026-03-09T23:59:59.999Z",
        "2026-03-10T04:00:00+05:30",
        "2026-03-10T00:00:00Z",
        "soon",
    ];
    let rows: Vec<_> = times.iter().map(|time| row(time)).collect();
    // The service sends the next day only if it includes the last day.
    for rows in [rows.clone(), [&rows[..4], &rows[5..]].concat()] {
        let server = Server::json(200, json!({"result": 0, "cdr": rows, "archive": rows})).await;
        let client = server.client();
        let day = "2026-03-09";
        let asked = [&times[1..4], &times[5..]].concat();
        for report in [client.cdr().day(day), client.cdr().room_day(ROOM, Date::new(2026, 3, 9).unwrap())] {
            let listed = report.list().await.unwrap();
            let ids: Vec<_> = listed.iter().map(|row| row.id().unwrap()).collect();
            assert_eq!(ids, asked);
            let (mut rows, mut streamed) = (report.rows(), Vec::new());
            while let Some(row) = rows.next().await {
                streamed.push(row.unwrap().id().unwrap().to_owned());
            }
            assert_eq!(streamed, asked);
        }
        assert_eq!(client.archive().day(day).list().await.unwrap().len(), 4);
        assert_eq!(client.archive().room_day(ROOM, day).list().await.unwrap().len(), 4);
        let lines: Vec<_> = server.received().iter().map(|request| request.line.clone()).collect();
        for (line, path) in lines.iter().zip([
            "cdr/period/2026-03-09/2026-03-10",
            "cdr/period/2026-03-09/2026-03-10",
            "cdr/room-period/5b473a40ad3c0a58a4e0e5c1/2026-03-09/2026-03-10",
            "cdr/room-period/5b473a40ad3c0a58a4e0e5c1/2026-03-09/2026-03-10",
            "archive/period/2026-03-09/2026-03-10",
            "archive/room-period/5b473a40ad3c0a58a4e0e5c1/2026-03-09/2026-03-10",
        ]) {
            assert_eq!(*line, format!("GET /video/v2/{path} HTTP/1.1"));
        }
    }
    let server = Server::json(200, "{}").await;
    let error = server.client().cdr().room_day("..", "2026-02-30").list().await.unwrap_err();
    let fields: Vec<_> = error.violations().iter().map(|broken| broken.field()).collect();
    assert_eq!(fields, ["room_id", "date"]);
    server.client().cdr().day("9999-12-31").list().await.unwrap_err();
    assert!(server.received().is_empty());
}

/// The error of a row that is not JSON gives its number; the rows before it are returned, and there is no
/// retry.
#[tokio::test]
async fn a_row_that_is_no_json() {
    for (bad, what) in [("NaN", "is not JSON"), ("{\"a\":}", "is not JSON"), ("7", "could not be understood")]
    {
        let body =
            format!(r#"{{"result":"0","cdr":[{{"cdr_id":"1"}},{{"cdr_id":"2"}},{bad},{{"cdr_id":"4"}}]}}"#);
        let server = Server::json(200, &body).await;
        let client = server.builder().retry(enablex::RetryPolicy::standard()).build().unwrap();
        let mut rows = client.cdr().room(ROOM).rows();
        for id in ["1", "2"] {
            assert_eq!(rows.next().await.unwrap().unwrap().id(), Some(id));
        }
        let streamed = rows.next().await.unwrap().unwrap_err();
        assert!(rows.next().await.is_none());
        let listed = client.cdr().room(ROOM).list().await.unwrap_err();
        for error in [streamed, listed] {
            assert!(error.to_string().contains(&format!("row 3 of the report {what}")), "{error}");
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::UnexpectedAnswer, 1));
            assert_eq!((error.is_retryable(), error.advice()), (false, Some(enablex::Advice::ServiceFailed)));
        }
        assert_eq!(server.received().len(), 2);
    }
}
