//! What it takes to read a report.

use std::env;

use crate::{
    Result,
    results::Results,
    run::{cargo, output},
};

/// Runs the bench of that name, and keeps what it prints.
pub fn measure() -> Result<()> {
    let mut bench = cargo();
    bench.args(["bench", "--package", "enablex-benches", "--features", "drift", "--bench", "report"]);
    bench.env("ROWS", env::var("ROWS").unwrap_or_else(|_| "1000000".to_owned()));
    let printed = String::from_utf8(output(&mut bench)?)?;
    print!("{printed}");
    Results::update(|results| results.report = printed)
}
