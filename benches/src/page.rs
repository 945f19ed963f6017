//! `docs/performance.md` and its plots, of what was measured last.

use std::{collections::BTreeMap, fmt::Write, fs};

use enablex_benches::peers::{Enablex, Idiomatic, Peer};

use crate::{
    Result,
    calls::traced,
    guard::TRACING,
    plots::bars,
    results::{Build, Call, Machine, Results, docs},
};

/// Crates with a smaller part of every peer's instructions are one row.
const SMALL: f64 = 0.02;

pub fn write() -> Result<()> {
    let Results { machine, calls, builds, report, joins } = Results::read()?;
    draw(&calls, &builds)?;
    let Machine { processor, cores, system, rustc } = machine;
    let page = format!(
        "# Performance\n\n\
         Measured with {rustc} on {system}, {cores} cores of {processor}. `cargo xtask bench all` measures again on \
         a quiet machine and makes this page; `cargo xtask bench help` lists its parts. Figures that depend on a \
         clock differ between machines; their ratios differ less. `.ci/bench` holds allocations and instructions \
         against their limits.\n\n\
         ## Goals\n\n\
         To reqwest 0.13: a call as its documentation shows it, with a timeout, and a build of its default features. \
         Against a real service the network takes longer than all of this.\n\n\
         {}\n\
         ## A call\n\n\
         `createToken` with two data keys over plain HTTP on loopback, on connections that are open; the response \
         has a token of 400 bytes. The server is another process. The runtime has one thread.\n\n\
         - `reqwest`: as its documentation shows it, with a timeout. Ratios are to this one.\n\
         - `reqwest-prepared`: the same, with URL and headers made once.\n\
         - `hyper-util`: the client below reqwest, with URI and headers made once, and without a timeout.\n\
         - `enablex-bindings`: the generated bindings of this crate alone, with no validation, retry or typed error.\n\
         - `enablex`: `client.room(…).create_token(…)`.\n\
         - `enablex + tracing`: the same with that feature, and nobody listening.\n\n\
         {}\n\
         ![Instructions per call](instructions.svg)\n\n![Allocations per call](allocations.svg)\n\n\
         Instructions are the difference of 1,000 and 500 calls under callgrind, and allocations are those of 1,000 \
         calls that follow the first. One after another: the median of criterion. 64 in flight: medians of rounds \
         in which the peers take turns, on 64 connections; they differ by 2 % from run to run. A call has fewer \
         instructions than reqwest's, but misses the first-level cache more often and has more atomic operations \
         (measured once, by callgrind with 64 in flight: 650 to 470, and 375 to 349): the state of attempts, and \
         shared values of headers.\n\n\
         ![Calls per second, 64 in flight](in-flight.svg)\n\n\
         ## Where the instructions of a call go\n\n\
         By the crate whose function they are in. Inlined code counts where it was inlined, and generic code where \
         it was written. `std` is with `core` and `alloc`.\n\n\
         {}\n\
         ## A build\n\n\
         A cold `cargo build` of a program that creates a token: medians of rounds in which the programs take turns. \
         `reqwest` has its default features, `json`, and serde with `derive`. `reqwest-ring` has no other TLS than \
         rustls on ring, which this crate is built on. The size is that of the stripped program of `cargo build \
         --release`, which uses the feature. The versions are those of `Cargo.lock`.\n\n\
         {}\n\
         ![A cold build](builds.svg)\n\n\
         `reqwest-ring` has taken the time of the goal already. The crate itself is compiled last, mostly on one core. \
         `codegen` is for work on this crate.\n\n\
         About a tenth of the time of `enablex` goes into Unicode tables for host names. `cargo update -p idna_adapter \
         --precise 1.1.0` in an application chooses smaller ones, which its `Cargo.lock` then names.\n\n\
         ## A report\n\n\
         Reading a report row by row over HTTP, beside `serde_json` with the same bytes.\n\n\
         ```text\n{report}```\n\n\
         Goals, with 1,000,000 rows: not slower than `serde_json::from_slice` with the bytes in memory (decoding \
         alone), less than 16 MiB, and at most 1.5 times as long with an observer of drift.\n\n\
         ## Joins through an application server\n\n\
         `examples/app_server` with the sandbox in another process: 1,200 callers, 32 at once, ask for a token and join, \
         in 40 rooms with 25 seats each. `tests/app_server/load.rs` asserts that no token is issued twice, that each \
         room has 25 people, that each webhook comes out once, and that four more rounds add less than 3 MiB to \
         the memory of the server.\n\n\
         ```text\n{joins}```\n",
        goal_table(&calls, &builds),
        call_table(&calls),
        crate_table(&calls),
        build_table(&builds),
    );
    Ok(fs::write(docs().join("performance.md"), page)?)
}

fn draw(calls: &[Call], builds: &[Build]) -> Result<()> {
    let rows = |figure: &dyn Fn(&Call) -> f64| -> Vec<_> {
        calls.iter().map(|call| (call.name.as_str(), figure(call))).collect()
    };
    let chart = |file, title, rows: &[_]| bars(&docs().join(file), title, rows, thousands);
    chart(
        "instructions.svg",
        "Instructions per call",
        &rows(&|call| call.all_instructions().unwrap_or_default()),
    )?;
    chart("allocations.svg", "Allocations per call", &rows(&|call| call.allocations))?;
    chart("in-flight.svg", "Calls per second, 64 in flight", &rows(&|call| call.per_second))?;
    let seconds: Vec<_> = builds.iter().map(|build| (build.name.as_str(), build.seconds)).collect();
    bars(&docs().join("builds.svg"), "A cold build", &seconds, |seconds| format!("{seconds:.1} s"))
}

