//! Development tasks: `cargo xtask help` lists them.

use std::process::ExitCode;

mod regen;

const USAGE: &str = "\
usage: cargo xtask <task>

  regen          generates the bindings from openapi/ into generated/
  regen --check  changes nothing; fails with a diff where generated/ is stale";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["regen"] => regen::write(),
        ["regen", "--check"] => regen::check(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(message) => {
            println!("{message}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
