//! The budget of repeats, where calls are dropped.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    time::{Duration, Instant, SystemTime},
};

use enablex::{Clock, RetryPolicy};
use serde_json::json;

use crate::server::Server;

/// Its waits are over at once, or never.
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

/// Whoever gives up in the wait before a repeat leaves the budget as it was.
#[tokio::test]
async fn a_repeat_that_is_not_made_costs_nothing() {
    let server = Server::json(500, json!({})).await;
    let clock = Arc::new(Switch::default());
    let client = server.builder().clock(clock.clone()).retry(RetryPolicy::standard()).build().unwrap();
    // Were they paid for, 35 would use it up.
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
