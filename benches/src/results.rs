//! `docs/performance.json`: what was measured last.

use std::{collections::BTreeMap, env, fs, path::PathBuf, process::Command, thread};

use serde::{Deserialize, Serialize};

use crate::{
    Result,
    run::{output, workspace},
};

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Results {
    pub machine: Machine,
    pub calls: Vec<Call>,
    pub builds: Vec<Build>,
    /// What the bench of that name printed.
    pub report: String,
    /// What the joins through the application server printed, with their own machine.
    pub joins: String,
}

#[derive(Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Machine {
    pub processor: String,
    pub cores: usize,
    pub system: String,
    pub rustc: String,
}

/// What a call takes.
#[derive(Debug, Deserialize, Serialize)]
pub struct Call {
    pub name: String,
    pub allocations: f64,
    /// By crate; empty where valgrind is missing.
    pub instructions: BTreeMap<String, f64>,
    pub url_parses: f64,
    /// One call after another, by criterion.
    pub microseconds: Option<f64>,
    /// Calls in a second, 64 in flight.
    pub per_second: f64,
    /// CPU time of the client for such a call.
    pub cpu_microseconds: f64,
}

impl Call {
    pub fn all_instructions(&self) -> Option<f64> {
        (!self.instructions.is_empty()).then(|| self.instructions.values().sum())
    }
}

/// What it takes to build a program that makes a call.
#[derive(Debug, Deserialize, Serialize)]
pub struct Build {
    pub name: String,
    /// A cold `cargo build`.
    pub seconds: f64,
    pub cpu_seconds: f64,
    pub crates: usize,
    /// Of the stripped program that `cargo build --release` makes.
    pub bytes: u64,
}

impl Results {
    pub fn read() -> Result<Self> {
        Ok(serde_json::from_str(&fs::read_to_string(docs().join("performance.json"))?)?)
    }

    /// Replaces a part of the file. What was measured on another machine is dropped.
    pub fn update(change: impl FnOnce(&mut Self)) -> Result<()> {
        let machine = Machine::this()?;
        let mut results = Self::read().unwrap_or_default();
        if results.machine != machine {
            results = Self { machine, ..Self::default() };
        }
        change(&mut results);
        results.write()
    }

    pub fn write(&self) -> Result<()> {
        fs::create_dir_all(docs())?;
        let text = format!("{}\n", serde_json::to_string_pretty(self)?);
        Ok(fs::write(docs().join("performance.json"), text)?)
    }
}

impl Machine {
    pub fn this() -> Result<Self> {
        let text = |program, arguments: &[&str]| -> Result<String> {
            Ok(String::from_utf8(output(Command::new(program).args(arguments))?)?.trim().to_owned())
        };
        let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = processors.lines().find(|line| line.starts_with("model name"));
        let model = model.and_then(|line| line.split_once(": ")).map_or("unknown", |(_, model)| model);
        Ok(Self {
            processor: model.to_owned(),
            cores: thread::available_parallelism()?.get(),
            system: text("uname", &["-sm"])?,
            rustc: text("rustc", &["--version"])?,
        })
    }
}

pub fn docs() -> PathBuf {
    workspace().join("docs")
}

/// The one in the middle.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How often each is measured: the variable `ROUNDS`.
pub fn rounds(default: usize) -> Result<usize> {
    Ok(env::var("ROUNDS").map_or(Ok(default), |rounds| rounds.parse())?)
}
