//! Prints many join tokens, with a progress bar: `cargo run --example many_tokens`.
//!
//! Without an `ENABLEX_*` variable the tokens come from the embedded sandbox. With one they come from EnableX:
//! `ENABLEX_APP_ID` and `ENABLEX_APP_KEY` are required, and `ENABLEX_BASE_URL` is another address than that
//! of EnableX's production API.

use std::{
    ffi::OsString,
    io::{self, IsTerminal, Write},
    num::ParseIntError,
    process::ExitCode,
    str::FromStr,
};

use enablex::{Client, Error, JoinToken, NewRoom, Role, RoomId, TokenRequest, sandbox::Sandbox};
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};
use serde_json::json;

mod common;

use common::{SANDBOXED, fail, no_output, refuse, sandboxed, say};

const USAGE: &str = "\
usage: cargo run --example many_tokens -- [OPTIONS]

  --count N          how many tokens, for guest-1 to guest-N (100)
  --concurrency N    how many calls run at once (16); 0 counts as 1
  --unordered        each result as soon as it has come, not in the order of the guests
  --room ROOM_ID     the room to join; without it an ad hoc room is created
  --json             one JSON object a guest on standard output: a token or an error
  --help             this text

With no ENABLEX_* variable set the tokens come out of the embedded sandbox, which starts empty. With any, they
come from EnableX: ENABLEX_APP_ID and ENABLEX_APP_KEY are needed, ENABLEX_BASE_URL leads elsewhere.
A progress bar is on standard error where that is a terminal. The run ends early where no call can succeed:
the room does not exist, or the credentials are refused.
Exit status: 0, 1 for a failed call or output, 2 for bad input, with nothing sent.";

struct Options {
    count: u64,
    concurrency: usize,
    unordered: bool,
    room: Option<String>,
    json: bool,
}

/// Why the tokens were not printed.
enum Failure {
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
    let options = match parse() {
        Ok(options) => options,
        Err(syntax) => return refuse(&[format!("{syntax}, see --help")], None),
    };
    let json = options.as_ref().is_some_and(|options| options.json);
    let sandboxed = options.is_some() && sandboxed();
    let failed = match options {
        Some(options) => run(options, sandboxed).await,
        None => writeln!(io::stdout(), "{USAGE}").map(|()| 0).map_err(Failure::Output),
    };
    match failed {
        Ok(failed) => {
            if sandboxed {
                say(SANDBOXED);
            }
            ExitCode::from(u8::from(failed > 0))
        }
        Err(Failure::Call(error)) => fail(&error, error.advice(), json, sandboxed),
        // The reader has enough, as `head` does.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Failure::Output(error)) => no_output(&error),
    }
}

/// Parses the options. The library checks the room.
fn parse() -> Result<Option<Options>, lexopt::Error> {
    use lexopt::prelude::*;

    let mut options = Options { count: 100, concurrency: 16, unordered: false, room: None, json: false };
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            Long("count") => options.count = number("--count", args.value()?)?,
            Long("concurrency") => options.concurrency = number("--concurrency", args.value()?)?,
            Long("unordered") => options.unordered = true,
            Long("room") => options.room = Some(args.value()?.string()?),
            Long("json") => options.json = true,
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(Some(options))
}

fn number<N: FromStr<Err = ParseIntError>>(option: &str, value: OsString) -> Result<N, lexopt::Error> {
    use lexopt::prelude::*;

    value.parse().map_err(|error| format!("{option}: {error}").into())
}

/// Returns how many requests failed.
async fn run(options: Options, sandboxed: bool) -> Result<u64, Failure> {
    let sandbox = if sandboxed { Some(Sandbox::start().await?) } else { None };
    let client = match &sandbox {
        Some(sandbox) => sandbox.client(),
        None => Client::from_env(),
    };
    // All input is checked before a room is created, and all violations are reported at once.
    let (client, room_id) = match (client, options.room.as_deref().map(str::parse::<RoomId>).transpose()) {
        (Ok(client), Ok(room_id)) => (client, room_id),
        (Err(one), Err(other)) => return Err(one.and(other).into()),
        (Err(error), _) | (_, Err(error)) => return Err(error.into()),
    };
    let room = match &room_id {
        Some(id) => client.room(id),
        None => client.room(&client.rooms().create(NewRoom::ad_hoc("Many tokens", "enablex-rust")).await?),
    };

    // No list of them: each request is made when its turn comes.
    let guests = (1..=options.count)
        .map(|n| TokenRequest::new(format!("Guest {n}"), Role::Participant, format!("guest-{n}")));
    let mut tokens = room.create_tokens(guests).concurrency(options.concurrency);
    if options.unordered {
        tokens = tokens.unordered();
    }
    // On standard error, where that is a terminal. Dropping the bar removes it.
    let style = ProgressStyle::with_template("{wide_bar} {pos} of {len}, {eta} to go");
    let bar = ProgressBar::new(options.count).with_style(style.expect("the template is valid"));
    let bar = bar.with_finish(ProgressFinish::AndClear);
    let among_tokens = io::stdout().is_terminal();
    let mut failed = 0;
    while let Some((request, result)) = tokens.next().await {
        failed += u64::from(result.is_err());
        let is_last = result.as_ref().is_err_and(|error| error.is_not_found() || error.is_auth());
        let on_terminal = among_tokens || result.is_err();
        let print = || print(&request, result, options.json);
        if on_terminal {
            bar.suspend(print)?
        } else {
            print()?
        }
        bar.inc(1);
        if is_last {
            break;
        }
    }
    Ok(failed)
}

fn print(request: &TokenRequest, result: Result<JoinToken, Error>, json: bool) -> io::Result<()> {
    let mut out = io::stdout();
    let user_ref = request.user_ref();
    match result {
        Ok(token) if json => writeln!(out, "{}", serde_json::to_value(token.into_exposed())?),
        Ok(token) => writeln!(out, "{user_ref}\t{}", token.into_token()),
        Err(error) if json => {
            let retryable = error.is_retryable();
            let error = json!({"message": error.to_string(), "code": error.code(), "retryable": retryable});
            writeln!(out, "{}", json!({"user_ref": user_ref, "error": error}))
        }
        Err(error) => {
            say(&format!("{user_ref}: error: {error}"));
            Ok(())
        }
    }
}
