//! Credentials that change, and the connections that belong to them.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use enablex::{Client, ClientBuilder, Credentials, Error, ErrorCode, ErrorKind, NewRoom, RetryPolicy};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Notify,
    task::JoinHandle,
};

use crate::{
    clock::MovedClock,
    sample,
    server::{Server, http},
};

/// `id:new-key`, as HTTP Basic has it.
const NEW_KEY: &str = "Basic aWQ6bmV3LWtleQ==";
const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

fn client(base_url: &str) -> ClientBuilder {
    Client::builder().credentials("id", "key").base_url(base_url).retry(RetryPolicy::none())
}

fn call(client: &Client) -> JoinHandle<Result<(), Error>> {
    let client = client.clone();
    tokio::spawn(async move { client.room(ROOM).get().await.map(drop) })
}

/// Concurrent calls are each refused once, and the provider is called once for all of them.
#[tokio::test]
async fn calls_that_are_refused_together_ask_once() {
    let server = Server::rotating().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let client = client(&server.base_url)
        .credentials_provider(move || {
            let key = if count.fetch_add(1, SeqCst) == 0 { "old-key" } else { "new-key" };
            async move { Credentials::new("id", key) }
        })
        .build()
        .unwrap();
    let calls: Vec<_> = (0..20).map(|_| call(&client)).collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(asked.load(SeqCst), 2);
    client.room(ROOM).get().await.unwrap();
    client.bindings().get_room_list().await.unwrap();
    assert_eq!(asked.load(SeqCst), 2);
}

#[tokio::test]
async fn a_provider_that_fails() {
    let server = Server::rotating().await;
    let failing = || async { Err::<Credentials, _>("the vault is closed") };
    let client = client(&server.base_url).credentials_provider(failing).build().unwrap();
    let error = client.room(ROOM).get().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Setup, 0));
    assert_eq!(error.operation(), Some("getRoomById"));
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the vault is closed");
    let error = client.bindings().get_room_list().await.unwrap_err();
    assert!(error.to_string().contains("no credentials"), "{error}");
    assert!(server.received().is_empty());
}

/// The error is the refusal with the provider's failure as its source, and there is no retry.
#[tokio::test]
async fn a_provider_that_fails_when_it_is_asked_again() {
    let server = Server::json(401, json!({"error_code": "CREDENTIAL_EXPIRED", "message": "rotated"})).await;
    let answers = Mutex::new(vec![Err("the vault is closed"), Ok(("id", "key"))]);
    let provider = move || {
        let next = answers.lock().unwrap().pop().unwrap();
        async move {
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(
                next.map(|(id, key)| Credentials::new(id, key))??,
            )
        }
    };
    let client = client(&server.base_url).credentials_provider(provider).build().unwrap();
    let error: Error = client.rooms().create(NewRoom::permanent("Desk", "team")).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::CredentialExpired));
    assert!(error.to_string().ends_with("not sent again: the provider gave no credentials"), "{error}");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "the vault is closed");
    assert_eq!(server.received().len(), 1);
}

/// A provider whose second call returns when the test permits it.
#[derive(Default)]
struct Vault {
    asked: AtomicUsize,
    answer: Notify,
}

impl Vault {
    /// A provider that returns these keys in turn and repeats the last one; `None` fails.
    fn giving(
        self: Arc<Self>,
        keys: &'static [Option<&'static str>],
    ) -> impl Fn() -> Pin<Box<dyn Future<Output = Result<Credentials, &'static str>> + Send>> {
        move || {
            let vault = self.clone();
            Box::pin(async move {
                let number = vault.asked.fetch_add(1, SeqCst);
                if number == 1 {
                    vault.answer.notified().await;
                }
                let key = keys[number.min(keys.len() - 1)].ok_or("the vault is closed")?;
                Ok(Credentials::new("id", key).unwrap())
            })
        }
    }

    /// Permits it once the server has received this many requests and the client their responses.
    async fn answer_after(&self, requests: usize, server: &Server) {
        while server.received().len() < requests {
            tokio::task::yield_now().await;
        }
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        self.answer.notify_one();
    }
}

