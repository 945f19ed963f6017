//! Files of the archive from a scripted server.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};

use enablex::{Advice, CallOptions, Client, ErrorKind, Progress, RetryPolicy};

use crate::server::{Server, http};

mod links;
mod redirects;
mod saving;

const USER: &str = "portal-user";
const PASSWORD: &str = "pässword: 1";
/// `portal-user:pässword: 1` in UTF-8, for HTTP Basic.
const AUTHORIZATION: &str = "Basic cG9ydGFsLXVzZXI6cMOkc3N3b3JkOiAx";

/// 100,000 bytes; none equals the one a thousand before it.
fn content() -> Vec<u8> {
    (0..100_000_u32).map(|at| (at * 7 + at / 1000) as u8).collect()
}

/// A head, and a body that may be shorter than its `content-length`.
fn said(status: u16, headers: &[String], body: &[u8]) -> Vec<u8> {
    let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
    [format!("HTTP/1.1 {status} Said\r\nConnection: close\r\n{headers}\r\n").as_bytes(), body].concat()
}

fn length(bytes: &[u8]) -> String {
    format!("Content-Length: {}", bytes.len())
}

fn host(server: &Server) -> String {
    server.base_url.trim_start_matches("http://").trim_end_matches("/video/v2").to_owned()
}

fn url(server: &Server) -> String {
    format!("http://{}/a/session.mp4?part=1", host(server))
}

/// Retries without a delay.
fn client(server: &Server) -> Client {
    let builder = server.builder().retry(RetryPolicy::standard()).jitter(|| 0.);
    builder.recording_credentials(USER, PASSWORD, [host(server)]).build().unwrap()
}

/// A folder for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("files-{name}"));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }
}

#[tokio::test]
async fn a_file_comes_whole() {
    let content = content();
    let body = content.clone();
    let server = Server::answering(move |_| said(200, &[length(&body)], &body)).await;
    let folder = Folder::new("whole");
    let target = folder.0.join("session.mp4");
    std::fs::write(&target, "what was there before").unwrap();
    let mut seen = Vec::new();
    let saved =
        client(&server).file(url(&server)).on_progress(|progress| seen.push(progress)).save(&target).await;
    assert_eq!(saved.unwrap(), 100_000);
    assert_eq!(std::fs::read(&target).unwrap(), content);
    assert_eq!(folder.names(), ["session.mp4"]);
    let Some(Progress { received: 100_000, total: Some(100_000), .. }) = seen.last() else {
        panic!("{seen:?}")
    };
    assert!(seen.is_sorted_by_key(|progress| progress.received));

    let mut written = Vec::new();
    let length = client(&server).file(url(&server)).write_to(&mut written).await.unwrap();
    assert_eq!((length, written), (100_000, content));

    let request = &server.received()[0];
    assert_eq!(request.line, "GET /a/session.mp4?part=1 HTTP/1.1");
    assert_eq!(request.header("authorization"), Some(AUTHORIZATION));
    assert_eq!((request.header("accept"), request.header("range")), (Some("*/*"), None));
    assert!(request.header("user-agent").unwrap().starts_with("enablex-rust/"));
}

#[tokio::test]
async fn an_empty_file() {
    let server = Server::saying(said(200, &[length(b"")], b"")).await;
    let folder = Folder::new("empty");
    assert_eq!(client(&server).file(url(&server)).save(folder.0.join("chat.json")).await.unwrap(), 0);
    assert_eq!(std::fs::read(folder.0.join("chat.json")).unwrap(), b"");
}

