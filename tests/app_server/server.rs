//! The server as a process, and a caller of it.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
};

use enablex::reqwest::{self, RequestBuilder};
use futures_util::StreamExt;
use serde_json::{Value, json};

pub use crate::reply::{Reply, http};

/// A process that is killed at the end of the test.
pub struct Server {
    pub url: String,
    /// Where the sandbox has its controls. Empty on EnableX.
    pub controls: String,
    pub http: reqwest::Client,
    pub process: Child,
    /// What it has logged.
    log: PathBuf,
    _stdout: BufReader<ChildStdout>,
}

impl Reply {
    /// The JSON of a success of the service.
    #[track_caller]
    pub fn ok(&self) -> Value {
        let json = self.json();
        assert_eq!((self.status, &json["result"]), (200, &json!(0)), "{self:?}");
        assert!(json.get("error").is_none());
        json
    }

    /// Asserts a failure in the form that EnableX's sample clients read.
    #[track_caller]
    pub fn failed(&self, status: u16, reason: &str) -> Value {
        let json = self.json();
        assert_eq!((self.status, json["reason"].as_str()), (status, Some(reason)), "{self:?}");
        assert!(json["error"].as_str().is_some_and(|text| !text.is_empty()), "{self:?}");
        assert!(json["result"].as_i64().is_some_and(|result| result != 0), "{self:?}");
        assert_eq!(self.headers["cache-control"], "no-store");
        json
    }
}

/// The example, which `cargo test` builds beside the tests, without the variables of the caller.
pub fn command(args: &[&str]) -> Command {
    let tests = std::env::current_exe().unwrap();
    let path = tests.parent().unwrap().with_file_name("examples").join("app_server");
    assert!(path.exists(), "`cargo test` builds {}", path.display());
    let mut command = Command::new(path);
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ENABLEX_")) {
        command.env_remove(name);
    }
    command.args(args);
    command
}

impl Server {
    pub fn start(args: &[&str]) -> Self {
        Self::run(command(args))
    }

    pub fn run(mut command: Command) -> Self {
        // A file: what was logged before a response is in it once the response is there.
        static STARTED: AtomicU64 = AtomicU64::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let name = format!("app_server-{}-{number}.log", std::process::id());
        let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let stderr = File::create(&log).unwrap();
        let mut process = command.stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let mut line = || {
            let mut line = String::new();
            stdout.read_line(&mut line).unwrap();
            line.trim_end().to_owned()
        };
        let (url, second) = (line(), line());
        let controls = second.strip_prefix("on the sandbox at ").unwrap_or_default();
        let controls = controls.replace("/video/v2", "/_sandbox");
        assert!(url.starts_with("http://127.0.0.1:"), "{url}");
        Self { url, controls, http: http(), process, log, _stdout: stdout }
    }

    pub fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(&self.log).unwrap()).into_owned()
    }

    /// The number of the port.
    pub fn address(&self) -> SocketAddr {
        self.url.strip_prefix("http://").unwrap().parse().unwrap()
    }

    pub async fn send(&self, request: RequestBuilder) -> Reply {
        Reply::of(request.send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send(self.http.get(format!("{}{path}", self.url))).await
    }

    pub fn request(&self, path: &str, body: impl ToString) -> RequestBuilder {
        self.http.post(format!("{}{path}", self.url)).body(body.to_string())
    }

    pub async fn post(&self, path: &str, body: impl ToString) -> Reply {
        self.send(self.request(path, body)).await
    }

    /// Calls a control of the sandbox.
    pub async fn control(&self, name: &str, body: Value) -> Value {
        let url = format!("{}/{name}", self.controls);
        let reply = self.send(self.http.post(url).body(body.to_string())).await;
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()
    }

    /// The id of a new room with these settings.
    pub async fn room(&self, owner: &str, settings: Value) -> String {
        let room = json!({"name": "Desk", "owner_ref": owner, "settings": settings});
        let created = self.post("/api/create-room/", room).await.ok();
        created["room"]["room_id"].as_str().unwrap().to_owned()
    }

    pub async fn token(&self, room: &str, role: &str) -> Reply {
        self.post("/api/create-token/", token(room, role)).await
    }

    /// Joins with a new token; returns the id to leave with.
    pub async fn join(&self, room: &str) -> Value {
        let token = self.token(room, "participant").await.ok()["token"].clone();
        self.control("join", json!({"token": token})).await
    }

    pub async fn events(&self, last: Option<&str>) -> Events {
        let request = self.http.get(format!("{}/api/events", self.url));
        let request = last.map_or(request.try_clone().unwrap(), |last| request.header("last-event-id", last));
        Self::read(request).await
    }

    pub async fn events_at(&self, path: &str) -> Events {
        Self::read(self.http.get(format!("{}{path}", self.url))).await
    }

    async fn read(request: RequestBuilder) -> Events {
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["x-accel-buffering"], "no");
        Events { id: String::new(), bytes: response.bytes_stream().boxed(), read: String::new() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.process.kill();
        _ = self.process.wait();
        _ = fs::remove_file(&self.log);
    }
}

/// A request as EnableX's sample clients send it.
pub fn token(room: &str, role: &str) -> Value {
    json!({"name": "Asha", "role": role, "roomId": room, "user_ref": "Asha"})
}

/// A stream of server-sent events.
pub struct Events {
    /// The id of the event that came last.
    pub id: String,
    bytes: futures_util::stream::BoxStream<'static, reqwest::Result<axum::body::Bytes>>,
    read: String,
}

impl Events {
    /// The `data` of the next event, which is one line; `None` at the end.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some(end) = self.read.find("\n\n") {
                let event: String = self.read.drain(..end + 2).collect();
                let id = event.lines().find_map(|line| line.strip_prefix("id: "));
                self.id = id.map_or_else(|| self.id.clone(), str::to_owned);
                let data: Vec<_> = event.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
                match &*data {
                    [] => continue,
                    [data] => return Some(serde_json::from_str(data).unwrap()),
                    _ => panic!("{event}"),
                }
            }
            self.read.push_str(std::str::from_utf8(&self.bytes.next().await?.ok()?).unwrap());
        }
    }

    /// The types of the next events.
    pub async fn types(&mut self, count: usize) -> Vec<String> {
        let mut types = Vec::new();
        while types.len() < count {
            types.push(self.next().await.unwrap()["type"].as_str().unwrap().to_owned());
        }
        types
    }
}
