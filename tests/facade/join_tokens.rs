//! Many join tokens, from a scripted socket and from the sandbox.

use std::{
    collections::VecDeque,
    sync::atomic::{AtomicUsize, Ordering::SeqCst},
};

use enablex::{
    AnswerSlot, CallOptions, Client, ErrorKind, JoinTokens, NewRoom, RetryPolicy, Role, TokenRequest,
    sandbox::{Fault, Sandbox},
};
use futures_util::{FutureExt, Stream, StreamExt, stream};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::{
    sample,
    server::{Received, Server, http, read},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

fn guest(n: usize) -> TokenRequest {
    TokenRequest::new("Guest", Role::Viewer, format!("guest-{n}"))
}

/// The number of the guest whom a request is for.
fn number(user_ref: &str) -> usize {
    user_ref.strip_prefix("guest-").unwrap().parse().unwrap()
}

fn sent_for(request: &Received) -> usize {
    number(request.json()["user_ref"].as_str().unwrap())
}

fn created(n: usize) -> Vec<u8> {
    http(200, "application/json", json!({"result": 0, "token": format!("token-{n}")}).to_string())
}

/// The number of the next guest, whose token must be there.
async fn next(tokens: &mut JoinTokens<'_>) -> Option<usize> {
    let (request, result) = tokens.next().await?;
    let (n, token) = (number(request.user_ref()), result.unwrap());
    assert_eq!((token.user_ref(), token.expose_token()), (request.user_ref(), &*format!("token-{n}")));
    Some(n)
}

/// A server whose connections the test controls.
struct Socket {
    listener: TcpListener,
    client: Client,
}

impl Socket {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/video/v2", listener.local_addr().unwrap());
        let builder = Client::builder().credentials("id", "key").base_url(base).retry(RetryPolicy::none());
        Self { listener, client: builder.build().unwrap() }
    }

    /// The next request, and the guest whom it is for.
    async fn accept(&self) -> (TcpStream, usize) {
        let mut stream = self.listener.accept().await.unwrap().0;
        let n = sent_for(&read(&mut stream).await.unwrap());
        (stream, n)
    }

    /// The next `count` requests, in the order of the guests.
    async fn accept_all(&self, count: usize) -> Vec<(TcpStream, usize)> {
        let mut held = Vec::new();
        while held.len() < count {
            held.push(self.accept().await);
        }
        held.sort_by_key(|(_, n)| *n);
        held
    }

    /// Whether there is another request.
    async fn has_more(&self) -> bool {
        settle(1000).await;
        self.listener.accept().now_or_never().is_some()
    }
}

/// Lets everything happen that can.
async fn settle(turns: usize) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

/// Responds, and waits until the client has received it.
async fn respond((mut stream, n): (TcpStream, usize)) {
    stream.write_all(&created(n)).await.unwrap();
    assert_eq!(stream.read(&mut [0; 1]).await.unwrap_or(0), 0);
}

#[tokio::test]
async fn in_the_order_of_the_requests() {
    let socket = Socket::new().await;
    let mut tokens = socket.client.room(ROOM).create_tokens((1..=3).map(guest));
    assert_eq!(tokens.size_hint(), (3, Some(3)));
    let last_first = async {
        let mut held = socket.accept_all(3).await;
        while let Some(last) = held.pop() {
            respond(last).await;
        }
    };
    assert_eq!(tokio::join!(last_first, next(&mut tokens)).1, Some(1));
    assert_eq!(tokens.size_hint(), (2, Some(2)));
    assert_eq!((next(&mut tokens).await, next(&mut tokens).await), (Some(2), Some(3)));
    assert_eq!((next(&mut tokens).await, next(&mut tokens).await), (None, None));
}

#[tokio::test]
async fn as_they_come() {
    let socket = Socket::new().await;
    let mut tokens = socket.client.room(ROOM).create_tokens((1..=3).map(guest)).unordered();
    let last_first = async {
        let mut held = socket.accept_all(3).await;
        respond(held.pop().unwrap()).await;
        held
    };
    let (mut held, third) = tokio::join!(last_first, next(&mut tokens));
    assert_eq!(third, Some(3));
    for n in [2, 1] {
        assert_eq!(tokio::join!(respond(held.pop().unwrap()), next(&mut tokens)).1, Some(n));
    }
    assert_eq!((next(&mut tokens).await, next(&mut tokens).await), (None, None));
}

