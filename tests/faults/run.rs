//! The runner of a case.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use enablex::{
    Client, ClientBuilder, Credentials, Error, ErrorKind, NewRoom, Role, RoomUpdate, TokenRequest, reqwest,
};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::TcpSocket;

use crate::{
    clock::MovedClock,
    does::{FILE, ROOM, TOKEN},
    row::{Call, Case, Keys, Line, Place, Row},
    server::{Carries, Seen, Server, settle},
    tls,
};

pub const APP_ID: &str = "test-app-id";
pub const APP_KEY: &str = "test-app-key-4471";
/// The request for the link of a file.
const LINK: &str = "GET /f HTTP/1.1\r\n";
/// A case that takes more real time than this hangs.
const HANGS: Duration = Duration::from_secs(60);

/// Runs the cases and returns where the outcome is not the expected one. Everything runs on one thread, so
/// that the order of events is always the same.
pub fn mismatches(rows: &[Row]) -> Vec<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let cases = rows.iter().flat_map(|row| row.cases.iter().map(move |case| (row, case)));
    cases.filter_map(|(row, case)| runtime.block_on(mismatch(row, case))).collect()
}

async fn mismatch(row: &Row, case: &Case) -> Option<String> {
    let status = case.status.map_or(String::new(), |status| format!("HTTP {status}"));
    let code = case.code.clone().unwrap_or_default();
    let outcome = row.expected.outcome.replace("its status", &status).replace("its code", &code);
    let expected = Line { outcome, seen: row.expected.seen.clone(), ..row.expected };
    let name = [&row.to_string(), &*status, &*code].map(|part| part.trim().to_owned()).join(" ");
    let Ok((observed, complaints)) = tokio::time::timeout(HANGS, observe(row, case)).await else {
        return Some(format!("{name}\n    hangs"));
    };
    let mut text = complaints;
    if observed != expected {
        text.push(format!("expected {expected}"));
        text.push(format!("got      {observed}"));
    }
    (!text.is_empty()).then(|| format!("{name}\n    {}", text.join("\n    ")))
}

async fn observe(row: &Row, case: &Case) -> (Line, Vec<String>) {
    let clock = Arc::new(MovedClock::new());
    let mut roots = None;
    let carries = match row.place {
        Place::NoTls => Carries::Bytes,
        Place::Tls(shown) => {
            let (acceptor, trusted) = tls::tls(shown);
            roots = Some(trusted);
            Carries::Tls(acceptor)
        }
        _ => Carries::Http,
    };
    let server = Server::start(clock.clone(), carries).await;
    // A socket that occupies its port without listening.
    let deaf = TcpSocket::new_v4().unwrap();
    deaf.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let port = server.address.port();
    let base = match row.place {
        Place::Here => format!("http://127.0.0.1:{port}/video/v2"),
        Place::Refused => format!("http://{}/video/v2", deaf.local_addr().unwrap()),
        Place::NoAddress | Place::AddressUnanswered => "https://name.invalid/video/v2".into(),
        // No lookup is needed, so that the connect timeout applies to the server alone.
        Place::NoTls => format!("https://127.0.0.1:{port}/video/v2"),
        Place::Tls(_) => format!("https://localhost:{port}/video/v2"),
    };
    let mut builder = Client::builder().base_url(base).clock(clock.clone()).jitter(|| 0.5);
    builder = with_keys(builder, row.keys);
    builder = builder.recording_credentials("user", "password", [format!("127.0.0.1:{port}")]);
    builder = match row.place {
        Place::NoAddress => builder.configure_http(|http| http.dns_resolver(Arc::new(NoAddress))),
        Place::AddressUnanswered => builder.configure_http(|http| http.dns_resolver(Arc::new(Unanswered))),
        _ => builder,
    };
    if !matches!(row.place, Place::Here | Place::Refused) {
        builder = builder.root_certificates_pem(roots.unwrap_or_else(tls::certificate_pem));
    }
    let client = match (row.client)(builder).build() {
        Ok(client) => client,
        Err(error) => panic!("{}: {error}", row.fault),
    };

    let mut last = None;
    for does in &case.calls {
        server.script(does.clone());
        // Each part of a streamed body has its own limit, so count the requests there.
        let by_parts = matches!(row.call, Call::CdrRows | Call::File);
        // Each attempt at a file starts at its link.
        let begins = |request: &&String| matches!(row.call, Call::CdrRows) || request.starts_with(LINK);
        let attempts = || match by_parts {
            true => server.seen(|seen| seen.requests.iter().filter(begins).count() as u32),
            false => clock.attempts(),
        };
        let before = attempts();
        // Clones of a client share what a call has learned.
        let outcome = make(row.call, &client.clone(), port).await;
        server.settled().await;
        last = Some((outcome, attempts() - before));
    }
    let (outcome, attempts) = last.unwrap();
    let mut complaints = match row.call {
        Call::File => server.seen(complaints_of_file),
        _ => server.seen(|seen| complaints(seen, row.keys)),
    };
    let mut retryable = false;
    let outcome = match outcome {
        Ok(what) => what,
        Err((error, after)) => {
            if error.attempts() != attempts {
                complaints
                    .push(format!("the error counts {} attempts, the clock {attempts}", error.attempts()));
            }
            retryable = error.is_retryable();
            describe(&error) + &after
        }
    };
    if !complaints.is_empty() {
        complaints.push(format!("waits: {:?}", clock.waits()));
    }
    let seen = server.seen(text);
    (Line { outcome, attempts, time: clock.elapsed(), seen, retryable }, complaints)
}

