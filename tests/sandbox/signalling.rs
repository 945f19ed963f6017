//! Signalling: what clients do that no library would do.

use std::time::Duration;

use base64::{Engine, prelude::BASE64_STANDARD};
use enablex::sandbox::Sandbox;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Bytes, Message},
};

use super::api::{Api, MINUTE, new_token};

/// Far more than anything here takes.
const LIMIT: Duration = Duration::from_secs(20);

/// A WebSocket on which the test writes the packets of Engine.IO 4 by hand.
pub(super) struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    /// Opens a connection, without a namespace.
    async fn open(sandbox: &Sandbox) -> Self {
        let host = sandbox.host();
        let url = format!("ws://{host}/v3/socket.io/?EIO=4&transport=websocket");
        let (socket, _) = client_async(url, TcpStream::connect(&host).await.unwrap()).await.unwrap();
        let mut socket = Self(socket);
        assert!(socket.next().await.unwrap().starts_with("0{"));
        socket
    }

    /// Opens a connection in the default namespace.
    async fn connect(sandbox: &Sandbox) -> Self {
        let mut socket = Self::open(sandbox).await;
        socket.send("40").await;
        assert!(socket.next().await.unwrap().starts_with("40{"));
        socket
    }

    /// Opens a connection over which a participant joins.
    pub(super) async fn joined(api: &Api, room: &str) -> Self {
        Self::joined_with(api, &api.token(room, "participant").await).await
    }

    /// Opens a connection over which the user of a token joins.
    pub(super) async fn joined_with(api: &Api, token: &str) -> Self {
        let mut socket = Self::connect(&api.sandbox).await;
        let answer = socket.emit(&json!(["token", decoded(token)])).await;
        assert_eq!((&answer[0], &answer[1]["result"]), (&json!("success"), &json!(0)), "{answer}");
        socket
    }

    async fn send(&mut self, packet: &str) {
        // Fails once the sandbox has closed the connection.
        _ = self.0.send(Message::text(packet)).await;
    }

    async fn send_bytes(&mut self, bytes: Vec<u8>) -> bool {
        self.0.send(Message::Binary(Bytes::from(bytes))).await.is_ok()
    }

    /// The next packet; `None` once the connection is closed.
    async fn next(&mut self) -> Option<String> {
        loop {
            let message = tokio::time::timeout(LIMIT, self.0.next()).await.expect("a packet or the end");
            match message {
                Some(Ok(Message::Text(text))) if text.as_str() == "2" => self.send("3").await,
                Some(Ok(Message::Text(text))) => return Some(text.to_string()),
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Binary(_))) => {}
                Some(Ok(Message::Close(_) | Message::Frame(_)) | Err(_)) | None => return None,
            }
        }
    }

    async fn is_closed(&mut self) -> bool {
        while let Some(packet) = self.next().await {
            // The end of the namespace, after which the library leaves the connection to its client.
            if packet == "41" {
                return true;
            }
        }
        true
    }

    /// Sends an event with an acknowledgement; returns its arguments.
    async fn emit(&mut self, event: &Value) -> Value {
        self.send(&format!("427{event}")).await;
        loop {
            let packet = self.next().await.expect("an acknowledgement");
            if let Some(answer) = packet.strip_prefix("437") {
                return serde_json::from_str(answer).unwrap();
            }
        }
    }

    /// The first argument of the next event with this name.
    async fn event(&mut self, name: &str) -> Value {
        loop {
            let packet = self.next().await.unwrap_or_else(|| panic!("the event {name}"));
            let Some(event) = packet.strip_prefix("42") else { continue };
            let mut event: Value = serde_json::from_str(event).unwrap();
            if event[0] == name {
                return event[1].take();
            }
        }
    }

    /// The name of the next packet, which is an event, and the id of the user in it.
    async fn next_event(&mut self) -> (String, String) {
        let packet = self.next().await.unwrap();
        let event: Value = serde_json::from_str(packet.strip_prefix("42").unwrap()).unwrap();
        (event[0].as_str().unwrap().to_owned(), event[1]["clientId"].as_str().unwrap_or_default().to_owned())
    }
}

fn decoded(token: &str) -> Value {
    serde_json::from_slice(&BASE64_STANDARD.decode(token).unwrap()).unwrap()
}

async fn token(api: &Api, room: &str) -> Value {
    decoded(&api.token(room, "participant").await)
}

