//! Calls of one peer, and what they took. Each run is a process of its own.

use std::{env, path::PathBuf, process::Command, sync::Arc, time::Instant};

use enablex_benches::{
    allocations, calls,
    peers::{Bindings, Enablex, HyperUtil, Idiomatic, Peer, Prepared},
};
use nix::sys::resource::{UsageWho, getrusage};
use serde::{Deserialize, Serialize};

use crate::{Result, profile::Profile};

/// The peers, by their names. The limits are ratios to the first.
pub const PEERS: [&str; 5] =
    [Idiomatic::NAME, Prepared::NAME, HyperUtil::NAME, Bindings::NAME, Enablex::NAME];

/// What a run took, the first calls left out.
#[derive(Debug, Deserialize, Serialize)]
pub struct Run {
    pub allocations: u64,
    pub seconds: f64,
    /// Of the process, in user and system mode.
    pub cpu_seconds: f64,
}

impl Run {
    pub async fn of(peer: &str, base_url: &str, count: usize, in_flight: usize) -> Result<Self> {
        match peer {
            Idiomatic::NAME => run::<Idiomatic>(base_url, count, in_flight).await,
            Prepared::NAME => run::<Prepared>(base_url, count, in_flight).await,
            HyperUtil::NAME => run::<HyperUtil>(base_url, count, in_flight).await,
            Bindings::NAME => run::<Bindings>(base_url, count, in_flight).await,
            Enablex::NAME => run::<Enablex>(base_url, count, in_flight).await,
            _ => Err(format!("no peer {peer:?}").into()),
        }
    }
}

async fn run<P: Peer>(base_url: &str, count: usize, in_flight: usize) -> Result<Run> {
    let peer = Arc::new(P::new(base_url)?);
    // Opens the connections.
    calls(&peer, in_flight, in_flight).await?;
    let (begun, before, cpu) = (Instant::now(), allocations::count(), cpu_seconds(UsageWho::RUSAGE_SELF)?);
    calls(&peer, count, in_flight).await?;
    Ok(Run {
        allocations: allocations::count() - before,
        seconds: begun.elapsed().as_secs_f64(),
        cpu_seconds: cpu_seconds(UsageWho::RUSAGE_SELF)? - cpu,
    })
}

/// The CPU time of this process, or of the processes that it has waited for.
pub fn cpu_seconds(who: UsageWho) -> Result<f64> {
    let usage = getrusage(who)?;
    let times = [usage.user_time(), usage.system_time()];
    Ok(times.map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6).iter().sum())
}

/// This program with features of its own, since cargo unifies those of one build.
pub struct Program(PathBuf);

impl Program {
    pub fn build(features: &str) -> Result<Self> {
        let mut build = cargo();
        build.args(["build", "--quiet", "--release", "--package", "enablex-benches", "--features", features]);
        if !build.status()?.success() {
            return Err("the benches do not build".into());
        }
        let folder = target()?;
        let copy = folder.join("bench").join(format!("calls-{features}"));
        std::fs::create_dir_all(folder.join("bench"))?;
        std::fs::copy(folder.join("release/enablex-benches"), &copy)?;
        Ok(Self(copy))
    }

    pub fn run(&self, peer: &str, base_url: &str, count: usize, in_flight: usize) -> Result<Run> {
        let mut run = Command::new(&self.0);
        run.args(["run", peer, base_url, &count.to_string(), &in_flight.to_string()]);
        Ok(serde_json::from_slice(&output(&mut run)?)?)
    }

    /// The allocations of a call.
    pub fn allocations(&self, peer: &str, base_url: &str) -> Result<f64> {
        const COUNT: usize = 1_000;
        Ok(self.run(peer, base_url, COUNT, 1)?.allocations as f64 / COUNT as f64)
    }

    /// Where the instructions of a call go: the difference of two runs under valgrind.
    pub fn profile(&self, peer: &str, base_url: &str) -> Result<Profile> {
        const COUNT: usize = 500;
        let profile = |count: usize| {
            let file = self.0.with_extension("callgrind");
            let mut valgrind = Command::new("valgrind");
            valgrind.args(["--quiet", "--tool=callgrind"]);
            valgrind.arg(format!("--callgrind-out-file={}", file.display())).arg(&self.0);
            output(valgrind.args(["run", peer, base_url, &count.to_string(), "1"]))?;
            Profile::read(&std::fs::read_to_string(file)?)
        };
        Ok(profile(2 * COUNT)?.since(&profile(COUNT)?, COUNT as f64))
    }
}

pub fn has_valgrind() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success())
}

/// cargo, in the workspace that runs this program.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(workspace());
    // What `cargo run` says of this package. ring is built again where that differs.
    for (name, _) in env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            cargo.env_remove(name);
        }
    }
    cargo
}

pub fn workspace() -> PathBuf {
    let package = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    package.and_then(|package| Some(package.parent()?.to_owned())).unwrap_or_default()
}

/// The target folder, in which this program is as `release/enablex-benches`.
pub fn target() -> Result<PathBuf> {
    let program = env::current_exe()?;
    Ok(program.ancestors().nth(2).ok_or("this program is in no target folder")?.to_owned())
}

/// The standard output of a command that succeeds.
pub fn output(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("{:?}: {}", command.get_program(), output.status).into());
    }
    Ok(output.stdout)
}
