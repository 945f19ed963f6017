//! Server-sent events.

use serde_json::json;

use crate::server::Server;

#[tokio::test]
async fn every_reader_gets_every_event_in_order() {
    let server = Server::start(&[]);
    let mut readers = Vec::new();
    for _ in 0..20 {
        readers.push(server.events(None).await);
    }
    let words: Vec<_> = (0..100).map(|n| format!("type-{n}")).collect();
    for word in &words {
        server.post("/webhooks", json!({"type": word})).await;
    }
    for mut reader in readers {
        assert_eq!(reader.types(100).await, words);
    }
}

#[tokio::test]
async fn a_browser_that_was_away_gets_what_it_missed() {
    let server = Server::start(&[]);
    let mut present = server.events(None).await;
    server.post("/webhooks", json!({"type": "a"})).await;
    assert_eq!(present.types(1).await, ["a"]);
    for word in ["b", "c"] {
        server.post("/webhooks", json!({"type": word})).await;
    }
    assert_eq!(server.events(Some(&present.id)).await.types(2).await, ["b", "c"]);
    // Of another process, which had as many, and of none.
    let other = Server::start(&[]);
    let mut events = other.events(None).await;
    for word in ["x", "y"] {
        other.post("/webhooks", json!({"type": word})).await;
    }
    events.types(2).await;
    for id in [events.id.as_str(), "1", "nonsense"] {
        assert_eq!(server.events(Some(id)).await.types(3).await, ["a", "b", "c"]);
    }
    // A page that opens a stream cannot set the header.
    assert_eq!(
        server.events_at(&format!("/api/events?after={}", present.id)).await.types(2).await,
        ["b", "c"]
    );
    let mut late = server.events(None).await;
    server.post("/webhooks", json!({"type": "d"})).await;
    assert_eq!(late.types(1).await, ["d"]);
}

/// The page knows the id of the latest event when it was served.
#[tokio::test]
async fn a_page_misses_nothing_before_its_stream_is_open() {
    let server = Server::start(&[]);
    server.post("/webhooks", json!({"type": "before"})).await;
    let page = server.get("/").await.text;
    let id = page.split(r#" data-after=""#).nth(1).unwrap().split('"').next().unwrap();
    server.post("/webhooks", json!({"type": "a"})).await;
    assert_eq!(server.events_at(&format!("/api/events?after={id}")).await.types(1).await, ["a"]);
}

#[tokio::test]
async fn a_reader_that_reads_nothing_holds_nobody_up() {
    let server = Server::start(&[]);
    let lazy = server.events(None).await;
    let mut present = server.events(None).await;
    for n in 0..3000 {
        server.post("/webhooks", json!({"type": format!("{n}-{}", "x".repeat(90))})).await;
        assert!(present.types(1).await[0].starts_with(&format!("{n}-")));
    }
    drop(lazy);
}
