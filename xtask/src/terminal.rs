//! Output to a terminal.

use std::{
    fmt::Display,
    io::{self, Write},
};

use crate::{Result, diff::words::visible};

/// Writes a report to standard output. A reader that closes the pipe early is no error.
pub fn say(text: &str) -> Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes lines to standard error, without control characters, which texts of a document may have. Failures
/// are ignored.
pub fn tell(words: impl Display) {
    let words = words.to_string();
    let lines: Vec<String> = words.split('\n').map(visible).collect();
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}
