//! Saving into a folder, and to files that cannot be replaced.

use std::{collections::BTreeSet, os::unix::fs::MetadataExt, path::Path};

use enablex::ErrorKind;
use tokio::task::JoinSet;

use super::{Folder, PASSWORD, USER, client, content, host, length, said, url};
use crate::server::Server;

async fn serving(file: &'static [u8]) -> Server {
    Server::saying(said(200, &[length(file)], file)).await
}

#[tokio::test]
async fn names_that_every_system_takes() {
    let server = serving(b"file").await;
    let client = client(&server);
    for (segment, name) in [
        ("session.mp4", "session.mp4"),
        ("Claims desk.mp4", "Claims desk.mp4"),
        ("录像 für 7.mp4", "录像 für 7.mp4"),
        ("%E5%BD%95%E5%83%8F.mp4", "录像.mp4"),
        ("..%2F..%2Fx", "_.._x"),
        ("%2Fetc%2Fpasswd", "_etc_passwd"),
        ("..%5C..%5Cx.exe", "_.._x.exe"),
        ("C%3A%5Cx.exe", "C__x.exe"),
        ("file.txt%3Astream", "file.txt_stream"),
        ("a%3Cb%3Ec%22d%7Ce%3Ff%2Ag.mp4", "a_b_c_d_e_f_g.mp4"),
        ("a%00b%0Ac%7F%C2%85.mp4", "a_b_c__.mp4"),
        ("x%E2%80%AEgpm.exe", "xgpm.exe"),
        ("x%E2%80%8By%EF%BB%BF%E2%81%A6%F3%A0%81%81.mp4", "xy.mp4"),
        ("", "file"),
        ("%20", "file"),
        ("%E2%80%8B", "file"),
        ("...%20.", "file"),
        (".profile", "profile"),
        ("end.%20.", "end"),
        ("CON", "_CON"),
        ("con.mp4", "_con.mp4"),
        ("c%E2%80%8Bon.mp4", "_con.mp4"),
        ("Prn.tar.gz", "_Prn.tar.gz"),
        ("aux%20.txt", "_aux .txt"),
        ("nul", "_nul"),
        ("com0", "_com0"),
        ("COM9.mp4", "_COM9.mp4"),
        ("LPT%C2%B9.mp4", "_LPT¹.mp4"),
        ("com%C2%B3", "_com³"),
        ("common.mp4", "common.mp4"),
        ("com10.mp4", "com10.mp4"),
        ("a%FF.mp4", "a\u{fffd}.mp4"),
        ("100%.mp4", "100%.mp4"),
        ("%2541.mp4", "%41.mp4"),
    ] {
        let folder = Folder::new("names");
        let link = format!("http://{}/a/{segment}?sig=1/2", host(&server));
        let saved = client.file(link).save_in(&folder.0).await.unwrap();
        assert_eq!(saved, folder.0.join(name), "{segment}");
        assert_eq!(
            (folder.names(), std::fs::read(saved).unwrap()),
            (vec![name.to_owned()], b"file".to_vec())
        );
    }
}

#[tokio::test]
async fn a_name_that_is_too_long_is_cut_before_its_extension() {
    let server = serving(b"file").await;
    let client = client(&server);
    for segment in ["n".repeat(300) + ".mp4", "録".repeat(100) + ".mp4", "n".repeat(300), ".n".repeat(300)] {
        let folder = Folder::new("long");
        for number in 1..=12 {
            let link = format!("http://{}/a/{segment}", host(&server));
            let saved = client.file(link).save_in(&folder.0).await.unwrap();
            let name = saved.file_name().unwrap().to_str().unwrap();
            assert!((240..=255).contains(&name.len()), "{name}");
            assert_eq!(name.ends_with(".mp4"), segment.ends_with(".mp4"));
            assert_eq!(name.contains(&format!("-{number}")), number > 1, "{name}");
        }
        assert_eq!(folder.names().len(), 12);
    }
}

/// No existing file is replaced or followed, and every caller gets its own name.
#[tokio::test(flavor = "multi_thread")]
async fn many_into_one_folder() {
    let server = serving(b"new").await;
    let folder = Folder::new("many");
    std::fs::write(folder.0.join("session.mp4"), "old").unwrap();
    std::fs::create_dir(folder.0.join("session-2.mp4")).unwrap();
    std::os::unix::fs::symlink("session.mp4", folder.0.join("session-3.mp4")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.0.join("session-4.mp4")).unwrap();
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        // Like another process: with its own client.
        let (client, link, folder) = (client(&server), url(&server), folder.0.clone());
        tasks.spawn(async move { client.file(link).save_in(folder).await.unwrap() });
    }
    let saved: BTreeSet<_> = tasks.join_all().await.into_iter().collect();
    let expected = (5..25).map(|number| folder.0.join(format!("session-{number}.mp4")));
    assert_eq!(saved, expected.collect());
    assert!(saved.iter().all(|path| std::fs::read(path).unwrap() == b"new"));
    assert_eq!(std::fs::read(folder.0.join("session.mp4")).unwrap(), b"old");
    assert!(!folder.0.join("nowhere").exists());
    assert_eq!(folder.names().len(), 24);
}