#[tokio::test]
async fn it_goes_on_where_it_broke_off() {
    let whole = content();
    let server = Server::answering(move |request| {
        let content = &whole[..];
        let first = |range: &str| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok();
        let from: usize = request.header("range").map_or(0, |range| first(range).unwrap());
        // It breaks off after 30,000 bytes.
        let some = &content[from..(from + 30_000).min(content.len())];
        let etag = "ETag: \"v1\"".to_owned();
        if from == 0 {
            return said(200, &[length(content), etag], some);
        }
        assert_eq!(request.header("if-range"), Some("\"v1\""));
        let range = format!("Content-Range: bytes {from}-99999/100000");
        said(206, &[length(&content[from..]), range, etag], some)
    })
    .await;
    let folder = Folder::new("resumed");
    let target = folder.0.join("session.mp4");
    assert_eq!(client(&server).file(url(&server)).save(&target).await.unwrap(), 100_000);
    assert_eq!(std::fs::read(&target).unwrap(), content());
    let mut written = Vec::new();
    client(&server).file(url(&server)).write_to(&mut written).await.unwrap();
    assert_eq!(written, content());
    // More breaks than a call has attempts, but each attempt makes progress.
    let ranges: Vec<_> = server.received().iter().map(|it| it.header("range").map(str::to_owned)).collect();
    let expected = [None, Some("bytes=30000-"), Some("bytes=60000-"), Some("bytes=90000-")];
    let expected: Vec<_> = expected.iter().map(|range| range.map(str::to_owned)).collect();
    assert_eq!(ranges, [expected.clone(), expected].concat());
}

#[tokio::test]
async fn it_begins_again_where_the_server_has_no_ranges() {
    for how in ["200", "416", "other range", "other length"] {
        let count = Arc::new(AtomicUsize::new(0));
        let content = content();
        let served = content.clone();
        let server = Server::answering(move |request| {
            let whole = |end: usize| said(200, &[length(&served)], &served[..end]);
            match (count.fetch_add(1, SeqCst), how) {
                (0, _) => whole(30_000),
                (1, "200") => whole(100_000),
                (1, "416") => said(416, &["Content-Length: 0".into()], b""),
                (1, "other range") => {
                    said(206, &[length(&served), "Content-Range: bytes 0-99999/100000".into()], &served)
                }
                (1, _) => said(
                    206,
                    &[length(&served[30_000..]), "Content-Range: bytes 30000-99999/100001".into()],
                    &served[30_000..],
                ),
                _ => {
                    assert_eq!(request.header("range"), None);
                    whole(100_000)
                }
            }
        })
        .await;
        let folder = Folder::new("again");
        client(&server).file(url(&server)).save(folder.0.join("f")).await.unwrap();
        assert_eq!(std::fs::read(folder.0.join("f")).unwrap(), content, "{how}");
    }
}

/// Bytes that a writer has received are never written again or mixed with those of another version.
#[tokio::test]
async fn a_writer_gets_every_byte_once() {
    for changed in [None, Some(0), Some(29_999), Some(30_000)] {
        let count = Arc::new(AtomicUsize::new(0));
        let server = Server::answering(move |_| {
            let mut body = content();
            if count.fetch_add(1, SeqCst) == 0 {
                return said(200, &[length(&body)], &body[..30_000]);
            }
            if let Some(at) = changed {
                body[at] ^= 1;
            }
            said(200, &[length(&body)], &body)
        })
        .await;
        let mut written = Vec::new();
        let outcome = client(&server).file(url(&server)).write_to(&mut written).await;
        if changed.is_some_and(|at| at < 30_000) {
            let error = outcome.unwrap_err();
            assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::UnexpectedAnswer, false));
            assert!(error.to_string().contains("has changed"), "{error}");
            assert_eq!(written, content()[..30_000]);
        } else {
            assert_eq!(outcome.unwrap(), 100_000);
            assert_eq!(written[..30_000], content()[..30_000]);
            assert_eq!(written.len(), 100_000);
        }
    }
}

#[tokio::test]
async fn refusals() {
    let folder = Folder::new("refused");
    for (status, attempts, advice) in [
        (403, 1, Advice::CheckCredentials),
        (401, 1, Advice::CheckCredentials),
        (404, 1, Advice::FixRequest { field: None }),
        (302, 1, Advice::ServiceFailed),
        (503, 3, Advice::Wait),
    ] {
        let server = Server::saying(http(status, "text/html", "<html>No</html>")).await;
        let target = folder.0.join("f");
        let error = client(&server).file(url(&server)).save(&target).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, attempts), "{status}");
        assert_eq!((error.advice(), error.operation()), (Some(advice), Some("archiveFile")), "{status}");
        assert_eq!(error.to_string().contains("recording user and password"), status < 404 && status > 400);
        assert_eq!(error.body_excerpt(), Some("<html>No</html>"));
        assert!(folder.names().is_empty());
        assert_eq!(server.received().len(), attempts as usize);
    }
    let server = Server::saying(said(200, &["Content-Length: 9".into()], b"half")).await;
    let error = client(&server).file(url(&server)).save(folder.0.join("f")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
    assert!(folder.names().is_empty());
}

