//! All files of an archive report in a folder, from the sandbox, a scripted server and a socket.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use enablex::{
    ArchiveKind, CallOptions, Client, ErrorKind, NewRoom, RetryPolicy, Role, Saved, SavedFile, SavedFiles,
    Settings, TokenRequest, sandbox::Sandbox,
};
use futures_util::{FutureExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
};

use crate::server::{Received, Server, http, read};

const DAY: &str = "2026-03-31";

/// A folder for one test, and one beside it, into which nothing may get.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("saved-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(path.join("in")).unwrap();
        Self(path)
    }

    fn path(&self) -> PathBuf {
        self.0.join("in")
    }

    /// The paths of all files, and what is in them.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let (mut files, mut folders) = (BTreeMap::new(), vec![self.0.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if fs::symlink_metadata(&path).unwrap().is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&self.0).unwrap().to_str().unwrap().to_owned();
                    files.insert(name, fs::read(path).unwrap_or_default());
                }
            }
        }
        files
    }

    fn names(&self) -> Vec<String> {
        self.files().into_keys().collect()
    }
}

fn report(entries: &Value) -> Vec<u8> {
    http(200, "application/json", json!({"result": "0", "archive": entries}).to_string())
}

/// A server with a report of these entries, whose links lead to `HOST`. A file has the path of its link in it.
async fn serving(
    entries: Value,
    file: impl Fn(&str, Vec<u8>) -> Vec<u8> + Send + 'static,
) -> (Server, Client) {
    let server = Server::answering(move |request| {
        let path = request.line.split(' ').nth(1).unwrap();
        if path.starts_with("/video/v2/archive/") {
            let host = request.header("host").unwrap();
            return report(&serde_json::from_str(&entries.to_string().replace("HOST", host)).unwrap());
        }
        file(path, http(200, "video/mp4", path))
    })
    .await;
    let host = server.base_url.trim_start_matches("http://").trim_end_matches("/video/v2").to_owned();
    let client = server.builder().recording_credentials("user", "password", [host]).build().unwrap();
    (server, client)
}

fn entry(conf_num: &str, id: &str, recordings: &[&str]) -> Value {
    let recordings: Vec<_> =
        recordings.iter().map(|path| json!({"url": format!("http://HOST/{path}")})).collect();
    json!({"_id": id, "conf_num": conf_num, "trans_date": "2026-03-31T10:00:00Z", "recording": recordings})
}

fn save(client: &Client, folder: &Folder) -> SavedFiles {
    client.archive().day(DAY).save_in(folder.path())
}

async fn all(files: SavedFiles) -> Vec<SavedFile> {
    files.map(Result::unwrap).collect().await
}

/// The requests for files.
fn requested(server: &Server) -> Vec<String> {
    let lines = server.received().into_iter().map(|request| request.line);
    let path = |line: String| line.split(' ').nth(1).unwrap().to_owned();
    lines.map(path).filter(|path| !path.starts_with("/video/v2/")).collect()
}

/// From the session to the files, and once more.
#[tokio::test]
async fn what_is_there_is_skipped() {
    let sandbox = Sandbox::builder().strict(true).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let new = NewRoom::permanent("Claims desk", "team-7").settings(Settings::new().auto_recording(true));
    let room = client.rooms().create(new).await.unwrap();
    for _ in 0..2 {
        let user = TokenRequest::new("Asha Rao", Role::Moderator, "emp-1042");
        let token = client.room(&room).create_token(user).await.unwrap();
        let user = sandbox.join(token.expose_token()).unwrap();
        sandbox.advance(Duration::from_secs(60));
        assert!(sandbox.leave(user.session_user_id()));
    }
    let (folder, report) = (Folder::new("sandbox"), client.archive().room(&room));
    let entries = report.list().await.unwrap();
    let mut expected = BTreeMap::new();
    for entry in &entries {
        let of = format!("in/{}-{}", entry.conf_num().unwrap(), entry.id().unwrap());
        for link in entry.links() {
            let mut bytes = Vec::new();
            client.file(link).write_to(&mut bytes).await.unwrap();
            expected.insert(format!("{of}/{}-1-{}", link.kind, link.file_name().unwrap()), bytes);
        }
    }
    assert_eq!(expected.len(), 8);

    let files = all(report.save_in(folder.path())).await;
    assert!(folder.files() == expected);
    for file in &files {
        let bytes = fs::read(&file.path).unwrap().len() as u64;
        assert!(matches!(file.result, Ok(Saved::Now { bytes: told, .. }) if told == bytes), "{file:?}");
        assert_eq!(file.room_id.as_ref(), room.id());
        let of = entries.iter().find(|entry| entry.id() == file.entry_id.as_deref()).unwrap();
        assert_eq!(file.conf_num.as_ref(), of.conf_num());
        assert!(of.links().any(|link| (link.kind, link.url) == (file.kind, &*file.url)));
    }
    let again = all(report.save_in(folder.path())).await;
    assert!(again.iter().all(|file| matches!(file.result, Ok(Saved::Before))), "{again:?}");
    assert_eq!(again.len(), 8);
    let paths = |files: &[SavedFile]| files.iter().map(|file| file.path.clone()).collect::<BTreeSet<_>>();
    assert_eq!(paths(&again), paths(&files));
    assert!(folder.files() == expected);

    // One that was deleted is fetched again, and no other.
    fs::remove_file(&files[3].path).unwrap();
    let once_more = all(report.save_in(folder.path())).await;
    let fetched = once_more.iter().filter(|file| matches!(file.result, Ok(Saved::Now { .. })));
    assert_eq!(fetched.map(|file| &file.path).collect::<Vec<_>>(), [&files[3].path]);
    assert!(folder.files() == expected);
}

