//! Prints a report row by row, so that its memory does not grow with the report.

use std::io::{self, BufWriter, Write};

use enablex::ReportRows;

use crate::{
    Failure,
    progress::Progress,
    shown::Shown,
    table::{header, line},
};

/// For programs: one JSON object a row.
pub async fn lines<R: Shown>(mut rows: ReportRows<R>) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut progress = Progress::new();
    while let Some(row) = rows.next().await {
        // On an error the writer is dropped, which writes the rows so far.
        let row = row?;
        progress.before_row();
        serde_json::to_writer(&mut out, &row).map_err(io::Error::from)?;
        writeln!(out)?;
        progress.row();
    }
    Ok(out.flush()?)
}

/// For people: a table, and a summary when the report is complete.
pub async fn table<R: Shown>(mut rows: ReportRows<R>) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let mut tally = R::Tally::default();
    let mut progress = Progress::new();
    let mut headed = false;
    while let Some(row) = rows.next().await {
        let row = row?;
        if !headed {
            writeln!(out, "{}", header(R::COLUMNS))?;
            headed = true;
        }
        progress.before_row();
        for cells in row.lines() {
            writeln!(out, "{}", line(R::COLUMNS, cells))?;
        }
        row.count(&mut tally);
        progress.row();
    }
    if headed {
        writeln!(out)?;
    }
    for line in R::summary(&tally) {
        writeln!(out, "{line}")?;
    }
    Ok(out.flush()?)
}
