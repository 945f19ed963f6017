//! The options of the example.

use enablex::{ConfNum, Error, Period, RoomId};

use crate::Failure;

pub const USAGE: &str = "\
usage: cargo run --example reports -- cdr|archive [OPTIONS]

  cdr                who was connected to sessions: a row for each user and connection
  archive            what was recorded of sessions: links to files
  --from DATE        the first day, as 2026-03-01, in UTC; with --to
  --to DATE          the last day; EnableX does not say whether it counts
  --room ROOM_ID     one room, in that period or as far back as there are rows
  --conf CONF_NUM    one session, without any other selection
  --json             one JSON object a row on standard output, one on standard error for a failure
  --help             this text

Without a selection it is the last 7 days up to today. A report is printed while it comes, and may be of any
size; when it breaks off, the rows so far stay, and no summary follows.

With no ENABLEX_* variable set the report comes out of the embedded sandbox, in which some invented sessions
are held first. With any, it comes from EnableX: ENABLEX_APP_ID and ENABLEX_APP_KEY are needed,
ENABLEX_BASE_URL leads elsewhere.
Exit status: 0, also where standard output is closed before the end; 1 for a failed call; 2 for bad input,
with nothing sent.";

/// The arguments, not validated.
#[derive(Default)]
pub struct Options {
    words: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    room: Option<String>,
    conf: Option<String>,
    pub json: bool,
}

/// The arguments, validated.
pub struct Request {
    pub kind: Kind,
    pub selection: Selection,
}

#[derive(Clone, Copy)]
pub enum Kind {
    Cdr,
    Archive,
}

pub enum Selection {
    Recent,
    Period(Period),
    Room(RoomId),
    RoomPeriod(RoomId, Period),
    Conf(ConfNum),
}

/// The rules of the example that the arguments break, and the error of the library.
pub struct BadInput {
    pub rules: Vec<String>,
    pub error: Option<Error>,
}

impl BadInput {
    /// The same with another error.
    pub fn and(mut self, error: Option<Error>) -> Self {
        self.error = join([error, self.error]);
        self
    }
}

impl From<BadInput> for Failure {
    /// An error of the library alone is reported as that of any call.
    fn from(bad: BadInput) -> Self {
        match bad {
            BadInput { rules, error: Some(error) } if rules.is_empty() => Self::Call(error),
            bad => Self::Input(bad),
        }
    }
}

fn join(errors: impl IntoIterator<Item = Option<Error>>) -> Option<Error> {
    errors.into_iter().flatten().reduce(Error::and)
}

impl Options {
    /// Parses the options. `None` is a request for help.
    pub fn parse() -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;

        let mut options = Self::default();
        let mut args = lexopt::Parser::from_env();
        while let Some(arg) = args.next()? {
            match arg {
                Value(word) => options.words.push(word.string()?),
                Long("from") => options.from = Some(args.value()?.string()?),
                Long("to") => options.to = Some(args.value()?.string()?),
                Long("room") => options.room = Some(args.value()?.string()?),
                Long("conf") => options.conf = Some(args.value()?.string()?),
                Long("json") => options.json = true,
                Long("help") | Short('h') => return Ok(None),
                _ => return Err(arg.unexpected()),
            }
        }
        Ok(Some(options))
    }

    /// Checks the options.
    pub fn request(&self) -> Result<Request, BadInput> {
        let (from, to) = (self.from.as_deref(), self.to.as_deref());
        // Where one is missing, the other is checked nevertheless.
        let period = (from.is_some() || to.is_some())
            .then(|| Period::try_from((from.unwrap_or("1970-01-01"), to.unwrap_or("9999-12-31"))));
        let room = self.room.as_deref().map(str::parse::<RoomId>);
        let conf = self.conf.as_deref().map(str::parse::<ConfNum>);
        match (self.kind(), period.transpose(), room.transpose(), conf.transpose()) {
            (Some(kind), Ok(period), Ok(room), Ok(conf)) if self.broken_rules().is_empty() => {
                let selection = match (period, room, conf) {
                    (None, None, None) => Selection::Recent,
                    (Some(period), None, None) => Selection::Period(period),
                    (None, Some(room), None) => Selection::Room(room),
                    (Some(period), Some(room), None) => Selection::RoomPeriod(room, period),
                    (_, _, Some(conf)) => Selection::Conf(conf),
                };
                Ok(Request { kind, selection })
            }
            (_, period, room, conf) => {
                let error = join([period.err(), room.err(), conf.err()]);
                Err(BadInput { rules: self.broken_rules(), error })
            }
        }
    }

    fn kind(&self) -> Option<Kind> {
        match self.words.as_slice() {
            [word] if word == "cdr" => Some(Kind::Cdr),
            [word] if word == "archive" => Some(Kind::Archive),
            _ => None,
        }
    }

    fn broken_rules(&self) -> Vec<String> {
        let period = self.from.is_some() || self.to.is_some();
        let rules = [
            (self.kind().is_none(), "one report is to be named, cdr or archive, see --help"),
            (self.from.is_some() != self.to.is_some(), "--from and --to are given together or not at all"),
            (self.conf.is_some() && self.room.is_some(), "--conf goes without --room"),
            (self.conf.is_some() && period, "--conf goes without --from and --to"),
        ];
        rules.into_iter().filter(|(broken, _)| *broken).map(|(_, rule)| rule.to_owned()).collect()
    }
}