#[tokio::test]
async fn the_paths() {
    let mut usual = entry("65e5900f1c", "65e590", &["a/session.mp4?sig=1", "b/session.mp4?sig=2"]);
    usual["transcoded"] = json!([{"url": "http://HOST/c/session.mp4"}]);
    usual["chatdata"] = json!("http://HOST/d/chat.json");
    usual["metadata"] = json!("http://HOST/e/");
    let entries = json!([usual, entry("65E5", "1", &["a"]), entry("", "7", &["a"])]);
    let (_server, client) = serving(entries, |_, file| file).await;
    let folder = Folder::new("paths");
    let files = all(save(&client, &folder)).await;
    assert!(files.iter().all(|file| file.result.is_ok()), "{files:?}");
    // The hashes are SHA-256 of `["65E5","1",null]` and of `[null,"7",null]`, 16 bytes.
    let names = [
        "in/65E5-1-c34a8a29c23ac76b346ac2505e33767f/recording-1-a",
        "in/65e5900f1c-65e590/chat-1-chat.json",
        "in/65e5900f1c-65e590/metadata-1-file",
        "in/65e5900f1c-65e590/recording-1-session.mp4",
        "in/65e5900f1c-65e590/recording-2-session.mp4",
        "in/65e5900f1c-65e590/transcoded-1-session.mp4",
        "in/none-7-f32d9128d9495a148104766f4f032e7f/recording-1-a",
    ];
    assert_eq!(folder.names(), names);
    assert_eq!(folder.files()[names[4]], b"/b/session.mp4?sig=2");
    assert_eq!(files.iter().filter(|file| file.kind == ArchiveKind::Recording).count(), 4);
    assert!(!format!("{files:?}").contains("sig="), "{files:?}");
}