#[tokio::test]
async fn bad_input_sends_nothing() {
    let server = Server::json(200, "{}").await;
    let client = client(&server);
    let folder = Folder::new("bad");
    let host = host(&server);
    for (link, field) in [
        ("", "url"),
        ("session.mp4", "url"),
        ("ftp://archive.example.com/a", "url"),
        ("http://archive.example.com/a", "url"),
        ("https://archive.example.com/a", "url"),
        (&format!("http://user:pass@{host}/a"), "url"),
        (&format!("http://user@{host}/a"), "url"),
        (&format!("http://@{host}/a"), "url"),
        (&format!("http://{host}\\@archive.example.com/a"), "url"),
        (&format!("http://{host} /a"), "url"),
        // The host is named, its other ports are not.
        ("http://127.0.0.1/a", "url"),
        ("http://127.0.0.1:1/a", "url"),
        ("https://127.0.0.1/a", "url"),
        (&format!("http://localhost:{}/a", host.split(':').nth(1).unwrap()), "url"),
        (&format!("http://{host}.example.com/a"), "url"),
    ] {
        let error = client.file(link).save(folder.0.join("f")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{link}: {error}");
        assert_eq!(error.violations()[0].field(), field, "{link}");
        assert!(!format!("{error} {error:?}").contains("pass@"));
        let error = client.file(link).write_to(&mut Vec::new()).await.unwrap_err();
        assert_eq!(error.violations()[0].field(), field, "{link}");
    }
    let file = folder.0.join("file");
    std::fs::write(&file, "").unwrap();
    for target in
        [folder.0.clone(), folder.0.join("none/f"), file.join("f"), PathBuf::new(), "/".into(), "..".into()]
    {
        let error = client.file(url(&server)).save(&target).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.violations()[0].field()),
            (ErrorKind::InvalidInput, "target"),
            "{target:?}"
        );
        assert_eq!(error.violations()[0].value(), target.to_str());
    }
    let _socket = std::os::unix::net::UnixListener::bind(folder.0.join("socket")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.0.join("link")).unwrap();
    for name in ["socket", "link", "a/", "new/", "nul\0", &"n".repeat(256)] {
        let target = folder.0.join(name);
        let error = client.file(url(&server)).save(&target).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.violations()[0].field()),
            (ErrorKind::InvalidInput, "target"),
            "{name}"
        );
    }
    std::fs::remove_file(folder.0.join("socket")).unwrap();
    std::fs::remove_file(folder.0.join("link")).unwrap();
    let options = CallOptions::new().header("range", "bytes=0-");
    let error = client.file("nowhere").with(options).write_to(&mut Vec::new()).await.unwrap_err();
    assert_eq!(error.violations().len(), 2);
    assert_eq!(folder.names(), ["file"]);

    let without = server.client();
    let error = without.file(url(&server)).write_to(&mut Vec::new()).await.unwrap_err();
    assert_eq!(error.violations()[0].field(), "recording_credentials");
    assert!(server.received().is_empty());
}

