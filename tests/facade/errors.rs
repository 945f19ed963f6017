//! Every failure becomes an error with what happened and what to do.

use std::{
    error::Error as _,
    sync::Arc,
    time::{Duration, SystemTime},
};

use enablex::{Advice, Error, ErrorCode, ErrorKind, NewRoom, RetryPolicy, Role, TokenRequest};
use serde_json::{Value, json};

use crate::{
    clock::MovedClock,
    sample,
    server::{Server, http},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

fn request() -> TokenRequest {
    TokenRequest::new("Asha Rao", Role::Participant, "emp-1042")
}

async fn token_error(server: &Server) -> Error {
    server.client().room(ROOM).create_token(request()).await.unwrap_err()
}

async fn refused(status: u16, body: impl ToString) -> Error {
    token_error(&Server::json(status, body).await).await
}

/// Every sample of a failure with its code and advice, from the tables of EnableX's reference.
#[tokio::test]
async fn samples() {
    let fix = |field| Advice::FixRequest { field };
    let (auth, gone) = (Advice::CheckCredentials, Advice::RoomGone);
    for (name, status, code, advice) in [
        ("error.app.10000", 401, json!(10000), auth),
        ("error.cdr.10203-to_date", 400, json!(10203), fix(Some("to_date"))),
        ("error.code.401-rotated", 401, json!("CREDENTIAL_EXPIRED"), auth),
        ("error.code.401", 401, json!("UNAUTHORIZED"), auth),
        ("error.code.403", 403, json!("PROJECT_SUSPENDED"), auth),
        ("error.code.422", 422, json!("INVALID_PARAM"), fix(None)),
        ("error.code", 429, json!("RATE_LIMITED"), Advice::Wait),
        ("error.result", 400, json!(10002), fix(Some("name"))),
        ("error.room.10009-unknown-setting", 400, json!(10009), fix(Some("settings"))),
        ("error.room.10010-owner_ref", 400, json!(10010), fix(Some("owner_ref"))),
        ("error.room.10030-active", 409, json!(10030), Advice::Wait),
        ("error.room.10106-type", 403, json!(10106), fix(None)),
        ("error.room.50001-fault", 500, json!(50001), Advice::ServiceFailed),
        ("error.token.10104-role", 422, json!(10104), fix(Some("role"))),
        ("error.token.10105-busy", 503, json!(10105), Advice::Wait),
        ("error.token.10111-over", 403, json!(10111), Advice::Over),
        ("error.token.10113-inactive", 403, json!(10113), Advice::WaitOrGone),
        ("error.token.10114-full", 403, json!(10114), Advice::RoomFull),
        ("error.token.40001-no-room", 404, json!(40001), gone),
        ("error.token.40002-unauthorized", 403, json!(40002), auth),
    ] {
        // A code takes precedence over the status, even over 200.
        for status in [status, 200, 500] {
            let body = sample(name);
            let error = refused(status, &body).await;
            assert_eq!(error.kind(), ErrorKind::Api, "{name} {status}");
            assert_eq!(serde_json::to_value(error.code()).unwrap(), code, "{name}");
            assert_eq!(error.advice(), Some(advice), "{name} {status}");
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert_eq!(error.request_id(), body["request_id"].as_str());
            assert_eq!(error.operation(), Some("createToken"));
            for text in ["error", "desc", "message"].iter().filter_map(|key| body[key].as_str()) {
                assert!(error.to_string().contains(text), "{error}");
            }
        }
    }
}

/// A 409 means the wrong state, even with a general code.
#[tokio::test]
async fn conflicts() {
    for body in [
        json!({"status": "error", "error_code": "INVALID_PARAM"}),
        json!({"result": 50_000}),
        json!({"result": 10_199}),
        json!({"error_code": "CONFLICT"}),
        json!({}),
    ] {
        let server = Server::json(409, &body).await;
        let client = server.client();
        let room = client.room(ROOM);
        for error in [
            room.delete().await.unwrap_err(),
            room.update(enablex::RoomUpdate::new().name("n")).await.unwrap_err(),
            room.create_token(request()).await.unwrap_err(),
        ] {
            assert_eq!(error.advice(), Some(Advice::Wait), "{body}");
        }
    }
    assert_eq!(refused(409, json!({"result": 10_114})).await.advice(), Some(Advice::RoomFull));
    let bad = refused(422, json!({"error_code": "INVALID_PARAM"})).await;
    assert_eq!(bad.advice(), Some(Advice::FixRequest { field: None }));
}

/// What `main` prints of an error that it returns.
#[tokio::test]
async fn debug_is_for_people() {
    let error = refused(403, sample("error.token.10114-full")).await;
    assert_eq!(format!("{error:?}"), error.to_string());
    let server = Server::json(200, "{\"result\":0,").await;
    let error = server.client().room(ROOM).get().await.unwrap_err();
    let line = format!("{error:?}");
    assert!(line.starts_with(&error.to_string()) && line.contains("EOF") && !line.contains('\n'), "{line}");
    assert!(line.ends_with(r#"; the body begins "{\"result\":0,""#), "{line}");
    let parts = format!("{error:#?}");
    assert!(parts.contains("kind: UnexpectedAnswer") && parts.contains("retry_cause"), "{parts}");
}

/// A room that may exist must not be created twice, and every part of the error says so.
#[tokio::test]
async fn what_may_be_done() {
    let dropped = Server::saying("").await;
    let garbled = Server::json(200, json!([])).await;
    let failed = Server::json(503, json!({})).await;
    let not_created = Server::json(500, sample("error.room.50001-fault")).await;
    let contradicted = json!({"result": 0, "error_code": "INVALID_PARAM", "room": {"room_id": ROOM}});
    let contradicted = Server::json(201, contradicted).await;
    for server in [dropped, garbled, failed, not_created, contradicted] {
        let error = server.client().rooms().create(NewRoom::permanent("Desk", "team")).await.unwrap_err();
        assert_eq!((error.advice(), error.is_retryable()), (Some(Advice::MayBeDone), false));
        assert!(error.to_string().ends_with("it may have been done all the same"), "{error}");
        assert_ne!(token_error(&server).await.advice(), Some(Advice::MayBeDone));
    }
    let busy = Server::json(429, json!({})).await;
    let error = busy.client().rooms().create(NewRoom::permanent("Desk", "team")).await.unwrap_err();
    assert_eq!((error.advice(), error.is_retryable()), (Some(Advice::Wait), true));
}

#[tokio::test]
async fn questions() {
    let ask = async |name: &str| {
        let error = refused(200, sample(name)).await;
        (
            error.is_not_found(),
            error.is_auth(),
            error.is_rate_limited(),
            error.is_room_full(),
            error.is_retryable(),
        )
    };
    assert_eq!(ask("error.token.40001-no-room").await, (true, false, false, false, false));
    assert_eq!(ask("error.token.40002-unauthorized").await, (false, true, false, false, false));
    assert_eq!(ask("error.code.401-rotated").await, (false, true, false, false, false));
    assert_eq!(ask("error.code").await, (false, false, true, false, true));
    assert_eq!(ask("error.token.10114-full").await, (false, false, false, true, false));
    assert_eq!(ask("error.token.10105-busy").await, (false, false, false, false, true));
    assert_eq!(ask("error.room.10030-active").await, (false, false, false, false, false));
}

#[tokio::test]
async fn an_unknown_code_leaves_it_to_the_status() {
    for (status, advice) in [
        (400, Advice::FixRequest { field: None }),
        (401, Advice::CheckCredentials),
        (403, Advice::CheckCredentials),
        (404, Advice::RoomGone),
        (409, Advice::Wait),
        (422, Advice::FixRequest { field: None }),
        (429, Advice::Wait),
        (500, Advice::ServiceFailed),
        (503, Advice::Wait),
    ] {
        for body in [json!({"result": 10_199}), json!({"error_code": "NEW"})] {
            let error = refused(status, &body).await;
            assert_eq!(error.kind(), ErrorKind::Api);
            assert_eq!(error.advice(), Some(advice), "{status} {body}");
            assert_eq!(error.is_not_found(), status == 404);
            assert_eq!(error.is_auth(), matches!(status, 401 | 403));
            assert_eq!(error.is_rate_limited(), status == 429);
        }
    }
    // A published code takes precedence over the status.
    let error = refused(404, json!({"result": 10_114})).await;
    assert!(error.is_room_full() && !error.is_not_found());
}

/// A `result` that is not 0 is never a success.
#[tokio::test]
async fn results() {
    let with = |result: Value| json!({"result": result, "token": "eyJ0ZXN0IjoxfQ=="});
    for (result, code) in [
        (json!(10_002), Some(ErrorCode::NameAbsent)),
        (json!("10002"), Some(ErrorCode::NameAbsent)),
        (json!(1), Some(ErrorCode::OtherResult(1))),
        (json!(-1), Some(ErrorCode::OtherResult(-1))),
        (json!("-1"), Some(ErrorCode::OtherResult(-1))),
        (json!(1.5), None),
        (json!(0.0), None),
        (json!("0x0"), None),
        (json!(""), None),
        (json!(" 0"), None),
        (json!("+0"), None),
        (json!("-0"), None),
        (json!(true), None),
        (json!(false), None),
        (json!(null), None),
        (json!({}), None),
        (json!([0]), None),
    ] {
        let error = refused(200, with(result.clone())).await;
        let kind = if code.is_some() { ErrorKind::Api } else { ErrorKind::UnexpectedAnswer };
        assert_eq!((error.kind(), error.code()), (kind, code.as_ref()), "{result}");
    }
    // A duplicate key hides nothing.
    let twice = refused(200, r#"{"result": 0, "result": 10114, "token": "eyJ0ZXN0IjoxfQ=="}"#).await;
    assert!(twice.is_room_full());
    for body in [json!({"token": "eyJ0ZXN0IjoxfQ=="}), json!([0, "eyJ0ZXN0IjoxfQ=="]), json!(0), json!(null)]
    {
        assert_eq!(refused(200, &body).await.kind(), ErrorKind::UnexpectedAnswer, "{body}");
    }
    for zero in [json!(0), json!("0")] {
        let server = Server::json(200, with(zero)).await;
        server.client().room(ROOM).create_token(request()).await.unwrap();
    }
    // Nor is a `result` of 0 a success with another status.
    assert_eq!(refused(500, with(json!(0))).await.kind(), ErrorKind::Api);
}

#[tokio::test]
async fn a_token_is_never_coerced() {
    for token in [json!(null), json!(""), json!(7), json!(true), json!(["t"]), json!({"t": "t"})] {
        let error = refused(200, json!({"result": 0, "token": token})).await;
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer, "{token}");
        assert_eq!((error.status().unwrap().as_u16(), error.is_retryable()), (200, true));
    }
    assert_eq!(refused(200, json!({"result": 0})).await.kind(), ErrorKind::UnexpectedAnswer);
}

#[tokio::test]
async fn what_is_no_json_keeps_its_status_and_a_bounded_excerpt() {
    let page = format!("<html><h1>Bad gateway</h1>{}</html>", "x".repeat(10_000));
    let server = Server::saying(http(502, "text/html", &page)).await;
    let error = token_error(&server).await;
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 502));
    assert!(error.is_retryable());
    let excerpt = error.body_excerpt().unwrap();
    assert!(excerpt.starts_with("<html><h1>Bad gateway</h1>"));
    assert!(excerpt.chars().count() <= 513);

    for body in [&b""[..], b"\xff\xfe\x00", b"{\"result\":0,", b"[[[["] {
        for status in [200, 500] {
            let server = Server::saying(http(status, "application/json", body)).await;
            let error = server.client().room(ROOM).get().await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status);
            let kind = if status == 200 { ErrorKind::UnexpectedAnswer } else { ErrorKind::Api };
            assert_eq!(error.kind(), kind);
            assert_eq!(error.body_excerpt().is_some(), !body.is_empty());
        }
    }
    // The cause is in the chain.
    let server = Server::json(200, "{\"result\":0,").await;
    let error = server.client().room(ROOM).get().await.unwrap_err();
    assert!(error.source().unwrap().to_string().contains("EOF"));
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let elsewhere = Server::json(200, sample("createToken.response")).await;
    for status in [301, 302, 303, 307, 308] {
        let redirect = format!(
            "HTTP/1.1 {status} Moved\r\nLocation: {}/rooms\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            elsewhere.base_url
        );
        let error = token_error(&Server::saying(redirect).await).await;
        assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, status));
    }
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn a_body_over_the_cap_is_not_read() {
    let server = Server::saying(http(200, "application/json", vec![b' '; 9 * 1024 * 1024])).await;
    let error = server.client().room(ROOM).get().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer);
    assert!(error.to_string().contains("too large"));
}