/// Waits for what follows the end of a connection, which no client sees.
async fn users_are(api: &Api, room: &str, number: usize) {
    for _ in 0..400 {
        let users = api.get(&format!("{room}/users")).await.ok()["users"].take();
        if users.as_array().unwrap().len() == number {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{number} users");
}

/// Whether somebody can join and leave.
async fn serves(api: &Api) {
    let room = api.room(json!({})).await;
    let mut socket = Socket::joined(api, &room).await;
    socket.event("room-connected").await;
    drop(socket);
    users_are(api, &room, 0).await;
}

#[tokio::test]
async fn no_packet_brings_it_down() {
    let api = Api::start().await;
    let deep = format!("42[\"token\",{}{}]", "[".repeat(100_000), "]".repeat(100_000));
    let packets = [
        "",
        "0",
        "1",
        "2probe",
        "3",
        "4",
        "5",
        "6",
        "9",
        "é",
        "40{",
        "40/other,",
        "41",
        "42",
        "42[]",
        "42[1]",
        "42{}",
        "42[\"token\"",
        "42[\"token\"]",
        "42[\"token\",null]",
        "42[\"token\",{\"tokenId\":7}]",
        "42/other,[\"token\"]",
        "43",
        "43[]",
        "4399999999999999999999[]",
        "44",
        "44{\"message\":\"x\"}",
        "45",
        "45-[]",
        "451-[\"token\"]",
        "4599999999999999999999-[\"token\"]",
        "46",
        "461-[]",
        "47",
        "bAAAA",
        "\0",
        "42[\"to\\u006ben\",{}]",
        &deep,
    ];
    for packet in packets {
        for mut socket in [Socket::open(&api.sandbox).await, Socket::connect(&api.sandbox).await] {
            socket.send(packet).await;
            socket.send("42[\"publish\",{}]").await;
            socket.send_bytes(vec![0xff; 100]).await;
        }
    }
    serves(&api).await;
}

#[tokio::test]
async fn no_handshake_brings_it_down() {
    let api = Api::start().await;
    let host = api.sandbox.host();
    let mut open = Vec::new();
    for request in [
        "GET /socket.io/ HTTP/1.1",
        "GET /socket.io/?EIO=4&transport=polling HTTP/1.1",
        "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        "GET /socket.io/?EIO=9&transport=websocket HTTP/1.1",
        "GET /socket.io/?EIO=4&transport=websocket&sid=AAAAAAAAAAAAAAAA HTTP/1.1",
        "POST /socket.io/?EIO=4&transport=websocket HTTP/1.1",
        "GET /v3/socket.io?EIO=4&transport=websocket HTTP/1.0",
        "GET /v3/socket.io/x?EIO=4&transport=websocket HTTP/1.1",
    ] {
        for headers in [
            "",
            "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n",
            "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: \u{1}\r\n",
            "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n",
        ] {
            let mut stream = TcpStream::connect(&host).await.unwrap();
            stream.write_all(format!("{request}\r\nhost: a\r\n{headers}\r\n").as_bytes()).await.unwrap();
            open.push(stream);
        }
    }
    // An upgrade without a frame after it, and one with a frame that breaks off.
    for frame in [&b""[..], b"\x81\xff\0\0\0\0\0\x98\x96\x80abcd42[", b"\x81\x05hello", b"\xff\xff\xff"] {
        let mut stream = TcpStream::connect(&host).await.unwrap();
        let request = "GET /socket.io/?EIO=3&transport=websocket HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\n\
            upgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = [0; 12];
        stream.read_exact(&mut head).await.unwrap();
        assert_eq!(&head, b"HTTP/1.1 101");
        stream.write_all(frame).await.unwrap();
        open.push(stream);
    }
    serves(&api).await;
}

#[tokio::test]
async fn an_event_of_ten_megabytes_is_refused_and_a_flood_ends() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut socket = Socket::connect(&api.sandbox).await;
    let mut large = token(&api, &room).await;
    large["padding"] = "x".repeat(10_000_000).into();
    let answer = socket.emit(&json!(["token", large])).await;
    assert_eq!((&answer[0], &answer[1]["result"]), (&json!("success"), &json!(9005)));
    users_are(&api, &room, 0).await;
    // Below the cap it is taken.
    large["padding"] = "x".repeat(1_000_000).into();
    assert_eq!(socket.emit(&json!(["token", large])).await[1]["result"], 0);
    users_are(&api, &room, 1).await;
    // 16 MiB in all.
    socket.send(&format!("42[\"publish\",\"{}\"]", "x".repeat(10_000_000))).await;
    assert!(socket.is_closed().await);
    users_are(&api, &room, 0).await;

    let mut socket = Socket::connect(&api.sandbox).await;
    socket.send("451000000-[\"token\",{\"_placeholder\":true,\"num\":0}]").await;
    let mut sent = 0;
    while socket.send_bytes(vec![0; 1_000_000]).await {
        sent += 1;
        assert!(sent < 100, "attachments without end");
    }
    serves(&api).await;
}

#[tokio::test]
async fn a_token_of_another_sandbox_is_unknown() {
    let (api, other) = (Api::start().await, Api::start().await);
    let room = other.room(json!({})).await;
    let foreign = other.token(&room, "participant").await;
    let mut socket = Socket::connect(&api.sandbox).await;
    assert_eq!(socket.emit(&json!(["token", decoded(&foreign)])).await[1]["result"], 9003);
    // It is not used up.
    assert!(other.sandbox.join(&foreign).is_ok());
}

#[tokio::test]
async fn nobody_joins_with_a_token_that_was_changed() {
    let api = Api::start().await;
    let text = api.token(&api.room(json!({})).await, "viewer").await;
    let mut changed = decoded(&text);
    changed["host"] = "other.example.com".into();
    for text in [BASE64_STANDARD.encode(changed.to_string()), text.replace('=', ""), format!("{text}\n")] {
        if text != api.token(&api.room(json!({})).await, "viewer").await {
            assert_eq!(api.sandbox.join(&text).unwrap_err().as_str(), "unknown");
        }
    }
    assert!(api.sandbox.join(&text).is_ok());
}

#[tokio::test]
async fn users_are_told_of_each_other_once() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut all = Vec::new();
    for number in 0..20 {
        let mut body = new_token("participant");
        body["name"] = format!("user {number}").into();
        body["data"] = json!({"desk": number.to_string()});
        let token = api.post(&format!("{room}/tokens"), &body).await.ok();
        all.push((Socket::connect(&api.sandbox).await, decoded(token["token"].as_str().unwrap())));
    }
    // All at once.
    for (socket, token) in &mut all {
        socket.send(&format!("42{}", json!(["token", token]))).await;
    }
    let mut ids = Vec::new();
    for (socket, _) in &mut all {
        let connected = socket.event("room-connected").await;
        let mut known: Vec<_> = connected["userList"].as_array().unwrap().clone();
        assert!(known.iter().any(|user| user["clientId"] == connected["clientId"]));
        while known.len() < 20 {
            known.push(socket.event("user-connected").await);
        }
        let mut names: Vec<_> = known.iter().map(|user| user["name"].as_str().unwrap().to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 20);
        for user in known {
            assert_eq!(user["name"], format!("user {}", user["data"]["desk"].as_str().unwrap()));
        }
        ids.push(connected["clientId"].as_str().unwrap().to_owned());
    }
    // Nothing but the one who leaves comes after that, and nobody hears it of himself.
    assert!(api.sandbox.leave(&ids[0]));
    let (first, others) = all.split_first_mut().unwrap();
    for (socket, _) in others {
        assert_eq!(socket.next_event().await, ("user-disconnected".to_owned(), ids[0].clone()));
    }
    assert_eq!(first.0.next_event().await.0, "room-disconnected");
    assert_eq!(first.0.next().await.as_deref(), Some("41"));
}