#[tokio::test]
async fn nothing_is_left_in_the_folder() {
    let folder = Folder::new("nothing");
    for answer in [
        said(404, &["Content-Length: 0".into()], b""),
        said(200, &["Content-Length: 9".into()], b"half"),
        said(200, &[length(b"file"), "Content-Encoding: gzip".into()], b"file"),
    ] {
        let server = Server::saying(answer).await;
        client(&server).file(url(&server)).save_in(&folder.0).await.unwrap_err();
        assert!(folder.names().is_empty());
    }

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let builder = enablex::Client::builder().credentials("id", "key").base_url("http://127.0.0.1:1/");
    let client = builder.recording_credentials(USER, PASSWORD, [&host]).build().unwrap();
    let file = client.file(format!("http://{host}/f"));
    let accepted = tokio::select! {
        saved = file.save_in(&folder.0) => panic!("{saved:?}"),
        accepted = listener.accept() => accepted,
    };
    drop(accepted);
    assert!(folder.names().is_empty());
}

#[tokio::test]
async fn a_folder_that_is_none() {
    let server = Server::json(200, "{}").await;
    let client = client(&server);
    let folder = Folder::new("none");
    std::fs::write(folder.0.join("file"), "").unwrap();
    std::os::unix::fs::symlink("nowhere", folder.0.join("link")).unwrap();
    for name in ["nowhere", "file", "file/f", "link", "nul\0"] {
        let target = folder.0.join(name);
        let error = client.file(url(&server)).save_in(&target).await.unwrap_err();
        let violation = &error.violations()[0];
        assert_eq!((error.kind(), violation.field()), (ErrorKind::InvalidInput, "folder"), "{name:?}");
        assert_eq!(violation.value(), target.to_str());
    }
    let error = client.file(url(&server)).save_in("").await.unwrap_err();
    assert_eq!(error.violations()[0].field(), "folder");
    assert!(server.received().is_empty());
}

/// Serves a file and removes the part file meanwhile, so that it cannot be renamed.
async fn without_part(folder: &Folder) -> Server {
    let folder = folder.0.clone();
    Server::answering(move |_| {
        let parts = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
        for part in parts.filter(|path| path.extension().is_some_and(|extension| extension == "part")) {
            std::fs::remove_file(part).unwrap();
        }
        said(200, &[length(&content())], &content())
    })
    .await
}

/// A file that cannot be replaced by a rename is written in place.
#[tokio::test]
async fn written_through() {
    for before in [0, 10, 200_000] {
        let folder = Folder::new("through");
        let target = folder.0.join("file");
        std::fs::write(&target, vec![b'x'; before]).unwrap();
        let there = std::fs::metadata(&target).unwrap().ino();
        let server = without_part(&folder).await;
        assert_eq!(client(&server).file(url(&server)).save(&target).await.unwrap(), 100_000);
        assert!(std::fs::read(&target).unwrap() == content(), "{before}");
        assert_eq!(std::fs::metadata(&target).unwrap().ino(), there);
        assert_eq!(folder.names(), ["file"]);
    }
    // A file that does not exist is not created in this way.
    let folder = Folder::new("through");
    let server = without_part(&folder).await;
    let error = client(&server).file(url(&server)).save(folder.0.join("file")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Write);
    assert!(folder.names().is_empty());
}

/// A file in a folder that permits no other file. (An administrator may still write there.)
#[tokio::test]
async fn a_folder_that_is_read_only() {
    use std::{fs::Permissions, os::unix::fs::PermissionsExt};

    let folder = Folder::new("read-only");
    let target = folder.0.join("file");
    std::fs::write(&target, vec![b'x'; 200_000]).unwrap();
    std::fs::set_permissions(&folder.0, Permissions::from_mode(0o555)).unwrap();
    let server = Server::saying(said(200, &[length(&content())], &content())).await;
    let saved = client(&server).file(url(&server)).save(&target).await;
    std::fs::set_permissions(&folder.0, Permissions::from_mode(0o755)).unwrap();
    assert_eq!(saved.unwrap(), 100_000);
    assert!(std::fs::read(&target).unwrap() == content());
    assert_eq!(folder.names(), ["file"]);
}

/// `.ci/mounted` names mounted files in `WRITTEN` and `REFUSED`; without them a plain file and a folder are
/// used.
#[tokio::test]
async fn mounted() {
    let folder = Folder::new("mounted");
    std::fs::write(folder.0.join("file"), "before").unwrap();
    let named = |variable: &str, plain: &Path| {
        let named = std::env::var(variable).unwrap_or_else(|_| plain.to_str().unwrap().to_owned());
        named.split(':').map(str::to_owned).collect::<Vec<_>>()
    };
    let server = Server::saying(said(200, &[length(&content())], &content())).await;
    let client = client(&server);
    for target in named("WRITTEN", &folder.0.join("file")) {
        assert_eq!(client.file(url(&server)).save(&target).await.unwrap(), 100_000, "{target}");
        assert!(std::fs::read(&target).unwrap() == content(), "{target}");
    }
    let requests = server.received().len();
    for target in named("REFUSED", &folder.0) {
        let before = std::fs::read(&target).ok();
        let error = client.file(url(&server)).save(&target).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.violations()[0].field()),
            (ErrorKind::InvalidInput, "target"),
            "{target}"
        );
        assert_eq!(std::fs::read(&target).ok(), before);
    }
    assert_eq!(server.received().len(), requests);
}