/// A call of the provider that started before the refusal may return the refused credentials.
#[tokio::test]
async fn a_call_asks_after_its_own_refusal() {
    let server = Server::rotating().await;
    let vault = Arc::new(Vault::default());
    let keys = vault.clone().giving(&[Some("old-key"), Some("old-key"), Some("new-key")]);
    let client = client(&server.base_url).credentials_provider(keys).build().unwrap();
    let first = call(&client);
    while vault.asked.load(SeqCst) < 2 {
        tokio::task::yield_now().await;
    }
    let second = call(&client);
    vault.answer_after(2, &server).await;
    assert!(first.await.unwrap().is_err());
    second.await.unwrap().unwrap();
    assert_eq!(vault.asked.load(SeqCst), 3);
}

/// No error says that there are no other credentials while that is unknown.
#[tokio::test]
async fn calls_that_are_refused_together_hear_that_the_provider_failed() {
    let server = Server::rotating().await;
    let vault = Arc::new(Vault::default());
    let keys = vault.clone().giving(&[Some("old-key"), None]);
    let client = client(&server.base_url).credentials_provider(keys).build().unwrap();
    let calls: Vec<_> = (0..4).map(|_| call(&client)).collect();
    // One of them calls the provider, and the others are refused meanwhile.
    vault.answer_after(4, &server).await;
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert!(error.to_string().ends_with("not sent again: the provider gave no credentials"), "{error}");
    }
    // Once at the start, once for the first refusal, and once for the three others.
    assert_eq!(vault.asked.load(SeqCst), 3);
}

/// Calls that wait for the same call of the provider share its failure.
#[tokio::test]
async fn calls_that_begin_together_ask_once() {
    let server = Server::rotating().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let client = client(&server.base_url)
        .credentials_provider(move || {
            count.fetch_add(1, SeqCst);
            async {
                for _ in 0..100 {
                    tokio::task::yield_now().await;
                }
                Err::<Credentials, _>("the vault is closed")
            }
        })
        .build()
        .unwrap();
    let calls: Vec<_> = (0..4).map(|_| call(&client)).collect();
    for call in calls {
        let error = call.await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Setup, 0));
        assert_eq!(error.operation(), Some("getRoomById"));
    }
    // The first call asks the provider while the others start: once for all of them.
    assert_eq!(asked.load(SeqCst), 2);
}

/// The same key with another id counts as other credentials.
#[tokio::test]
async fn another_id() {
    let server = Server::json(401, json!({})).await;
    let ids = Mutex::new(vec!["id-2", "id-1"]);
    let provider = move || {
        let id = ids.lock().unwrap().pop().unwrap();
        async move { Credentials::new(id, "key") }
    };
    let client = client(&server.base_url).credentials_provider(provider).build().unwrap();
    assert_eq!(client.room(ROOM).get().await.unwrap_err().attempts(), 2);
}

/// Credentials that were refused stay refused when they return.
#[tokio::test]
async fn a_pair_that_comes_back_is_not_sent_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/video/v2", listener.local_addr().unwrap());
    let next = AtomicUsize::new(0);
    let client = client(&base_url)
        .credentials_provider(move || {
            let key = ["key-1", "key-2", "key-1"][next.fetch_add(1, SeqCst).min(2)];
            async move { Credentials::new("id", key) }
        })
        .build()
        .unwrap();
    let refused = http(401, "application/json", "{}");
    // Refused slowly, while two other calls are refused.
    let slow = call(&client);
    let mut held = listener.accept().await.unwrap().0;
    for _ in 0..2 {
        let other = call(&client);
        for _ in 0..2 {
            answer(&mut listener.accept().await.unwrap().0, &refused).await;
        }
        other.await.unwrap().unwrap_err();
    }
    answer(&mut held, &refused).await;
    let error = slow.await.unwrap().unwrap_err();
    assert_eq!(error.attempts(), 1, "{error}");
}