/// A failure is understood even if the rest of its body is broken.
#[tokio::test]
async fn a_refusal_is_read_as_far_as_it_comes() {
    let full = sample("error.token.10114-full").to_string();
    let head = "HTTP/1.1 403 No\r\nConnection: close\r\nContent-Length:";
    for (answer, code) in [
        (format!("{head} {}\r\n\r\n{full}", full.len() + 9).into_bytes(), Some(ErrorCode::RoomFull)),
        (format!("{head} {}\r\n\r\n\u{feff}{full}", full.len() + 3).into_bytes(), Some(ErrorCode::RoomFull)),
        (
            http(403, "application/json", r#"{"result":10114,"error":"room \ud83d"}"#),
            Some(ErrorCode::RoomFull),
        ),
        (http(403, "application/json", b"{\"result\":10114,\"error\":\"\xe9\"}"), Some(ErrorCode::RoomFull)),
        (http(503, "text/html", vec![b' '; 9 * 1024 * 1024]), None),
    ] {
        let error = token_error(&Server::saying(answer).await).await;
        assert_eq!((error.kind(), error.code()), (ErrorKind::Api, code.as_ref()), "{error:?}");
        assert_eq!(error.is_retryable(), code.is_none());
    }
}

#[tokio::test]
async fn what_may_be_repeated() {
    let new = || NewRoom::permanent("n", "o");
    for (status, body, repeated) in [
        (429, json!({}), true),
        (429, sample("error.code"), true),
        (503, json!({}), false),
        (500, sample("error.room.50001-fault"), false),
        (200, json!({"result": 10_199}), false),
    ] {
        let server = Server::json(status, &body).await;
        let error = server.client().rooms().create(new()).await.unwrap_err();
        assert_eq!(error.is_retryable(), repeated, "{status} {body}");
    }
    // Deletions, changes and reads are idempotent.
    let broken = Server::saying("").await;
    let client = broken.client();
    let room = client.room(ROOM);
    assert!(room.delete().await.unwrap_err().is_retryable());
    assert!(room.get().await.unwrap_err().is_retryable());
    assert!(room.users().await.unwrap_err().is_retryable());
    assert!(room.update(enablex::RoomUpdate::new().name("n")).await.unwrap_err().is_retryable());
    assert!(client.rooms().list().await.unwrap_err().is_retryable());
    // An unknown failure is not transient.
    assert!(!refused(200, json!({"result": 10_199})).await.is_retryable());
}

/// The error of a call that could have been retried but was not says why.
#[tokio::test]
async fn why_it_was_not_sent_again() {
    let clock = || Arc::new(MovedClock::new());
    let builder =
        |server: &Server| server.builder().clock(clock()).jitter(|| 0.).retry(RetryPolicy::standard());

    let answer = "HTTP/1.1 503 Said\r\nRetry-After: 3600\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let client = builder(&Server::saying(answer).await).build().unwrap();
    let error = client.rooms().list().await.unwrap_err();
    let reason = "; not sent again: a wait of 3600.0 s, as the service asks, would reach the call's deadline";
    assert!(error.to_string().ends_with(reason), "{error}");

    let server = Server::json(500, json!({})).await;
    let client = builder(&server).build().unwrap();
    let reason = "; not sent again: the client's budget of repeats is used up";
    // 500, at 14 for a retry and two retries for a call.
    for call in 1..=18 {
        let error = client.rooms().list().await.unwrap_err();
        assert_eq!(error.to_string().ends_with(reason), call > 17, "{call}: {error}");
    }
    let error = server.client().rooms().list().await.unwrap_err();
    assert!(!error.to_string().contains("not sent again"), "{error}");
}

#[tokio::test]
async fn not_found_is_the_room_where_a_call_names_one() {
    let server = Server::json(404, json!({"result": 10_199})).await;
    let client = server.client();
    let of_room = client.room(ROOM).get().await.unwrap_err();
    let of_list = client.rooms().list().await.unwrap_err();
    assert!(of_room.is_not_found() && of_list.is_not_found());
    assert_eq!(of_room.advice(), Some(Advice::RoomGone));
    assert_eq!(of_list.advice(), Some(Advice::FixRequest { field: None }));
}

#[tokio::test]
async fn texts_of_the_service_stay_in_one_line() {
    let error =
        refused(403, json!({"result": 40_002, "error": "a\r\nb\u{1b}[31m\u{0}", "request_id": "r\nq"})).await;
    assert!(!error.to_string().contains(|c: char| c.is_control()), "{error:?}");
}

#[tokio::test]
async fn no_connection() {
    // A socket that occupies its port without listening.
    let deaf = tokio::net::TcpSocket::new_v4().unwrap();
    deaf.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let base = format!("http://{}/", deaf.local_addr().unwrap());
    let client = enablex::Client::builder().credentials("id", "key").base_url(base).build().unwrap();
    let error = client.rooms().create(NewRoom::permanent("n", "o")).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Connect, None));
    // Nothing can have been created.
    assert!(error.is_retryable());
    assert_eq!(error.advice(), Some(Advice::Wait));
    assert!(
        error.to_string().contains(&format!("made to {}: tcp connect error: ", deaf.local_addr().unwrap())),
        "{error}"
    );
    let chain = std::iter::successors(error.source(), |error| (*error).source());
    assert!(chain.map(ToString::to_string).any(|text| text.contains("refused")));
    // The path may contain the id of a room.
    let error = client.room(ROOM).get().await.unwrap_err();
    let chain = std::iter::successors(error.source(), |error| (*error).source());
    assert!(chain.map(|error| format!("{error} {error:?}")).all(|text| !text.contains(ROOM)));
}

