//! What a person at a terminal is told.

use std::{
    fmt::Display,
    io::{self, Write},
};

use crate::{Result, diff::words::visible};

/// Writes a report to standard output. Whoever reads it may have enough of it before its end.
pub fn say(text: &str) -> Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Writes lines to standard error, without what a terminal would act on: words of a document may stand
/// in them. Nothing is to be done where nobody listens.
pub fn tell(words: impl Display) {
    let words = words.to_string();
    let lines: Vec<String> = words.split('\n').map(visible).collect();
    let _ = writeln!(io::stderr(), "{}", lines.join("\n"));
}
