//! Faults that depend on timing, which the table cannot express.

use std::{
    io::Write,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use enablex::{AnswerSlot, CallOptions, Client, Credentials, ErrorKind, NewRoom, RetryPolicy};

use crate::{
    clock::MovedClock,
    does::{Does, ROOM, done_body, kept, raw},
    run::{APP_ID, APP_KEY},
    server::{Carries, Server, settle},
};

fn client(clock: &Arc<MovedClock>, address: std::net::SocketAddr) -> enablex::ClientBuilder {
    let base = format!("http://{address}/video/v2");
    Client::builder().credentials(APP_ID, APP_KEY).base_url(base).clock(clock.clone()).jitter(|| 0.5)
}

/// The client does not know yet that its idle connection is closed when the next call starts. This costs
/// neither the request nor an attempt, even for the creation of a room.
#[tokio::test]
async fn an_idle_connection_that_was_just_closed() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (close, closing) = std::sync::mpsc::channel();
    let (closed, is_closed) = std::sync::mpsc::channel();
    let server = std::thread::spawn(move || {
        let mut requests = Vec::new();
        for last in [false, true] {
            let mut stream = listener.accept().unwrap().0;
            let mut request = Vec::new();
            while !request.ends_with(b"}}") {
                let mut some = [0; 4096];
                let length = std::io::Read::read(&mut stream, &mut some).unwrap();
                assert_ne!(length, 0);
                request.extend(&some[..length]);
            }
            requests.push(request);
            stream.write_all(&kept(200, done_body())).unwrap();
            if !last {
                closing.recv().unwrap();
                drop(stream);
                closed.send(()).unwrap();
            }
        }
        requests
    });

    let clock = Arc::new(MovedClock::new());
    let client = client(&clock, address).build().unwrap();
    let create = || async { client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await };
    create().await.unwrap();
    settle().await;
    close.send(()).unwrap();
    // Nothing else runs on this thread meanwhile.
    is_closed.recv().unwrap();
    create().await.unwrap();

    let requests = server.join().unwrap();
    assert_eq!(requests[0], requests[1]);
    assert_eq!((clock.attempts(), clock.waits(), clock.elapsed()), (2, vec![], Duration::ZERO));
}

/// The part of a body that arrived before the timeout can be read.
#[tokio::test]
async fn a_body_that_comes_to_no_end_is_kept() {
    let clock = Arc::new(MovedClock::new());
    let server = Server::start(clock.clone(), Carries::Http).await;
    server.script(vec![Does::Silent(raw(200, &["Content-Length: 100"], r#"{"result":0"#))]);
    let client = client(&clock, server.address).retry(RetryPolicy::none()).build().unwrap();
    let slot = AnswerSlot::new();
    let room = client.room(ROOM).with(CallOptions::new().keep_answer(&slot));
    assert_eq!(room.get().await.unwrap_err().kind(), ErrorKind::Timeout);
    let answer = slot.take().unwrap();
    assert_eq!((answer.status().as_u16(), answer.body()), (200, &br#"{"result":0"#[..]));
}

/// If a refusal of the credentials takes the whole time of the call, the call fails with it.
#[tokio::test]
async fn other_credentials_that_come_too_late() {
    let clock = Arc::new(MovedClock::new());
    let server = Server::start(clock.clone(), Carries::Http).await;
    server.script(vec![Does::Silent(raw(401, &["Content-Length: 100"], "{"))]);
    let asked = AtomicUsize::new(0);
    let provider = move || {
        let key = ["key-1", "key-2"][asked.fetch_add(1, SeqCst).min(1)];
        async move { Credentials::new(APP_ID, key) }
    };
    let builder = client(&clock, server.address).credentials_provider(provider);
    let client = builder.timeout(Duration::from_secs(5)).build().unwrap();
    let error = client.room(ROOM).get().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts()), (401, 1));
    assert!(!error.to_string().contains("not sent again"), "{error}");
    assert_eq!((server.seen(|seen| seen.requests.len()), clock.elapsed()), (1, Duration::from_secs(5)));
}

/// Of an endless body no more is read than the cap and what sockets buffer.
#[tokio::test]
async fn an_endless_body_is_not_taken() {
    let clock = Arc::new(MovedClock::new());
    let server = Server::start(clock.clone(), Carries::Http).await;
    let client = client(&clock, server.address).body_cap(64 * 1024).build().unwrap();
    for status in [200, 403] {
        let before = server.seen(|seen| seen.taken);
        server.script(vec![Does::Endless(raw(status, &["Connection: close"], ""), vec![b' '; 64 * 1024])]);
        let error = client.room(ROOM).get().await.unwrap_err();
        let kind = if status == 200 { ErrorKind::UnexpectedAnswer } else { ErrorKind::Api };
        assert_eq!((error.kind(), error.attempts()), (kind, 1));
        server.settled().await;
        let taken = server.seen(|seen| seen.taken) - before;
        assert!(taken < 32 * 1024 * 1024, "{taken}");
    }
}

/// A dropped call closes its connection and sends nothing more.
#[tokio::test]
async fn a_call_that_is_dropped() {
    let clock = Arc::new(MovedClock::new());
    let server = Server::start(clock.clone(), Carries::Http).await;
    server.script(vec![Does::Hold(Vec::new())]);
    let client = client(&clock, server.address).build().unwrap();
    let room = client.room(ROOM);
    tokio::select! {
        answer = room.get() => panic!("{answer:?}"),
        () = async { while server.seen(|seen| seen.requests.is_empty()) { settle().await } } => {}
    }
    tokio::time::timeout(Duration::from_secs(20), server.settled()).await.unwrap();
    assert_eq!(server.seen(|seen| (seen.connections, seen.requests.len())), (1, 1));
    assert_eq!((clock.limit(), clock.elapsed()), (None, Duration::ZERO));
}
