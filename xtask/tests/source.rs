//! Where documents come from: files, and servers by HTTP.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use xtask::document::fetch;

/// Answers one request with this.
fn serve(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/openapi.yaml", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let read = stream.read(&mut request).unwrap();
        assert!(request[..read].starts_with(b"GET /openapi.yaml HTTP/1.1\r\n"));
        stream.write_all(answer.as_bytes()).unwrap();
    });
    url
}

#[test]
fn a_url_is_fetched() {
    let url = serve("HTTP/1.1 200 OK\r\ncontent-length: 14\r\nconnection: close\r\n\r\nopenapi: 3.0.3");
    assert_eq!(fetch(&url).unwrap(), "openapi: 3.0.3");
}

#[test]
fn a_failure_names_the_url_and_what_was_wrong() {
    let url = serve("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    let refused = fetch(&url).unwrap_err().to_string();
    assert!(refused.contains(&url) && refused.contains("404"), "{refused}");

    let url = serve("HTTP/1.1 200 OK\r\ncontent-length: 99\r\nconnection: close\r\n\r\nopenapi");
    let refused = fetch(&url).unwrap_err().to_string();
    assert!(refused.contains(&url), "{refused}");

    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = fetch(&format!("http://{closed}/")).unwrap_err().to_string();
    assert!(refused.contains(&closed.to_string()) && refused.contains("refused"), "{refused}");
}

#[test]
fn a_file_is_read() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("document.yaml");
    let place = path.to_str().unwrap();
    fs::write(&path, "openapi: 3.0.3").unwrap();
    assert_eq!(fetch(place).unwrap(), "openapi: 3.0.3");
    fs::write(&path, b"openapi: \xff").unwrap();
    let refused = fetch(place).unwrap_err().to_string();
    assert_eq!(refused, format!("{place}: byte 9: not UTF-8"));
    fs::remove_file(&path).unwrap();
    assert!(fetch(place).unwrap_err().to_string().starts_with(place));
}

#[test]
fn other_schemes_are_refused() {
    assert_eq!(fetch("ftp://a/b").unwrap_err().to_string(), "ftp://a/b: ftp is neither http nor https");
}
