//! The facade against the sandbox over HTTP.

use std::time::{Duration, SystemTime};

use enablex::{
    Advice, Date, ErrorCode, Mode, NewRoom, Role, RoomKind, RoomUpdate, Settings, TokenRequest,
    sandbox::Sandbox,
};

fn user(role: Role) -> TokenRequest {
    TokenRequest::new("Asha Rao", role, "emp-1042").data("department", "claims")
}

#[tokio::test]
async fn a_room_from_its_creation_to_its_end() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();

    let new = NewRoom::permanent("Claims desk", "team-7")
        .mode(Mode::Lecture)
        .settings(Settings::new().moderators(1).participants(2));
    let room = client.rooms().create(new).await.unwrap();
    assert_eq!(room.kind(), Some(RoomKind::Permanent));
    assert_eq!(client.rooms().list().await.unwrap().len(), 1);

    let handle = client.room(&room);
    handle.update(RoomUpdate::new().name("Claims desk, evening")).await.unwrap();
    assert_eq!(handle.get().await.unwrap().name(), Some("Claims desk, evening"));
    assert!(handle.users().await.unwrap().is_empty());

    let token = handle.create_token(user(Role::Moderator)).await.unwrap().into_token();
    let joined = sandbox.join(&token).unwrap();
    let users = handle.users().await.unwrap();
    assert_eq!(users.len(), 1);
    assert_eq!(users[0].role, Some(Role::Moderator));
    assert_eq!(users[0].user_ref.as_ref().unwrap().get().unwrap(), "emp-1042");

    // A session is running.
    let error = handle.update(RoomUpdate::new().name("Now")).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::SessionOn));
    handle.delete().await.unwrap_err();
    // The only moderator has joined.
    let error = handle.create_token(user(Role::Moderator)).await.unwrap_err();
    assert!(error.is_room_full());
    handle.create_token(user(Role::Participant)).await.unwrap();

    sandbox.leave(joined.session_user_id());
    handle.delete().await.unwrap();
    assert!(handle.get().await.unwrap_err().is_not_found());
    assert!(client.rooms().list().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_scheduled_room_is_early_open_and_over() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let start = SystemTime::now() + Duration::from_secs(3600);
    let new = NewRoom::scheduled("Interview", "branch-12", start, 30);
    let room = client.rooms().create(new).await.unwrap();
    let (start, end) = room.schedule().unwrap();
    assert_eq!(end, Some(start + Duration::from_secs(30 * 60)));

    let handle = client.room(&room);
    let error = handle.create_token(user(Role::Participant)).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::OutsideTime));
    let early = Advice::Early { until: start - Duration::from_secs(15 * 60) };
    assert_eq!(error.advice_for(&room, sandbox.now()), Some(early));

    sandbox.advance(Duration::from_secs(46 * 60));
    handle.create_token(user(Role::Participant)).await.unwrap();

    sandbox.advance(Duration::from_secs(45 * 60));
    let error = handle.create_token(user(Role::Participant)).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::ConferenceOver));
}

#[tokio::test]
async fn bad_input_does_not_reach_it() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    client.room("..").create_token(TokenRequest::new("", "Host", "")).await.unwrap_err();
    client.rooms().create(NewRoom::permanent("", "")).await.unwrap_err();
    assert_eq!(sandbox.requests(), 0);
}

#[tokio::test]
async fn wrong_credentials() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = enablex::Client::builder().credentials("other", "key").base_url(sandbox.base_url());
    let error = client.build().unwrap().rooms().list().await.unwrap_err();
    assert!(error.is_auth() && error.request_id().is_some());
    assert_eq!(error.code(), Some(&ErrorCode::Unauthorized));
}

/// A recorded session, from the room's creation to the files.
#[tokio::test]
async fn a_recorded_session() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let new = NewRoom::permanent("Claims desk", "team-7").settings(Settings::new().auto_recording(true));
    let room = client.rooms().create(new).await.unwrap();
    let begun = sandbox.now();
    let mut inside = Vec::new();
    for (name, role, user_ref) in [
        ("Asha Rao", Role::Moderator, "emp-1042"),
        ("Li Na", Role::Participant, "emp-2210"),
        ("Jan", Role::Viewer, "cust-1"),
    ] {
        let token = client.room(&room).create_token(TokenRequest::new(name, role, user_ref)).await.unwrap();
        inside.push(sandbox.join(token.expose_token()).unwrap());
    }
    assert_eq!(client.room(&room).users().await.unwrap().len(), 3);
    assert!(client.cdr().room(&room).list().await.unwrap().is_empty());
    assert!(client.archive().room(&room).list().await.unwrap().is_empty());
    for user in inside {
        sandbox.advance(Duration::from_secs(90));
        assert!(sandbox.leave(user.session_user_id()));
    }
    assert!(client.room(&room).users().await.unwrap().is_empty());

    let rows = client.cdr().room(&room).list().await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.user_ref().unwrap(), row.role().unwrap(), row.duration().unwrap().as_secs() / 90))
        .collect();
    let expected = [
        ("emp-1042", &Role::Moderator, 1),
        ("emp-2210", &Role::Participant, 2),
        ("cust-1", &Role::Viewer, 3),
    ];
    assert_eq!(told, expected);
    assert!(rows.iter().all(
        |row| row.room_id() == room.id() && row.connected_at().unwrap() >= begun - Duration::from_secs(1)
    ));
    assert_eq!(
        (rows[2].published_minutes(), rows[0].subscribed_minutes().map(|minutes| minutes as u64)),
        (Some(0.), Some(1))
    );

    // All operations return the same rows, collected and streamed.
    let day = Date::try_from(begun).unwrap();
    let days = day..=day.plus_days(1).unwrap();
    let number = rows[0].conf_num().unwrap();
    for report in [
        client.cdr().room_period(&room, days.clone()),
        client.cdr().period(days.clone()),
        client.cdr().conf(number),
    ] {
        let mut streamed = report.rows();
        for row in report.list().await.unwrap() {
            let next = streamed.next().await.unwrap().unwrap();
            assert_eq!(serde_json::to_value(next).unwrap(), serde_json::to_value(row).unwrap());
        }
        assert!(streamed.next().await.is_none());
    }
    assert!(client.cdr().period(day.plus_days(-1).unwrap()).list().await.unwrap().is_empty());

    let archive = client.archive().period(days).list().await.unwrap();
    assert_eq!((archive.len(), archive[0].conf_num()), (1, Some(number)));
    let kinds: Vec<_> = archive[0].links().map(|link| link.kind.as_str()).collect();
    assert_eq!(kinds, ["recording", "recording", "transcoded", "chat", "metadata"]);
    for link in archive[0].links() {
        let mut file = Vec::new();
        let length = client.file(link).write_to(&mut file).await.unwrap();
        assert_eq!(length, file.len() as u64);
        assert!(length > 0);
    }
    let wrong =
        sandbox.client_builder().recording_credentials("user", "wrong", [sandbox.host()]).build().unwrap();
    let error = wrong.file(archive[0].links().next().unwrap()).write_to(&mut Vec::new()).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 403);
    assert!(error.to_string().contains("recording user and password"), "{error}");

    let dial_in = client.dial_in().get().await.unwrap();
    assert_eq!(dial_in.app_key.unwrap().expose(), sandbox.app_key());
}
