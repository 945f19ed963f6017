//! Progress on a terminal.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

const PERIOD: Duration = Duration::from_millis(100);

/// A line on standard error, where that is a terminal. Dropping it removes the line.
pub struct Progress {
    rows: u64,
    printed: Option<Instant>,
    wanted: bool,
    /// Whether the rows are printed to a terminal, too, which may be the same one.
    among_rows: bool,
}

impl Progress {
    pub fn new() -> Self {
        let [wanted, among_rows] = [io::stderr().is_terminal(), io::stdout().is_terminal()];
        Self { rows: 0, printed: None, wanted, among_rows }
    }

    /// Removes the line before a row is printed.
    pub fn before_row(&self) {
        if self.among_rows && self.printed.is_some() {
            write(format_args!("\r\x1b[K"));
        }
    }

    pub fn row(&mut self) {
        self.rows += 1;
        if self.wanted && self.printed.is_none_or(|printed| printed.elapsed() >= PERIOD) {
            self.printed = Some(Instant::now());
            write(format_args!("\r{} rows so far", self.rows));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.printed.is_some() {
            write(format_args!("\r\x1b[K"));
        }
    }
}

/// A closed standard error is ignored.
fn write(text: std::fmt::Arguments<'_>) {
    let _ = io::stderr().write_fmt(text);
}
