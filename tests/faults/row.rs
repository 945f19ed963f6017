//! A row of the table: a fault, and its expected outcome.

use std::{fmt, time::Duration};

use enablex::ClientBuilder;

use crate::does::Does;

pub const HEAD: &str = "| fault | outcome | attempts | time | what the server saw |\n|---|---|---|---|---|\n";

/// A fault and the expected outcome that all its cases share.
pub struct Row {
    pub fault: String,
    pub cases: Vec<Case>,
    pub expected: Line,
    pub call: Call,
    pub place: Place,
    pub keys: Keys,
    pub client: fn(ClientBuilder) -> ClientBuilder,
}

/// One form of the fault. In the expected outcome, `its status` and `its code` stand for those of the case.
#[derive(Default)]
pub struct Case {
    pub status: Option<u16>,
    pub code: Option<String>,
    /// What the server does, call by call; the last step of a call is repeated.
    pub calls: Vec<Vec<Does>>,
}

/// The expected or actual outcome of the last call. Times and what the server saw include all calls.
#[derive(PartialEq)]
pub struct Line {
    pub outcome: String,
    pub attempts: u32,
    pub time: Duration,
    pub seen: String,
    /// Whether the error says that the call can be retried.
    pub retryable: bool,
}

/// The operation that is called.
#[derive(Clone, Copy)]
pub enum Call {
    CreateToken,
    CreateRoom,
    DeleteRoom,
    GetRoom,
    UpdateRoom,
    /// All rows of a report, one by one.
    CdrRows,
    /// A file of the archive, into a writer.
    File,
}

/// The address of the server that the client is given.
#[derive(Clone, Copy)]
pub enum Place {
    Here,
    /// Nothing listens there.
    Refused,
    /// The host has no address.
    NoAddress,
    /// The lookup of the host never ends.
    AddressUnanswered,
    /// With https, although the server does not speak TLS.
    NoTls,
    Tls(Shown),
}

/// The certificate of a TLS server.
#[derive(Clone, Copy)]
pub enum Shown {
    Good,
    OfAnotherName,
    Expired,
    NotYetValid,
    OfUnknownIssuer,
}

/// Where the client gets its credentials from.
#[derive(Clone, Copy)]
pub enum Keys {
    Fixed,
    /// A provider that returns these keys in turn and repeats the last one.
    Provided(&'static [&'static str]),
}

/// A row of `createToken` with the defaults of the client; jitter halves every backoff.
pub fn row(
    fault: impl Into<String>,
    cases: impl Cases,
    outcome: &str,
    attempts: u32,
    seconds: f64,
    seen: &str,
) -> Row {
    let time = Duration::from_secs_f64(seconds);
    let is_rows = outcome.ends_with(" rows") && !outcome.contains(',');
    let failed = !outcome.starts_with("a ") && outcome != "done" && !is_rows;
    let expected = Line {
        outcome: outcome.into(),
        attempts,
        time,
        seen: seen.into(),
        // A call that has made three attempts would have made more.
        retryable: failed && attempts == 3,
    };
    Row {
        fault: fault.into(),
        cases: cases.cases(),
        expected,
        call: Call::CreateToken,
        place: Place::Here,
        keys: Keys::Fixed,
        client: |builder| builder,
    }
}

impl Row {
    pub fn call(self, call: Call) -> Self {
        Self { call, ..self }
    }

    pub fn at(self, place: Place) -> Self {
        Self { place, ..self }
    }

    pub fn keys(self, keys: &'static [&'static str]) -> Self {
        Self { keys: Keys::Provided(keys), ..self }
    }

    pub fn client(self, client: fn(ClientBuilder) -> ClientBuilder) -> Self {
        Self { client, ..self }
    }

    /// Sets whether the error is retryable where that does not follow from the attempts.
    pub fn retryable(mut self, retryable: bool) -> Self {
        self.expected.retryable = retryable;
        self
    }
}

/// Calls one after the other.
pub fn calls(calls: impl IntoIterator<Item = Vec<Does>>) -> Vec<Case> {
    vec![Case { calls: calls.into_iter().collect(), ..Case::default() }]
}

/// A case for every step.
pub fn each(does: impl IntoIterator<Item = Does>) -> Vec<Case> {
    does.into_iter().map(|does| Case { calls: vec![vec![does]], ..Case::default() }).collect()
}

/// A case for every status.
pub fn statuses(statuses: &[u16], does: impl Fn(u16) -> Does) -> Vec<Case> {
    let case = |&status| Case { status: Some(status), calls: vec![vec![does(status)]], ..Case::default() };
    statuses.iter().map(case).collect()
}

/// A case for every code with every status.
pub fn codes<C: ToString + Copy>(
    statuses: &[u16],
    codes: impl IntoIterator<Item = C>,
    does: impl Fn(u16, C) -> Does,
) -> Vec<Case> {
    let case = |status, code: C| Case {
        status: Some(status),
        code: Some(code.to_string()),
        calls: vec![vec![does(status, code)]],
    };
    codes
        .into_iter()
        .flat_map(|code| statuses.iter().map(move |status| (*status, code)))
        .map(|(status, code)| case(status, code))
        .collect()
}

/// What can stand for the cases of a row.
pub trait Cases {
    fn cases(self) -> Vec<Case>;
}

/// Nothing reaches a server.
impl Cases for () {
    fn cases(self) -> Vec<Case> {
        vec![Case { calls: vec![vec![]], ..Case::default() }]
    }
}

/// The same for every request.
impl Cases for Does {
    fn cases(self) -> Vec<Case> {
        each([self])
    }
}

/// Each step in turn, and the last one repeatedly.
impl<const N: usize> Cases for [Does; N] {
    fn cases(self) -> Vec<Case> {
        calls([self.into()])
    }
}

impl Cases for Vec<Case> {
    fn cases(self) -> Vec<Case> {
        self
    }
}

/// A line of the Markdown table.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let call = match self.call {
            Call::CreateToken => "",
            Call::CreateRoom => "`createRoom`: ",
            Call::DeleteRoom => "`deleteRoom`: ",
            Call::GetRoom => "`getRoomById`: ",
            Call::UpdateRoom => "`updateRoomById`: ",
            Call::CdrRows => "`getCDRByRoom`, row by row: ",
            Call::File => "a file: ",
        };
        let Line { outcome, attempts, time, seen, .. } = &self.expected;
        let time = time.as_secs_f64();
        writeln!(f, "| {call}{} | {outcome} | {attempts} | {time} s | {seen} |", self.fault)
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { outcome, attempts, time, seen, retryable } = self;
        write!(f, "{outcome} | {attempts} | {} s | {seen} | retryable: {retryable}", time.as_secs_f64())
    }
}
