//! Times and numbers of responses in all their forms.

use std::time::{Duration, SystemTime};

use enablex::wire::{Lenient, Number, Time};
use serde_json::{Value, json};

use crate::server::Server;

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

/// 2026-03-09 05:00:00 UTC, by `date --utc --date=@1773032400`.
const INSTANT: u64 = 1_773_032_400;

fn read(text: &str) -> Option<SystemTime> {
    let time: Time = serde_json::from_value(text.into()).unwrap();
    assert_eq!(serde_json::to_value(&time).map(|written| same(&written)).unwrap(), same(&text.into()));
    time.get().copied()
}

/// A time in UTC may be written in another form with the same meaning.
fn same(text: &Value) -> String {
    let text = text.as_str().unwrap().replace(' ', "T").to_uppercase();
    let text = text.trim_end_matches('Z');
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text.to_owned()
    }
}

#[test]
fn one_instant_in_every_spelling() {
    for text in [
        "2026-03-09T05:00:00Z",
        "2026-03-09 05:00:00",
        "2026-03-09t05:00:00z",
        "2026-03-09T05:00:00.000Z",
        "2026-03-09T05:00:00+00:00",
        "2026-03-09T05:00:00-00:00",
        "2026-03-09T10:30:00+05:30",
        "2026-03-09 10:30:00+05:30",
        "2026-03-09 10:30:00 +05:30",
        "2026-03-09T10:30:00+0530",
        "2026-03-09T10:30+05:30",
        "2026-03-09T10:30:00.00000000000000+05:30",
        "2026-03-09T10:30:00,0+05:30",
        "2026-03-08T22:00:00-07:00",
        "2026-03-08T22:00:00-07",
        "2026-03-08T22-07",
        "2026-03-08T22:00:00\u{2212}07:00",
        "20260309T103000+0530",
        "20260309T050000Z",
        "20260309T0500Z",
        "20260309T05Z",
        "2026-068T05:00:00Z",
        "2026068T050000Z",
        "2026-W11-1T05:00:00Z",
        "2026W111T050000Z",
    ] {
        assert_eq!(read(text), Some(SystemTime::UNIX_EPOCH + Duration::from_secs(INSTANT)), "{text}");
    }
}

#[test]
fn fractions_edges_and_other_years() {
    let at = |seconds: i64, nanos: u32| {
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let epoch = SystemTime::UNIX_EPOCH;
        let time = if seconds < 0 { epoch - whole } else { epoch + whole };
        Some(time + Duration::from_nanos(nanos.into()))
    };
    let instant = INSTANT as i64;
    for (text, time) in [
        ("2026-03-09T05:00:00.5Z", at(instant, 500_000_000)),
        ("2026-03-09T10:30:00.123456789+05:30", at(instant, 123_456_789)),
        // Fractions of a nanosecond are cut off.
        ("2026-03-09T05:00:00.1234567899999999999999Z", at(instant, 123_456_789)),
        ("2026-03-09T05:00.25Z", at(instant + 15, 0)),
        ("2026-03-09T05.5Z", at(instant + 1800, 0)),
        ("2026-03-09T24:00:00Z", at(instant + 19 * 3600, 0)),
        ("1970-01-01T00:00:00Z", at(0, 0)),
        ("1970-01-01T00:00:00+01:00", at(-3600, 0)),
        ("1969-12-31T23:59:59.25Z", at(-1, 250_000_000)),
        ("0001-01-01T00:00:00Z", at(-62_135_596_800, 0)),
        ("9999-12-31T23:59:59Z", at(253_402_300_799, 0)),
        ("9999-12-31T23:59:59-01:00", at(253_402_304_399, 0)),
        // The leap second of 2016 counts as the second after it, in every time zone.
        ("2016-12-31T23:59:60Z", at(1_483_228_800, 0)),
        ("2017-01-01T05:29:60+05:30", at(1_483_228_800, 0)),
        ("2000-02-29T00:00:00Z", at(951_782_400, 0)),
        ("2020-366T00:00:00Z", at(1_609_372_800, 0)),
        ("2020-W53-5T00:00:00Z", at(1_609_459_200, 0)),
        ("2021-W01-1T00:00:00Z", at(1_609_718_400, 0)),
        ("2015-W01-1T00:00:00Z", at(1_419_811_200, 0)),
    ] {
        assert_eq!(read(text), time, "{text}");
    }
}

