//! A report row by row, against the same body decoded in one piece: `cargo bench --package enablex-benches`.
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

fn body(rows: usize) -> Vec<u8> {
    let sample = include_str!("../tests/samples/getPeriodCDR.response.json");
    let mut report: serde_json::Value = serde_json::from_str(sample).expect("JSON");
    let row = report["cdr"][0].take();
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

/// The number of rows, each read and dropped.
async fn read(client: &Client) -> Result<usize, enablex::Error> {
    let mut report = client.cdr().room("5b473a40ad3c0a58a4e0e5c1").rows();
    let mut count = 0;
    while let Some(row) = report.next().await {
        std::hint::black_box(row?);
        count += 1;
    }
    Ok(count)
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
    let client = |base_url: &str| {
        Client::builder()
            .credentials("id", "key")
            .base_url(base_url)
            .attempt_timeout(Duration::from_secs(60))
            .timeout(Duration::from_secs(60))
            .build()
    };
    // A process of its own that reads and does nothing else.
    if let Ok(base_url) = std::env::var(READER) {
        assert_eq!(read(&client(&base_url)?).await?, rows);
        println!(
            "row by row, all memory of a process   {:.1} MiB",
            peak().unwrap_or_default() as f64 / 1024.0
        );
        return Ok(());
    }
    let body = Arc::new(body(rows));
    let base_url = serve(body.clone());
    let client = client(&base_url)?;

    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let count = read(&client).await?;
        times[0].push(begun.elapsed());
        assert_eq!(count, rows);

        let begun = Instant::now();
        let response = get(&base_url).await?;
        let report: CdrResponse = serde_json::from_slice(&response[response.len() - body.len()..])?;
        assert_eq!(std::hint::black_box(report).cdr.map_or(0, |rows| rows.len()), rows);
        times[1].push(begun.elapsed());

        let begun = Instant::now();
        let report: CdrResponse = serde_json::from_slice(&body)?;
        assert_eq!(std::hint::black_box(report).cdr.map_or(0, |rows| rows.len()), rows);
        times[2].push(begun.elapsed());
    }
    let [stream, piece, decoded] = times.map(|mut times| {
        times.sort();
        times[ROUNDS / 2].as_secs_f64()
    });
    println!("{rows} rows, {} MB, medians of {ROUNDS} rounds in turn", body.len() / 1_000_000);
    println!("row by row, over HTTP                 {stream:.3} s");
    println!("in one piece, over HTTP               {piece:.3} s, ratio {:.2}", stream / piece);
    println!("in one piece, decoding alone          {decoded:.3} s, ratio {:.2}", stream / decoded);
    let mut reader = std::process::Command::new(std::env::current_exe()?);
    assert!(reader.env("ROWS", rows.to_string()).env(READER, base_url).status()?.success());
    Ok(())
}
