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

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let rows = std::env::var("ROWS").map_or(Ok(100_000), |rows| rows.parse())?;
    let body = Arc::new(body(rows));
    let base_url = serve(body.clone());
    let client = Client::builder()
        .credentials("id", "key")
        .base_url(&base_url)
        .attempt_timeout(Duration::from_secs(60))
        .timeout(Duration::from_secs(60))
        .build()?;

    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let mut report = client.cdr().room("5b473a40ad3c0a58a4e0e5c1").rows();
        let mut count = 0;
        while let Some(row) = report.next().await {
            std::hint::black_box(row?);
            count += 1;
        }
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
    Ok(())
}