#[tokio::test]
async fn a_reset_ends_whom_it_finds_and_nobody_later() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut before = Socket::joined(&api, &room).await;
    // Changes that wait to be told.
    for _ in 0..100 {
        api.joined(&room, "viewer").await;
    }
    api.sandbox.reset();
    let room = api.room(json!({})).await;
    let mut after = Socket::joined(&api, &room).await;
    before.event("room-disconnected").await;
    assert_eq!(after.emit(&json!(["logClientEvents"])).await[0]["result"], 0);
    users_are(&api, &room, 1).await;
}

#[tokio::test]
async fn a_connection_has_one_user_in_all_of_its_namespaces() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut socket = Socket::joined(&api, &room).await;
    socket.send("40").await;
    assert_eq!(socket.emit(&json!(["token", token(&api, &room).await])).await[1]["result"], 9006);
    drop(socket);
    users_are(&api, &room, 0).await;

    // Whoever has left the namespace can come back.
    let mut socket = Socket::joined(&api, &room).await;
    socket.send("41").await;
    users_are(&api, &room, 0).await;
    socket.send("40").await;
    while !socket.next().await.unwrap().starts_with("40{") {}
    assert_eq!(socket.emit(&json!(["token", token(&api, &room).await])).await[1]["result"], 0);
    users_are(&api, &room, 1).await;
}

#[tokio::test]
async fn a_client_that_does_not_read_loses_its_connection_and_no_event() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut socket = Socket::joined(&api, &room).await;
    // With more answers than wait for it in buffers.
    for number in 0..200_000 {
        let packet = format!("42{number}[\"publish\",{{}}]");
        if socket.0.send(Message::text(packet)).await.is_err() {
            break;
        }
    }
    users_are(&api, &room, 0).await;
    serves(&api).await;
}

