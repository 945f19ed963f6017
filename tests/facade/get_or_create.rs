//! One room for an owner.

use std::{collections::BTreeSet, time::Duration};

use enablex::{
    Advice, CallOptions, Client, NewRoom, RetryPolicy, RoomId, Settings,
    reqwest::StatusCode,
    sandbox::{Fault, Sandbox},
};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::server::{Server, http};

fn desk() -> NewRoom {
    NewRoom::permanent("Claims desk", "team-7").settings(Settings::new().participants(5))
}

async fn id(client: &Client, room: NewRoom) -> RoomId {
    client.rooms().get_or_create(room).await.unwrap().id().unwrap().clone()
}

#[tokio::test]
async fn a_room_is_created_once_and_found_from_then_on() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let first = id(&client, desk()).await;
    assert_eq!(id(&client, NewRoom::permanent("Another name", "team-7")).await, first);
    assert_eq!(client.room(&first).get().await.unwrap().name(), Some("Claims desk"));

    let other_owner = id(&client, NewRoom::permanent("Claims desk", "team-8")).await;
    let other_kind = id(&client, NewRoom::ad_hoc("Claims desk", "team-7")).await;
    let at = |hour: u64| {
        let time = sandbox.now() + Duration::from_secs(hour * 3600);
        NewRoom::scheduled("Interview", "team-7", time, 30)
    };
    let (at_one, at_two) = (at(1), at(2));
    let one = id(&client, at_one.clone()).await;
    let two = id(&client, at_two).await;
    assert_eq!(id(&client, at_one).await, one);
    assert_eq!(BTreeSet::from([&first, &other_owner, &other_kind, &one, &two]).len(), 5);
    assert_eq!(client.rooms().list().await.unwrap().len(), 5);

    client.room(&first).delete().await.unwrap();
    assert_ne!(id(&client, desk()).await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn callers_of_one_client_create_one_room_at_once() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let calls = (0..50).map(|_| {
        tokio::spawn({
            let client = client.clone();
            async move { id(&client, desk()).await }
        })
    });
    let ids: BTreeSet<_> = join_all(calls).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(ids.len(), 1);
    assert_eq!(client.rooms().list().await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_end_up_in_the_same_room() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    for _ in 0..10 {
        let clients: Vec<_> = (0..4).map(|_| sandbox.client().unwrap()).collect();
        let ids: BTreeSet<_> =
            join_all(clients.iter().map(|client| id(client, desk()))).await.into_iter().collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(id(&clients[0], desk()).await, *ids.first().unwrap());
        sandbox.reset();
    }
}

/// A room as the service lists it.
fn room(id: &str, created: &str) -> Value {
    json!({"room_id": id, "name": "Claims desk", "owner_ref": "team-7", "created": created,
           "settings": {"scheduled": false, "adhoc": false}})
}

/// Creates `made`, and lists it only beside the others, which were not there before.
async fn where_others_create(made: Value, listed: Value) -> Server {
    let created = std::sync::atomic::AtomicBool::new(false);
    Server::answering(move |request| {
        let body = if request.line.starts_with("POST") {
            created.store(true, std::sync::atomic::Ordering::Relaxed);
            json!({"result": 0, "room": made})
        } else if created.load(std::sync::atomic::Ordering::Relaxed) {
            json!({"result": 0, "rooms": listed})
        } else {
            json!({"result": 0, "rooms": []})
        };
        http(200, "application/json", body.to_string())
    })
    .await
}

#[tokio::test]
async fn the_oldest_room_is_taken() {
    let (old, new) = (room("b0", "2026-03-09T10:30:00.000Z"), room("a0", "2026-03-09T10:30:01.000Z"));
    let same = room("c0", "2026-03-09T10:30:00.000Z");
    let undated = json!({"room_id": "00", "owner_ref": "team-7", "settings": {}});
    for listed in [json!([new, old, same, undated]), json!([undated, same, old, new])] {
        let server = where_others_create(new.clone(), listed).await;
        assert_eq!(id(&server.client(), desk()).await.as_str(), "b0");
    }
    // The list lags behind.
    let server = where_others_create(new.clone(), json!([])).await;
    assert_eq!(id(&server.client(), desk()).await.as_str(), "a0");
}

#[tokio::test]
async fn a_room_that_may_have_been_created_is_looked_for() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client_builder().retry(RetryPolicy::none()).build().unwrap();
    // The list passes, the response to the creation is lost.
    sandbox.inject(Fault::delay(Duration::ZERO));
    sandbox.inject(Fault::dropped().after_effect());
    let found = id(&client, desk()).await;
    let rooms = client.rooms().list().await.unwrap();
    assert_eq!(rooms.iter().map(|room| room.id().unwrap()).collect::<Vec<_>>(), [&found]);

    // It was not created.
    sandbox.reset();
    sandbox.inject(Fault::delay(Duration::ZERO));
    sandbox.inject(Fault::dropped());
    let error = client.rooms().get_or_create(desk()).await.unwrap_err();
    assert_eq!(error.advice(), Some(Advice::MayBeDone));
    assert!(client.rooms().list().await.unwrap().is_empty());
    id(&client, desk()).await;
}

