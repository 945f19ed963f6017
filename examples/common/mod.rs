//! What the examples have in common: where they look, and how they tell of a failure.

use std::{
    env,
    error::Error as _,
    io::{self, Write},
    process::ExitCode,
};

use enablex::{Advice, Error, ErrorKind};
use serde_json::{Value, json};

pub const SANDBOXED: &str = "No ENABLEX_* variable is set: this is the embedded sandbox, not EnableX.";

/// Whether the environment names no service. A variable that is empty is none: so compose files leave it.
pub fn sandboxed() -> bool {
    !env::vars_os().any(|(name, value)| name.to_string_lossy().starts_with("ENABLEX_") && !value.is_empty())
}

/// A call that failed, or input that the library refuses; and what to do about it.
pub fn fail(error: &Error, advice: Option<Advice>, json: bool, sandboxed: bool) -> ExitCode {
    let precise = advice.filter(|advice| Some(*advice) != error.advice());
    let told = precise.map(|advice| format!(", {advice}")).unwrap_or_default();
    let report = if json {
        let advice = advice.as_ref().map(Advice::as_str);
        report(error.kind().as_str(), &format!("{error}{told}"), advice, violations(error), Some(error))
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
    // Bad input was found before anything was sent.
    ExitCode::from(if error.kind() == ErrorKind::InvalidInput { 2 } else { 1 })
}

/// Arguments that break these rules of the example itself, beside what the library may refuse.
pub fn refuse(rules: &[String], error: Option<&Error>) -> ExitCode {
    let message: Vec<_> = rules.iter().cloned().chain(error.map(Error::to_string)).collect();
    let broken = rules.iter().map(|rule| json!({"field": "arguments", "rule": rule, "value": null}));
    let violations = broken.chain(error.map(violations).unwrap_or_default()).collect();
    let advice = Advice::FixRequest { field: None };
    complain(ErrorKind::InvalidInput.as_str(), &message.join("; "), Some(advice.as_str()), violations);
    ExitCode::from(2)
}

/// A result that cannot be printed.
pub fn no_output(error: &io::Error) -> ExitCode {
    complain("output", &format!("cannot print the result: {error}"), None, Vec::new());
    ExitCode::FAILURE
}

/// Prints to standard error, which may be a terminal that nothing from outside shall steer. Where it is
/// closed, nobody listens.
pub fn say(text: &str) {
    let harmless = text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    let _ = writeln!(io::stderr(), "{harmless}");
}

/// What the example itself has to complain of, with the arguments understood or not.
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

/// The one object of a failure. What only a call has is null where there was none.
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
