//! Forms of links, and the encodings of files.

use enablex::ErrorKind;
use serde_json::json;

use super::{client, host, length, said};
use crate::server::Server;

#[tokio::test]
async fn blanks_and_letters_of_any_script() {
    let server = Server::saying(said(200, &[length(b"file")], b"file")).await;
    let client = client(&server);
    let host = host(&server);
    for (path, sent) in [
        ("/a/Claims desk.mp4", "/a/Claims%20desk.mp4"),
        ("/a/Schaden für Nr. 7.mp4", "/a/Schaden%20f%C3%BCr%20Nr.%207.mp4"),
        ("/a/录像.mp4?für=a b", "/a/%E5%BD%95%E5%83%8F.mp4?f%C3%BCr=a%20b"),
        ("/a/no\u{a0}break\u{2028}.mp4", "/a/no%C2%A0break%E2%80%A8.mp4"),
        ("/a/Claims%20desk.mp4", "/a/Claims%20desk.mp4"),
        ("/a/me@home.mp4", "/a/me@home.mp4"),
    ] {
        let before = server.received().len();
        client.file(format!("http://{host}{path}")).write_to(&mut Vec::new()).await.unwrap();
        assert_eq!(server.received()[before].line, format!("GET {sent} HTTP/1.1"));
    }
}

#[tokio::test]
async fn what_a_parser_would_drop_or_take_for_something_else() {
    let server = Server::json(200, "{}").await;
    let client = client(&server);
    let host = host(&server);
    for link in [
        format!("http://{host}/a\tb"),
        format!("http://{host}/a\nb"),
        format!("http://{host}/a?b\r"),
        format!("http://{host}/a\u{0}"),
        format!("http://{host}/a\u{7f}"),
        format!("http://{host}/a\u{85}"),
        format!("\u{1}http://{host}/a"),
        format!("http://{host}/a\\b"),
        format!("http://{host}/a?b\\c"),
        format!("http:\\\\{host}/a"),
        format!("http://us er:pass word@{host}/a"),
        format!("http://für@{host}/a"),
        "http://archive example.com/a b".to_owned(),
        "http://archive.example.com/a b".to_owned(),
        "ftp://archive.example.com/a b".to_owned(),
    ] {
        let error = client.file(&link).write_to(&mut Vec::new()).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.violations()[0].field()),
            (ErrorKind::InvalidInput, "url"),
            "{link:?}"
        );
        assert!(!error.to_string().contains("pass word"), "{error}");
    }
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn names_in_links() {
    for (url, name) in [
        ("https://h/a/Claims desk.mp4?sig=a/b", Some("Claims desk.mp4")),
        ("https://h/a/Claims%20desk.mp4", Some("Claims desk.mp4")),
        ("https://h/a/录像.mp4", Some("录像.mp4")),
        ("https://h/a/%E5%BD%95%E5%83%8F.mp4", Some("录像.mp4")),
        ("https://h/a/100%.mp4", Some("100%.mp4")),
        ("https://h/a/%+1.mp4", Some("%+1.mp4")),
        ("https://h/a/b%2Fc.mp4", None),
        ("https://h/a/..%2F..%2Fc.mp4", None),
        ("https://h/a/b%5Cc.mp4", None),
        ("https://h/a/C%3Ac.mp4", None),
        ("https://h/a/c%00.mp4", None),
        ("https://h/a/c%0A.mp4", None),
        ("https://h/a/%E2%80%AE4pm.exe", None),
        ("https://h/a/c%FF.mp4", None),
        ("https://h/a/%2e%2e", None),
        ("https://h/a/.mp4", None),
        ("https://h/a/c.", None),
        ("https://h/a/nul.mp4", None),
        (&format!("https://h/a/{}", "n".repeat(256)), None),
    ] {
        let server = Server::json(200, json!({"result": 0, "archive": [{"chatdata": url}]})).await;
        let entries = server.client().archive().period("2026-03-01"..="2026-03-31").list().await.unwrap();
        let link = entries[0].links().next().unwrap();
        assert_eq!(link.file_name().as_deref(), name, "{url}");
    }
}

/// Stores return the header that a file was uploaded with.
#[tokio::test]
async fn a_file_that_is_not_compressed_is_taken_as_it_is() {
    for encoding in [
        "utf-8",
        "Identity",
        "aws-chunked",
        "binary",
        "none",
        "",
        "identity, utf-8",
        ",",
        "x-br",
        "gzipped",
        "é",
    ] {
        let headers = [length(b"file"), format!("Content-Encoding: {encoding}")];
        let server = Server::saying(said(200, &headers, b"file")).await;
        let mut file = Vec::new();
        client(&server).file(super::url(&server)).write_to(&mut file).await.unwrap();
        assert_eq!((file, server.received().len()), (b"file".to_vec(), 1), "{encoding}");
    }
    for (headers, named) in [
        (&["gzip"][..], "gzip"),
        (&["GZip"], "gzip"),
        (&["x-gzip"], "x-gzip"),
        (&["deflate"], "deflate"),
        (&["Br"], "br"),
        (&["zstd"], "zstd"),
        (&["compress"], "compress"),
        (&["x-compress"], "x-compress"),
        (&["dcb"], "dcb"),
        (&["dcz"], "dcz"),
        (&["aws-chunked,gzip"], "gzip"),
        (&["utf-8 , br ,identity"], "br"),
        (&["utf-8", "zstd"], "zstd"),
    ] {
        let encodings = headers.iter().map(|value| format!("Content-Encoding: {value}"));
        let headers: Vec<_> = [length(b"file")].into_iter().chain(encodings).collect();
        let server = Server::saying(said(200, &headers, b"file")).await;
        let mut file = Vec::new();
        let error = client(&server).file(super::url(&server)).write_to(&mut file).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnexpectedAnswer, "{headers:?}");
        assert!(error.to_string().contains(&format!(" {named},")), "{error}");
        assert!(file.is_empty());
    }
}
