//! Requests for reports.

use enablex::{
    reqwest::{Method, StatusCode, header::ALLOW},
    sandbox::Fault,
};
use serde_json::{Value, json};

use super::api::{Api, Reply};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

fn routes() -> [String; 9] {
    [
        "/cdr/period/2026-01-01/2026-01-31".into(),
        format!("/cdr/room/{ROOM}"),
        format!("/cdr/room-period/{ROOM}/2026-01-01/2026-01-31"),
        "/cdr/conf/65e5900f1c".into(),
        "/archive/period/2026-01-01/2026-01-31".into(),
        format!("/archive/room/{ROOM}"),
        format!("/archive/room-period/{ROOM}/2026-01-01/2026-01-31"),
        "/archive/conf/65e5900f1c".into(),
        "/dialin".into(),
    ]
}

#[tokio::test]
async fn they_are_calls_of_the_api() {
    let api = Api::start().await;
    for (number, path) in (1..).zip(routes()) {
        api.sandbox.reset();
        let reply = Reply::of(api.anonymous(Method::GET, &path).send().await.unwrap()).await;
        reply.failed(401, "UNAUTHORIZED", "");
        api.sandbox.inject(Fault::status(StatusCode::BAD_GATEWAY));
        assert_eq!(api.get(&path).await.status, 502, "{path}");
        let reply = api.get(&path).await;
        assert_eq!(
            (reply.status, &reply.headers["content-type"]),
            (200, &"application/json".parse().unwrap())
        );
        if number < 9 {
            assert_eq!(api.report(&path).await, [] as [Value; 0]);
            assert_eq!(api.report(&format!("{path}/")).await, [] as [Value; 0]);
        }
        assert_eq!(api.sandbox.requests(), if number < 9 { 5 } else { 3 }, "{path}");

        for method in [Method::POST, Method::PUT, Method::DELETE, Method::HEAD] {
            let response = api.request(method.clone(), &path).send().await.unwrap();
            assert_eq!(
                (response.status().as_u16(), &response.headers()[ALLOW]),
                (405, &"GET".parse().unwrap())
            );
            if method != Method::HEAD {
                Reply::of(response).await.failed(405, "INVALID_PARAM", "GET");
            }
        }
    }
}

#[tokio::test]
async fn days_are_real_and_in_order() {
    let api = Api::start().await;
    let good = [
        ("2026-01-01", "2026-01-01"),
        ("2024-02-29", "2026-02-28"),
        ("2000-02-29", "2000-02-29"),
        ("1970-01-01", "9999-12-31"),
    ];
    let bad = [
        ("2026-02-29", "2026-03-01"),
        ("1900-02-29", "2026-01-01"),
        ("2026-01-01", "2026-02-30"),
        ("2026-01-01", "2026-04-31"),
        ("2026-13-01", "2026-12-31"),
        ("2026-00-01", "2026-01-01"),
        ("2026-01-00", "2026-01-01"),
        ("2026-1-1", "2026-01-01"),
        ("2026-01-01", "2026-1-31"),
        ("20260101", "20260131"),
        ("01-01-2026", "31-01-2026"),
        ("2026/01/01", "2026-01-31"),
        ("2026-01-01T00:00:00Z", "2026-01-31"),
        ("2026-01-01", "2026-01-31%20"),
        ("2026-01-01", "+026-01-31"),
        ("today", "today"),
        ("", "2026-01-31"),
        ("1969-12-31", "2026-01-31"),
        ("2026-01-02", "2026-01-01"),
        ("2027-01-01", "2026-12-31"),
    ];
    for kind in ["cdr", "archive"] {
        for way in ["period".to_owned(), format!("room-period/{ROOM}")] {
            for (from, to) in good {
                let rows = api.report(&format!("/{kind}/{way}/{from}/{to}")).await;
                assert_eq!(rows, [] as [Value; 0]);
            }
            for (from, to) in bad {
                let reply = api.get(&format!("/{kind}/{way}/{from}/{to}")).await;
                if from.contains('/') {
                    reply.failed(404, "INVALID_PARAM", "address");
                } else {
                    reply.failed(422, "INVALID_PARAM", "_date");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_is_absent_from_the_path() {
    let api = Api::start().await;
    let table = [
        ("period", 10203),
        ("period/", 10203),
        ("period/2026-01-01", 10203),
        ("period/2026-01-01/", 10203),
        ("period/2026-01-01//", 10203),
        ("room-period/5b47", 10203),
        ("room-period/5b47/2026-01-01", 10203),
        ("room-period/5b47/2026-01-01/", 10203),
        ("room", 10202),
        ("room/", 10202),
        ("room//", 10202),
        ("room-period", 10204),
        ("room-period/", 10204),
        ("room-period//2026-01-01/2026-01-31", 10204),
        ("conf", 10201),
        ("conf/", 10201),
    ];
    for (path, result) in table {
        api.get(&format!("/cdr/{path}")).await.refused(400, result);
        api.get(&format!("/archive/{path}")).await.failed(400, "INVALID_PARAM", "The path holds no");
    }
}

#[tokio::test]
async fn there_is_no_such_report() {
    let api = Api::start().await;
    for path in [
        "/cdr",
        "/archive/",
        "/cdr/rooms/a",
        "/archive/all",
        "/cdr/room/a/b",
        "/cdr/conf/a/2026-01-01",
        "/cdr/period/2026-01-01/2026-01-02/2026-01-03",
        "/archive/room-period/a/2026-01-01/2026-01-02/b",
        "/dialin/numbers",
        "/dialin2",
    ] {
        api.get(path).await.failed(404, "INVALID_PARAM", "address");
    }
    assert_eq!(
        api.get(&format!("/cdr/room/{}", "x".repeat(2000))).await.json(),
        json!({"result": "0", "cdr": []})
    );
}

#[tokio::test]
async fn ids_in_a_path_are_decoded_and_checked() {
    let api = Api::start().await;
    for id in ["..%2f", "%00", "%7f", "a%20b", "%5C", "%EF%BB%BF"] {
        for kind in ["room", "conf"] {
            let reply = api.get(&format!("/cdr/{kind}/{id}")).await;
            reply.failed(422, "INVALID_PARAM", if kind == "room" { "room_id" } else { "conf_num" });
            api.get(&format!("/archive/{kind}/{id}")).await.failed(422, "INVALID_PARAM", "");
        }
    }
    api.sandbox.fill_report("é-1", 2);
    assert_eq!(api.list("/cdr/room/%C3%A9%2D1").await.len(), 2);
}
