//! Prints a join token: `cargo run --example join_token`.
//!
//! Without an `ENABLEX_*` variable the token comes from the embedded sandbox. With one it comes from EnableX:
//! `ENABLEX_APP_ID` and `ENABLEX_APP_KEY` are required, and `ENABLEX_BASE_URL` is another address than that
//! of EnableX's production API.

use std::{
    io::{self, Write},
    process::ExitCode,
    time::SystemTime,
};

use enablex::{
    Advice, Client, Error, JoinToken, NewRoom, Role, RoomId, Settings, TokenRequest, UserData,
    sandbox::Sandbox,
};

mod common;

use common::{SANDBOXED, fail, no_output, refuse, sandboxed, say};

const USAGE: &str = "\
usage: cargo run --example join_token -- [OPTIONS]

  --name NAME        the user's name, as others see it (Guest)
  --role ROLE        moderator, participant, viewer or audience (participant)
  --user-ref REF     your own reference for the user (guest-1)
  --data KEY=VALUE   data that everyone in the session can read; up to five times
  --room ROOM_ID     the room to join; without it an ad hoc room is created
  --json             one JSON object on standard output, or on standard error for a failure
  --help             this text

With no ENABLEX_* variable set the token comes out of the embedded sandbox, which starts empty. With any, it
comes from EnableX: ENABLEX_APP_ID and ENABLEX_APP_KEY are needed, ENABLEX_BASE_URL leads elsewhere.
Exit status: 0, 1 for a failed call, 2 for bad input, with nothing sent.";

struct Options {
    name: String,
    role: String,
    user_ref: String,
    data: Vec<(String, String)>,
    room: Option<String>,
    json: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done = match parse() {
        Ok(None) => writeln!(io::stdout(), "{USAGE}"),
        Ok(Some(options)) => {
            let sandboxed = sandboxed();
            let (name, json) = (options.name.clone(), options.json);
            match run(options, sandboxed).await {
                Ok(token) => print(&name, token, json, sandboxed),
                Err(Failure { error, advice }) => return fail(&error, advice, json, sandboxed),
            }
        }
        Err(syntax) => return refuse(&[format!("{syntax}, see --help")], None),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => no_output(&error),
    }
}

/// Parses the options. The library checks their values.
fn parse() -> Result<Option<Options>, lexopt::Error> {
    use lexopt::prelude::*;

    let mut options = Options {
        name: "Guest".into(),
        role: "participant".into(),
        user_ref: "guest-1".into(),
        data: Vec::new(),
        room: None,
        json: false,
    };
    let mut args = lexopt::Parser::from_env();
    while let Some(arg) = args.next()? {
        match arg {
            Long("name") => options.name = args.value()?.string()?,
            Long("role") => options.role = args.value()?.string()?,
            Long("user-ref") => options.user_ref = args.value()?.string()?,
            Long("room") => options.room = Some(args.value()?.string()?),
            Long("data") => {
                let pair = args.value()?.string()?;
                let (key, value) = pair.split_once('=').ok_or("--data takes KEY=VALUE")?;
                options.data.push((key.into(), value.into()));
            }
            Long("json") => options.json = true,
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(arg.unexpected()),
        }
    }
    Ok(Some(options))
}

/// An error and its advice, which the room's schedule may have made more precise.
struct Failure {
    error: Error,
    advice: Option<Advice>,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { advice: error.advice(), error }
    }
}

async fn run(options: Options, sandboxed: bool) -> Result<JoinToken, Failure> {
    let sandbox = if sandboxed { Some(Sandbox::start().await?) } else { None };
    let client = match &sandbox {
        Some(sandbox) => sandbox.client(),
        None => Client::from_env(),
    };
    let room_id = options.room.as_deref().map(str::parse::<RoomId>).transpose();
    let request = TokenRequest::new(options.name, options.role.as_str(), options.user_ref)
        .user_data(options.data.into_iter().collect::<UserData>());

    // All input is checked before a room is created for it, and all violations are reported at once.
    let (client, room_id) = match (client, room_id, request.check()) {
        (Ok(client), Ok(room_id), Ok(())) => (client, room_id),
        (client, room_id, checked) => {
            let errors = [client.err(), room_id.err(), checked.err()];
            return Err(errors.into_iter().flatten().reduce(Error::and).expect("one failed").into());
        }
    };
    let room = match &room_id {
        Some(id) => client.room(id),
        None => {
            let new = NewRoom::ad_hoc("Join token example", "enablex-rust");
            // An audience listens over HLS, so the room needs `audiences`.
            let hls = options.role == Role::Audience.as_str();
            let new = if hls { new.settings(Settings::new().audiences(100)) } else { new };
            client.room(&client.rooms().create(new).await?)
        }
    };
    match room.create_token(request).await {
        Ok(token) => Ok(token),
        // Too early or too late: the room's schedule decides.
        Err(error) if error.advice() == Some(Advice::WaitOrGone) => {
            let schedule = room.get().await.ok();
            let advice = schedule.and_then(|room| error.advice_for(&room, SystemTime::now()));
            Err(Failure { advice: advice.or(error.advice()), error })
        }
        Err(error) => Err(error.into()),
    }
}

fn print(name: &str, token: JoinToken, json: bool, sandboxed: bool) -> io::Result<()> {
    let object = serde_json::to_value(token.into_exposed())?;
    let text = |key: &str| object[key].as_str().unwrap_or_default();
    if json {
        writeln!(io::stdout(), "{object}")?;
    } else {
        writeln!(
            io::stdout(),
            "user   {name:?} ({:?})\nrole   {}\nroom   {}\ntoken  {}\nvalid  until {}, for one join",
            text("user_ref"),
            text("role"),
            text("room_id"),
            text("token"),
            text("expires_at"),
        )?;
    }
    if sandboxed {
        say(SANDBOXED);
    }
    Ok(())
}
