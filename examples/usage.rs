//! Prints the minutes of a day for each owner of rooms: `cargo run --example usage`.
//!
//! A row of a report names its room, and no owner; and it outlives the room. So **the application keeps room
//! id → owner itself**, from the creation of a room for as long as its rows matter: `hold` does so in the
//! sandbox, and `--rooms FILE` is what an application has kept. The rows of other rooms are summed under
//! `(unknown)`, and standard error names the rooms.
//!
//! The rows come from the embedded sandbox, after invented sessions; where an `ENABLEX_*` variable is set, from
//! EnableX, with `ENABLEX_APP_ID`, `ENABLEX_APP_KEY` and perhaps `ENABLEX_BASE_URL`.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error as StdError,
    fs,
    io::{self, Write},
    process::ExitCode,
    time::{Duration, SystemTime},
};

use enablex::{Cdr, CdrRow, Client, Date, Error, NewRoom, Report, Role, TokenRequest, sandbox::Sandbox};

mod common;

use common::{SANDBOXED, fail, no_output, refuse, sandboxed, say};

const USAGE: &str = "\
usage: cargo run --example usage -- [OPTIONS]

  --day YYYY-MM-DD   the day, in UTC; without it yesterday
  --csv FILE         writes the rows, too; the file is there when it is complete
  --rooms FILE       whose rooms they are, a JSON object: {\"room id\": \"owner\"}
  --help             this text";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

type Failure = Box<dyn StdError + Send + Sync>;
/// By the id of a room.
type Owners = BTreeMap<String, String>;

#[derive(Default)]
struct Options {
    day: Option<Date>,
    csv: Option<String>,
    rooms: Owners,
}

/// The sums of one owner.
#[derive(Default)]
struct Sum {
    connections: u64,
    /// How many of them have no duration.
    untimed: u64,
    minutes: f64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let done = match parse() {
        Ok(Some(options)) => run(options).await,
        Ok(None) => writeln!(io::stdout(), "{USAGE}").map_err(Failure::from),
        Err(syntax) => return refuse(&[format!("{syntax}, see --help")], None),
    };
    match done.map_err(|error| error.downcast::<Error>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Ok(error)) => fail(&error, error.advice(), false, false),
        Err(Err(error)) => no_output(&io::Error::other(error)),
    }
}

fn parse() -> Result<Option<Options>, Failure> {
    use lexopt::prelude::*;

    let (mut options, mut args) = (Options::default(), lexopt::Parser::from_env());
    while let Some(arg) = args.next()? {
        match arg {
            Long("day") => options.day = Some(args.value()?.parse()?),
            Long("csv") => options.csv = Some(args.value()?.string()?),
            Long("rooms") => options.rooms = serde_json::from_slice(&fs::read(args.value()?)?)?,
            Long("help") | Short('h') => return Ok(None),
            _ => return Err(arg.unexpected().into()),
        }
    }
    Ok(Some(options))
}

async fn run(mut options: Options) -> Result<(), Failure> {
    let (mut sandbox, mut now) = (None, SystemTime::now());
    let client = if sandboxed() {
        say(SANDBOXED);
        let sandbox = sandbox.insert(Sandbox::builder().clock_behind(DAY * 3).start().await?);
        hold(sandbox, &mut options.rooms).await?;
        now = sandbox.now();
        sandbox.client()?
    } else {
        Client::from_env()?
    };
    let day = options.day.map_or_else(|| Date::try_from(now)?.plus_days(-1), Ok)?;
    let report = client.cdr().day(day);
    let mut tries = 3;
    let sums = loop {
        match read(&report, &options).await {
            // It starts anew, with new sums and a new file.
            Err(error) if tries > 1 && error.downcast_ref().is_some_and(Error::is_retryable) => tries -= 1,
            done => break done?,
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    };
    let mut out = io::stdout();
    writeln!(out, "{day}  minutes  connections  owner")?;
    for (owner, Sum { connections, untimed, minutes }) in sums {
        writeln!(out, "{minutes:>19.1}  {connections:>11}  {owner}")?;
        if untimed > 0 {
            say(&format!("{untimed} connections of {owner} have no duration, so its minutes are too few"));
        }
    }
    Ok(())
}

/// The sums by owner.
async fn read(report: &Report<'_, Cdr>, options: &Options) -> Result<BTreeMap<String, Sum>, Failure> {
    let (mut sums, mut unknown) = (BTreeMap::<String, Sum>::new(), BTreeSet::new());
    let part = options.csv.as_ref().map(|path| format!("{path}.part"));
    let out: Box<dyn Write> = match &part {
        Some(part) => Box::new(fs::File::create(part)?),
        None => Box::new(io::sink()),
    };
    let mut csv = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    csv.write_record(CdrRow::COLUMNS)?;
    let mut rows = report.rows();
    while let Some(row) = rows.next().await {
        let row = row?.to_row();
        csv.serialize(&row)?;
        let room = row.room_id.unwrap_or_else(|| "without an id".into());
        let owner = options.rooms.get(&room).cloned().unwrap_or_else(|| {
            unknown.insert(room);
            "(unknown)".into()
        });
        let sum = sums.entry(owner).or_default();
        sum.connections += 1;
        sum.untimed += u64::from(row.duration_s.is_none());
        sum.minutes += row.duration_s.unwrap_or_default() / 60.0;
    }
    csv.flush()?;
    part.zip(options.csv.as_ref()).map_or(Ok(()), |(part, path)| fs::rename(part, path))?;
    unknown.iter().for_each(|room| say(&format!("nobody is known to own the room {room}")));
    Ok(sums)
}

/// Holds four sessions at noon of the day that is yesterday then.
async fn hold(sandbox: &Sandbox, owners: &mut Owners) -> Result<(), Error> {
    let client = sandbox.client()?;
    let noon = Date::try_from(sandbox.now())?.plus_days(1)?.start() + DAY / 2;
    sandbox.advance(noon.duration_since(sandbox.now()).unwrap_or_default());
    for (owner, minutes) in [("team-7", 12), ("team-9", 45), ("team-7", 5), ("other-program", 3)] {
        let room = client.rooms().create(NewRoom::permanent("Desk", owner)).await?;
        // The moment at which the application has both.
        if owner != "other-program" {
            owners.extend(room.id().map(|id| (id.to_string(), owner.into())));
        }
        let user = TokenRequest::new("Asha Rao", Role::Moderator, "emp-1042");
        let token = client.room(&room).create_token(user).await?;
        let user = sandbox.join(&token.into_token()).expect("a new token lets its user in");
        sandbox.advance(Duration::from_secs(minutes * 60));
        sandbox.leave(user.session_user_id());
        client.room(&room).delete().await?; // its rows stay
    }
    sandbox.advance(DAY);
    Ok(())
}
