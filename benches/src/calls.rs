//! What a call takes, by each peer.

use std::fs;

use enablex_benches::{
    peers::{Enablex, Peer},
    server,
};
use serde_json::Value;

use crate::{
    Result,
    profile::Profile,
    results::{self, Call, Results, median},
    run::{PEERS, Program, cargo, has_valgrind, target},
};

/// The calls of a round.
const COUNT: usize = 20_000;
const IN_FLIGHT: usize = 64;

/// Measures calls, and keeps the results.
pub fn measure() -> Result<()> {
    let mut bench = cargo();
    bench.args(["bench", "--package", "enablex-benches", "--bench", "calls"]);
    if !bench.status()?.success() {
        return Err("the bench `calls` failed".into());
    }
    let base_url = server::start()?;
    let [plain, tracing] = ["", "tracing"].map(Program::build);
    let (plain, tracing) = (plain?, tracing?);
    let mut rows: Vec<_> = PEERS.map(|peer| (peer.to_owned(), &plain, peer)).into();
    rows.push((traced(), &tracing, Enablex::NAME));

    // The peers take turns.
    let mut rounds = vec![Vec::new(); rows.len()];
    for _ in 0..results::rounds(7)? {
        for ((_, program, peer), rounds) in rows.iter().zip(&mut rounds) {
            let run = program.run(peer, &base_url, COUNT, IN_FLIGHT)?;
            rounds.push((COUNT as f64 / run.seconds, run.cpu_seconds / COUNT as f64 * 1e6));
        }
    }

    let mut calls = Vec::new();
    for ((name, program, peer), rounds) in rows.into_iter().zip(rounds) {
        let profile = if has_valgrind() { program.profile(peer, &base_url)? } else { Profile::default() };
        calls.push(Call {
            allocations: program.allocations(peer, &base_url)?,
            instructions: profile.crates,
            url_parses: profile.url_parses,
            microseconds: microseconds(&name),
            per_second: median(rounds.iter().map(|(per_second, _)| *per_second).collect()),
            cpu_microseconds: median(rounds.iter().map(|(_, cpu)| *cpu).collect()),
            name,
        });
    }
    Results::update(|results| results.calls = calls)
}

/// The name of the call with the feature `tracing`.
pub fn traced() -> String {
    format!("{} + tracing", Enablex::NAME)
}

/// criterion's median for one call after another. It measures what `cargo bench` builds, without `tracing`.
fn microseconds(name: &str) -> Option<f64> {
    let folder = target().ok()?.join("criterion/one after another").join(name);
    let estimates: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("new/estimates.json")).ok()?).ok()?;
    Some(estimates["median"]["point_estimate"].as_f64()? / 1e3)
}
