//! What `build.rs` generates: there is no second generator.

use std::{fs, path::PathBuf, process::Stdio};

use serde_json::Value;

use crate::{Result, workspace::Workspace};

/// Runs the generator in a workspace.
pub fn generate(workspace: &Workspace) -> Result<String> {
    let built = build(workspace, &["--features", "codegen"])?;
    let Some(out_dir) = built.out_dir else { return Err(refusal(&built.log).into()) };
    Ok(fs::read_to_string(out_dir.join("bindings.rs"))?)
}

/// Compiles the crate, with the bindings as they are checked in and every feature.
pub fn compile(workspace: &Workspace) -> Result<()> {
    let built = build(workspace, &["--all-features"])?;
    if built.done {
        return Ok(());
    }
    let words = if built.errors.is_empty() { built.log } else { built.errors };
    Err(format!("{words}\nthe bindings and the rest of the crate do not compile together").into())
}

struct Built {
    done: bool,
    /// Where the build script has written to.
    out_dir: Option<PathBuf>,
    /// What the compiler found.
    errors: String,
    log: String,
}

/// Builds the crate, and reads cargo's messages. The build itself may fail, as it does on bindings
/// that are stale, missing or broken.
fn build(workspace: &Workspace, features: &[&str]) -> Result<Built> {
    let id = workspace.cargo(&["pkgid", "--package", "enablex"], Stdio::inherit())?.1;
    let build = ["build", "--package", "enablex", "--lib", "--message-format", "json", "--quiet"];
    let (log, messages) = workspace.cargo(&[&build[..], features].concat(), Stdio::piped())?;
    let messages: Vec<Value> = messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let of = |reason: &'static str| messages.iter().filter(move |message| message["reason"] == reason);
    Ok(Built {
        done: of("build-finished").any(|message| message["success"] == true),
        out_dir: of("build-script-executed")
            .filter(|message| message["package_id"] == id.trim())
            .find_map(|message| message["out_dir"].as_str().map(PathBuf::from)),
        errors: of("compiler-message")
            .filter(|message| message["message"]["level"] == "error")
            .filter_map(|message| message["message"]["rendered"].as_str())
            .collect(),
        log,
    })
}

/// The build script's own words, where cargo's log holds them.
fn refusal(log: &str) -> String {
    let words = log.split_once("--- stderr\n").map_or(log, |(_, words)| words);
    format!("{}\nthe generator failed", words.trim())
}