/// Ids and names that would lead elsewhere, or to the file of another entry.
#[tokio::test]
async fn hostile_names_stay_inside_and_apart() {
    let long = "n".repeat(3000);
    let ids = [
        "..",
        ".",
        "../..",
        "/etc",
        "C:\\x",
        "a\0b",
        "nul",
        "CON",
        "a-b",
        "a",
        "A",
        "b-c",
        "c",
        "\u{e9}",
        "e\u{301}",
        "a/b",
        "a_b",
        "a\u{200b}",
        "none",
        "file",
        "",
        " ",
        "\u{202e}",
        "../in",
        &long,
        &long[1..],
        "~",
        "$HOME",
        "*",
    ];
    let names =
        ["..", "%2e%2e%2f%2e%2e%2fx", "..%5Cx", "a%00b", "CON", "%20", "", &long, "x.%2e", ".enablex-1.part"];
    let mut entries = Vec::new();
    for (at, conf_num) in ids.iter().enumerate() {
        for id in ids {
            // Every entry is another one, also where it has no ids.
            entries.push(entry(conf_num, id, &[&format!("{at}-{}/{}", id.len(), names[at % names.len()])]));
        }
    }
    for odd in
        [json!(1), json!(1.5), json!({"$oid": "1"}), json!(["1"]), json!(true), json!("1e3"), json!("{}")]
    {
        entries.push(json!({"_id": odd, "conf_num": "1", "metadata": format!("http://HOST/{odd}")}));
        entries.push(json!({"_id": "1", "conf_num": odd, "metadata": format!("http://HOST/c/{odd}")}));
    }
    for room in ["r1", "r2"] {
        entries.push(json!({"room_id": room, "chatdata": "http://HOST/x"}));
        entries.push(
            json!({"room_id": room, "chatdata": "http://HOST/y", "trans_date": "2026-03-31T09:00:00Z"}),
        );
        entries.push(
            json!({"room_id": room, "chatdata": "http://HOST/y", "trans_date": "2026-03-31T09:00:01Z"}),
        );
    }
    let count = entries.len();
    let (server, client) = serving(json!(entries), |_, file| file).await;
    let folder = Folder::new("hostile");
    let files = all(save(&client, &folder).concurrency(16)).await;
    let failed: Vec<_> = files.iter().filter(|file| file.result.is_err()).collect();
    assert!(failed.is_empty(), "{failed:?}");
    let paths: BTreeSet<_> = files.iter().map(|file| &file.path).collect();
    assert_eq!((files.len(), paths.len()), (count, count));
    let names = folder.names();
    assert_eq!(names.len(), paths.len());
    for name in names {
        let parts: Vec<_> = name.split('/').collect();
        assert_eq!((parts.len(), parts[0]), (3, "in"), "{name}");
        assert!(
            parts
                .iter()
                .all(|part| part.len() <= 128 && !part.starts_with('.') && !part.ends_with(['.', ' ']))
        );
        assert!(!name.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c)), "{name:?}");
    }
    let folders: BTreeSet<_> =
        paths.iter().map(|path| path.parent().unwrap().to_str().unwrap().to_lowercase()).collect();
    // `1` is the same id as a text and as a number.
    assert_eq!(folders.len(), count - 1);
    let requests = requested(&server).len();
    let again = all(save(&client, &folder)).await;
    assert!(again.iter().all(|file| matches!(file.result, Ok(Saved::Before))));
    assert_eq!(requested(&server).len(), requests);
}

