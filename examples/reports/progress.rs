//! How far it is, for whoever waits at a terminal.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

const PERIOD: Duration = Duration::from_millis(100);

/// A line on standard error, where that is a terminal. It is gone when this is dropped.
pub struct Progress {
    rows: u64,
    told: Option<Instant>,
    wanted: bool,
    /// The rows come to a terminal, too, perhaps to the same one.
    among_rows: bool,
}

impl Progress {
    pub fn new() -> Self {
        let [wanted, among_rows] = [io::stderr().is_terminal(), io::stdout().is_terminal()];
        Self { rows: 0, told: None, wanted, among_rows }
    }

    /// Makes room for a row.
    pub fn before_row(&self) {
        if self.among_rows && self.told.is_some() {
            write(format_args!("\r\x1b[K"));
        }
    }

    pub fn row(&mut self) {
        self.rows += 1;
        if self.wanted && self.told.is_none_or(|told| told.elapsed() >= PERIOD) {
            self.told = Some(Instant::now());
            write(format_args!("\r{} rows so far", self.rows));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.told.is_some() {
            write(format_args!("\r\x1b[K"));
        }
    }
}

/// Where standard error is closed, nobody looks.
fn write(text: std::fmt::Arguments<'_>) {
    let _ = io::stderr().write_fmt(text);
}
