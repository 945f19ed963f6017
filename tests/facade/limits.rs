//! The client's own limits on requests per second and concurrent requests.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use enablex::{CallOptions, Client, ClientBuilder, ErrorKind, RetryPolicy};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    sync::Semaphore,
    task::JoinHandle,
};

use crate::{
    clock::MovedClock,
    sample,
    server::{Server, http},
};

#[tokio::test]
async fn a_second() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let clock = Arc::new(MovedClock::new());
    let client = server.builder().clock(clock.clone()).max_calls_per_second(2).build().unwrap();
    for (call, second) in [0, 0, 1, 1, 2].into_iter().enumerate() {
        client.rooms().list().await.unwrap();
        assert_eq!(clock.elapsed(), Duration::from_secs(second), "call {call}");
    }
    // Together they take as long; each permit is used once.
    let calls: Vec<_> = (0..5)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.rooms().list().await.map(drop) })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(clock.elapsed(), Duration::from_secs(4));
    assert_eq!(server.received().len(), 10);
}

#[tokio::test]
async fn a_repeat_counts_too() {
    let server = Server::json(503, json!({})).await;
    let clock = Arc::new(MovedClock::new());
    let builder = server.builder().clock(clock.clone()).jitter(|| 0.0).max_calls_per_second(1);
    let client = builder.retry(RetryPolicy::standard()).build().unwrap();
    assert_eq!(client.rooms().list().await.unwrap_err().attempts(), 3);
    assert_eq!(clock.elapsed(), Duration::from_secs(2));
}

/// A permit that becomes available after the timeout is not used: nothing is sent.
#[tokio::test]
async fn a_place_that_comes_too_late() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let clock = Arc::new(MovedClock::new());
    let client = server.builder().clock(clock.clone()).max_calls_per_second(1).build().unwrap();
    client.rooms().list().await.unwrap();
    let options = CallOptions::new().timeout(Duration::from_millis(300));
    let error = client.rooms().with(options).list().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    assert_eq!(server.received().len(), 1);
}

/// A call that gets no permit for its retry in time returns the earlier failure.
#[tokio::test]
async fn no_place_for_a_repeat() {
    let server = Server::json(503, json!({})).await;
    let clock = Arc::new(MovedClock::new());
    let builder = server.builder().clock(clock.clone()).jitter(|| 0.5).retry(RetryPolicy::standard());
    let client = builder.max_calls_per_second(1).build().unwrap();
    // The retry would start after 0.25 s, but gets a permit after 1 s.
    let options = CallOptions::new().timeout(Duration::from_millis(900));
    let error = client.room("5b473a40ad3c0a58a4e0e5c1").with(options).delete().await.unwrap_err();
    assert_eq!((error.status().unwrap().as_u16(), error.attempts(), server.received().len()), (503, 1, 1));
    assert!(error.to_string().contains("not sent again: no place in time"), "{error}");
}

/// A server that responds when the test permits it, and counts concurrent requests.
struct Gate {
    base_url: String,
    open: Arc<Semaphore>,
    here: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    /// How many clients have closed their connection.
    gone: Arc<AtomicUsize>,
}

impl Gate {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/video/v2", listener.local_addr().unwrap());
        let open = Arc::new(Semaphore::new(0));
        let gate = Self { base_url, open, here: Arc::default(), most: Arc::default(), gone: Arc::default() };
        let (open, here, most, gone) =
            (gate.open.clone(), gate.here.clone(), gate.most.clone(), gate.gone.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (open, here, most, gone) = (open.clone(), here.clone(), most.clone(), gone.clone());
                tokio::spawn(async move {
                    let _ = stream.read(&mut [0; 4096]).await;
                    most.fetch_max(here.fetch_add(1, SeqCst) + 1, SeqCst);
                    let mut next = [0; 1];
                    let opened = tokio::select! {
                        permit = open.acquire() => permit.map(|permit| permit.forget()).is_ok(),
                        _ = stream.read(&mut next) => false,
                    };
                    here.fetch_sub(1, SeqCst);
                    if !opened {
                        gone.fetch_add(1, SeqCst);
                    } else {
                        let answer =
                            http(200, "application/json", sample("getRoomList.response").to_string());
                        let _ = stream.write_all(&answer).await;
                    }
                });
            }
        });
        gate
    }

    fn client(&self, set: impl Fn(ClientBuilder) -> ClientBuilder) -> Client {
        set(Client::builder().credentials("id", "key").base_url(&self.base_url)).build().unwrap()
    }

    /// Waits until this many requests have arrived.
    async fn holds(&self, requests: usize) {
        while self.here.load(SeqCst) != requests {
            tokio::task::yield_now().await;
        }
    }
}

fn call(client: &Client) -> JoinHandle<Result<usize, enablex::Error>> {
    let client = client.clone();
    tokio::spawn(async move { client.rooms().list().await.map(|rooms| rooms.len()) })
}

#[tokio::test]
async fn at_once() {
    let gate = Gate::new().await;
    let client = gate.client(|builder| builder.max_calls_in_flight(2));
    let calls: Vec<_> = (0..6).map(|_| call(&client)).collect();
    gate.holds(2).await;
    // Every request that could arrive has arrived by then.
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    gate.open.add_permits(6);
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap(), 1);
    }
    assert_eq!(gate.most.load(SeqCst), 2);
}

#[tokio::test]
async fn who_gives_up_leaves_its_place() {
    let gate = Gate::new().await;
    let client = gate.client(|builder| builder.max_calls_in_flight(1));
    let (first, second) = (call(&client), call(&client));
    gate.holds(1).await;
    let third = call(&client);
    tokio::task::yield_now().await;
    second.abort();
    assert!(second.await.unwrap_err().is_cancelled());
    // The running call is cancelled, too: its connection is closed, its permit free.
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    while gate.gone.load(SeqCst) == 0 {
        tokio::task::yield_now().await;
    }
    gate.open.add_permits(1);
    assert_eq!(third.await.unwrap().unwrap(), 1);
    assert_eq!(gate.most.load(SeqCst), 1);
}

#[tokio::test]
async fn waiting_counts_against_the_deadline() {
    let gate = Gate::new().await;
    let clock = Arc::new(MovedClock::new());
    let client = gate.client(|builder| builder.max_calls_in_flight(1).clock(clock.clone()));
    let first = call(&client);
    gate.holds(1).await;
    let options = CallOptions::new().timeout(Duration::from_secs(3));
    let rooms = client.rooms().with(options);
    let time_passes = async {
        // The first limit belongs to the attempt of the other call.
        while clock.elapsed().is_zero() {
            tokio::task::yield_now().await;
            clock.step(1, Duration::from_secs(10));
        }
    };
    let error = tokio::join!(rooms.list(), time_passes).0.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 0));
    // Nothing was sent, so even the creation of a room can be retried.
    assert!(error.is_retryable() && error.to_string().contains("limits"), "{error}");
    assert_eq!(clock.elapsed(), Duration::from_secs(3));
    gate.open.add_permits(1);
    first.await.unwrap().unwrap();
}