#[tokio::test]
async fn a_connection_that_breaks() {
    for answer in
        [&b""[..], b"HTTP/1.1 200 OK\r\nContent-Le", b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"res"]
    {
        let server = Server::saying(answer).await;
        let error = token_error(&server).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.is_retryable());
        // The room may have been created, so there is no retry.
        let error = server.client().rooms().create(NewRoom::permanent("n", "o")).await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Transport, false));
    }
}

#[tokio::test]
async fn silence_meets_the_deadlines() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}/", listener.local_addr().unwrap());
    let short = Duration::from_millis(50);
    let builder = || enablex::Client::builder().credentials("id", "key").base_url(&base);
    for client in [builder().timeout(short), builder().attempt_timeout(short)] {
        let error = client.build().unwrap().room(ROOM).get().await.unwrap_err();
        assert_eq!(error.advice(), Some(Advice::Wait));
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.is_timeout() && error.is_retryable());
    }
}

#[tokio::test]
async fn too_early_and_too_late_are_told_apart_by_the_room() {
    let server = Server::json(200, sample("createRoom.scheduled.response")).await;
    let room = server.client().room(ROOM).get().await.unwrap();
    let permanent = Server::json(200, sample("createRoom.response")).await;
    let permanent = permanent.client().room(ROOM).get().await.unwrap();
    // The room of the sample: 2026-03-09 10:30:00 UTC, for 45 minutes.
    let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_773_052_200);
    let minutes = |n: u64| Duration::from_secs(n * 60);

    for code in [10_112, 10_113] {
        let error = refused(200, json!({"result": code})).await;
        assert_eq!(error.advice(), Some(Advice::WaitOrGone));
        let at = |now| error.advice_for(&room, now).unwrap();
        let until = start - minutes(15);
        assert_eq!(at(start - minutes(16)), Advice::Early { until });
        assert_eq!(at(start - minutes(16)).to_string(), "early: the room opens at 2026-03-09T10:15:00Z");
        assert_eq!(at(start - minutes(14)), Advice::WaitOrGone);
        assert_eq!(at(start + minutes(44)), Advice::WaitOrGone);
        assert_eq!(at(start + minutes(45)), Advice::Over);
        assert_eq!(error.advice_for(&permanent, start), Some(Advice::WaitOrGone));
        // Start and duration are enough.
        assert_eq!(error.advice_for(room.schedule(), start), error.advice_for(&room, start));
        assert_eq!(error.advice_for(None::<(SystemTime, Duration)>, start), Some(Advice::WaitOrGone));
        for now in [start - minutes(16), start - minutes(14), start + minutes(45)] {
            assert_eq!(error.advice_for((start, minutes(45)), now), error.advice_for(&room, now));
        }
    }
    let full = refused(200, sample("error.token.10114-full")).await;
    assert_eq!(full.advice_for(&room, start), Some(Advice::RoomFull));
}
