//! The archive of recorded sessions.

use std::time::Duration;

use serde_json::{Value, json};

use super::api::{Api, day};

fn id(room: &str) -> &str {
    room.trim_start_matches("/rooms/")
}

async fn recorded(api: &Api) -> String {
    api.room(json!({"auto_recording": true, "moderators": "3"})).await
}

#[tokio::test]
async fn a_session_that_has_ended_is_an_entry() {
    let api = Api::start().await;
    let room = recorded(&api).await;
    let by_room = format!("/archive/room/{}", id(&room));
    let mut users = Vec::new();
    for role in ["moderator", "viewer", "participant", "moderator"] {
        users.push(api.joined(&room, role).await);
    }
    // One publisher joins and leaves before the others join.
    let early = api.joined(&room, "participant").await;
    api.leave(&early);
    for user in &users[1..] {
        api.leave(user);
    }
    assert_eq!(api.report(&by_room).await, [] as [Value; 0]);
    let before = api.sandbox.advance(Duration::from_secs(3600));
    api.leave(&users[0]);
    let after = api.sandbox.now();

    let [entry] = &api.report(&by_room).await[..] else { panic!("one entry") };
    let ended = humantime::parse_rfc3339(entry["trans_date"].as_str().unwrap()).unwrap();
    assert!(before <= ended + Duration::from_millis(1) && ended <= after);
    let entry_id = entry["_id"].as_str().unwrap();
    let rows = api.report(&format!("/cdr/room/{}", id(&room))).await;
    let url = |name: &str| format!("http://{}/archive/{entry_id}/{name}", api.sandbox.host());
    let recording = [1, 2, 3, 4].map(|number| json!({"url": url(&format!("stream-{number}.mkv"))}));
    let expected = json!({
        "_id": entry_id,
        "trans_date": entry["trans_date"],
        "conf_num": rows[0]["conf_num"],
        "app_id": api.sandbox.app_id(),
        "room_id": id(&room),
        "recording": recording,
        "transcoded": [{"url": url("session.mp4")}],
        "chatdata": url("chatdata.json"),
        "metadata": url("metadata.json"),
    });
    assert_eq!(*entry, expected);
    // The session ended when its last user left.
    assert_eq!(entry["trans_date"], rows[4]["room"]["disconnect_dt"]);
}

#[tokio::test]
async fn only_where_recording_is_on() {
    let api = Api::start().await;
    let room = api.room(json!({"auto_recording": false, "single_file_recording": true})).await;
    let by_room = format!("/archive/room/{}", id(&room));
    let session = async || {
        let user = api.joined(&room, "moderator").await;
        api.leave(&user);
    };
    session().await;
    assert_eq!(api.report(&by_room).await.len(), 0);
    api.patch(&room, &json!({"settings": {"auto_recording": true}})).await.ok();
    session().await;
    session().await;
    let entries = api.report(&by_room).await;
    assert_eq!(entries.len(), 2);
    api.patch(&room, &json!({"settings": {"auto_recording": false}})).await.ok();
    session().await;
    assert_eq!(api.report(&by_room).await, entries);

    // Three sessions have four rows in all.
    let rows = api.report(&format!("/cdr/room/{}", id(&room))).await;
    assert_eq!(rows.len(), 4);
    for (entry, row) in entries.iter().zip(&rows[1..]) {
        let conf_num = row["conf_num"].as_str().unwrap();
        assert_eq!(api.report(&format!("/archive/conf/{conf_num}")).await, std::slice::from_ref(entry));
    }
    assert_ne!(entries[0]["_id"], entries[1]["_id"]);
    let silent = rows[3]["conf_num"].as_str().unwrap();
    assert_eq!(api.report(&format!("/archive/conf/{silent}")).await.len(), 0);
}

#[tokio::test]
async fn where_nobody_published_there_is_nothing_to_hear() {
    let api = Api::start().await;
    let room = recorded(&api).await;
    let user = api.joined(&room, "viewer").await;
    api.leave(&user);
    let [entry] = &api.report(&format!("/archive/room/{}", id(&room))).await[..] else { panic!() };
    assert_eq!((&entry["recording"], &entry["transcoded"]), (&json!([]), &json!([])));
    assert!(entry["chatdata"].is_string() && entry["metadata"].is_string());
}

#[tokio::test]
async fn an_entry_is_of_the_day_on_which_its_session_ended() {
    let api = Api::start().await;
    let room = recorded(&api).await;
    let other = recorded(&api).await;
    let first = api.noon();
    let user = api.joined(&room, "moderator").await;
    let second = api.noon();
    api.leave(&user);
    let user = api.joined(&other, "moderator").await;
    api.leave(&user);
    let after = day(api.sandbox.now() + Duration::from_secs(24 * 60 * 60));
    let table = [
        (&first, &first, 0, 0),
        (&first, &second, 1, 2),
        (&second, &second, 1, 2),
        (&second, &after, 1, 2),
        (&after, &after, 0, 0),
    ];
    for (from, to, of_room, of_all) in table {
        let entries = api.report(&format!("/archive/room-period/{}/{from}/{to}", id(&room))).await;
        assert_eq!(entries.len(), of_room, "{from} {to}");
        assert!(entries.iter().all(|entry| entry["room_id"] == id(&room)));
        assert_eq!(api.report(&format!("/archive/period/{from}/{to}")).await.len(), of_all, "{from} {to}");
    }
}

#[tokio::test]
async fn entries_outlive_their_room_until_the_reset() {
    let api = Api::start().await;
    let deleted = recorded(&api).await;
    let used_up = api.room(json!({"adhoc": true, "auto_recording": true})).await;
    for room in [&deleted, &used_up] {
        let user = api.joined(room, "moderator").await;
        api.leave(&user);
    }
    api.delete(&deleted).await.ok();
    api.get(&used_up).await.refused(404, 40001);
    for room in [&deleted, &used_up] {
        assert_eq!(api.report(&format!("/archive/room/{}", id(room))).await.len(), 1);
    }
    api.sandbox.reset();
    assert_eq!(api.report(&format!("/archive/room/{}", id(&deleted))).await.len(), 0);
}
