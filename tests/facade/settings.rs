//! Invalid settings are refused when the client is built or the call is made.

use std::time::Duration;

use enablex::{CallOptions, Client, ClientBuilder, Error, ErrorKind, NewRoom, RetryPolicy};

use crate::{sample, server::Server};

const ZERO: Duration = Duration::ZERO;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn broken(error: &Error) -> Vec<(String, Option<String>)> {
    assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
    assert_eq!((error.attempts(), error.retry_cause(), error.is_retryable()), (0, None, false));
    let violations = error.violations().iter();
    violations.map(|broken| (broken.field().into(), broken.value().map(Into::into))).collect()
}

#[test]
fn of_a_client() {
    let build = |set: fn(ClientBuilder) -> ClientBuilder| {
        let builder = Client::builder().credentials("id", "key").base_url("http://127.0.0.1:1");
        set(builder).build().map(drop)
    };
    type Set = fn(ClientBuilder) -> ClientBuilder;
    let cases: [(Set, &str, &str); 14] = [
        (|client| client.connect_timeout(ZERO), "connect_timeout", "0 s"),
        (|client| client.attempt_timeout(ZERO), "attempt_timeout", "0 s"),
        (|client| client.timeout(ZERO), "timeout", "0 s"),
        (|client| client.connect_timeout(seconds(11)), "connect_timeout", "11 s"),
        (|client| client.attempt_timeout(seconds(31)), "attempt_timeout", "31 s"),
        (|client| client.attempt_timeout(seconds(8)).timeout(seconds(7)), "attempt_timeout", "8 s"),
        (|client| client.connect_timeout(seconds(3)).attempt_timeout(seconds(2)), "connect_timeout", "3 s"),
        (|client| client.retry(RetryPolicy::none().max_attempts(0)), "retry.max_attempts", "0"),
        (|client| client.retry(RetryPolicy::none().initial_backoff(ZERO)), "retry.initial_backoff", "0 s"),
        (|client| client.retry(RetryPolicy::none().max_backoff(ZERO)), "retry.max_backoff", "0 s"),
        (|client| client.max_calls_per_second(0), "max_calls_per_second", "0"),
        (|client| client.max_calls_in_flight(0), "max_calls_in_flight", "0"),
        (|client| client.body_cap(0), "body_cap", "0"),
        (|client| client.body_cap(4095), "body_cap", "4095"),
    ];
    for (set, field, value) in cases {
        assert_eq!(broken(&build(set).unwrap_err()), [(field.into(), Some(value.into()))]);
    }
    // All of them at once, with their rules and limits.
    let error = build(|client| client.timeout(ZERO).max_calls_per_second(0).body_cap(1)).unwrap_err();
    assert_eq!(broken(&error).len(), 3);
    let error = build(|client| client.attempt_timeout(seconds(31))).unwrap_err();
    assert!(error.to_string().contains("must not be longer than `timeout`, which is 30 s"), "{error}");

    // A default shrinks to fit a setting.
    build(|client| client.timeout(seconds(1))).unwrap();
    build(|client| client.attempt_timeout(seconds(1))).unwrap();
    build(|client| client.max_calls_per_second(u32::MAX).max_calls_in_flight(u32::MAX)).unwrap();
    build(|client| client.body_cap(4096)).unwrap();
    build(|client| client.body_cap(usize::MAX)).unwrap();
    assert_eq!(RetryPolicy::standard(), RetryPolicy::default());
}

#[tokio::test]
async fn of_a_call() {
    let server = Server::json(200, sample("getRoomList.response")).await;
    let client = server.client();
    let list = async |options| client.rooms().with(options).list().await.unwrap_err();
    let options = CallOptions::new;
    for (options, field, value) in [
        (options().timeout(ZERO), "timeout", "0 s"),
        (options().attempt_timeout(ZERO), "attempt_timeout", "0 s"),
        (options().attempt_timeout(seconds(31)), "attempt_timeout", "31 s"),
        (options().attempt_timeout(seconds(3)).timeout(seconds(2)), "attempt_timeout", "3 s"),
        (options().retry(RetryPolicy::none().max_attempts(0)), "retry.max_attempts", "0"),
        (options().header("no good", "v"), "header", "no good"),
        (options().header("", "v"), "header", ""),
        (options().header("x-good", "marked\nvalue"), "header", "x-good"),
        (options().header("x-good", "marked é"), "header", "x-good"),
        (options().header("x-good", "marked\ttab"), "header", "x-good"),
        (options().header("keep-alive", "v"), "header", "keep-alive"),
        (options().header("Proxy-Authorization", "v"), "header", "Proxy-Authorization"),
        (options().header("Authorization", "v"), "header", "Authorization"),
        (options().header("content-length", "7"), "header", "content-length"),
        (options().header("HOST", "v"), "header", "HOST"),
    ] {
        let error = list(options).await;
        assert_eq!(broken(&error), [(field.into(), Some(value.into()))]);
        assert!(!error.to_string().contains("marked"), "{error}");
    }
    // Together with the other violations of the call.
    let zero = || options().timeout(ZERO);
    let error = client.rooms().with(zero()).create(NewRoom::permanent("", "team-7")).await.unwrap_err();
    assert_eq!(broken(&error).len(), 2);
    let error = client.room("..").with(zero()).get().await.unwrap_err();
    assert_eq!(broken(&error).len(), 2);
    assert!(server.received().is_empty());
}
