//! A report row by row, against the same body decoded in one piece, and with an observer of drift:
//! `cargo bench --package enablex-benches`.
//!
//! All ways take turns in one run, and what counts is their ratio. `ROWS` sets how many rows there are.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::Arc,
    time::{Duration, Instant},
};

use enablex::{Client, bindings::types::CdrResponse};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

const ROUNDS: usize = 7;
/// The variable with the base URL for the process whose memory is measured.
const READER: &str = "ENABLEX_REPORT_READER";

/// Serves the body to everybody, on a thread of its own.
fn serve(body: Arc<Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let head =
                format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let request = BufReader::new(&stream).lines().map_while(Result::ok);
            if request.take_while(|line| !line.is_empty()).count() > 0 {
                let _ = (&stream).write_all(head.as_bytes()).and_then(|()| (&stream).write_all(&body));
            }
        }
    });
    format!("http://{address}/video/v2")
}

fn body(rows: usize, is_documented: bool) -> Vec<u8> {
    let sample = include_str!("../tests/samples/getPeriodCDR.response.json");
    let mut report: serde_json::Value = serde_json::from_str(sample).expect("JSON");
    let mut row = report["cdr"][0].take();
    if !is_documented {
        row["call_num"] = serde_json::Value::Null;
        row["conf_num"] = 65.into();
        row["region"] = "eu".into();
    }
    let rows = (0..rows).map(|number| {
        let mut row = row.clone();
        row["cdr_id"] = number.to_string().into();
        row
    });
    report["cdr"] = rows.collect();
    report.to_string().into_bytes()
}

/// The whole response, head and body.
async fn get(base_url: &str) -> std::io::Result<Vec<u8>> {
    let address = base_url.trim_start_matches("http://").trim_end_matches("/video/v2");
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").await?;
    let mut response = Vec::new();
    stream.read_to_end(&mut response).await?;
    Ok(response)
}

/// Reads a report row by row, and returns how many rows and how long it took.
async fn read(client: &Client) -> Result<(usize, Duration), enablex::Error> {
    let begun = Instant::now();
    let mut report = client.cdr().room("5b473a40ad3c0a58a4e0e5c1").rows();
    let mut count = 0;
    while let Some(row) = report.next().await {
        std::hint::black_box(row?);
        count += 1;
    }
    Ok((count, begun.elapsed()))
}

/// The most memory that this process has had, in KiB, where the system says it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().trim_end_matches(" kB").parse().ok()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows = std::env::var("ROWS").map_or(Ok(100_000), |rows| rows.parse())?;
    let builder = |base_url: &str| {
        let builder = Client::builder().credentials("id", "key").base_url(base_url);
        builder.attempt_timeout(Duration::from_secs(60)).timeout(Duration::from_secs(60))
    };
    // A process of its own that reads and does nothing else.
    if let Ok(base_url) = std::env::var(READER) {
        assert_eq!(read(&builder(&base_url).build()?).await?.0, rows);
        println!(
            "row by row, all memory of a process   {:.1} MiB",
            peak().unwrap_or_default() as f64 / 1024.0
        );
        return Ok(());
    }
    let [body, departing_body] = [true, false].map(|is_documented| Arc::new(body(rows, is_documented)));
    let [base_url, departing_url] = [&body, &departing_body].map(|body| serve(body.clone()));
    let observed = |base_url: &str| builder(base_url).observe_drift(|_| {}).build();
    let clients = [
        builder(&base_url).build()?,
        observed(&base_url)?,
        builder(&departing_url).build()?,
        observed(&departing_url)?,
    ];

    let mut times = [const { Vec::new() }; 6];
    for _ in 0..ROUNDS {
        for (client, times) in clients.iter().zip(&mut times) {
            let (count, time) = read(client).await?;
            times.push(time);
            assert_eq!(count, rows);
        }

        let begun = Instant::now();
        let response = get(&base_url).await?;
        let report: CdrResponse = serde_json::from_slice(&response[response.len() - body.len()..])?;
        assert_eq!(std::hint::black_box(report).cdr.map_or(0, |rows| rows.len()), rows);
        times[4].push(begun.elapsed());

        let begun = Instant::now();
        let report: CdrResponse = serde_json::from_slice(&body)?;
        assert_eq!(std::hint::black_box(report).cdr.map_or(0, |rows| rows.len()), rows);
        times[5].push(begun.elapsed());
    }
    let [stream, observed, departing, departing_observed, piece, decoded] = times.map(|mut times| {
        times.sort();
        times[ROUNDS / 2].as_secs_f64()
    });
    println!("{rows} rows, {} MB, medians of {ROUNDS} rounds in turn", body.len() / 1_000_000);
    println!("row by row, over HTTP                 {stream:.3} s");
    println!("with an observer of drift             {observed:.3} s, {:.2} times as long", observed / stream);
    println!("with three known drifts in each row   {departing:.3} s");
    let ratio = departing_observed / departing;
    println!("with an observer of them              {departing_observed:.3} s, {ratio:.2} times as long");
    println!("in one piece, over HTTP               {piece:.3} s, {:.2} of row by row", piece / stream);
    println!("in one piece, decoding alone          {decoded:.3} s, {:.2} of row by row", decoded / stream);
    let mut reader = std::process::Command::new(std::env::current_exe()?);
    assert!(reader.env("ROWS", rows.to_string()).env(READER, base_url).status()?.success());
    Ok(())
}