#[test]
fn what_is_no_instant_is_kept() {
    for text in [
        "",
        "soon",
        "2026-03-09",
        "05:00:00Z",
        "2026-03-09T",
        "2026-03-09TZ",
        "2026-03-09T05",
        "2026-03-09T05:00",
        "20260309T050000",
        "2026-03-09T05:00:00+",
        "2026-03-09T05:00:00+5",
        "2026-03-09T05:00:00+24:00",
        "2026-03-09T05:00:00+05:60",
        "2026-03-09T05:00:00+05:30Z",
        "2026-03-09T05:00:00ZZ",
        "2026-03-09T05:00:00.Z",
        "2026-03-09T05:00:60Z",
        "2026-03-09T23:58:60Z",
        "2026-03-09T24:00:01Z",
        "2026-03-09T24:00:00.5Z",
        "2026-03-09T24.5Z",
        "2026-03-09T25:00:00Z",
        "2026-03-09T05:60:00Z",
        "2026-13-09T05:00:00Z",
        "2026-00-09T05:00:00Z",
        "2026-03-00T05:00:00Z",
        "2026-02-29T05:00:00Z",
        "1900-02-29T05:00:00Z",
        "2026-366T05:00:00Z",
        "2026-000T05:00:00Z",
        "2026-W54-1T05:00:00Z",
        "2026-W53-8T05:00:00Z",
        "2026-W11-0T05:00:00Z",
        "2021-W53-1T05:00:00Z",
        "26-03-09T05:00:00Z",
        "２０２６-03-09T05:00:00Z",
        "2026-03-09T5:00:00Z",
        "2026-03-09T05:00:00 UTC",
        "2026-3-9T05:00:00Z",
        "é2026-03-09T05:00:00Z",
        "2026-03-09T05:é0:00Z",
        "2026/03/09 05:00:00Z",
    ] {
        let time: Time = serde_json::from_value(text.into()).unwrap();
        assert_eq!(time, Lenient::Raw(text.into()));
    }
}

/// The offset, and digits beyond nanoseconds, can be read from the text.
#[test]
fn what_says_more_stays_reachable() {
    let time: Time = serde_json::from_value(json!("2026-03-09T10:30:00+05:30")).unwrap();
    assert_eq!(time.raw(), Some(&json!("2026-03-09T10:30:00+05:30")));
    assert_eq!(time.to_string(), "2026-03-09T10:30:00+05:30");
    let time: Time = serde_json::from_value(json!("2026-03-09T05:00:00.250Z")).unwrap();
    assert_eq!((time.raw(), time.get().is_some()), (None, true));
    let number: Number = serde_json::from_value(json!("972.48000000000000000000001")).unwrap();
    assert_eq!((number.get(), number.raw()), (Some(&972.48), Some(&json!("972.48000000000000000000001"))));
}

