//! What the examples share: which service they call, and how they report a failure.

use std::{
    env,
    error::Error as _,
    io::{self, Write},
    process::ExitCode,
};

use enablex::{Advice, Error, ErrorKind};
use serde_json::{Value, json};

pub const SANDBOXED: &str = "No ENABLEX_* variable is set: this is the embedded sandbox, not EnableX.";

/// Whether no `ENABLEX_*` variable is set. An empty one counts as not set, since compose files set those.
pub fn sandboxed() -> bool {
    !env::vars_os().any(|(name, value)| name.to_string_lossy().starts_with("ENABLEX_") && !value.is_empty())
}

/// Reports a failed call or input that the library refuses, with the advice.
pub fn fail(error: &Error, advice: Option<Advice>, json: bool, sandboxed: bool) -> ExitCode {
    let precise = advice.filter(|advice| Some(*advice) != error.advice());
    let suffix = precise.map(|advice| format!(", {advice}")).unwrap_or_default();
    let report = if json {
        let advice = advice.as_ref().map(Advice::as_str);
        report(error.kind().as_str(), &format!("{error}{suffix}"), advice, violations(error), Some(error))
    } else {
        let mut lines: Vec<_> = sandboxed.then(|| SANDBOXED.to_owned()).into_iter().collect();
        lines.push(format!("error: {error}"));
        let sources = std::iter::successors(error.source(), |source| (*source).source());
        lines.extend(sources.map(|source| format!("  because: {source}")));
        lines.extend(error.body_excerpt().map(|body| format!("  the answer began: {body:?}")));
        lines.extend(advice.map(|advice| format!("  advice: {advice}")));
        lines.join("\n")
    };
    say(&report);
    // Invalid input is found before anything is sent.
    ExitCode::from(if error.kind() == ErrorKind::InvalidInput { 2 } else { 1 })
}

/// Reports arguments that break rules of the example itself, and the error of the library if there is one.
pub fn refuse(rules: &[String], error: Option<&Error>) -> ExitCode {
    let message: Vec<_> = rules.iter().cloned().chain(error.map(Error::to_string)).collect();
    let broken = rules.iter().map(|rule| json!({"field": "arguments", "rule": rule, "value": null}));
    let violations = broken.chain(error.map(violations).unwrap_or_default()).collect();
    let advice = Advice::FixRequest { field: None };
    complain(ErrorKind::InvalidInput.as_str(), &message.join("; "), Some(advice.as_str()), violations);
    ExitCode::from(2)
}

/// Reports that the result cannot be printed.
pub fn no_output(error: &io::Error) -> ExitCode {
    complain("output", &format!("cannot print the result: {error}"), None, Vec::new());
    ExitCode::FAILURE
}

/// Prints to standard error, without control characters, which could control a terminal. A closed standard
/// error is ignored.
pub fn say(text: &str) {
    let printable = text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    let _ = writeln!(io::stderr(), "{printable}");
}

/// Reports a failure of the example itself, before or after its arguments were parsed.
fn complain(kind: &str, message: &str, advice: Option<&str>, violations: Vec<Value>) {
    if env::args_os().any(|arg| arg == "--json") {
        say(&report(kind, message, advice, violations, None));
    } else {
        say(&format!("error: {message}"));
    }
}

fn violations(error: &Error) -> Vec<Value> {
    let broken = error.violations().iter();
    broken
        .map(|broken| json!({"field": broken.field(), "rule": broken.rule(), "value": broken.value()}))
        .collect()
}

/// The JSON object of a failure. Fields of a call are null where there was no call.
fn report(
    kind: &str,
    message: &str,
    advice: Option<&str>,
    violations: Vec<Value>,
    error: Option<&Error>,
) -> String {
    let error = json!({
        "kind": kind,
        "message": message,
        "code": error.and_then(Error::code),
        "status": error.and_then(Error::status).map(|status| status.as_u16()),
        "request_id": error.and_then(Error::request_id),
        "retryable": error.is_some_and(Error::is_retryable),
        "advice": advice,
        "violations": violations,
    });
    json!({ "error": error }).to_string()
}
