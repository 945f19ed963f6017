//! What webhooks did not tell, by the reports.

use serde_json::{Value, json};

use crate::server::Server;

#[tokio::test]
async fn lost_webhooks_are_found_in_the_reports() {
    let server = Server::start(&["--moderator-key", "key-4711"]);
    let clock = server.control("clock", json!({"advance_s": 0})).await;
    let path = format!("/api/reconcile/{}", &clock["now"].as_str().unwrap()[..10]);
    let reconcile = async || server.send(server.request(&path, "").bearer_auth("key-4711")).await.json();
    let room = json!({"owner_ref": "team-7", "settings": {"auto_recording": true}});
    let room = server.send(server.request("/api/create-room/", room).bearer_auth("key-4711")).await.ok();
    let room = room["room"]["room_id"].as_str().unwrap().to_owned();

    let mut events = server.events(None).await;
    let joined = server.join(&room).await;
    server.control("leave", joined).await;
    let told = loop {
        let event = events.next().await.unwrap();
        if event["type"] == "transcoded" {
            break event["conf_num"].as_str().unwrap().to_owned();
        }
    };
    assert_eq!(reconcile().await, json!({"ended": {}, "recorded": {}, "transcoded": {}}));

    // The next ones are lost.
    server.control("webhooks", json!({"url": null})).await;
    let joined = server.join(&room).await;
    server.control("leave", joined).await;
    let missed = reconcile().await;
    for kind in ["ended", "recorded", "transcoded"] {
        let sessions = missed[kind].as_object().unwrap();
        assert_eq!(sessions.len(), 1, "{missed}");
        assert!(!sessions.contains_key(&told));
        assert_eq!(sessions.values().next(), Some(&Value::from(room.as_str())));
    }
    server.post(&path, "").await.failed(403, "no_moderator");
    let bad = server.request("/api/reconcile/2026-02-30", "").bearer_auth("key-4711");
    server.send(bad).await.failed(422, "invalid");
    let bad = server.request("/api/reconcile/%FF", "").bearer_auth("key-4711");
    server.send(bad).await.failed(422, "invalid");
}
