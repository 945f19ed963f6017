//! One client, for example in a `static`, on several runtimes.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    pin::pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    task::{Context, Poll, Waker},
};

use enablex::{CallOptions, Client, Credentials, ErrorKind, NewRoom};
use tokio::runtime::{Builder, Runtime};

use crate::sample;

/// A server with its own threads that keeps connections open. It counts the requests of each and the open
/// ones.
struct Kept {
    base_url: String,
    requests: Arc<Mutex<Vec<usize>>>,
    open: Arc<AtomicUsize>,
}

impl Kept {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}/video/v2", listener.local_addr().unwrap());
        let (requests, open) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicUsize::new(0)));
        let kept = Self { base_url, requests: requests.clone(), open: open.clone() };
        let room = sample("createRoom.response").to_string();
        let answer = format!("HTTP/1.1 201 Created\r\nContent-Length: {}\r\n\r\n{room}", room.len());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                open.fetch_add(1, SeqCst);
                let mut seen = requests.lock().unwrap();
                let number = seen.len();
                seen.push(0);
                drop(seen);
                let (requests, open, answer) = (requests.clone(), open.clone(), answer.clone());
                std::thread::spawn(move || {
                    while read(&mut stream) {
                        requests.lock().unwrap()[number] += 1;
                        if stream.write_all(answer.as_bytes()).is_err() {
                            break;
                        }
                    }
                    open.fetch_sub(1, SeqCst);
                });
            }
        });
        kept
    }

    fn client(&self) -> Client {
        Client::builder().credentials("id", "key").base_url(&self.base_url).build().unwrap()
    }

    /// For each connection, in the order of their start.
    fn requests(&self) -> Vec<usize> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads one request, whose body is a JSON object with an object at its end.
fn read(stream: &mut TcpStream) -> bool {
    let mut request = Vec::new();
    while !request.ends_with(b"}}") {
        let mut some = [0; 4096];
        match stream.read(&mut some) {
            Ok(0) | Err(_) => return false,
            Ok(length) => request.extend(&some[..length]),
        }
    }
    true
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn create(client: &Client) -> Result<(), enablex::Error> {
    client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await.map(drop)
}

/// A runtime does not use the connections of another one that stands still.
#[test]
fn a_runtime_that_stands_still_holds_up_no_other() {
    let server = Kept::start();
    let client = server.client();
    let provided = Client::builder()
        .credentials_provider(async || Credentials::new("id", "key"))
        .base_url(&server.base_url)
        .build()
        .unwrap();
    for client in [client, provided] {
        let before = server.requests().len();
        let (a, b) = (runtime(), runtime());
        for _ in 0..3 {
            a.block_on(create(&client)).unwrap();
            b.block_on(create(&client.clone())).unwrap();
        }
        assert_eq!(server.requests()[before..], [3, 3]);
    }
}

/// The same with several threads that each have a runtime for a while.
#[test]
fn short_lived_runtimes() {
    let server = Kept::start();
    let client = server.client();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..30 {
                    let runtime = runtime();
                    for _ in 0..4 {
                        runtime.block_on(create(&client)).unwrap();
                    }
                }
            });
        }
    });
    let requests = server.requests();
    assert_eq!(requests.iter().sum::<usize>(), 480);
    assert_eq!(requests.len(), 120, "one connection for each runtime");
    while server.open.load(SeqCst) > 0 {
        std::thread::yield_now();
    }
}

/// More runtimes than the client keeps connections for.
#[test]
fn many_runtimes() {
    let server = Kept::start();
    let client = server.client();
    let runtimes: Vec<_> = (0..140).map(|_| runtime()).collect();
    for _ in 0..2 {
        for runtime in &runtimes {
            runtime.block_on(create(&client)).unwrap();
        }
    }
    assert_eq!(server.requests().iter().sum::<usize>(), 280);
    assert!(server.requests().iter().filter(|requests| **requests == 2).count() > 100);
}

/// One runtime with several threads has one pool.
#[test]
fn a_runtime_with_threads() {
    let server = Kept::start();
    let client = server.client();
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    for _ in 0..20 {
        let client = client.clone();
        runtime
            .block_on(async { tokio::spawn(async move { create(&client).await }).await.unwrap().unwrap() });
    }
    assert_eq!(server.requests(), [20]);
}

#[test]
fn without_a_runtime_nothing_is_sent_and_nothing_panics() {
    let server = Kept::start();
    let client = server.client();
    let rooms = client.rooms().with(CallOptions::new());
    let Poll::Ready(listed) = pin!(rooms.list()).poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("it waits for what does not come")
    };
    let error = listed.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Setup, 0));
    assert!(error.to_string().contains("Tokio runtime"), "{error}");
    let builder = Client::builder().credentials("id", "key").base_url(&server.base_url);
    let client = builder.recording_credentials("u", "p", ["localhost"]).build().unwrap();
    let Poll::Ready(saved) =
        pin!(client.file("http://localhost/f").save("f")).poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("it waits for what does not come")
    };
    assert_eq!(saved.unwrap_err().kind(), ErrorKind::Setup);
    let Poll::Ready(listed) =
        pin!(client.bindings().get_room_list()).poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("it waits for what does not come")
    };
    assert!(listed.unwrap_err().to_string().contains("Tokio runtime"));
    assert!(server.requests().is_empty());
}
