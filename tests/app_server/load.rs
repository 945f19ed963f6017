//! A thousand people join through the server, and leave. `cargo xtask bench joins` keeps the figures.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Instant,
};

use enablex::sandbox::{JoinRefusal, Sandbox, WebhookTarget};
use futures_util::{StreamExt, stream};
use serde_json::json;

use crate::server::{Server, command, token};

const ROOMS: usize = 40;
/// As many as a room takes.
const SEATS: usize = 25;
/// Some find the room full.
const CALLERS: usize = 30;
const AT_ONCE: usize = 32;
/// Each of a thousand joins.
const ROUNDS: usize = 4;
/// What the rounds after the first may add to the memory of the server, in KiB.
const GROWTH: u64 = 3 * 1024;

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_joins() {
    let sandbox = Sandbox::start().await.unwrap();
    let pair = ["--webhook-user", "enablex", "--webhook-password", "word-4711"];
    let mut command = command(&[&pair[..], &["--limit", "0"]].concat());
    command.env("ENABLEX_APP_ID", sandbox.app_id()).env("ENABLEX_APP_KEY", sandbox.app_key());
    command.env("ENABLEX_BASE_URL", sandbox.base_url());
    let server = Server::run(command);
    let target = WebhookTarget::new(format!("{}/webhooks", server.url));
    sandbox.send_webhooks(target.basic("enablex", "word-4711")).unwrap();

    // The first round fills pools and buffers.
    round(&server, &sandbox, "warm-up").await;
    let before = memory(&server);
    let mut seconds = 0.;
    for n in 0..ROUNDS {
        seconds += round(&server, &sandbox, &n.to_string()).await;
    }
    let after = memory(&server);
    let joins = ROUNDS * ROOMS * SEATS;
    println!("load: {joins} joins in {seconds:.1} s, {:.0} a second", joins as f64 / seconds);
    if let (Some(before), Some(after)) = (before, after) {
        println!("load: {before} KiB of memory after a thousand others, {after} KiB after these");
        assert!(after < before + GROWTH, "{before} KiB, then {after} KiB");
    }
}

/// Everybody joins, and leaves. Returns the seconds that the joins took.
async fn round(server: &Server, sandbox: &Sandbox, name: &str) -> f64 {
    let mut events = server.events(None).await;
    let mut rooms = Vec::new();
    for n in 0..ROOMS {
        rooms.push(server.room(&format!("{name}-{n}"), json!({"participants": SEATS})).await);
    }
    let begun = Instant::now();
    let callers = (0..CALLERS).flat_map(|_| &rooms);
    let join = async |room: &String| {
        let reply = server.post("/api/create-token/", token(room, "participant")).await;
        if reply.status == 409 {
            reply.failed(409, "room_full");
            return None;
        }
        let token = reply.ok()["token"].as_str().unwrap().to_owned();
        let joined = match sandbox.join(&token) {
            Ok(user) => Some((room.clone(), user.session_user_id().to_owned())),
            Err(refusal) => {
                assert_eq!(refusal, JoinRefusal::Full);
                None
            }
        };
        Some((token, joined))
    };
    let results: Vec<_> = stream::iter(callers).map(join).buffer_unordered(AT_ONCE).collect().await;
    let seconds = begun.elapsed().as_secs_f64();

    let issued: Vec<_> = results.into_iter().flatten().collect();
    let tokens: BTreeSet<_> = issued.iter().map(|(token, _)| token).collect();
    assert_eq!(tokens.len(), issued.len(), "no token is issued twice");
    let joined: Vec<_> = issued.iter().filter_map(|(_, joined)| joined.as_ref()).collect();
    assert_eq!(joined.len(), ROOMS * SEATS);
    let client = sandbox.client().unwrap();
    for room in &rooms {
        assert_eq!(client.room(room).users().await.unwrap().len(), SEATS);
    }
    for (_, user) in joined {
        assert!(sandbox.leave(user));
    }

    // Each room had one session, and each webhook came out once.
    let mut told = BTreeMap::new();
    while told.values().sum::<usize>() < 3 * ROOMS {
        let event = events.next().await.unwrap();
        let [kind, room] = ["type", "room_id"].map(|key| event[key].as_str().unwrap().to_owned());
        *told.entry((room, kind)).or_default() += 1;
    }
    for room in rooms {
        client.room(&room).delete().await.unwrap();
        for kind in ["session_start", "session_stop", "roomdrop"] {
            assert_eq!(told.get(&(room.clone(), kind.to_owned())), Some(&1_usize), "{room} {kind}");
        }
    }
    seconds
}

/// The memory of the process in KiB, on Linux.
fn memory(server: &Server) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}
