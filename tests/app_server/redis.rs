//! Several servers share the events that were seen, in a real Redis. `.ci/redis` installs it and runs these.

use std::{
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::json;

use crate::{sample, server::Server};

/// A Redis on a socket of its own, which ends with the test.
struct Redis {
    process: Child,
    folder: PathBuf,
}

impl Redis {
    async fn start(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("enablex-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let socket = folder.join("socket");
        let process = Command::new("redis-server")
            .args(["--port", "0", "--save", "", "--unixsocket"])
            .arg(&socket)
            .current_dir(&folder)
            .stdout(Stdio::null())
            .spawn()
            .expect("`.ci/redis` installs Redis");
        while !socket.exists() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        Self { process, folder }
    }

    fn url(&self) -> String {
        format!("redis+unix://{}/socket", self.folder.display())
    }

    fn kill(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        self.kill();
        _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
#[ignore = "needs Redis: .ci/redis runs it"]
async fn an_event_is_taken_by_one_server() {
    let redis = Redis::start("shared").await;
    let url = redis.url();
    let servers: Vec<_> = (0..3).map(|_| Server::start(&["--redis", &url])).collect();
    let mut readers = Vec::new();
    for server in &servers {
        readers.push(server.events(None).await);
    }
    for n in 0..50 {
        let mut body = sample("webhook.roomdrop");
        body["conf_num"] = json!(n.to_string());
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
    let redis = Redis::start("again").await;
    let url = redis.url();
    let body = json!({"type": "roomdrop", "conf_num": "66a20b4e91"});
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

/// To take an event twice is better than to lose it.
#[tokio::test]
#[ignore = "needs Redis: .ci/redis runs it"]
async fn no_event_is_lost_with_redis() {
    let mut redis = Redis::start("dies").await;
    let server = Server::start(&["--redis", &redis.url()]);
    let mut events = server.events(None).await;
    let post = |kind: &str| server.request("/webhooks", json!({"type": kind}));
    server.send(post("a")).await;
    // A sender that has no patience, and a Redis that hangs.
    let id = redis.process.id().to_string();
    let signal = |name: &str| Command::new("kill").args(["-s", name, &id]).status().unwrap();
    signal("STOP");
    post("b").timeout(Duration::from_millis(100)).send().await.unwrap_err();
    assert_eq!(events.types(2).await, ["a", "b"]);
    signal("CONT");
    redis.kill();
    for kind in ["c", "d"] {
        assert_eq!(server.send(post(kind).timeout(Duration::from_secs(4))).await.status, 200);
    }
    assert_eq!(events.types(2).await, ["c", "d"]);
    assert!(server.log().contains("Redis"));
}