#[tokio::test]
async fn callers_share_a_failure_and_bad_input_is_not_sent() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client_builder().retry(RetryPolicy::none()).build().unwrap();
    sandbox.inject(Fault::status(StatusCode::SERVICE_UNAVAILABLE));
    let rooms = client.rooms();
    let results = join_all((0..20).map(|_| rooms.get_or_create(desk()))).await;
    assert!(
        results
            .iter()
            .all(|result| result.as_ref().unwrap_err().status() == Some(StatusCode::SERVICE_UNAVAILABLE))
    );
    assert_eq!(sandbox.requests(), 1);
    // The next one asks again.
    id(&client, desk()).await;

    let before = sandbox.requests();
    let error = rooms.get_or_create(NewRoom::permanent("Claims desk", " ")).await.unwrap_err();
    assert_eq!(error.violations()[0].field(), "owner_ref");
    assert_eq!(sandbox.requests(), before);
}

/// A call that nobody polls holds up no other, and one with a timeout of its own waits no longer than that.
#[tokio::test]
async fn calls_depend_on_no_other() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let rooms = client.rooms();
    let mut first = Box::pin(rooms.get_or_create(desk()));
    tokio::select! {
        biased;
        _ = &mut first => panic!("it needs a response"),
        () = std::future::ready(()) => {}
    }
    let second = rooms.get_or_create(desk()).await.unwrap();
    assert_eq!(first.await.unwrap().id(), second.id());

    sandbox.reset();
    sandbox.inject(Fault::delay(Duration::from_secs(3600)));
    let patient = tokio::spawn({
        let client = client.clone();
        async move { id(&client, desk()).await }
    });
    while sandbox.requests() == 0 {
        tokio::task::yield_now().await;
    }
    let quick = CallOptions::new().timeout(Duration::from_secs(5));
    client.rooms().with(quick).get_or_create(desk()).await.unwrap();
    patient.abort();
}

/// A room that was created by a response that is too large to be read.
#[tokio::test]
async fn a_room_behind_the_cap_is_looked_for() {
    let mut large = room("a0", "2026-03-09T10:30:00.000Z");
    large["data"] = json!({"a": "a".repeat(10_000)});
    let small = room("a0", "2026-03-09T10:30:00.000Z");
    let server = where_others_create(large, json!([small])).await;
    let client = server.builder().body_cap(4096).build().unwrap();
    assert_eq!(id(&client, desk()).await.as_str(), "a0");
}

/// A caller that goes away takes nobody with it.
#[tokio::test]
async fn a_dropped_call_leaves_the_others() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    // The list passes, and the response to the creation is late.
    sandbox.inject(Fault::delay(Duration::ZERO));
    sandbox.inject(Fault::delay(Duration::from_millis(100)).after_effect());
    let call = || {
        let client = client.clone();
        tokio::spawn(async move { id(&client, desk()).await })
    };
    let first = call();
    while sandbox.requests() < 2 {
        tokio::task::yield_now().await;
    }
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    call().await.unwrap();
    assert_eq!(client.rooms().list().await.unwrap().len(), 1);
}