fn with_keys(builder: ClientBuilder, keys: Keys) -> ClientBuilder {
    let Keys::Provided(keys) = keys else { return builder.credentials(APP_ID, APP_KEY) };
    let asked = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    builder.credentials_provider(move || {
        let asked = asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        async move {
            // A reusable connection is back in the pool by now.
            settle().await;
            Credentials::new(APP_ID, keys[asked.min(keys.len() - 1)])
        }
    })
}

/// The outcome of a call: its value, or its error and what was returned before it.
async fn make(call: Call, client: &Client, port: u16) -> Result<String, (Error, String)> {
    match call {
        Call::CdrRows => {
            let (mut rows, mut count) = (client.cdr().room(ROOM).rows(), 0);
            loop {
                match rows.next().await {
                    Some(Ok(_)) => count += 1,
                    Some(Err(error)) if count > 0 => return Err((error, format!(", after {count} rows"))),
                    Some(Err(error)) => return Err((error, String::new())),
                    None => return Ok(format!("{count} rows")),
                }
            }
        }
        Call::File => {
            let mut file = Vec::new();
            let fetched = client.file(format!("http://127.0.0.1:{port}/f")).write_to(&mut file).await;
            let outcome = if file == FILE { "a file" } else { "a wrong file" };
            fetched.map(|_| outcome.into()).map_err(|error| (error, String::new()))
        }
        call => answered(call, client).await.map(Into::into).map_err(|error| (error, String::new())),
    }
}

async fn answered(call: Call, client: &Client) -> Result<&'static str, Error> {
    let room = client.room(ROOM);
    match call {
        Call::CreateToken => {
            let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
            let token = room.create_token(request).await?;
            Ok(if token.expose_token() == TOKEN { "a token" } else { "a wrong token" })
        }
        Call::CreateRoom => {
            let room = client.rooms().create(NewRoom::permanent("Claims desk", "team-7")).await?;
            Ok(if room.id().is_some_and(|id| id.as_str() == ROOM) { "a room" } else { "a wrong room" })
        }
        Call::GetRoom => room.get().await.map(|_| "a room"),
        Call::UpdateRoom => room.update(RoomUpdate::new().name("Claims desk 2")).await.map(|()| "done"),
        Call::DeleteRoom => room.delete().await.map(|()| "done"),
        Call::CdrRows | Call::File => unreachable!("what comes by and by is no answer"),
    }
}

fn describe(error: &Error) -> String {
    let mut text = error.kind().to_string().replace('_', " ");
    if let (ErrorKind::Api | ErrorKind::UnexpectedAnswer, Some(status)) = (error.kind(), error.status()) {
        text += &format!(", HTTP {}", status.as_u16());
    }
    if let Some(code) = error.code() {
        text += &format!(", {code}");
    }
    if let Some(after) = error.retry_after() {
        let part = if after.subsec_nanos() > 0 { " and a part" } else { "" };
        text += &format!(", retry after {} s{part}", after.as_secs());
    }
    text
}

fn text(seen: &Seen) -> String {
    let some = |count: usize, what: &str| match count {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    let (connections, requests) = (seen.connections, seen.requests.len());
    let keys = seen.requests.iter().map(|request| authorization(request)).collect::<BTreeSet<_>>().len();
    let mut text = match (connections, requests) {
        (0, 0) => "nothing".into(),
        _ if connections == requests && keys < 2 => some(requests, "request"),
        _ => format!("{}, {}", some(requests, "request"), some(connections, "connection")),
    };
    if keys > 1 {
        text += &format!(", {keys} keys");
    }
    if seen.elsewhere > 0 {
        text += &format!(", {} elsewhere", some(seen.elsewhere, "connection"));
    }
    text
}

/// Checks what every request must and must not contain.
fn complaints(seen: &Seen, keys: Keys) -> Vec<String> {
    let mut complaints = Vec::new();
    for request in &seen.requests {
        let head = request.split("\r\n\r\n").next().unwrap_or_default().to_ascii_lowercase();
        if head.contains("accept-encoding") || !head.contains("\r\naccept: application/json") {
            complaints.push(format!("a request with other headers: {head}"));
        }
        let same = |request: &str| request.replace(authorization(request), "");
        if same(request) != same(&seen.requests[0]) {
            complaints.push("a repeat with another request".into());
        }
        // The base64 of `test-app-id:test-app-key-4471`.
        let fixed = "Basic dGVzdC1hcHAtaWQ6dGVzdC1hcHAta2V5LTQ0NzE=";
        if matches!(keys, Keys::Fixed) && authorization(request) != fixed {
            complaints.push("a request with other credentials".into());
        }
    }
    complaints
}

/// A file is requested with the recording credentials, from its link or the target of a redirect.
fn complaints_of_file(seen: &Seen) -> Vec<String> {
    let wrong = |request: &&String| {
        // The base64 of `user:password`.
        authorization(request) != "Basic dXNlcjpwYXNzd29yZA==" || !request.starts_with("GET /f")
    };
    let wrong =
        seen.requests.iter().filter(wrong).map(|request| format!("a request for another file: {request}"));
    wrong.collect()
}

fn authorization(request: &str) -> &str {
    let line = request.lines().find(|line| line.to_ascii_lowercase().starts_with("authorization: "));
    line.map_or("", |line| &line["authorization: ".len()..])
}

struct NoAddress;

impl Resolve for NoAddress {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(async {
            tokio::task::yield_now().await;
            Err::<Addrs, _>(std::io::Error::other("no such host").into())
        })
    }
}

struct Unanswered;

impl Resolve for Unanswered {
    fn resolve(&self, _: Name) -> Resolving {
        Box::pin(std::future::pending())
    }
}