#[test]
fn decimals_of_any_length() {
    let long = format!("0.{}1", "3".repeat(400));
    for (value, number) in [
        (json!("972.48"), 972.48),
        (json!("0.1000000000000000055511151231257827"), 0.1),
        (json!("15.200000000000000000000000"), 15.2),
        (json!("9007199254740993"), 9_007_199_254_740_992.),
        (json!("90071992547409931234"), 90_071_992_547_409_931_234.),
        (json!(9_007_199_254_740_993_i64), 9_007_199_254_740_992.),
        (json!(long), 1. / 3.),
        (json!(format!("{}.5", "1".repeat(300))), "1".repeat(300).parse().unwrap()),
        (json!("1e-400"), 0.),
    ] {
        let read: Number = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(read.get(), Some(&number), "{value}");
        let written = serde_json::to_value(&read).unwrap();
        assert!(written == value || written == json!(number), "{written}");
    }
    for odd in ["NaN", "inf", "1e999", "12 s", "", "0x10", "1,5"] {
        let read: Number = serde_json::from_value(odd.into()).unwrap();
        assert_eq!(read, Lenient::Raw(odd.into()));
    }
}

#[test]
fn integers_with_decimals() {
    for (value, number) in [
        (json!(50.0), Some(50)),
        (json!("50.0"), Some(50)),
        (json!("5e1"), Some(50)),
        (json!("-50.00"), Some(-50)),
        (json!(50.5), None),
        (json!("50.5"), None),
        (json!("1e400"), None),
        (json!("NaN"), None),
        (json!(1e300), None),
    ] {
        let read: enablex::wire::Integer = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(read.get().copied(), number, "{value}");
    }
}

/// A number that no type can hold loses no response; its text is kept.
#[tokio::test]
async fn numbers_of_any_size() {
    let large = "9".repeat(400);
    for number in ["1e400", "-1e400", &large] {
        let room = format!(
            r#"{{"room_id":"{ROOM}","name":"a \" 1e400","new":[{number}],"settings":{{"duration":{number}}}}}"#
        );
        let server = Server::json(200, format!(r#"{{"result":0,"room":{room}}}"#)).await;
        let new = enablex::NewRoom::permanent("n", "o");
        let created = server.client().rooms().create(new).await.unwrap();
        assert_eq!((created.id().unwrap().as_str(), created.name()), (ROOM, Some("a \" 1e400")));
        assert_eq!(created.extra["new"], json!([number]));
        assert_eq!(created.settings().unwrap().duration(), None);
        let rows = format!(r#"{{"result":0,"cdr":[{{"cdr_id":"1","new":{number}}},{{"cdr_id":"2"}}]}}"#);
        let server = Server::json(200, rows).await;
        assert_eq!(server.client().cdr().room(ROOM).list().await.unwrap().len(), 2);
    }
}

/// In a response: instants with the service's offset, and durations of any length.
#[tokio::test]
async fn in_an_answer() {
    let row = json!({
        "trans_date": "2026-03-09T10:30:00+05:30",
        "room": {"connect_dt": "2026-03-09T10:30:00.250+0530", "duration": "972.480000000000000000001"},
    });
    let server = Server::json(200, json!({"result": 0, "cdr": [row]})).await;
    let rows = server.client().cdr().room(ROOM).list().await.unwrap();
    let instant = SystemTime::UNIX_EPOCH + Duration::from_secs(INSTANT);
    assert_eq!(rows[0].trans_date(), Some(instant));
    assert_eq!(rows[0].connected_at(), Some(instant + Duration::from_millis(250)));
    assert_eq!(rows[0].duration(), Some(Duration::from_millis(972_480)));
    assert_eq!(serde_json::to_value(&rows[0]).unwrap(), row);

    let settings =
        json!({"scheduled": true, "scheduled_time": "2026-03-09T10:30:00+05:30", "duration": "45"});
    let room = json!({"room_id": ROOM, "created": "2026-03-09T10:30:00+05:30", "settings": settings});
    let server = Server::json(200, json!({"result": 0, "room": room})).await;
    let answered = server.client().room(ROOM).get().await.unwrap();
    assert_eq!(answered.created(), Some(instant));
    let end = instant + Duration::from_secs(45 * 60);
    assert_eq!(answered.schedule(), Some((instant, Some(end))));
    assert_eq!(
        serde_json::to_value(&answered).unwrap()["settings"]["scheduled_time"],
        settings["scheduled_time"]
    );
}