/// Reads a request and responds to it.
async fn answer(stream: &mut TcpStream, bytes: &[u8]) {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0);
    }
    stream.write_all(bytes).await.unwrap();
}

/// The timeouts of the bindings use real time.
#[tokio::test]
async fn calls_of_the_bindings_end() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let builder = || {
        client(&format!("http://{}", silent.local_addr().unwrap())).attempt_timeout(Duration::from_millis(20))
    };
    let nothing = || std::future::pending::<Result<Credentials, Error>>();
    let asking = builder().credentials_provider(nothing).build().unwrap();
    let error = asking.bindings().get_room_list().await.unwrap_err();
    assert!(error.to_string().contains("the provider gave no credentials in time"), "{error}");
    let waiting = builder().build().unwrap();
    waiting.bindings().get_room_list().await.unwrap_err();
}

/// The timeout of the call applies to the provider, too.
#[tokio::test]
async fn a_provider_that_never_answers_when_it_is_asked_again() {
    let server = Server::rotating().await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let clock = Arc::new(MovedClock::new());
    let client = client(&server.base_url)
        .clock(clock.clone())
        .credentials_provider(move || {
            let first = count.fetch_add(1, SeqCst) == 0;
            async move {
                if first { Credentials::new("id", "old-key") } else { std::future::pending().await }
            }
        })
        .build()
        .unwrap();
    let time_passes = async {
        while clock.elapsed().is_zero() {
            tokio::task::yield_now().await;
            if asked.load(SeqCst) == 2
                && let Some(limit) = clock.limit()
            {
                clock.step(limit, Duration::from_secs(60));
            }
        }
    };
    let room = client.room(ROOM);
    let error = tokio::join!(room.get(), time_passes).0.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some(&ErrorCode::CredentialExpired), 1));
    assert!(error.to_string().ends_with("the provider gave no credentials in time"), "{error}");
    assert_eq!(clock.elapsed(), Duration::from_secs(30));
}

#[tokio::test]
async fn a_provider_that_has_no_other_pair() {
    let server = Server::rotating().await;
    let stale = || async { Credentials::new("id", "old-key") };
    let provided = client(&server.base_url).credentials_provider(stale).build().unwrap();
    let error = provided.rooms().list().await.unwrap_err();
    assert!(error.to_string().ends_with("not sent again: the provider has no other credentials"), "{error}");
    let fixed = client(&server.base_url).build().unwrap();
    let error = fixed.rooms().list().await.unwrap_err();
    assert!(!error.to_string().contains("not sent again"), "{error}");
}

/// The settings of `configure_http` apply to the connections of all credentials.
#[tokio::test]
async fn every_pair_has_connections_shaped_alike() {
    let server = Server::rotating().await;
    let first = AtomicUsize::new(0);
    let client = client(&server.base_url)
        .credentials_provider(move || {
            let key = if first.fetch_add(1, SeqCst) == 0 { "old-key" } else { "new-key" };
            async move { Credentials::new("id", key) }
        })
        .configure_http(|http| {
            let headers = [("x-own".parse().unwrap(), "kept".parse().unwrap())].into_iter().collect();
            http.default_headers(headers)
        })
        .build()
        .unwrap();
    client.room(ROOM).get().await.unwrap();
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|request| request.header("x-own") == Some("kept")));
    assert_ne!(received[0].header("authorization"), received[1].header("authorization"));
}

impl Server {
    /// Accepts the new key only, and says of others that they were replaced.
    async fn rotating() -> Self {
        Self::answering(move |request| {
            if request.header("authorization") == Some(NEW_KEY) {
                http(200, "application/json", sample("createRoom.response").to_string())
            } else {
                http(401, "application/json", sample("error.code.401-rotated").to_string())
            }
        })
        .await
    }
}