#[test]
fn recording_credentials() {
    let build = |user: &str, password: &str, hosts: &[&str]| {
        let builder = Client::builder().credentials("id", "key").base_url("http://127.0.0.1:1/");
        builder.recording_credentials(user, password, hosts.iter().copied()).build()
    };
    for (user, password, hosts, field) in [
        ("", "p", &["localhost"][..], "recording_user"),
        ("a:b", "p", &["localhost"], "recording_user"),
        ("a\n", "p", &["localhost"], "recording_user"),
        ("u", "", &["localhost"], "recording_password"),
        ("u", "marked\r\n", &["localhost"], "recording_password"),
        ("u", "p", &[], "recording_hosts"),
        ("u", "p", &[""], "recording_hosts"),
        ("u", "p", &["https://localhost"], "recording_hosts"),
        ("u", "p", &["localhost/a"], "recording_hosts"),
        ("u", "p", &["localhost:port"], "recording_hosts"),
        ("u", "p", &["a b"], "recording_hosts"),
        ("u", "p", &["*.example.com"], "recording_hosts"),
        ("u", "p", &["user@localhost"], "recording_hosts"),
    ] {
        let error = build(user, password, hosts).unwrap_err();
        assert_eq!(error.violations().len(), 1, "{error}");
        assert_eq!(error.violations()[0].field(), field, "{error}");
        assert!(!format!("{error:?}").contains("marked"));
    }
    assert_eq!(build("", "", &[]).unwrap_err().violations().len(), 3);
    build("u", "p:w", &["localhost", "127.0.0.1:8080", "[::1]:80", "LOCALHOST:1"]).unwrap();
}

/// A port that is named applies to every scheme.
#[tokio::test]
async fn named_ports() {
    let builder = Client::builder().credentials("id", "key").base_url("http://127.0.0.1:1/");
    let client =
        builder.recording_credentials(USER, PASSWORD, ["localhost:443", "[::1]:80"]).build().unwrap();
    for (link, is_named) in [
        ("http://localhost/a", false),
        ("http://localhost:80/a", false),
        ("http://[::1]/a", true),
        ("http://[::1]:80/a", true),
        ("http://[::1]:81/a", false),
    ] {
        let options = CallOptions::new().retry(RetryPolicy::none());
        let error = client.file(link).with(options).write_to(&mut Vec::new()).await.unwrap_err();
        assert_eq!(error.kind() != ErrorKind::InvalidInput, is_named, "{link}: {error}");
    }
    let server = Server::json(200, "{}").await;
    let without_port = server.builder().recording_credentials(USER, PASSWORD, ["127.0.0.1"]).build().unwrap();
    let error = without_port.file(url(&server)).write_to(&mut Vec::new()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidInput);
}

