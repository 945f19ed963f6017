//! The retry budget when calls are dropped.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant, SystemTime},
};

use enablex::{CallOptions, Clock, RetryPolicy};
use serde_json::json;

use crate::{clock::MovedClock, server::Server};

/// A clock whose waits end at once or never.
#[derive(Default)]
struct Switch {
    over: AtomicBool,
    waits: AtomicUsize,
}

impl Clock for Switch {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn system_time(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        self.waits.fetch_add(1, SeqCst);
        if self.over.load(SeqCst) { Box::pin(async {}) } else { self.deadline(Duration::MAX) }
    }

    fn deadline(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(std::future::pending())
    }
}

/// A call that is dropped while it waits for a retry costs no budget.
#[tokio::test]
async fn a_repeat_that_is_not_made_costs_nothing() {
    let server = Server::json(500, json!({})).await;
    let clock = Arc::new(Switch::default());
    let client = server.builder().clock(clock.clone()).retry(RetryPolicy::standard()).build().unwrap();
    // If they did, 35 would exhaust it.
    for call in 1..=40 {
        let rooms = client.rooms();
        let waits = async {
            while clock.waits.load(SeqCst) < call {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            answer = rooms.list() => panic!("{answer:?}"),
            () = waits => {}
        }
    }
    clock.over.store(true, SeqCst);
    assert_eq!(client.rooms().list().await.unwrap_err().attempts(), 3);
}

/// Nor does a call that is dropped in the queue for a permit.
#[tokio::test]
async fn a_repeat_that_found_no_place_costs_nothing() {
    let server = Server::json(500, json!({})).await;
    let clock = Arc::new(MovedClock::new());
    let builder = server.builder().clock(clock.clone()).jitter(|| 0.).retry(RetryPolicy::standard());
    let client = builder.max_calls_per_second(1).build().unwrap();
    // The first permit is available at once or after a second, the next one a second later.
    for _ in 0..40 {
        let options = CallOptions::new().timeout(Duration::from_millis(1500));
        let error = client.rooms().with(options).list().await.unwrap_err();
        assert!(error.to_string().contains("no place in time"), "{error}");
    }
    assert_eq!(client.rooms().list().await.unwrap_err().attempts(), 3);
}