/// As many calls as are allowed and no more; as many requests are taken from the iterator.
#[tokio::test]
async fn concurrency() {
    let socket = Socket::new().await;
    for (set, most) in [(None, 16), (Some(3), 3), (Some(1), 1), (Some(0), 1)] {
        for unordered in [false, true] {
            let pulled = AtomicUsize::new(0);
            let guests = (1..=40).map(guest).inspect(|_| _ = pulled.fetch_add(1, SeqCst));
            let mut tokens = socket.client.room(ROOM).create_tokens(guests);
            tokens = if let Some(set) = set { tokens.concurrency(set) } else { tokens };
            tokens = if unordered { tokens.unordered() } else { tokens };
            assert_eq!(pulled.load(SeqCst), 0);
            assert!(tokens.next().now_or_never().is_none());
            assert_eq!(pulled.load(SeqCst), most);

            let mut held = VecDeque::new();
            for taken in 0..40 {
                let serve = async {
                    while held.len() < most.min(40 - taken) {
                        held.push_back(socket.accept().await);
                    }
                    held.make_contiguous().sort_by_key(|(_, n)| *n);
                    assert!(!socket.has_more().await, "more than {most} at once");
                    assert_eq!(pulled.load(SeqCst), (taken + most).min(40));
                    respond(held.pop_front().unwrap()).await;
                };
                assert_eq!(tokio::join!(serve, next(&mut tokens)).1, Some(taken + 1));
            }
            assert_eq!(next(&mut tokens).await, None);
        }
    }
}

/// A failed request comes out with its error, and the stream goes on.
#[tokio::test]
async fn errors_beside_their_requests() {
    let server = Server::answering(|request| match sent_for(request) {
        2 => http(403, "application/json", sample("error.token.10114-full").to_string()),
        3 => Vec::new(),
        n => created(n),
    })
    .await;
    let client = server.client();
    let nameless = TokenRequest::new(" ", Role::Viewer, "guest-4");
    let guests = || [guest(1), guest(2), guest(3), nameless.clone(), guest(5)];
    let mut tokens = client.room(ROOM).create_tokens(guests());
    let mut kinds = Vec::new();
    let mut failed = Vec::new();
    while let Some((request, result)) = tokens.next().await {
        kinds.push((number(request.user_ref()), result.as_ref().err().map(|error| error.kind())));
        failed.extend(result.is_err().then_some(request));
    }
    let expected = [None, Some(ErrorKind::Api), Some(ErrorKind::Transport), Some(ErrorKind::InvalidInput)];
    assert_eq!(kinds, (1..).zip(expected.into_iter().chain([None])).collect::<Vec<_>>());
    assert_eq!(server.received().len(), 4);

    // As they were sent.
    let server = Server::answering(|request| created(sent_for(request))).await;
    let (client, room) = (server.client(), format!("{ROOM}/tokens"));
    let mut tokens = client.room(ROOM).create_tokens(failed.drain(..2));
    assert_eq!((next(&mut tokens).await, next(&mut tokens).await), (Some(2), Some(3)));
    drop(tokens);
    let bodies: Vec<_> = server.received().iter().map(|request| request.json()).collect();
    assert!(
        bodies.contains(&json!({"name": "Guest", "role": "viewer", "user_ref": "guest-3"})),
        "{bodies:?}"
    );
    assert!(server.received().iter().all(|request| request.line.contains(&room)));
}

/// A room id and options that break a rule are told for each request, beside what it breaks itself.
#[tokio::test]
async fn nothing_is_sent_to_no_room() {
    let server = Server::json(200, json!({})).await;
    let client = server.client();
    let options = CallOptions::new().header("host", "a");
    let mut tokens = client
        .room("..")
        .with(options)
        .create_tokens([guest(1), TokenRequest::new("", Role::Viewer, "guest-2")]);
    for expected in [&["room_id", "header"][..], &["room_id", "name", "header"]] {
        let (_, result) = tokens.next().await.unwrap();
        let error = result.unwrap_err();
        let fields: Vec<_> = error.violations().iter().map(|broken| broken.field()).collect();
        assert_eq!(fields, expected);
    }
    assert!(tokens.next().await.is_none());
    assert!(server.received().is_empty());
}

