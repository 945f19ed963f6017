//! Prints a join token: `cargo run --example join_token`.
//!
//! With no `ENABLEX_*` variable in the environment it comes out of the embedded sandbox. With any,
//! it is the real service: `ENABLEX_APP_ID` and `ENABLEX_APP_KEY` are needed, `ENABLEX_BASE_URL`
//! leads elsewhere than to EnableX's production API.

use std::{
    env,
    error::Error as _,
    io::{self, Write},
    process::ExitCode,
    time::SystemTime,
};

use enablex::{
    Advice, Client, Error, ErrorKind, JoinToken, NewRoom, Role, RoomId, Settings, TokenRequest, UserData,
    sandbox::Sandbox,
};
use serde_json::{Value, json};

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

const SANDBOXED: &str = "No ENABLEX_* variable is set: this is the embedded sandbox, not EnableX.";

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
            let sandboxed = !env::vars_os().any(|(name, _)| name.to_string_lossy().starts_with("ENABLEX_"));
            let (name, json) = (options.name.clone(), options.json);
            match run(options, sandboxed).await {
                Ok(token) => print(&name, token, json, sandboxed),
                Err(failure) => return fail(&failure, json, sandboxed),
            }
        }
        Err(syntax) => {
            refuse(ErrorKind::InvalidInput.as_str(), &format!("{syntax}, see --help"));
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            refuse("output", &format!("cannot print the result: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Takes the options as they are: what they say is for the library to check.
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

/// An error, and the advice that the room may have made more precise.
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

    // All of the input is checked before a room is created for it, and told of at once.
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
            // An audience listens over HLS, which the room must have.
            let hls = options.role == Role::Audience.as_str();
            let new = if hls { new.settings(Settings::new().audiences(100)) } else { new };
            client.room(&client.rooms().create(new).await?)
        }
    };
    match room.create_token(request).await {
        Ok(token) => Ok(token),
        // Too early or too late: the room's schedule tells.
        Err(error) if error.advice() == Some(Advice::WaitOrGone) => {
            let schedule = room.get().await.ok();
            let advice = schedule.and_then(|room| error.advice_for(&room, SystemTime::now()));
            Err(Failure { advice: advice.or(error.advice()), error })
        }
        Err(error) => Err(error.into()),
    }
}

fn print(name: &str, token: JoinToken, json: bool, sandboxed: bool) -> io::Result<()> {
    // Serialized, the token is redacted: here it is to be seen.
    let mut object = serde_json::to_value(&token)?;
    object["token"] = token.into_token().into();
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

fn fail(failure: &Failure, json: bool, sandboxed: bool) -> ExitCode {
    let Failure { error, advice } = failure;
    let precise = advice.filter(|advice| Some(*advice) != error.advice());
    let told = precise.map(|advice| format!(", {advice}")).unwrap_or_default();
    let report = if json {
        let violations = error
            .violations()
            .iter()
            .map(|broken| json!({"field": broken.field(), "rule": broken.rule(), "value": broken.value()}))
            .collect();
        let advice = advice.as_ref().map(Advice::as_str);
        report(error.kind().as_str(), &format!("{error}{told}"), advice, violations, Some(error))
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

/// What the example itself has to complain of.
fn refuse(kind: &str, message: &str) {
    let json = env::args_os().any(|arg| arg == "--json");
    let bad_input = kind == ErrorKind::InvalidInput.as_str();
    let violation = json!({"field": "arguments", "rule": message, "value": null});
    let violations = bad_input.then_some(violation).into_iter().collect();
    let advice = bad_input.then(|| Advice::FixRequest { field: None }.as_str());
    if json {
        say(&report(kind, message, advice, violations, None));
    } else {
        say(&format!("error: {message}"));
    }
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

/// Prints to standard error. Where that is closed, nobody listens.
fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
