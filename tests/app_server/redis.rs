//! Several servers share the events that were seen, in a real Redis. `.ci/redis` starts one and runs these.

use serde_json::json;

use crate::{sample, server::Server};

fn url() -> String {
    std::env::var("REDIS_URL").expect("`.ci/redis` sets REDIS_URL")
}

#[tokio::test]
#[ignore = "needs Redis: .ci/redis runs it"]
async fn an_event_is_taken_by_one_server() {
    let url = url();
    let servers: Vec<_> = (0..3).map(|_| Server::start(&["--redis", &url])).collect();
    let mut readers = Vec::new();
    for server in &servers {
        readers.push(server.events(None).await);
    }
    for n in 0..50 {
        let mut body = sample("webhook.roomdrop");
        body["conf_num"] = json!(format!("{n}-{}", std::process::id()));
        let posts = servers.iter().map(|server| server.post("/webhooks", &body));
        for reply in futures_util::future::join_all(posts).await {
            assert_eq!(reply.status, 200);
        }
    }
    let mut taken = Vec::new();
    for (server, reader) in servers.iter().zip(&mut readers) {
        server.post("/webhooks", json!({"type": "end", "server": server.url})).await;
        loop {
            let event = reader.next().await.unwrap();
            if event["type"] == "end" {
                break;
            }
            taken.push(event["conf_num"].as_str().unwrap().to_owned());
        }
    }
    taken.sort();
    let count = taken.len();
    taken.dedup();
    assert_eq!((count, taken.len()), (50, 50));
}

#[tokio::test]
#[ignore = "needs Redis: .ci/redis runs it"]
async fn a_new_server_knows_what_the_old_one_has_taken() {
    let url = url();
    let body = json!({"type": "roomdrop", "conf_num": format!("restart-{}", std::process::id())});
    let old = Server::start(&["--redis", &url]);
    let mut events = old.events(None).await;
    old.post("/webhooks", &body).await;
    assert_eq!(events.types(1).await, ["roomdrop"]);
    drop(old);
    let new = Server::start(&["--redis", &url]);
    let mut events = new.events(None).await;
    new.post("/webhooks", &body).await;
    new.post("/webhooks", json!({"type": "end", "server": new.url})).await;
    assert_eq!(events.types(1).await, ["end"]);
}