/// An entry without an id gets more files, and its links other signatures: what is there stays where it is.
#[tokio::test]
async fn an_entry_that_grows() {
    let grown = Arc::new(AtomicBool::new(false));
    let grows = grown.clone();
    let server = Server::answering(move |request| {
        if !request.line.contains("/video/v2/") {
            return http(200, "video/mp4", "file");
        }
        let url = |path| format!("http://{}/{path}", request.header("host").unwrap());
        let mut entry = entry("65e5", "", &[]);
        entry["recording"] = json!([{"url": url("a.mkv?sig=1")}]);
        if grows.load(SeqCst) {
            entry["recording"] = json!([{"url": url("a.mkv?sig=2")}, {"url": url("b.mkv?sig=2")}]);
            entry["transcoded"] = json!([{"url": url("a.mp4?sig=2")}]);
        }
        report(&json!([entry]))
    })
    .await;
    let host = server.base_url.split('/').nth(2).unwrap().to_owned();
    let client = server.builder().recording_credentials("user", "password", [host]).build().unwrap();
    let folder = Folder::new("grows");
    assert_eq!(all(save(&client, &folder)).await.len(), 1);
    grown.store(true, SeqCst);
    assert_eq!(all(save(&client, &folder)).await.len(), 3);
    let mut requested = requested(&server);
    requested.sort();
    assert_eq!(requested, ["/a.mkv?sig=1", "/a.mp4?sig=2", "/b.mkv?sig=2"]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Rows with the same ids are one entry with the files of all.
#[tokio::test]
async fn rows_of_one_entry() {
    let rows = [&["a/s.mp4?sig=1"][..], &["a/s.mp4?sig=2"], &["b/s.mp4", "a/s.mp4?sig=3"]];
    let (server, client) = serving(json!(rows.map(|links| entry("65e5", "1", links))), |_, file| file).await;
    let folder = Folder::new("rows");
    // A query may be all that tells two files apart.
    assert_eq!(all(save(&client, &folder)).await.len(), 4);
    let names = [1, 2, 3, 4].map(|n| format!("in/65e5-1/recording-{n}-s.mp4"));
    assert_eq!(folder.names(), names);
    let mut requested = requested(&server);
    requested.sort();
    assert_eq!(requested, ["/a/s.mp4?sig=1", "/a/s.mp4?sig=2", "/a/s.mp4?sig=3", "/b/s.mp4"]);
}

#[tokio::test]
async fn one_failure_stops_no_other_and_is_made_good() {
    let entries = json!([entry("65e5", "1", &["a", "b", "c"]), entry("65e5", "2", &["d", "e"])]);
    let broken = Arc::new(AtomicBool::new(true));
    let breaks = broken.clone();
    let (server, client) = serving(entries, move |path, file| match path {
        "/b" if breaks.load(SeqCst) => http(503, "text/html", "busy"),
        "/d" if breaks.load(SeqCst) => file[..file.len() - 1].to_vec(),
        _ => file,
    })
    .await;
    let folder = Folder::new("failure");
    let files = all(save(&client, &folder)).await;
    let failed: BTreeMap<_, _> =
        files.iter().filter_map(|file| Some((file.path.clone(), file.result.as_ref().err()?))).collect();
    let [b, d] = ["65e5-1/recording-2-b", "65e5-2/recording-1-d"].map(|name| folder.path().join(name));
    assert_eq!(failed.keys().collect::<Vec<_>>(), [&b, &d]);
    assert_eq!((failed[&b].kind(), failed[&b].operation()), (ErrorKind::Api, Some("archiveFile")));
    assert_eq!(failed[&d].kind(), ErrorKind::Transport);
    let saved = ["in/65e5-1/recording-1-a", "in/65e5-1/recording-3-c", "in/65e5-2/recording-2-e"];
    assert_eq!(folder.names(), saved);

    broken.store(false, SeqCst);
    let requests = requested(&server).len();
    let again = all(save(&client, &folder)).await;
    assert_eq!(again.iter().filter(|file| matches!(file.result, Ok(Saved::Before))).count(), 3);
    let mut fetched = requested(&server).split_off(requests);
    fetched.sort();
    assert_eq!(fetched, ["/b", "/d"]);
    assert_eq!((fs::read(b).unwrap(), fs::read(d).unwrap()), (b"/b".to_vec(), b"/d".to_vec()));
}

#[tokio::test]
async fn a_report_that_breaks_off_saves_nothing() {
    let (files_server, _) = serving(json!([]), |_, file| file).await;
    let host = files_server.base_url.split('/').nth(2).unwrap().to_owned();
    let mut entries = json!([entry("65e5", "1", &["a"]), entry("65e5", "2", &["b"])]).to_string();
    entries = entries.replace("HOST", &host);
    let whole = report(&serde_json::from_str(&entries).unwrap());
    for cut in [1, 60] {
        let server = Server::saying(&whole[..whole.len() - cut]).await;
        let client = server.builder().recording_credentials("user", "password", [&host]).build().unwrap();
        let folder = Folder::new("broken");
        let mut files = save(&client, &folder);
        assert_eq!(files.next().await.unwrap().unwrap_err().kind(), ErrorKind::Transport);
        assert!(files.next().await.is_none());
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
        assert!(files_server.received().is_empty());
    }
}

#[tokio::test]
async fn bad_input_sends_nothing() {
    let (server, client) = serving(json!([entry("65e5", "1", &["a"])]), |_, file| file).await;
    let folder = Folder::new("bad");
    // Nothing is sent before it is polled, and nothing is checked.
    drop(save(&client, &folder));
    let options = CallOptions::new().header("range", "bytes=0-");
    let nowhere = folder.0.join("nowhere");
    let mut files = server.client().archive().day("2026-02-30").with(options).save_in(&nowhere);
    let error = files.next().await.unwrap().unwrap_err();
    let fields: Vec<_> = error.violations().iter().map(|violation| violation.field()).collect();
    assert_eq!(fields, ["date", "header", "recording_credentials", "folder"]);
    assert!(files.next().await.is_none());
    fs::write(folder.0.join("file"), "").unwrap();
    for name in ["nowhere", "file", "nul\0"] {
        let error = client.archive().day(DAY).save_in(folder.0.join(name)).next().await.unwrap().unwrap_err();
        assert_eq!(error.violations()[0].field(), "folder", "{name:?}");
    }
    assert!(server.received().is_empty() && !nowhere.exists());
    assert_eq!(folder.names(), ["file"]);
}

/// A link to a host that was not named is an error of its file.
#[tokio::test]
async fn a_strange_link() {
    let mut strange = entry("65e5", "1", &["a"]);
    strange["transcoded"] = json!([{"url": "https://elsewhere.example.com/b.mp4"}, {"url": "c.mp4"}]);
    let (server, client) = serving(json!([strange]), |_, file| file).await;
    let folder = Folder::new("strange");
    let files = all(save(&client, &folder)).await;
    let refused = files.iter().filter_map(|file| file.result.as_ref().err());
    let fields: Vec<_> = refused.map(|error| error.violations()[0].field().to_owned()).collect();
    assert_eq!((fields, requested(&server)), (vec!["url".to_owned(); 2], vec!["/a".to_owned()]));
}

#[tokio::test]
async fn no_symbolic_link_is_followed() {
    let entries = ["1", "2", "3", "4", "5"].map(|id| entry("65e5", id, &["a"]));
    let (server, client) = serving(json!(entries), |_, file| file).await;
    let folder = Folder::new("links");
    let elsewhere = folder.0.join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(folder.0.join("secret"), "secret").unwrap();
    let of = |id| folder.path().join(format!("65e5-{id}"));
    let file = |id| of(id).join("recording-1-a");
    symlink(&elsewhere, of("1")).unwrap();
    fs::create_dir(of("2")).unwrap();
    symlink(folder.0.join("secret"), file("2")).unwrap();
    fs::create_dir(of("3")).unwrap();
    symlink(elsewhere.join("a"), file("3")).unwrap();
    fs::create_dir_all(file("4")).unwrap();
    let files = all(save(&client, &folder)).await;
    for result in files {
        let id = result.entry_id.unwrap();
        match result.result {
            Ok(Saved::Now { .. }) => assert_eq!(id, "5"),
            other => {
                let error = other.unwrap_err();
                assert_eq!(
                    (error.kind(), error.violations()[0].field()),
                    (ErrorKind::InvalidInput, "target"),
                    "{id}"
                );
            }
        }
    }
    assert_eq!(requested(&server).len(), 1);
    assert!(fs::read_dir(&elsewhere).unwrap().next().is_none());
    assert_eq!(fs::read(folder.0.join("secret")).unwrap(), b"secret");

    // The folder itself may be a link.
    let linked = folder.0.join("linked");
    symlink(&elsewhere, &linked).unwrap();
    let files = all(client.archive().day(DAY).save_in(&linked)).await;
    assert!(files.iter().all(|file| matches!(file.result, Ok(Saved::Now { .. }))), "{files:?}");
}

#[tokio::test]
async fn the_selection_and_the_options_hold() {
    let mut next_day = entry("65e5", "2", &["b"]);
    next_day["trans_date"] = "2026-04-01T00:00:00Z".into();
    let (server, client) = serving(json!([entry("65e5", "1", &["a"]), next_day]), |_, file| file).await;
    let folder = Folder::new("selection");
    let options = CallOptions::new().header("x-trace", "7c1f");
    let files = all(client.archive().day(DAY).with(options).save_in(folder.path())).await;
    assert_eq!((files.len(), folder.names()), (1, vec!["in/65e5-1/recording-1-a".to_owned()]));
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert!(received.iter().all(|request| request.header("x-trace") == Some("7c1f")));
    // The recording credentials for the file, the app key for the report alone.
    assert_eq!(received[1].header("authorization"), Some("Basic dXNlcjpwYXNzd29yZA=="));
    assert_ne!(received[0].header("authorization"), received[1].header("authorization"));
}

/// A report holds its permit to its end, so it must end before a file needs one.
#[tokio::test]
async fn one_call_in_flight_is_enough() {
    let entries: Vec<_> = (0..20).map(|id| entry("65e5", &id.to_string(), &["a", "b"])).collect();
    let (server, _) = serving(json!(entries), |_, file| file).await;
    let host = server.base_url.split('/').nth(2).unwrap().to_owned();
    let builder = server.builder().recording_credentials("user", "password", [host]);
    let folder = Folder::new("permit");
    let files = all(save(&builder.max_calls_in_flight(1).build().unwrap(), &folder).concurrency(8)).await;
    assert!(files.iter().all(|file| file.result.is_ok()), "{files:?}");
    assert_eq!(folder.names().len(), 40);
}

/// A server whose connections the test controls.
struct Socket {
    listener: TcpListener,
    client: Client,
}

impl Socket {
    async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let builder = Client::builder().credentials("id", "key").base_url(format!("http://{host}/video/v2"));
        let builder = builder.retry(RetryPolicy::none()).recording_credentials("user", "password", [&host]);
        Self { listener, client: builder.build().unwrap() }
    }

    async fn accept(&self) -> (TcpStream, Received) {
        let mut stream = self.listener.accept().await.unwrap().0;
        let request = read(&mut stream).await.unwrap();
        (stream, request)
    }

    /// Sends a report of `count` files.
    async fn report(&self, count: usize) {
        let paths: Vec<_> = (0..count).map(|n| n.to_string()).collect();
        let paths: Vec<_> = paths.iter().map(String::as_str).collect();
        let entries = json!([entry("65e5", "1", &paths)]).to_string();
        let entries = entries.replace("HOST", &self.listener.local_addr().unwrap().to_string());
        let (mut stream, _) = self.accept().await;
        stream.write_all(&report(&serde_json::from_str(&entries).unwrap())).await.unwrap();
    }

    /// So many connections, and no other while nothing is answered.
    async fn held(&self, count: usize) -> Vec<TcpStream> {
        let mut held = Vec::new();
        while held.len() < count {
            let next = tokio::time::timeout(Duration::from_secs(20), self.accept()).await;
            held.push(next.expect("another request comes").0);
        }
        let other = tokio::time::timeout(Duration::from_millis(50), self.accept()).await;
        assert!(other.is_err(), "more than {count} requests at once");
        held
    }
}

#[tokio::test]
async fn as_many_at_once_as_are_permitted() {
    for (concurrency, most) in [(None, 4), (Some(0), 1), (Some(1), 1), (Some(3), 3), (Some(50), 6)] {
        let (socket, folder) = (Socket::new().await, Folder::new("at-once"));
        let mut files = save(&socket.client, &folder);
        if let Some(concurrency) = concurrency {
            files = files.concurrency(concurrency);
        }
        let files = tokio::spawn(all(files));
        socket.report(6).await;
        let mut left = 6;
        while left > 0 {
            let held = socket.held(most.min(left)).await;
            left -= held.len();
            for mut stream in held {
                stream.write_all(&http(200, "video/mp4", "file")).await.unwrap();
            }
        }
        assert!(files.await.unwrap().iter().all(|file| file.result.is_ok()));
        assert_eq!(folder.names().len(), 6);
    }
}

/// A file has its name when it is complete, and a stream that is dropped leaves nothing else.
#[tokio::test]
async fn dropped_in_the_middle() {
    let (socket, folder) = (Socket::new().await, Folder::new("dropped"));
    let mut files = save(&socket.client, &folder).concurrency(3);
    let mut held = tokio::select! {
        file = files.next() => panic!("{file:?}"),
        held = async { socket.report(3).await; socket.held(3).await } => held,
    };
    held[0].write_all(&http(200, "video/mp4", "file")).await.unwrap();
    held[1].write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf").await.unwrap();
    let first = files.next().await.unwrap().unwrap();
    assert!(matches!(first.result, Ok(Saved::Now { bytes: 4, .. })), "{first:?}");
    assert!(tokio::time::timeout(Duration::from_millis(100), files.next()).await.is_err());
    let parts = |folder: &Folder| folder.names().iter().filter(|name| name.ends_with(".part")).count();
    assert_eq!((folder.names().len(), parts(&folder)), (3, 2));
    drop(files);
    assert_eq!(folder.names().len(), 1);
    assert_eq!(fs::read(first.path).unwrap(), b"file");
}

/// The results come as the files end, and the stream may go to another task.
#[tokio::test]
async fn a_slow_file_holds_up_no_other() {
    let (socket, folder) = (Socket::new().await, Folder::new("slow"));
    let mut files = save(&socket.client, &folder).concurrency(2);
    let order = Arc::new(Mutex::new(Vec::new()));
    let seen = order.clone();
    let task = tokio::spawn(async move {
        while let Some(file) = files.next().await {
            seen.lock().unwrap().push(file.unwrap().url.rsplit('/').next().unwrap().to_owned());
        }
    });
    socket.report(2).await;
    let mut held = [socket.accept().await, socket.accept().await];
    held.sort_by_key(|(_, request)| request.line.clone());
    held[1].0.write_all(&http(200, "video/mp4", "file")).await.unwrap();
    while order.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    held[0].0.write_all(&http(200, "video/mp4", "file")).await.unwrap();
    task.await.unwrap();
    assert_eq!(*order.lock().unwrap(), ["1", "0"]);
}

#[test]
fn outside_a_runtime() {
    let client = Client::builder()
        .credentials("id", "key")
        .base_url("http://127.0.0.1:1/")
        .recording_credentials("user", "password", ["127.0.0.1:1"])
        .build()
        .unwrap();
    let mut files = client.archive().day(DAY).save_in(Path::new("."));
    let error = files.next().now_or_never().unwrap().unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setup);
}
