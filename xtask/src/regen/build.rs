//! Builds of the crate with cargo: `build.rs` generates, and the compiler finds what no longer fits.

use std::{collections::BTreeSet, path::PathBuf, process::Stdio};

use serde::Deserialize;

use super::places::Place;
use crate::{Result, workspace::Workspace};

/// Runs the generator. Returns the folder that it writes to.
pub fn generate(workspace: &Workspace) -> Result<PathBuf> {
    let id = workspace.cargo(&["pkgid", "--package", "enablex"], Stdio::inherit())?.1;
    let (log, events) = check(workspace, &["--lib"])?;
    let out_dir = events.into_iter().find_map(|event| match event {
        Event::BuildScriptExecuted { package_id, out_dir } if package_id == id.trim() => Some(out_dir),
        _ => None,
    });
    let Some(out_dir) = out_dir else {
        // The build script's own output, if cargo's log has it.
        let words = log.split_once("--- stderr\n").map_or(&log[..], |(_, words)| words);
        return Err(format!("{}\nthe generator failed", words.trim()).into());
    };
    Ok(out_dir)
}

/// Compiles the crate, its tests and its examples. Returns where they do not fit the bindings.
///
/// # Errors
/// The bindings themselves do not compile.
pub fn compile(workspace: &Workspace) -> Result<Vec<Place>> {
    let (log, events) = check(workspace, &["--lib", "--tests", "--examples"])?;
    let (mut places, mut refusal, mut done) = (Vec::new(), String::new(), false);
    let mut told = BTreeSet::new();
    for event in events {
        match event {
            Event::CompilerMessage { message } if message.level == "error" => {
                let Some(span) = message.spans.into_iter().find(|span| span.is_primary) else { continue };
                let place =
                    Place { file: span.file_name, line: Some(span.line_start), message: message.message };
                if place.file.ends_with(super::BINDINGS) {
                    refusal += &message.rendered;
                } else if told.insert((place.file.clone(), place.line, message.code)) {
                    places.push(place);
                }
            }
            Event::BuildFinished { success } => done = success,
            _ => {}
        }
    }
    if !refusal.is_empty() || (!done && places.is_empty()) {
        let words = if refusal.is_empty() { log } else { refusal };
        return Err(format!("{words}\nthe bindings do not compile").into());
    }
    Ok(places)
}

/// The messages of cargo that matter here.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Event {
    BuildScriptExecuted {
        package_id: String,
        out_dir: PathBuf,
    },
    CompilerMessage {
        message: Diagnostic,
    },
    BuildFinished {
        success: bool,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Diagnostic {
    level: String,
    code: Option<Code>,
    message: String,
    rendered: String,
    spans: Vec<Span>,
}

/// `E0063`, of the same kind of error.
#[derive(PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Code {
    code: String,
}

#[derive(Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
    is_primary: bool,
}

/// Checks these targets with every feature, as far as they compile: they do not if the bindings are stale,
/// missing or broken. Returns cargo's log, too.
fn check(workspace: &Workspace, targets: &[&str]) -> Result<(String, Vec<Event>)> {
    let check = ["check", "--package", "enablex", "--all-features", "--keep-going"];
    let output = ["--quiet", "--message-format", "json"];
    let (log, events) = workspace.cargo(&[&check[..], targets, &output].concat(), Stdio::piped())?;
    Ok((log, events.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()))
}
