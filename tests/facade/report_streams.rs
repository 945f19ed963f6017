//! Streamed reports from a scripted socket.

use std::{sync::Arc, time::Duration};

use enablex::{AnswerSlot, CallOptions, Cdr, Client, Clock, Error, ErrorKind, ReportRows, RetryPolicy};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

use crate::{
    clock::MovedClock,
    sample,
    server::{APP_ID, APP_KEY},
};

const ROOM: &str = "5b473a40ad3c0a58a4e0e5c1";

/// A server whose connections the test controls.
struct Socket {
    listener: TcpListener,
    client: Client,
}

impl Socket {
    async fn new() -> Self {
        Self::with(|builder| builder.retry(RetryPolicy::none())).await
    }

    async fn with(shape: impl FnOnce(enablex::ClientBuilder) -> enablex::ClientBuilder) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/video/v2", listener.local_addr().unwrap());
        let builder = Client::builder().credentials(APP_ID, APP_KEY).base_url(base).jitter(|| 0.);
        Self { listener, client: shape(builder).build().unwrap() }
    }

    fn rows(&self) -> ReportRows<Cdr> {
        self.client.cdr().room(ROOM).rows()
    }

    /// Reads the next request and sends a head without a length.
    async fn accept(&self) -> TcpStream {
        let mut stream = self.listener.accept().await.unwrap().0;
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0);
        }
        stream.set_nodelay(true).unwrap();
        stream
    }
}