/// Each call has the options, and only with one call at once it is clear whose response is kept.
#[tokio::test]
async fn options_of_each_call() {
    let server = Server::answering(|request| created(sent_for(request))).await;
    let (client, slot) = (server.client(), AnswerSlot::new());
    let options = CallOptions::new().header("x-trace", "7c1f").keep_answer(&slot);
    let mut tokens = client.room(ROOM).with(options).create_tokens((1..=5).map(guest)).concurrency(1);
    while let Some(n) = next(&mut tokens).await {
        let body = String::from_utf8(slot.take().unwrap().body().to_vec()).unwrap();
        assert!(body.contains(&format!("token-{n}")), "{body}");
    }
    let received = server.received();
    assert_eq!(received.len(), 5);
    assert!(received.iter().all(|request| request.header("x-trace") == Some("7c1f")));
}

#[tokio::test]
async fn dropping_it_cancels_the_calls() {
    let socket = Socket::new().await;
    let mut tokens = socket.client.room(ROOM).create_tokens((1..=9).map(guest)).concurrency(3);
    let held = tokio::select! {
        held = socket.accept_all(3) => held,
        _ = tokens.next() => unreachable!("nothing was answered"),
    };
    drop(tokens);
    settle(10_000).await;
    for (mut stream, _) in held {
        let closed = stream.read(&mut [0; 1]).now_or_never();
        assert_eq!(closed.expect("the connection is closed").unwrap_or(0), 0);
    }
    assert!(!socket.has_more().await);
}

/// Results come while the source of the requests has not ended.
#[tokio::test]
async fn requests_from_a_stream() {
    let server = Server::answering(|request| created(sent_for(request))).await;
    let (send, receive) = tokio::sync::mpsc::unbounded_channel();
    let source = stream::unfold(receive, async |mut receive| Some((receive.recv().await?, receive)));
    let mut tokens = server.client().room(ROOM).create_tokens_from(source);
    for n in [1, 2] {
        assert!(tokens.next().now_or_never().is_none());
        send.send(guest(n)).unwrap();
        assert_eq!(next(&mut tokens).await, Some(n));
    }
    drop(send);
    assert_eq!(next(&mut tokens).await, None);
}

/// It is a stream that another task can read, after the client is gone; and requests may be borrowed.
#[tokio::test]
async fn what_it_borrows() {
    let server = Server::answering(|request| created(sent_for(request))).await;
    let client = server.client();
    let tokens = client.room(ROOM).create_tokens((1..=20).map(guest));
    drop(client);
    let results = tokio::spawn(tokens.collect::<Vec<_>>()).await.unwrap();
    assert_eq!(results.len(), 20);

    let names = ["Asha".to_owned(), "Li Na".to_owned()];
    let client = server.client();
    let guests = names.iter().map(|name| TokenRequest::new(name, Role::Viewer, "guest-7"));
    let mut tokens = client.room(ROOM).create_tokens(guests);
    assert_eq!((next(&mut tokens).await, next(&mut tokens).await), (Some(7), Some(7)));
}

/// Retries, and the client's own limit below the concurrency.
#[tokio::test]
async fn everyone_gets_in() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client_builder().max_calls_in_flight(2).jitter(|| 0.0).build().unwrap();
    let room = client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await.unwrap();
    sandbox.inject(Fault::status(enablex::reqwest::StatusCode::SERVICE_UNAVAILABLE).times(3));
    let mut tokens = client.room(&room).create_tokens((1..=100).map(guest));
    let mut joined = 0;
    while let Some((_, token)) = tokens.next().await {
        sandbox.join(token.unwrap().expose_token()).unwrap();
        joined += 1;
    }
    assert_eq!(client.room(&room).users().await.unwrap().len(), joined);
    assert_eq!((joined, sandbox.requests()), (100, 1 + 100 + 3 + 1));
}
