//! The call report of users who joined and left.

use std::{
    collections::BTreeSet,
    time::{Duration, SystemTime},
};

use enablex::sandbox::Sandbox;
use serde_json::{Value, json};

use super::api::{Api, MINUTE, day};

fn id(room: &str) -> &str {
    room.trim_start_matches("/rooms/")
}

/// Parses a time; also returns whether it has milliseconds.
#[track_caller]
fn time(text: &Value) -> SystemTime {
    let text = text.as_str().unwrap();
    assert_eq!(text.len(), "2024-03-04T09:15:00.120Z".len(), "{text}");
    humantime::parse_rfc3339(text).unwrap()
}

/// Times are written in whole milliseconds.
#[track_caller]
fn between(before: SystemTime, text: &Value, after: SystemTime) {
    let time = time(text);
    assert!(before <= time + Duration::from_millis(1) && time <= after, "{text}");
}

#[tokio::test]
async fn a_connection_is_a_row() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let by_room = format!("/cdr/room/{}", id(&room));
    assert_eq!(api.report(&by_room).await, [] as [Value; 0]);

    let came = api.sandbox.now();
    let user = api.joined(&room, "moderator").await;
    let has_come = api.sandbox.now();
    // 15 minutes and 1.25 seconds.
    let stay = Duration::from_millis(901_250);
    let leaves = api.sandbox.advance(stay);
    assert_eq!(api.report(&by_room).await, [] as [Value; 0]);
    api.leave(&user);
    let has_left = api.sandbox.now();

    let [row] = &api.report(&by_room).await[..] else { panic!("one row") };
    between(came, &row["trans_date"], has_come);
    between(leaves, &row["room"]["disconnect_dt"], has_left);
    let [connected, disconnected] = ["connect_dt", "disconnect_dt"].map(|key| time(&row["room"][key]));
    let stayed = disconnected.duration_since(connected).unwrap();
    assert!(stayed + Duration::from_millis(1) >= stay && stayed < stay + MINUTE / 2, "{stayed:?}");
    let seconds = stayed.as_millis() as f64 / 1000.0;
    let minutes = (stayed.as_millis() as f64 / 60.0).round() / 1000.0;
    let [conf_num, log_id, cdr_id] = ["conf_num", "call_log_id", "cdr_id"].map(|key| &row[key]);
    assert!([conf_num, log_id, cdr_id].iter().all(|id| id.as_str().is_some_and(|id| !id.is_empty())));

    let (from, to) = (&row["trans_date"], &row["room"]["disconnect_dt"]);
    let expected = json!({
        "trans_date": from,
        "conf_num": conf_num,
        "call_num": "1",
        "call_log_id": log_id,
        "room": {"room_id": id(&room), "connect_dt": from, "disconnect_dt": to, "duration": seconds},
        "user": {
            "ip": "127.0.0.1", "name": "Asha Rao", "role": "moderator", "ref": "emp-1042", "agent": "sandbox",
            "token": "", "confName": "",
        },
        "sigserver": {
            "connect_dt": from, "ip": "127.0.0.1", "disconnect_dt": to, "duration": seconds,
            "hold_duration": 0.0,
        },
        "published_track":
            {"audio": "true", "data": "true", "video": "true", "screen": "false", "url": "false"},
        "usage": {"subscribed_minutes": minutes, "published_minutes": minutes},
        "app_id": api.sandbox.app_id(),
        "cdr_id": cdr_id,
    });
    assert_eq!(*row, expected);
}

#[tokio::test]
async fn only_who_may_publish_does() {
    let api = Api::start().await;
    let lecture = api.room(json!({"mode": "lecture"})).await;
    let hls = api.room(json!({"audiences": "10"})).await;
    let table = [
        (&lecture, "moderator", true),
        (&lecture, "participant", false),
        (&hls, "participant", true),
        (&hls, "viewer", false),
        (&hls, "audience", false),
    ];
    for (room, role, publishes) in table {
        let user = api.joined(room, role).await;
        api.sandbox.advance(2 * MINUTE);
        api.leave(&user);
        let row = api.report(&format!("/cdr/room/{}", id(room))).await.pop().unwrap();
        assert_eq!(row["user"]["role"], role);
        let tracks = ["audio", "data", "video"].map(|track| &row["published_track"][track]);
        assert_eq!(tracks, [if publishes { "true" } else { "false" }; 3], "{role}");
        let usage =
            ["subscribed_minutes", "published_minutes"].map(|key| row["usage"][key].as_f64().unwrap());
        assert!((2.0..2.5).contains(&usage[0]), "{usage:?}");
        assert_eq!(usage[1], if publishes { usage[0] } else { 0.0 }, "{role}");
    }
}