const HEAD: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Sends a chunk of the body; an empty one ends it.
async fn chunk(stream: &mut TcpStream, bytes: &[u8]) {
    let chunk = [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
    // The client may have closed the connection.
    let _ = stream.write_all(&chunk).await;
}

fn row(number: usize) -> Value {
    let mut row = sample("getPeriodCDR.response")["cdr"][0].clone();
    row["cdr_id"] = json!(number.to_string());
    row["user"]["name"] = json!("Åsa \"A\" \\ }]{[ 🙂");
    row
}

/// Reads a stream; returns the ids of its rows and its error.
async fn read(mut rows: ReportRows<Cdr>) -> (Vec<String>, Option<Error>) {
    let mut ids = Vec::new();
    loop {
        match rows.next().await {
            Some(Ok(row)) => ids.push(row.cdr_id.unwrap().to_string()),
            Some(Err(error)) => return (ids, Some(error)),
            None => return (ids, None),
        }
    }
}

/// Serves a body in two chunks, whole or cut off; returns the outcome of the stream.
async fn served(socket: &Socket, parts: [&[u8]; 2], whole: bool) -> (Vec<String>, Option<Error>) {
    let serve = async {
        let mut stream = socket.accept().await;
        stream.write_all(HEAD).await.unwrap();
        for part in parts.iter().filter(|part| !part.is_empty()) {
            chunk(&mut stream, part).await;
            tokio::task::yield_now().await;
        }
        if whole {
            chunk(&mut stream, b"").await;
        }
        stream.shutdown().await.unwrap();
    };
    tokio::join!(serve, read(socket.rows())).1
}

#[tokio::test]
async fn every_split_into_two_chunks() {
    let socket = Socket::new().await;
    for body in [
        json!({"result": "0", "cdr": [row(1), row(2)]}).to_string(),
        format!(
            "\u{feff} {{ \"cdr\" : [ {} , {:#} ] , \"x\" : [{{\"cdr\":[1]}}] , \"result\" : 0 }} \n",
            row(1),
            row(2)
        ),
    ] {
        for at in 0..=body.len() {
            let (ids, error) = served(&socket, [&body.as_bytes()[..at], &body.as_bytes()[at..]], true).await;
            assert_eq!(ids, ["1", "2"], "at {at}");
            assert!(error.is_none(), "at {at}: {error:?}");
        }
    }
}

#[tokio::test]
async fn every_truncation() {
    let socket = Socket::new().await;
    let body = json!({"cdr": [row(1), row(2)], "result": "0"}).to_string();
    let ends = [1, 2].map(|number| {
        let row = row(number).to_string();
        body.find(&row).unwrap() + row.len()
    });
    for at in 0..body.len() {
        let due = ends.iter().filter(|end| at >= **end).count();
        // With the connection, and with a complete body.
        for whole in [false, true] {
            let (ids, error) = served(&socket, [&body.as_bytes()[..at], b""], whole).await;
            assert_eq!(ids.len(), due, "at {at}");
            let error = error.unwrap_or_else(|| panic!("no error at {at}"));
            let kind = if whole { ErrorKind::UnexpectedAnswer } else { ErrorKind::Transport };
            assert_eq!(error.kind(), kind, "at {at}: {error:?}");
            assert_eq!(error.to_string().contains("rows of it were given out"), due > 0, "at {at}: {error}");
        }
    }
}

#[tokio::test]
async fn rows_are_there_as_soon_as_their_bytes_are() {
    let socket = Socket::new().await;
    let mut rows = socket.rows();
    let first = async {
        let mut stream = socket.accept().await;
        stream.write_all(HEAD).await.unwrap();
        chunk(&mut stream, format!("{{\"cdr\":[{}", row(1)).as_bytes()).await;
        stream
    };
    let (mut stream, first) = tokio::join!(first, rows.next());
    assert_eq!(first.unwrap().unwrap().cdr_id.unwrap().to_string(), "1");
    // In three chunks, the last of one byte.
    let second = format!(",{}", row(2));
    let (begin, end) = second.split_at(300);
    chunk(&mut stream, begin.as_bytes()).await;
    chunk(&mut stream, &end.as_bytes()[..end.len() - 1]).await;
    chunk(&mut stream, b"}").await;
    assert_eq!(rows.next().await.unwrap().unwrap().cdr_id.unwrap().to_string(), "2");
    // Dropping the stream ends the transfer.
    drop(rows);
    assert_eq!(stream.read(&mut [0; 64]).await.unwrap_or(0), 0);
}

/// A stream sends no request before its first row is read.
#[tokio::test]
async fn streams_are_lazy() {
    let socket = Socket::new().await;
    drop(socket.rows());
    let rows = socket.rows();
    tokio::task::yield_now().await;
    assert!(tokio::time::timeout(Duration::from_millis(20), socket.listener.accept()).await.is_err());
    drop(rows);
}

#[tokio::test]
async fn a_refusal_that_follows_rows() {
    let socket = Socket::new().await;
    for (end, code) in [
        (r#"],"result":"10203","error":"e"}"#, Some("10203")),
        (r#"],"error_code":"INVALID_PARAM","message":"m"}"#, Some("INVALID_PARAM")),
        (r#"]}"#, None),
        (r#"],"result":"0"}}"#, None),
        (r#"],"result":"0"} {"result":"0"}"#, None),
        (r#",{"room":}],"result":"0"}"#, None),
        (r#",7],"result":"0"}"#, None),
    ] {
        let begin = format!("{{\"cdr\":[{}", row(1));
        let (ids, error) = served(&socket, [begin.as_bytes(), end.as_bytes()], true).await;
        let error = error.unwrap();
        assert_eq!((ids.len(), error.code().map(ToString::to_string).as_deref()), (1, code), "{end}");
        assert_eq!((error.operation(), error.status().unwrap().as_u16()), (Some("getCDRByRoom"), 200));
        assert!(error.to_string().contains("not sent again: rows of it were given out"), "{error}");
    }
}

/// A late failure is reported like any failed attempt, and its body is not quoted.
#[tokio::test]
async fn late_failures_are_told() {
    let recorded = crate::recorded::Recorded::begin();
    let socket = Socket::new().await;
    let body = format!("{{\"cdr\":[{},{{\"user\":marked", row(1));
    let (ids, error) = served(&socket, [body.as_bytes(), b""], true).await;
    let error = error.unwrap();
    let printed = format!("{error} {error:?} {:?} {}", error.body_excerpt(), recorded.text());
    assert!(ids.len() == 1 && !printed.contains("marked"), "{printed}");
    assert!(recorded.text().contains("the attempt failed"), "{}", recorded.text());

    let server = crate::server::Server::json(500, "marked").await;
    let error = server.client().cdr().room(ROOM).list().await.unwrap_err();
    assert_eq!(error.body_excerpt(), None);
}

/// A `result` before the rows is checked before a row is returned.
#[tokio::test]
async fn a_refusal_that_stands_before_rows() {
    let socket = Socket::new().await;
    let body = json!({"cdr": [row(1)]}).to_string();
    let body = body.replacen('{', r#"{"result":"10203","#, 1);
    let (ids, error) = served(&socket, [body.as_bytes(), b""], true).await;
    assert!(ids.is_empty());
    assert_eq!(error.unwrap().code().unwrap().result(), Some(10203));
}

/// Before its first row a report is retried like any read, after it never.
#[tokio::test]
async fn repeats() {
    let socket = Socket::with(|builder| builder).await;
    let good = json!({"result": "0", "cdr": [row(1), row(2)]}).to_string();
    let serve = async {
        for part in [&b""[..], b"{\"result\":\"0\",\"cdr\":[", good.as_bytes()] {
            let mut stream = socket.accept().await;
            stream.write_all(HEAD).await.unwrap();
            chunk(&mut stream, part).await;
            if part.len() > 100 {
                chunk(&mut stream, b"").await;
            }
            stream.shutdown().await.unwrap();
        }
    };
    let ((), (ids, error)) = tokio::join!(serve, read(socket.rows()));
    assert_eq!((ids, error.is_none()), (vec!["1".into(), "2".into()], true));

    let (ids, error) = served(&socket, [&good.as_bytes()[..good.len() - 20], b""], false).await;
    let error = error.unwrap();
    assert_eq!((ids.len(), error.kind(), error.attempts()), (1, ErrorKind::Transport, 1));
    assert!(tokio::time::timeout(Duration::from_millis(20), socket.listener.accept()).await.is_err());
}

/// The whole report may take longer than a call; a pause in it may not.
#[tokio::test]
async fn silence_is_what_ends_it() {
    let clock = Arc::new(MovedClock::new());
    let socket = Socket::with(|builder| builder.retry(RetryPolicy::none()).clock(clock.clone())).await;
    let mut rows = socket.rows();
    let begin = async {
        let mut stream = socket.accept().await;
        stream.write_all(HEAD).await.unwrap();
        chunk(&mut stream, format!("{{\"cdr\":[{}", row(1)).as_bytes()).await;
        stream
    };
    let (mut stream, first) = tokio::join!(begin, rows.next());
    first.unwrap().unwrap();
    for number in 2..20 {
        // While no row is awaited, no time counts.
        clock.sleep(Duration::from_secs(60)).await;
        let text = format!(",{}", row(number));
        let serve = async {
            // Half of it arrives in nine seconds, the rest in nine more.
            for part in [&text[..300], &text[300..]] {
                while clock.limit().is_none() {
                    tokio::task::yield_now().await;
                }
                assert!(clock.step(clock.limit().unwrap(), Duration::from_secs(9)));
                chunk(&mut stream, part.as_bytes()).await;
                let before = clock.limit();
                while clock.limit() == before {
                    tokio::task::yield_now().await;
                }
            }
        };
        tokio::join!(serve, rows.next()).1.unwrap().unwrap();
    }
    let begun = clock.elapsed();
    let pass = async {
        while clock.limit().is_none() {
            tokio::task::yield_now().await;
        }
        clock.step(clock.limit().unwrap(), Duration::from_secs(60));
    };
    let error = tokio::join!(pass, rows.next()).1.unwrap().unwrap_err();
    assert_eq!((error.kind(), (clock.elapsed() - begun).as_secs()), (ErrorKind::Timeout, 10));
    assert!(error.to_string().contains("nothing more came for 10 s"), "{error}");
    assert!(rows.next().await.is_none());
    assert_eq!(stream.read(&mut [0; 64]).await.unwrap_or(0), 0);
}

/// The cap applies to a row and to what is beside the rows, not to the report.
#[tokio::test]
async fn caps() {
    let socket = Socket::with(|builder| builder.body_cap(4096).retry(RetryPolicy::none())).await;
    let many: Vec<_> = (0..100).map(row).collect();
    let body = json!({"cdr": many, "result": "0"}).to_string();
    let (ids, error) = served(&socket, [body.as_bytes(), b""], true).await;
    assert_eq!((ids.len(), error.map(|error| error.to_string())), (100, None));

    let large = |length| {
        json!({"cdr": [row(1), {"cdr_id": "2", "x": "y".repeat(length)}], "result": "0"}).to_string()
    };
    let extra = json!({"cdr": [row(1)], "result": "0", "x": "y".repeat(5000)}).to_string();
    let endless = format!("{{\"cdr\":[{},{{\"x\":\"{}", row(1), "y".repeat(100_000));
    let blank = format!("{{\"cdr\":[{},{}{{}}]", row(1), " ".repeat(5000));
    let crowd = json!({"cdr": [row(1), {"x": vec![json!({}); 1364]}], "result": "0"}).to_string();
    for (body, rows) in [(large(3000), 2), (large(4100), 1), (extra, 1), (endless, 1), (blank, 1), (crowd, 1)]
    {
        let (ids, error) = served(&socket, [body.as_bytes(), b""], true).await;
        assert_eq!(ids.len(), rows);
        if rows < 2 {
            assert!(error.unwrap().to_string().contains("too large for the client's cap"));
        } else {
            assert!(error.is_none(), "{error:?}");
        }
    }
    // A million small objects are too large, too: they take far more memory than their bytes.
    let crowd = |before: &str, after: &str| format!("{{{before}\"cdr\":[{}],{after}\"result\":0}}", row(1));
    let socket = Socket::with(|builder| builder.retry(RetryPolicy::none())).await;
    let objects = format!("\"x\":[{}0],", "{},".repeat(180_000));
    for (body, rows) in [(crowd(&objects, ""), 0), (crowd("", &objects), 1)] {
        let (ids, error) = served(&socket, [body.as_bytes(), b""], true).await;
        assert_eq!(ids.len(), rows);
        assert!(error.unwrap().to_string().contains("too large for the client's cap"));
    }
    // When a report is collected, the cap applies to the whole, and the error says what to do.
    let server = crate::server::Server::json(200, body).await;
    let client = server.builder().body_cap(4096).build().unwrap();
    let error = client.cdr().room(ROOM).list().await.unwrap_err();
    assert!(error.to_string().contains("too large for the client's cap, see `body_cap`"), "{error}");
    // Only the caller can fix it.
    assert_eq!((error.kind(), error.advice()), (ErrorKind::UnexpectedAnswer, None));
}

/// A running report keeps its permit and returns it at its end.
#[tokio::test]
async fn a_stream_counts_as_a_call_in_flight() {
    let socket =
        Socket::with(|builder| builder.max_calls_in_flight(1).timeout(Duration::from_millis(200))).await;
    let serve = async {
        let mut stream = socket.accept().await;
        stream.write_all(HEAD).await.unwrap();
        chunk(&mut stream, format!("{{\"cdr\":[{},{}],\"result\":0}}", row(1), row(2)).as_bytes()).await;
        chunk(&mut stream, b"").await;
    };
    let mut rows = socket.rows();
    let ((), first) = tokio::join!(serve, rows.next());
    first.unwrap().unwrap();
    let error = socket.client.rooms().list().await.unwrap_err();
    assert_eq!((error.is_timeout(), error.attempts()), (true, 0));
    while rows.next().await.is_some() {}
    let serve = async {
        let mut stream = socket.accept().await;
        stream.write_all(&crate::server::http(200, "application/json", r#"{"result":0}"#)).await.unwrap();
    };
    let rooms = socket.client.rooms();
    tokio::join!(serve, rooms.list()).1.unwrap();
}

#[tokio::test]
async fn options() {
    let socket = Arc::new(Socket::new().await);
    let slot = AnswerSlot::new();
    let options = CallOptions::new().header("x-own", "1").keep_answer(&slot);
    let mut rows = socket.client.cdr().room(ROOM).with(options).rows();
    let serve = async {
        let mut stream = socket.accept().await;
        stream.write_all(HEAD).await.unwrap();
        chunk(&mut stream, br#"{"cdr":[],"result":0}"#).await;
        chunk(&mut stream, b"").await;
    };
    let ((), next) = tokio::join!(serve, rows.next());
    assert!(next.is_none());
    let answer = slot.take().unwrap();
    assert_eq!((answer.status().as_u16(), answer.body()), (200, &b""[..]));
    assert_eq!(answer.headers()["content-type"], "application/json");

    let both = CallOptions::new().header("authorization", "x");
    let error = socket.client.cdr().room("..").with(both).rows().next().await.unwrap().unwrap_err();
    assert_eq!(error.violations().len(), 2);
}