#[tokio::test]
async fn roles_and_times_decide() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let viewer = decoded(&api.token(&room, "viewer").await);
    let late = token(&api, &room).await;
    let mut socket = Socket::connect(&api.sandbox).await;
    socket.emit(&json!(["token", viewer])).await;
    assert_eq!(socket.emit(&json!(["publish", {}, null])).await[0]["result"], 1160);
    assert_eq!(socket.emit(&json!(["getMaxNumberOfTalker"])).await[0]["maxTalkers"], 6);
    api.sandbox.advance(15 * MINUTE);
    let mut other = Socket::connect(&api.sandbox).await;
    assert_eq!(other.emit(&json!(["token", late])).await[1]["result"], 9001);
}

#[tokio::test]
async fn a_client_need_not_ask_for_acknowledgements() {
    let api = Api::start().await;
    let room = api.room(json!({"participants": "1"})).await;
    let (first, second) = (token(&api, &room).await, token(&api, &room).await);
    let mut one = Socket::connect(&api.sandbox).await;
    one.send(&format!("42{}", json!(["token", first]))).await;
    assert_eq!(one.event("room-connected").await["user"]["role"], "participant");

    let mut other = Socket::connect(&api.sandbox).await;
    other.send(&format!("42{}", json!(["token", second]))).await;
    assert_eq!(other.event("room-disconnected").await["cause"]["result"], 9002);
    assert!(other.is_closed().await);
    // Whoever has joined stays.
    one.send(&format!("42{}", json!(["token", second]))).await;
    assert_eq!(one.emit(&json!(["getMaxNumberOfTalker"])).await[0]["result"], 0);
    users_are(&api, &room, 1).await;
}

#[tokio::test]
async fn two_connections_with_one_token() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let token = json!(["token", token(&api, &room).await]);
    let mut sockets = Vec::new();
    for _ in 0..8 {
        sockets.push(Socket::connect(&api.sandbox).await);
    }
    let answers = futures_util::future::join_all(sockets.iter_mut().map(|socket| socket.emit(&token))).await;
    let mut results: Vec<_> = answers.iter().map(|answer| answer[1]["result"].as_i64().unwrap()).collect();
    results.sort_unstable();
    assert_eq!(results, [0, 4117, 4117, 4117, 4117, 4117, 4117, 4117]);
    users_are(&api, &room, 1).await;
}

#[tokio::test]
async fn a_user_who_closes_at_once_does_not_stay() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    for _ in 0..20 {
        let mut socket = Socket::connect(&api.sandbox).await;
        socket.send(&format!("42{}", json!(["token", token(&api, &room).await]))).await;
        _ = socket.0.close(None).await;
    }
    users_are(&api, &room, 0).await;
    api.delete(&room).await.ok();
}

#[tokio::test]
async fn published_streams_are_ready_although_nothing_flows() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut socket = Socket::joined(&api, &room).await;
    let published = socket.emit(&json!(["publish", {"audio": true}, null])).await;
    let id = &published[0]["id"];
    let offer = json!(["signaling_message", {"streamId": id, "msg": {"type": "offer", "sdp": "v=0"}}, null]);
    socket.send(&format!("42{offer}")).await;
    let ready = socket.event("media_engine_connecting").await;
    assert_eq!(ready, json!({"streamId": id, "msg": {"type": "ready"}}));
}

#[tokio::test]
async fn stopping_ends_all_connections() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut sockets = Vec::new();
    for _ in 0..10 {
        let socket = Socket::joined(&api, &room).await;
        sockets.push(socket);
    }
    tokio::time::timeout(LIMIT, api.sandbox.stop()).await.unwrap();
    for mut socket in sockets {
        assert!(socket.is_closed().await);
    }
}

/// How many runtimes are there, by their files.
#[cfg(target_os = "linux")]
fn runtimes() -> usize {
    let files = std::fs::read_dir("/proc/self/fd").unwrap();
    let targets = files.filter_map(|file| std::fs::read_link(file.ok()?.path()).ok());
    targets.filter(|target| target.to_string_lossy().contains("eventpoll")).count()
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn nothing_is_left_of_sandboxes_that_were_stopped_while_users_were_connected() {
    let before = runtimes();
    for _ in 0..150 {
        let api = Api::start().await;
        let room = api.room(json!({})).await;
        let _socket = Socket::joined(&api, &room).await;
        api.sandbox.stop().await;
    }
    // Other tests come and go meanwhile.
    assert!(runtimes() < before + 75);
}

#[tokio::test]
async fn a_page_of_any_origin_learns_that_it_is_online() {
    let api = Api::start().await;
    let room = api.room(json!({})).await;
    let mut socket = Socket::connect(&api.sandbox).await;
    socket.send(&format!("42{}", json!(["token", token(&api, &room).await]))).await;
    let connected = socket.event("room-connected").await;
    let url = connected["internetDetectionUrl"].as_str().unwrap();
    let response = api.http().head(url).send().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["access-control-allow-origin"]),
        (200, &"*".parse().unwrap())
    );
}