#[tokio::test]
async fn a_session_has_one_number_and_each_of_its_rows_another_id() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let other = api.room(json!({})).await;
    let first = api.joined(&room, "moderator").await;
    let second = api.joined(&room, "participant").await;
    let elsewhere = api.joined(&other, "participant").await;
    api.leave(&first);
    let third = api.joined(&room, "moderator").await;
    for user in [&third, &second, &elsewhere] {
        api.leave(user);
    }
    let next = api.joined(&room, "participant").await;
    api.leave(&next);

    // In the order in which they left.
    let rows = api.report(&format!("/cdr/room/{}", id(&room))).await;
    let called: Vec<_> = rows.iter().map(|row| (&row["call_num"], &row["user"]["role"])).collect();
    let expected = [("1", "moderator"), ("3", "moderator"), ("2", "participant"), ("1", "participant")]
        .map(|(call_num, role)| (json!(call_num), json!(role)));
    assert_eq!(called, expected.iter().map(|(call_num, role)| (call_num, role)).collect::<Vec<_>>());
    let conf_num = |row: &Value| row["conf_num"].as_str().unwrap().to_owned();
    let [session, next] = [conf_num(&rows[0]), conf_num(&rows[3])];
    assert!(rows[..3].iter().all(|row| conf_num(row) == session));
    let elsewhere = api.report(&format!("/cdr/room/{}", id(&other))).await;
    let sessions = BTreeSet::from([session.clone(), next.clone(), conf_num(&elsewhere[0])]);
    assert_eq!(sessions.len(), 3);
    for key in ["cdr_id", "call_log_id"] {
        let ids: BTreeSet<_> = rows.iter().chain(&elsewhere).map(|row| row[key].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 5, "{key}");
    }

    assert_eq!(api.report(&format!("/cdr/conf/{session}")).await, rows[..3]);
    assert_eq!(api.report(&format!("/cdr/conf/{next}/")).await, rows[3..]);
    assert_eq!(api.report("/cdr/conf/none").await, [] as [Value; 0]);
    assert_eq!(api.report("/cdr/room/none").await, [] as [Value; 0]);
}

#[tokio::test]
async fn names_are_written_as_they_were_given() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let name = "Zoë \"Z\" \\ O'Neil\u{7}\u{1f600}";
    let body = json!({"name": name, "role": "viewer", "user_ref": "a\"b"});
    let token = api.post(&format!("{room}/tokens"), &body).await.ok()["token"].take();
    let user = api.sandbox.join(token.as_str().unwrap()).unwrap();
    api.leave(&user);
    let row = api.report(&format!("/cdr/room/{}", id(&room))).await.pop().unwrap();
    assert_eq!((&row["user"]["name"], &row["user"]["ref"]), (&json!(name), &json!("a\"b")));
}

#[tokio::test]
async fn rows_outlive_their_room_until_the_reset() {
    let api = Api::start().await;
    let deleted = api.room(json!({})).await;
    let used_up = api.room(json!({"adhoc": true})).await;
    for room in [&deleted, &used_up] {
        let user = api.joined(room, "participant").await;
        api.leave(&user);
    }
    api.delete(&deleted).await.ok();
    api.get(&used_up).await.refused(404, 40001);
    for room in [&deleted, &used_up] {
        assert_eq!(api.report(&format!("/cdr/room/{}", id(room))).await.len(), 1);
    }
    let today = day(api.sandbox.now());
    api.sandbox.reset();
    assert_eq!(api.report(&format!("/cdr/room/{}", id(&deleted))).await, [] as [Value; 0]);
    assert_eq!(api.report(&format!("/cdr/period/{today}/{today}")).await, [] as [Value; 0]);
}

