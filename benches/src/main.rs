//! Measures what a call costs: `cargo xtask bench help` lists the tasks.

use std::{error::Error, process::ExitCode};

use enablex_benches::allocations::Counting;

mod guard;
mod profile;
mod run;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

type Result<T, E = Box<dyn Error + Send + Sync>> = std::result::Result<T, E>;

const USAGE: &str = "\
usage: cargo xtask bench <task>

  guard              fails where a call takes more allocations or instructions than its limit; no clock
      --limit RATIO  to the call of reqwest with a timeout, instead of 1.00
  help               this text";

fn main() -> ExitCode {
    match task() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the task. `false` is exit status 1 without an error.
fn task() -> Result<bool> {
    use lexopt::prelude::*;
    let mut arguments = lexopt::Parser::from_env();
    let task = arguments.next()?;
    match &task {
        Some(Value(task)) if task == "run" => {
            let [peer, base_url, count, in_flight] = [(); 4].map(|()| arguments.value());
            let (peer, base_url) = (peer?.string()?, base_url?.string()?);
            let (count, in_flight) = (count?.parse()?, in_flight?.parse()?);
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let run = runtime.block_on(run::Run::of(&peer, &base_url, count, in_flight))?;
            println!("{}", serde_json::to_string(&run)?);
        }
        Some(Value(task)) if task == "guard" => {
            let mut limit = 1.0;
            while let Some(argument) = arguments.next()? {
                match argument {
                    Long("limit") => limit = arguments.value()?.parse()?,
                    other => return Err(other.unexpected().into()),
                }
            }
            return guard::holds(limit);
        }
        _ => println!("{USAGE}"),
    }
    Ok(true)
}
