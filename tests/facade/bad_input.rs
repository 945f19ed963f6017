//! Bad input is refused with field, rule and value, and nothing is sent.

use enablex::{
    Advice, Client, Error, ErrorKind, MediaZone, Mode, NewRoom, Quality, Role, RoomUpdate, Settings,
    TokenRequest, UserData,
};

use crate::{sample, server::Server};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

/// Field and value of every violation.
fn broken(error: &Error) -> Vec<(&str, Option<&str>)> {
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
    assert_eq!(error.advice(), Some(Advice::FixRequest { field: None }));
    assert!(!error.is_retryable());
    for violation in error.violations() {
        assert!(!violation.rule().is_empty());
        assert!(error.to_string().contains(violation.field()));
    }
    error.violations().iter().map(|violation| (violation.field(), violation.value())).collect()
}

#[tokio::test]
async fn token_requests() {
    let server = Server::json(200, sample("createToken.response")).await;
    let client = server.client();
    let good = TokenRequest::new("Asha Rao", Role::Moderator, "emp-1042");
    let data = |pairs: &[(&str, &str)]| good.clone().user_data(pairs.iter().copied().collect::<UserData>());
    let six = ["a", "b", "c", "d", "e", "f"].map(|key| (key, "1"));

    for (request, expected) in [
        (TokenRequest::new("", Role::Viewer, "u"), vec![("name", Some(""))]),
        (TokenRequest::new(" \t\n", Role::Viewer, "u"), vec![("name", Some(" \t\n"))]),
        (TokenRequest::new("n", Role::Viewer, "\u{3000}"), vec![("user_ref", Some("\u{3000}"))]),
        (TokenRequest::new("n", "Host", "u"), vec![("role", Some("Host"))]),
        (TokenRequest::new("n", "MODERATOR", "u"), vec![("role", Some("MODERATOR"))]),
        (TokenRequest::new("n", Role::Other("host".into()), "u"), vec![("role", Some("host"))]),
        (data(&six), vec![("data", Some("f"))]),
        (data(&[("a", "1"), ("a", "2")]), vec![("data", Some("a"))]),
        (data(&[("", "1")]), vec![("data", Some(""))]),
        (
            TokenRequest::new("", "Host", " ").user_data(six.into_iter().collect::<UserData>()),
            vec![("name", Some("")), ("role", Some("Host")), ("user_ref", Some(" ")), ("data", Some("f"))],
        ),
    ] {
        assert_eq!(broken(&request.check().unwrap_err()), expected);
        let error = client.room(ROOM).create_token(request).await.unwrap_err();
        assert_eq!(broken(&error), expected);
    }
    let sixth = data(&six).check().unwrap_err();
    assert_eq!(sixth.violations()[0].rule(), "must have at most 5 keys, has 6");
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn room_ids() {
    let server = Server::json(200, sample("createToken.response")).await;
    let client = server.client();
    for id in
        ["", ".", "..", "a/b", "/", "a\\b", "..\\..", "a b", "a\u{a0}b", "a\tb", "a\n", "\u{0}", "\u{7f}"]
    {
        let room = client.room(id);
        let request = TokenRequest::new("", Role::Viewer, "u");
        let error = room.create_token(request).await.unwrap_err();
        assert_eq!(broken(&error), [("room_id", Some(id)), ("name", Some(""))]);
        assert_eq!(broken(&room.get().await.unwrap_err()), [("room_id", Some(id))]);
        assert_eq!(broken(&room.users().await.unwrap_err()), [("room_id", Some(id))]);
        assert_eq!(broken(&room.delete().await.unwrap_err()), [("room_id", Some(id))]);
        let error = room.update(RoomUpdate::new()).await.unwrap_err();
        assert_eq!(broken(&error)[0], ("room_id", Some(id)));
        assert!(id.parse::<enablex::RoomId>().is_err());
        assert!(serde_json::from_value::<enablex::RoomId>(id.into()).is_err());
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn reports() {
    let server = Server::json(200, sample("getPeriodCDR.response")).await;
    let client = server.client();
    let (cdr, archive) = (client.cdr(), client.archive());
    for id in ["", ".", "..", "a/b", "a\\b", "a b", "a\u{a0}b", "a\n", "\u{0}", "\u{7f}"] {
        for (error, field) in [
            (cdr.room(id).list().await.unwrap_err(), "room_id"),
            (archive.room(id).list().await.unwrap_err(), "room_id"),
            (cdr.conf(id).list().await.unwrap_err(), "conf_num"),
            (archive.conf(id).list().await.unwrap_err(), "conf_num"),
            (cdr.room_period(id, "2024-03-01"..="2024-03-02").list().await.unwrap_err(), "room_id"),
            (cdr.room(id).rows().next().await.unwrap().unwrap_err(), "room_id"),
            (archive.conf(id).rows().next().await.unwrap().unwrap_err(), "conf_num"),
        ] {
            assert_eq!(broken(&error), [(field, Some(id))]);
        }
    }
    for date in [
        "",
        "2024-2-1",
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-01-00",
        "2024-01-32",
        "20240101",
        "2024/01/01",
        "2024-01-01T00:00:00Z",
        " 2024-01-01",
        "2024-01-01 ",
        "1969-12-31",
        "10000-01-01",
        "-024-01-01",
        "+024-01-01",
        "２024-01-01",
        "today",
    ] {
        for error in [
            cdr.period(date..="2024-03-02").list().await.unwrap_err(),
            archive.period((date, "2024-03-02")).list().await.unwrap_err(),
            cdr.room_period(ROOM, date..="2024-03-02").rows().next().await.unwrap().unwrap_err(),
        ] {
            assert_eq!(broken(&error), [("from_date", Some(date))]);
        }
        let error = cdr.period("2024-03-02"..=date).list().await.unwrap_err();
        assert_eq!(broken(&error), [("to_date", Some(date))]);
    }
    let error = cdr.period("2024-03-02"..="2024-03-01").list().await.unwrap_err();
    assert_eq!(broken(&error), [("from_date", Some("2024-03-02"))]);
    assert_eq!(error.violations()[0].rule(), "must not be after `to_date`, which is 2024-03-01");
    let error = archive.room_period("..", "2024-03-01"..="").rows().next().await.unwrap().unwrap_err();
    assert_eq!(broken(&error), [("room_id", Some("..")), ("to_date", Some(""))]);
    assert!(server.received().is_empty());
    cdr.period("2024-03-02"..="2024-03-02").list().await.unwrap();
}

#[test]
fn user_data_that_is_read_hides_no_key() {
    let data: UserData = serde_json::from_str(r#"{"a": "1", "a": "2"}"#).unwrap();
    assert_eq!(data.iter().collect::<Vec<_>>(), [("a", "1"), ("a", "2")]);
    let request = TokenRequest::new("n", Role::Viewer, "u").user_data(data);
    assert_eq!(broken(&request.check().unwrap_err()), [("data", Some("a"))]);
}

#[test]
fn a_room_id_has_an_end() {
    "x".repeat(1_000).parse::<enablex::RoomId>().unwrap();
    let error = "x".repeat(1_001).parse::<enablex::RoomId>().unwrap_err();
    assert_eq!(error.violations()[0].field(), "room_id");
}

#[tokio::test]
async fn rooms() {
    let server = Server::json(200, sample("createRoom.response")).await;
    let client = server.client();
    let with = |settings| NewRoom::permanent("n", "o").settings(settings);
    let at = |time: &str| NewRoom::scheduled("n", "o", time, 45);

    for (room, field, value) in [
        (NewRoom::permanent("", "o"), "name", Some("")),
        (NewRoom::permanent("n", " "), "owner_ref", Some(" ")),
        (at(""), "settings.scheduled_time", Some("")),
        (at("tomorrow"), "settings.scheduled_time", Some("tomorrow")),
        (at("2026-03-09T10:30:00"), "settings.scheduled_time", Some("2026-03-09T10:30:00")),
        (at("2026-03-09T10:30:00Z"), "settings.scheduled_time", Some("2026-03-09T10:30:00Z")),
        (at("2026-03-09 10:30"), "settings.scheduled_time", Some("2026-03-09 10:30")),
        (at("2026-13-09 10:30:00"), "settings.scheduled_time", Some("2026-13-09 10:30:00")),
        (at("2026-02-30 10:30:00"), "settings.scheduled_time", Some("2026-02-30 10:30:00")),
        (at("2026-03-09 25:00:00"), "settings.scheduled_time", Some("2026-03-09 25:00:00")),
        (at("2026-03-09 23:59:60"), "settings.scheduled_time", Some("2026-03-09 23:59:60")),
        (at("２０２６-3-9 1"), "settings.scheduled_time", Some("２０２６-3-9 1")),
        (NewRoom::scheduled("n", "o", "2026-03-09 10:30:00", 0), "settings.duration", Some("0")),
        (with(Settings::new().duration(0)), "settings.duration", Some("0")),
        (with(Settings::new().participants(0)), "settings.participants", Some("0")),
        (with(Settings::new().participants(250)), "settings.participants", Some("250")),
        (with(Settings::new().moderators(2).participants(249)), "settings.participants", Some("249")),
        (with(Settings::new().moderators(0)), "settings.moderators", Some("0")),
        (with(Settings::new().moderators(6)), "settings.moderators", Some("6")),
        (with(Settings::new().max_active_talkers(0)), "settings.max_active_talkers", Some("0")),
        (with(Settings::new().max_active_talkers(17)), "settings.max_active_talkers", Some("17")),
        (with(Settings::new().audiences(0)), "settings.audiences", Some("0")),
        (with(Settings::new().hls_view_url("http://a.b/")), "settings.hls_view_url", Some("http://a.b/")),
        (with(Settings::new().hls_view_url("https:v")), "settings.hls_view_url", Some("https:v")),
        (with(Settings::new().hls_view_url("https://v/a b")), "settings.hls_view_url", Some("https://v/a b")),
        (with(Settings::new().media_zone(MediaZone::Other("".into()))), "settings.media_zone", Some("")),
        (with(Settings::new().quality(Quality::Other("UHD".into()))), "settings.quality", Some("UHD")),
        (NewRoom::permanent("n", "o").mode(Mode::Other("p2p".into())), "settings.mode", Some("p2p")),
    ] {
        assert_eq!(broken(&room.check().unwrap_err()), [(field, value)]);
        assert_eq!(broken(&client.rooms().create(room).await.unwrap_err()), [(field, value)]);
    }
    let all = NewRoom::scheduled(" ", "", "soon", 0)
        .settings(Settings::new().participants(0).moderators(6).max_active_talkers(17));
    assert_eq!(all.check().unwrap_err().violations().len(), 7);
    assert!(server.received().is_empty());

    // Values at the limits and unknown zones are valid.
    for settings in [
        Settings::new().moderators(5).participants(245).max_active_talkers(16).duration(u32::MAX),
        Settings::new().participants(249),
        Settings::new().moderators(1).participants(1).max_active_talkers(1).duration(1).audiences(1),
        Settings::new().media_zone(MediaZone::Other("EU".into())).hls_view_url("https://v.example.com/"),
    ] {
        with(settings).check().unwrap();
    }
}

#[tokio::test]
async fn updates() {
    let server = Server::json(200, sample("updateRoomById.response")).await;
    let client = server.client();
    for (update, field) in [
        (RoomUpdate::new(), "body"),
        (RoomUpdate::new().settings(Settings::new()), "body"),
        (RoomUpdate::new().name(" "), "name"),
        (RoomUpdate::new().owner_ref(""), "owner_ref"),
        (RoomUpdate::new().scheduled_time("soon"), "settings.scheduled_time"),
        (RoomUpdate::new().settings(Settings::new().moderators(6)), "settings.moderators"),
    ] {
        assert_eq!(broken(&update.check().unwrap_err())[0].0, field);
        assert_eq!(broken(&client.room(ROOM).update(update).await.unwrap_err())[0].0, field);
    }
    assert!(server.received().is_empty());
}

#[test]
fn base_urls() {
    for (url, shown) in [
        ("", ""),
        ("api.enablex.io/video/v2", "api.enablex.io/video/v2"),
        ("not a url", "not a url"),
        ("ftp://api.enablex.io/", "ftp://api.enablex.io/"),
        ("http://api.enablex.io/video/v2", "http://api.enablex.io/video/v2"),
        ("http://10.0.0.1/", "http://10.0.0.1/"),
        ("http://localhost.example.com/", "http://localhost.example.com/"),
        ("http://127.0.0.1.example.com/", "http://127.0.0.1.example.com/"),
        ("https:\\\\api.enablex.io", "https:\\\\api.enablex.io"),
        (" https://api.enablex.io", " https://api.enablex.io"),
        ("https://user:pass@api.enablex.io/", "https://…"),
        ("https://user@api.enablex.io/", "https://…"),
        ("https://api.enablex.io/video/v2?key=secret", "https://api.enablex.io/video/v2?…"),
        ("https://api.enablex.io/video/v2#part", "https://api.enablex.io/video/v2#…"),
    ] {
        let error = Client::builder().credentials("id", "key").base_url(url).build().unwrap_err();
        assert_eq!(broken(&error), [("base_url", Some(shown))], "{url}");
    }
}

#[test]
fn loopback_bases_may_be_plain() {
    for url in
        ["http://127.0.0.1:8080/video/v2", "http://127.8.8.8/", "http://[::1]:1/v", "http://localhost/"]
    {
        Client::builder().credentials("id", "key").base_url(url).build().unwrap();
    }
}

#[test]
fn credentials() {
    for bad in
        ["", " ", " id", "id ", "i d", "id\n", "id\r", "id\t", "schlüssel", "ключ", "id\u{0}", "id\u{a0}"]
    {
        let id = Client::new(bad, "key").unwrap_err();
        assert_eq!(broken(&id), [("app_id", None)], "{bad:?}");
        let key = Client::new("id", bad).unwrap_err();
        assert_eq!(broken(&key), [("app_key", None)], "{bad:?}");
        assert_eq!(Client::new(bad, bad).unwrap_err().violations().len(), 2);
    }
    // Only the first of the two ends at a colon.
    assert_eq!(broken(&Client::new("i:d", "key").unwrap_err()), [("app_id", None)]);
    let base = "http://127.0.0.1:1/";
    Client::builder().credentials("id", "k:y").base_url(base).build().unwrap();

    let missing = Client::builder().base_url(base).build().unwrap_err();
    assert_eq!(broken(&missing), [("app_id", None), ("app_key", None)]);
}

#[test]
fn everything_about_a_client_is_told_at_once() {
    let error = Client::builder()
        .base_url("nowhere")
        .root_certificates_pem("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        .user_agent("line\r\nbreak")
        .connect_timeout(std::time::Duration::ZERO)
        .attempt_timeout(std::time::Duration::ZERO)
        .timeout(std::time::Duration::ZERO)
        .build()
        .unwrap_err();
    let fields: Vec<_> = broken(&error).into_iter().map(|(field, _)| field).collect();
    assert_eq!(
        fields,
        [
            "app_id",
            "app_key",
            "base_url",
            "root_certificates_pem",
            "user_agent",
            "connect_timeout",
            "attempt_timeout",
            "timeout"
        ]
    );
}

#[test]
fn a_long_value_is_clipped() {
    let error = TokenRequest::new("n", "x".repeat(100_000).as_str(), "u").check().unwrap_err();
    assert_eq!(error.violations()[0].value().unwrap().chars().count(), 201);
}