/// The goals that are ratios, and whether they are met.
fn goal_table(calls: &[Call], builds: &[Build]) -> String {
    let ratio = |figure: fn(&Call) -> Option<f64>, name: &str, base: &str| {
        let of = |name| call(calls, name).and_then(figure).unwrap_or(f64::NAN);
        of(name) / of(base)
    };
    let to_reqwest = |figure| ratio(figure, Enablex::NAME, Idiomatic::NAME);
    let tracing = ratio(Call::all_instructions, &traced(), Enablex::NAME);
    let seconds = |name| build(builds, name).map_or(f64::NAN, |build| build.seconds);
    let cold_build = seconds(Enablex::NAME) / seconds(Idiomatic::NAME);
    let guard = "`.ci/bench`";
    let goals = [
        ("instructions of a call", to_reqwest(Call::all_instructions), 1.0, true, guard),
        ("allocations of a call", to_reqwest(|call| Some(call.allocations)), 1.0, true, guard),
        ("instructions with `tracing`, to without", tracing, TRACING, true, guard),
        ("calls per second, 64 in flight", to_reqwest(|call| Some(call.per_second)), 1.0, false, ""),
        ("a cold build", cold_build, 0.6, true, ""),
    ];
    let mut table = "| | goal | measured | | held by |\n|---|--:|--:|---|---|\n".to_owned();
    for (what, measured, goal, is_most, held_by) in goals {
        let (sign, met) = if is_most { ('≤', measured <= goal) } else { ('≥', measured >= goal) };
        let verdict = if met { "met" } else { "missed" };
        let _ = writeln!(table, "| {what} | {sign} {goal:.2} | {measured:.3} | {verdict} | {held_by} |");
    }
    table
}

fn call<'a>(calls: &'a [Call], name: &str) -> Option<&'a Call> {
    calls.iter().find(|call| call.name == name)
}

fn build<'a>(builds: &'a [Build], name: &str) -> Option<&'a Build> {
    builds.iter().find(|build| build.name == name)
}

fn call_table(calls: &[Call]) -> String {
    let base = call(calls, Idiomatic::NAME);
    let cell = |figure: Option<f64>, base: Option<f64>| match (figure, base) {
        (Some(figure), Some(base)) => {
            let text = if figure < 100.0 { format!("{figure:.1}") } else { thousands(figure) };
            format!("{text} ({:.2})", figure / base)
        }
        _ => "–".to_owned(),
    };
    let mut table =
        "| | instructions | allocations | µs, one after another | calls/s, 64 in flight | µs of CPU each |\n\
                     |---|--:|--:|--:|--:|--:|\n"
            .to_owned();
    for call in calls {
        let figures: [fn(&Call) -> Option<f64>; 5] = [
            Call::all_instructions,
            |call| Some(call.allocations),
            |call| call.microseconds,
            |call| Some(call.per_second),
            |call| Some(call.cpu_microseconds),
        ];
        let cells = figures.map(|figure| cell(figure(call), base.and_then(figure)));
        let _ = writeln!(table, "| {} | {} |", call.name, cells.join(" | "));
    }
    table
}

fn crate_table(calls: &[Call]) -> String {
    // The instructions of each call, in the order of `calls`.
    let mut rows = BTreeMap::new();
    let mut small = vec![0.0; calls.len()];
    for name in calls.iter().flat_map(|call| call.instructions.keys()) {
        let figures = calls.iter().map(|call| call.instructions.get(name).copied().unwrap_or_default());
        rows.insert(name, figures.collect::<Vec<f64>>());
    }
    rows.retain(|_, figures| {
        let parts =
            figures.iter().zip(calls).map(|(figure, call)| figure / call.all_instructions().unwrap_or(1.0));
        let keep = parts.fold(0.0, f64::max) >= SMALL;
        if !keep {
            small.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += *figure);
        }
        keep
    });
    let mut rows: Vec<_> = rows.into_iter().map(|(name, figures)| (name.as_str(), figures)).collect();
    rows.sort_by(|(_, one), (_, other)| other.iter().sum::<f64>().total_cmp(&one.iter().sum()));
    rows.push(("others", small));
    rows.push(("times a URL is parsed", calls.iter().map(|call| call.url_parses).collect()));

    let names: Vec<_> = calls.iter().map(|call| call.name.as_str()).collect();
    let mut table = format!("| | {} |\n|---|{}\n", names.join(" | "), "--:|".repeat(calls.len()));
    for (name, figures) in rows {
        let cells: Vec<_> = figures.into_iter().map(thousands).collect();
        let _ = writeln!(table, "| {name} | {} |", cells.join(" | "));
    }
    table
}

fn build_table(builds: &[Build]) -> String {
    let mut table = "| | seconds | to reqwest | more than enablex | seconds of CPU | crates | bytes |\n\
                     |---|--:|--:|--:|--:|--:|--:|\n"
        .to_owned();
    for row in builds {
        let Build { name, seconds, cpu_seconds, crates, bytes } = row;
        let ratio = build(builds, Idiomatic::NAME).map_or(f64::NAN, |base| seconds / base.seconds);
        let more = match build(builds, Enablex::NAME) {
            Some(base) if name.starts_with("enablex-") => {
                // `-0.0` is no difference.
                format!("{:+.1} s", ((seconds - base.seconds) * 10.0).round() / 10.0 + 0.0)
            }
            _ => String::new(),
        };
        let _ = writeln!(
            table,
            "| {name} | {seconds:.1} | {ratio:.2} | {more} | {cpu_seconds:.1} | {crates} | {} |",
            thousands(*bytes as f64)
        );
    }
    table
}

/// A whole number with commas.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