#[tokio::test]
async fn a_row_is_of_the_day_on_which_its_user_came() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let other = api.room(json!({})).await;
    let first = api.noon();
    let user = api.joined(&room, "participant").await;
    // The user leaves on the next day.
    let second = api.noon();
    api.leave(&user);
    let users = [api.joined(&room, "participant").await, api.joined(&other, "participant").await];
    users.iter().for_each(|user| api.leave(user));
    let before = day(api.sandbox.now() - 48 * 60 * MINUTE);
    let after = day(api.sandbox.now() + 24 * 60 * MINUTE);

    let table = [
        (&before, &before, 0, 0),
        (&before, &first, 1, 1),
        (&first, &first, 1, 1),
        (&first, &second, 2, 3),
        (&second, &second, 1, 2),
        (&second, &after, 1, 2),
        (&after, &after, 0, 0),
        (&before, &after, 2, 3),
    ];
    for (from, to, of_room, of_all) in table {
        let rows = api.report(&format!("/cdr/room-period/{}/{from}/{to}", id(&room))).await;
        assert_eq!(rows.len(), of_room, "{from} {to}");
        assert!(rows.iter().all(|row| row["room"]["room_id"] == id(&room)));
        assert_eq!(api.report(&format!("/cdr/period/{from}/{to}/")).await.len(), of_all, "{from} {to}");
        assert_eq!(api.report(&format!("/cdr/room-period/none/{from}/{to}")).await.len(), 0);
    }
}

#[tokio::test]
async fn a_day_ends_at_midnight() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let today = api.noon();
    // To the last half minute of the day, and to the first of the next.
    api.sandbox.advance(12 * 60 * MINUTE - MINUTE / 2);
    let user = api.joined(&room, "participant").await;
    api.leave(&user);
    api.sandbox.advance(MINUTE / 2);
    let tomorrow = day(api.sandbox.now());
    let user = api.joined(&room, "viewer").await;
    api.leave(&user);
    for (date, role) in [(today, "participant"), (tomorrow, "viewer")] {
        let rows = api.report(&format!("/cdr/period/{date}/{date}")).await;
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0]["user"]["role"], role);
    }
}

/// Periods without their last day, since EnableX does not document which is right.
#[tokio::test]
async fn the_last_day_of_a_period_counts_or_does_not() {
    for counts in [true, false] {
        let api = Api::of(Sandbox::builder().last_day_counts(counts)).await;
        let room = api.room(json!({"auto_recording": true})).await;
        let mut days = Vec::new();
        for _ in 0..3 {
            days.push(api.noon());
            let user = api.joined(&room, "participant").await;
            api.leave(&user);
        }
        // Five rows are of the last day, and reports by period leave them out.
        api.sandbox.fill_report("filled", 5);
        let [first, second, third] = &days[..] else { panic!("three days") };
        let after = day(api.sandbox.now() + 24 * 60 * MINUTE);
        let before = day(api.sandbox.now() - 4 * 24 * 60 * MINUTE);
        let table = [
            (first, first, [1, 0], [0, 0]),
            (first, second, [2, 1], [0, 0]),
            (first, third, [3, 2], [5, 0]),
            (&before, first, [1, 0], [0, 0]),
            (third, third, [1, 0], [5, 0]),
            (third, &after, [1, 1], [5, 5]),
            (&after, &after, [0, 0], [0, 0]),
            (&before, &after, [3, 3], [5, 5]),
        ];
        for (from, to, rows, filled) in table {
            let [rows, filled] = [rows, filled].map(|of| of[usize::from(!counts)]);
            let context = format!("{counts}: {from} {to}");
            let of_room = format!("room-period/{}/{from}/{to}", id(&room));
            assert_eq!(api.report(&format!("/cdr/{of_room}")).await.len(), rows, "{context}");
            assert_eq!(api.report(&format!("/archive/{of_room}")).await.len(), rows, "{context}");
            assert_eq!(api.report(&format!("/archive/period/{from}/{to}")).await.len(), rows, "{context}");
            let of_fill = format!("/cdr/room-period/filled/{from}/{to}");
            assert_eq!(api.report(&of_fill).await.len(), filled, "{context}");
            let of_all = format!("/cdr/period/{from}/{to}");
            assert_eq!(api.report(&of_all).await.len(), rows + filled, "{context}");
        }
        // Reports without a period are complete, and a period that ends before it starts is still refused.
        assert_eq!(api.report(&format!("/cdr/room/{}", id(&room))).await.len(), 3);
        api.get(&format!("/cdr/period/{second}/{first}")).await.failed(422, "INVALID_PARAM", "from_date");
        assert_eq!(api.report("/cdr/period/1970-01-01/1970-01-01").await.len(), 0);
        // A reset keeps the setting.
        api.sandbox.reset();
        api.sandbox.fill_report("filled", 1);
        let today = day(api.sandbox.now());
        assert_eq!(api.report(&format!("/cdr/period/{today}/{today}")).await.len(), usize::from(counts));
    }
}
