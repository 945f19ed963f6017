//! Prints a report: `cargo run --example reports -- cdr` for who was connected, `-- archive` for what was
//! recorded.
//!
//! Without an `ENABLEX_*` variable the report comes from the embedded sandbox, after some invented sessions.
//! With one it comes from EnableX: `ENABLEX_APP_ID` and `ENABLEX_APP_KEY` are required, and
//! `ENABLEX_BASE_URL` is another address than that of EnableX's production API.

use std::{
    io::{self, Write},
    process::ExitCode,
    time::SystemTime,
};

use enablex::{Client, Date, Error, Period, Report, Reports};

mod archive;
mod cdr;
#[path = "../common/mod.rs"]
mod common;
mod invented;
mod options;
mod output;
mod plot;
mod progress;
mod shown;
mod table;

use common::{SANDBOXED, fail, no_output, refuse, sandboxed, say};
use options::{BadInput, Kind, Options, Request, Selection, USAGE};
use shown::Shown;

/// How many days are reported by default.
const RECENT_DAYS: i64 = 7;

/// Why there is no report, or an incomplete one.
enum Failure {
    Input(BadInput),
    Call(Error),
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let options = match Options::parse() {
        Ok(options) => options,
        Err(syntax) => return refuse(&[format!("{syntax}, see --help")], None),
    };
    let json = options.as_ref().is_some_and(|options| options.json);
    let sandboxed = options.is_some() && sandboxed();
    let done = match options {
        Some(options) => run(options, sandboxed).await,
        None => writeln!(io::stdout(), "{USAGE}").map_err(Failure::Output),
    };
    match done {
        Ok(()) => {
            if sandboxed {
                say(SANDBOXED);
            }
            ExitCode::SUCCESS
        }
        Err(Failure::Input(BadInput { rules, error })) => refuse(&rules, error.as_ref()),
        Err(Failure::Call(error)) => fail(&error, error.advice(), json, sandboxed),
        // The reader has enough, as `head` does.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => no_output(&error),
    }
}

async fn run(options: Options, sandboxed: bool) -> Result<(), Failure> {
    let sandbox = if sandboxed { Some(invented::sandbox().await?) } else { None };
    let client = match &sandbox {
        Some(sandbox) => sandbox.client(),
        None => Client::from_env(),
    };
    // All input is checked before anything is sent, and all violations are reported at once.
    let (client, Request { kind, selection }) = match (client, options.request()) {
        (Ok(client), Ok(request)) => (client, request),
        (Err(error), Ok(_)) => return Err(error.into()),
        (client, Err(bad)) => return Err(bad.and(client.err()).into()),
    };
    let now = match &sandbox {
        Some(sandbox) => {
            invented::hold(sandbox, &client).await?;
            sandbox.now()
        }
        None => SystemTime::now(),
    };
    match kind {
        Kind::Cdr => show(client.cdr(), selection, now, options.json).await,
        Kind::Archive => show(client.archive(), selection, now, options.json).await,
    }
}

async fn show<R: Shown>(
    reports: Reports<'_, R>,
    selection: Selection,
    now: SystemTime,
    json: bool,
) -> Result<(), Failure> {
    let report: Report<'_, R> = match selection {
        Selection::Recent => reports.period(recent(now)?),
        Selection::Period(period) => reports.period(period),
        Selection::Room(id) => reports.room(id),
        Selection::RoomPeriod(id, period) => reports.room_period(id, period),
        Selection::Conf(number) => reports.conf(number),
    };
    if json { output::lines(report.rows()).await } else { output::table(report.rows()).await }
}

fn recent(now: SystemTime) -> Result<Period, Error> {
    let today = Date::try_from(now)?;
    // EnableX does not say whether a period includes its last day. Here that is tomorrow.
    Period::try_from(today.plus_days(1 - RECENT_DAYS)?..=today.plus_days(1)?)
}