/// Files get the recording credentials only, and calls those of the app.
#[tokio::test]
async fn the_two_pairs_do_not_meet() {
    let server = Server::answering(|request| {
        let is_call = request.line.contains("/video/v2");
        http(if is_call { 200 } else { 401 }, "application/json", r#"{"result":0,"rooms":[]}"#)
    })
    .await;
    let client = client(&server);
    client.rooms().list().await.unwrap();
    client.file(url(&server)).write_to(&mut Vec::new()).await.unwrap_err();
    let app = "Basic dGVzdC1hcHAtaWQ6dGVzdC1hcHAta2V5LTQ0NzE=";
    let sent: Vec<_> =
        server.received().iter().map(|it| it.header("authorization").unwrap().to_owned()).collect();
    assert_eq!(sent, [app, AUTHORIZATION]);
}

#[tokio::test]
async fn nothing_prints_the_password() {
    for (status, body) in [
        (403, format!("<html>{PASSWORD} {AUTHORIZATION}")),
        (403, format!(r#"{{"result":7,"desc":"{PASSWORD}"}}"#)),
    ] {
        let server = Server::saying(http(status, "text/html", body)).await;
        let client = client(&server);
        let file = client.file(url(&server));
        let printed = format!(
            "{client:?} {file:?} {:?}",
            server.builder().recording_credentials(USER, PASSWORD, ["a"])
        );
        let error = file.write_to(&mut Vec::new()).await.unwrap_err();
        let printed = format!("{printed} {error} {error:?} {:?}", error.body_excerpt());
        assert!(!printed.contains(PASSWORD) && !printed.contains(&AUTHORIZATION[6..]), "{printed}");
        assert!(printed.contains("[redacted]"), "{printed}");
    }
}

/// The response to a request, in the order of the requests.
async fn scripted(answers: Vec<Vec<u8>>) -> Server {
    let count = AtomicUsize::new(0);
    Server::answering(move |_| answers[count.fetch_add(1, SeqCst).min(answers.len() - 1)].clone()).await
}

/// Two versions of a file are never combined, and an incomplete one is never taken for whole.
#[tokio::test]
async fn no_mixed_and_no_short_file() {
    let [a, b] = [[b'a'; 100], [b'b'; 100]];
    let etag = |tag: &str| format!("ETag: \"{tag}\"");
    let range = |from: usize, total: &str| format!("Content-Range: bytes {from}-99/{total}");
    let chunked = |bytes: &[u8]| {
        let chunk = [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
        said(200, &["Transfer-Encoding: chunked".into(), etag("a")], &chunk)
    };
    let half = |tag: &str, bytes: &[u8]| said(200, &[length(bytes), etag(tag)], &bytes[..50]);
    let no_length = said(200, &[etag("a")], &a[..70]);
    let short = [b'c'; 30];
    for (name, answers) in [
        // The second version breaks off before it is known to be another one.
        (
            "mix",
            vec![
                half("a", &a),
                said(200, &[length(&b), etag("b")], &b[..10]),
                said(206, &[length(&b[50..]), range(50, "100"), etag("b")], &b[50..]),
            ],
        ),
        (
            "untold version",
            vec![
                said(200, &[length(&a)], &a[..50]),
                said(200, &[length(&b), etag("b")], &b[..10]),
                said(206, &[length(&b[50..]), range(50, "100"), etag("b")], &b[50..]),
            ],
        ),
        (
            "part without its end",
            vec![chunked(&a[..50]), said(206, &[range(50, "*"), etag("a")], &a[50..70])],
        ),
        ("short part", vec![chunked(&a[..50]), said(206, &[range(50, "100"), etag("a")], &a[50..70])]),
        ("lost length", vec![half("a", &a), no_length.clone()]),
        (
            "other part",
            vec![
                said(200, &["Transfer-Encoding: chunked".into()], &[&b"32\r\n"[..], &a[..50]].concat()),
                said(206, &[length(&b[50..]), range(50, "100")], &b[50..]),
            ],
        ),
        (
            "part of no version",
            vec![chunked(&a[..50]), said(206, &[length(&b[50..]), range(50, "100")], &b[50..])],
        ),
        (
            "likeness",
            vec![
                said(200, &["ETag: W/\"a\"".into(), length(&a)], &a[..50]),
                said(206, &["ETag: W/\"b\"".into(), length(&b[50..]), range(50, "100")], &b[50..]),
            ],
        ),
        ("long part", vec![half("a", &a), said(206, &[range(50, "100"), etag("a")], &[b'a'; 5000])]),
        ("shorter version", vec![half("a", &a), said(200, &[length(&short), etag("c")], &short)]),
        ("encoded", vec![said(200, &[length(&a), "Content-Encoding: gzip".into()], &a)]),
    ] {
        let folder = Folder::new("mixed");
        let server = scripted(answers.clone()).await;
        let mut written = Vec::new();
        let outcome = client(&server).file(url(&server)).write_to(&mut written).await;
        let is_whole = |file: &[u8]| file == a || file == b || file == short;
        assert!(outcome.is_err() || is_whole(&written), "{name}: {outcome:?} {}", written.len());
        assert!(written.len() <= 100, "{name}");
        assert!(server.received().len() <= 6, "{name}");
        let server = scripted(answers).await;
        let saved = client(&server).file(url(&server)).save(folder.0.join("f")).await;
        let file = std::fs::read(folder.0.join("f")).unwrap_or_default();
        assert!(saved.is_err() || is_whole(&file), "{name}: {saved:?} {}", file.len());
        assert!(name != "shorter version" || file == short);
        assert_eq!(folder.names().len(), usize::from(saved.is_ok()), "{name}");
    }
}

/// With a server that identifies versions, a fetched file is always one whole version.
#[tokio::test]
async fn whatever_the_server_does() {
    let versions = [[b'a'; 100], [b'b'; 100]];
    let mut fetched = 0;
    for seed in 0..400 {
        let random = std::sync::Mutex::new(fastrand::Rng::with_seed(seed));
        let server = Server::answering(move |request| {
            let mut random = random.lock().unwrap();
            let which = usize::from(random.u8(0..4) == 0);
            let from = request.header("range").map(|range| {
                let from = range.trim_start_matches("bytes=").trim_end_matches('-').parse().unwrap();
                // It does not always honour the range.
                if random.u8(0..6) == 0 { random.usize(0..100) } else { from }
            });
            let etag = format!("ETag: \"{which}\"");
            let sent = random.usize(0..=100);
            let whole = &versions[which];
            match (random.u8(0..8), from) {
                (0, _) => said(503, &["Content-Length: 0".into()], b""),
                (1, Some(_)) => said(416, &[format!("Content-Range: bytes */{sent}")], b""),
                (2..7, Some(from)) => {
                    let part = &whole[from..];
                    let total = if random.bool() { "100" } else { "*" };
                    let range = format!("Content-Range: bytes {from}-99/{total}");
                    said(206, &[length(part), range, etag], &part[..sent.min(part.len())])
                }
                (_, _) => said(200, &[length(whole), etag], &whole[..sent]),
            }
        })
        .await;
        let folder = Folder::new("whatever");
        let client = client(&server);
        let mut written = Vec::new();
        let outcome = client.file(url(&server)).write_to(&mut written).await;
        let is_whole = |file: &[u8]| versions.iter().any(|version| version == file);
        assert!(outcome.is_err() || is_whole(&written), "seed {seed}: {outcome:?} {written:?}");
        let saved = client.file(url(&server)).save(folder.0.join("f")).await;
        let file = std::fs::read(folder.0.join("f")).unwrap_or_default();
        assert!(saved.is_err() || is_whole(&file), "seed {seed}: {saved:?} {file:?}");
        assert_eq!(folder.names().len(), usize::from(saved.is_ok()));
        fetched += usize::from(outcome.is_ok()) + usize::from(saved.is_ok());
    }
    // Most of them are complete in the end.
    assert!(fetched > 200, "{fetched}");
}

/// A file that exists keeps everything but its content.
#[tokio::test]
async fn an_existing_target() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("existing");
    let (file, link) = (folder.0.join("file"), folder.0.join("link"));
    std::fs::write(&file, "before").unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::os::unix::fs::symlink("file", &link).unwrap();
    let server = Server::saying(said(200, &[length(b"after")], b"after")).await;
    client(&server).file(url(&server)).save(&link).await.unwrap();
    assert!(link.is_symlink());
    assert_eq!(std::fs::read(&file).unwrap(), b"after");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

/// Bytes that are sent again are no progress: the client's other calls keep their budget.
#[tokio::test]
async fn a_file_that_breaks_off_at_the_same_place() {
    let server = Server::saying(said(200, &[length(&content())], &content()[..50_000])).await;
    let folder = Folder::new("same-place");
    let error = client(&server).file(url(&server)).save(folder.0.join("f")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.received().len()), (ErrorKind::Transport, 3, 3));
}

/// A target that fails is not a failure of the service, and there is no retry.
#[tokio::test]
async fn a_writer_that_fails() {
    let server = Server::saying(said(200, &[length(&content())], &content())).await;
    let mut full = [0; 10];
    let mut writer = std::io::Cursor::new(&mut full[..]);
    let error = client(&server).file(url(&server)).write_to(&mut writer).await.unwrap_err();
    assert_eq!((error.kind(), error.advice(), error.is_retryable()), (ErrorKind::Write, None, false));
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(server.received().len(), 1);
}

/// A dropped fetch leaves nothing behind.
#[tokio::test]
async fn dropped() {
    let folder = Folder::new("dropped");
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let builder = Client::builder().credentials("id", "key").base_url("http://127.0.0.1:1/");
    let client = builder.recording_credentials(USER, PASSWORD, [&host]).build().unwrap();
    let file = client.file(format!("http://{host}/f"));
    let accepted = tokio::select! {
        saved = file.save(folder.0.join("f")) => panic!("{saved:?}"),
        accepted = listener.accept() => accepted,
    };
    drop(accepted);
    assert!(folder.names().is_empty());
}
