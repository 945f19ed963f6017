//! Measures what a call costs: `cargo xtask bench help` lists the tasks.

use std::{error::Error, process::ExitCode};

use enablex_benches::allocations::Counting;

mod builds;
mod calls;
mod guard;
mod joins;
mod page;
mod plots;
mod profile;
mod report;
mod results;
mod run;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

type Result<T, E = Box<dyn Error + Send + Sync>> = std::result::Result<T, E>;

const USAGE: &str = "\
usage: cargo xtask bench <task>

  guard              fails where a call takes more allocations or instructions than its limit; no clock
      --limit RATIO  to the call of reqwest with a timeout, instead of 1.00
  calls              measures calls, beside those of peers
  builds             measures cold builds of programs that make a call, with each feature
  report             measures the reading of a report, in 8 GiB of memory
  joins              measures a thousand joins through the example `app_server`
  page               makes docs/performance.md and its plots of what was measured last
  all                calls, builds, report, joins and page
  help               this text

The variable ROUNDS sets how often calls and builds are measured, and ROWS how long the report is.";

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
        Some(Value(task)) => {
            let tasks: &[fn() -> Result<()>] = match task.to_str().unwrap_or_default() {
                "calls" => &[calls::measure],
                "builds" => &[builds::measure],
                "report" => &[report::measure],
                "joins" => &[joins::measure],
                "page" => &[page::write],
                "all" => &[calls::measure, builds::measure, report::measure, joins::measure, page::write],
                "help" => &[],
                other => return Err(format!("no task {other:?}\n\n{USAGE}").into()),
            };
            for task in tasks {
                task()?;
            }
            if tasks.is_empty() {
                println!("{USAGE}");
            }
        }
        _ => return Err(format!("which task?\n\n{USAGE}").into()),
    }
    Ok(true)
}
