//! Links that redirect, for example to presigned URLs of a store.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use enablex::{Advice, CallOptions, Client, Error, ErrorKind, RetryPolicy};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use super::{AUTHORIZATION, PASSWORD, USER, client, content, host, length, said, url};
use crate::server::{Server, http};

const SIGNATURE: &str = "X-Amz-Signature=f00dcafef00dcafe";

fn to(location: impl AsRef<[u8]>) -> Vec<u8> {
    redirect(302, location)
}

fn redirect(status: u16, location: impl AsRef<[u8]>) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} Said\r\nConnection: close\r\nContent-Length: 0\r\nLocation: ");
    [head.as_bytes(), location.as_ref(), b"\r\n\r\n"].concat()
}

async fn fetched(client: &Client, link: impl AsRef<str>) -> Result<Vec<u8>, Error> {
    let mut file = Vec::new();
    client.file(link).with(CallOptions::new().header("x-trace", "7c1f")).write_to(&mut file).await?;
    Ok(file)
}

/// A TLS front of a server; returns its host with port and the certificate to trust.
async fn secured(server: &Server) -> (String, String) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let (acceptor, behind) = (TlsAcceptor::from(Arc::new(config)), host(server));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let host = format!("localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let mut behind = TcpStream::connect(&behind).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut stream, &mut behind).await;
            }
        }
    });
    (host, cert.pem())
}

#[tokio::test]
async fn to_a_store() {
    for status in [301, 302, 303, 307, 308] {
        let store = Server::saying(said(200, &[length(b"file")], b"file")).await;
        let location = format!("http://{}/key%20of/it?{SIGNATURE}#page", host(&store));
        let portal = Server::saying(redirect(status, location)).await;
        assert_eq!(fetched(&client(&portal), url(&portal)).await.unwrap(), b"file");

        let asked = &portal.received()[0];
        assert_eq!(
            (asked.header("authorization"), asked.header("x-trace")),
            (Some(AUTHORIZATION), Some("7c1f"))
        );
        let [stored] = &store.received()[..] else { panic!("{status}") };
        assert_eq!(stored.line, format!("GET /key%20of/it?{SIGNATURE} HTTP/1.1"));
        assert_eq!((stored.header("authorization"), stored.header("x-trace")), (None, None));
        assert_eq!((stored.header("referer"), stored.header("cookie")), (None, None));
        assert_eq!(
            (stored.header("accept"), stored.header("accept-encoding")),
            (Some("*/*"), Some("identity"))
        );
    }
}

/// Named hosts get the credentials again, even after a host without them.
#[tokio::test]
async fn to_hosts_that_were_named() {
    let last = Server::saying(said(200, &[length(b"file")], b"file")).await;
    let between = Server::saying(to(format!("http://{}/last", host(&last)))).await;
    let first = Server::saying(to(format!("http://{}/between", host(&between)))).await;
    let builder = first.builder().recording_credentials(USER, PASSWORD, [host(&first), host(&last)]);
    assert_eq!(fetched(&builder.build().unwrap(), url(&first)).await.unwrap(), b"file");
    for (server, authorization) in
        [(first, Some(AUTHORIZATION)), (between, None), (last, Some(AUTHORIZATION))]
    {
        let request = &server.received()[0];
        assert_eq!(request.header("authorization"), authorization);
        assert_eq!(request.header("x-trace").is_some(), authorization.is_some());
    }
}

#[tokio::test]
async fn relative_and_in_letters_of_any_script() {
    for (location, path) in [
        ("/b?c=d", "/b?c=d"),
        ("b", "/a/b"),
        ("?c", "/a/session.mp4?c"),
        ("//HOST/b", "/b"),
        ("/Claims desk für.mp4", "/Claims%20desk%20f%C3%BCr.mp4"),
        ("/me@home", "/me@home"),
    ] {
        let count = AtomicUsize::new(0);
        let server = Server::answering(move |request| match count.fetch_add(1, SeqCst) {
            0 => to(location.replace("HOST", request.header("host").unwrap())),
            _ => said(200, &[length(b"file")], b"file"),
        })
        .await;
        assert_eq!(fetched(&client(&server), url(&server)).await.unwrap(), b"file");
        assert_eq!(server.received()[1].line, format!("GET {path} HTTP/1.1"));
    }
}

/// Each attempt starts at the link, whose next redirect is valid for longer.
#[tokio::test]
async fn it_goes_on_from_the_link() {
    let whole = content();
    let store = Server::answering(move |request| {
        let from = request.header("range").map_or(0, |range| range[6..range.len() - 1].parse().unwrap());
        let headers = [length(&whole[from..]), "ETag: \"v1\"".to_owned()];
        match from {
            0 => said(200, &headers, &whole[..30_000]),
            _ => {
                assert_eq!(request.header("if-range"), Some("\"v1\""));
                let range = format!("Content-Range: bytes {from}-99999/100000");
                let [length, tag] = headers;
                said(206, &[length, tag, range], &whole[from..(from + 40_000).min(100_000)])
            }
        }
    })
    .await;
    let (count, to_store) = (AtomicUsize::new(0), host(&store));
    let portal = Server::answering(move |_| {
        to(format!("http://{to_store}/key?signature={}", count.fetch_add(1, SeqCst)))
    })
    .await;
    assert!(fetched(&client(&portal), url(&portal)).await.unwrap() == content());
    let asked: Vec<_> = store
        .received()
        .iter()
        .map(|request| (request.line.clone(), request.header("range").map(str::to_owned)))
        .collect();
    let line = |number| format!("GET /key?signature={number} HTTP/1.1");
    let range = |from| Some(format!("bytes={from}-"));
    assert_eq!(asked, [(line(0), None), (line(1), range(30_000)), (line(2), range(70_000))]);
    assert_eq!(portal.received().len(), 3);
}

/// A retry would not help, and the error names the target.
#[tokio::test]
async fn what_is_not_followed() {
    let own = "http://127.0.0.1:1/a";
    for (location, texts) in [
        (
            "http://archive.example.com/key?sig=secret#secret",
            &["to http://archive.example.com/key ", "plain http"][..],
        ),
        ("http://10.0.0.1/key", &["to http://10.0.0.1/key ", "plain http"]),
        (
            "ftp://archive.example.com/key?secret",
            &["to ftp://archive.example.com/key ", "neither http nor https"],
        ),
        (
            "https://user:secret@archive.example.com/key",
            &["to https://archive.example.com/key ", "credentials"],
        ),
        ("https://secret@archive.example.com/key", &["to https://archive.example.com/key ", "credentials"]),
        ("/a/session.mp4?part=1", &["/a/session.mp4 ", "circle"]),
        ("#top", &["/a/session.mp4 ", "circle"]),
        ("", &["the redirect was", "`Location`"]),
        ("https://", &["the redirect was", "`Location`"]),
        ("https:\\\\archive.example.com\\secret", &["the redirect was", "`Location`"]),
        ("/a\tb", &["the redirect was", "`Location`"]),
        ("data:text/plain,secret", &["the redirect was", "`Location`"]),
        ("file:///secret", &["the redirect was", "`Location`"]),
        ("http://127.0.0.1:1/a\r\nLocation: http://127.0.0.1:2/a", &["the redirect was", "`Location`"]),
    ] {
        let server = Server::saying(to(location)).await;
        let error = fetched(&client(&server), url(&server)).await.unwrap_err();
        let text = error.to_string();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1), "{location}: {text}");
        assert_eq!((error.status().unwrap().as_u16(), error.is_retryable()), (302, false));
        assert_eq!(error.advice(), Some(Advice::ServiceFailed));
        for part in texts.iter().chain(&["redirect", "not followed"]) {
            assert!(text.contains(part), "{location}: {text}");
        }
        let printed = format!("{text} {error:?}");
        assert!(
            !printed.contains("secret") && !printed.contains("part=1") && !printed.contains(own),
            "{printed}"
        );
        assert_eq!(server.received().len(), 1);
    }
    let server = Server::saying(http(302, "text/html", "<html>Moved</html>")).await;
    let error = fetched(&client(&server), url(&server)).await.unwrap_err();
    assert!(error.to_string().contains("the redirect was not followed"), "{error}");
    assert_eq!(error.body_excerpt(), Some("<html>Moved</html>"));
}

#[tokio::test]
async fn five_and_no_more() {
    for (redirects, followed) in [(5, true), (6, false)] {
        let count = AtomicUsize::new(0);
        let server = Server::answering(move |_| match count.fetch_add(1, SeqCst) {
            number if number < redirects => to(format!("/{number}?secret")),
            _ => said(200, &[length(b"file")], b"file"),
        })
        .await;
        let outcome = fetched(&client(&server), url(&server)).await;
        assert_eq!((outcome.is_ok(), server.received().len()), (followed, 6));
        if let Err(error) = outcome {
            let host = host(&server);
            let expected = format!(
                "archiveFile: the redirect to http://{host}/5 was not followed: it comes after 5 others, \
                 after a redirect to http://{host}/4 (HTTP 302)"
            );
            assert_eq!(error.to_string(), expected);
        }
    }
}

/// A failure of another host is not blamed on the portal or the credentials.
#[tokio::test]
async fn trouble_at_the_store() {
    for (status, attempts, advice) in [
        (403, 1, Advice::ServiceFailed),
        (401, 1, Advice::ServiceFailed),
        (404, 1, Advice::FixRequest { field: None }),
        (503, 3, Advice::Wait),
    ] {
        for body in [format!("<html>{SIGNATURE} and part=1"), r#"{"result":4001,"desc":"no"}"#.to_owned()] {
            let store = Server::saying(http(status, "text/html", &body)).await;
            let place = format!("http://{}/key", host(&store));
            let portal = Server::saying(to(format!("{place}?{SIGNATURE}"))).await;
            let error = fetched(&client(&portal), url(&portal)).await.unwrap_err();
            let text = error.to_string();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, attempts), "{text}");
            assert_eq!((error.advice(), error.is_auth()), (Some(advice), false), "{text}");
            assert_ne!(error.retry_cause().unwrap().as_str(), "credentials");
            assert!(text.contains(&format!("after a redirect to {place} ")), "{text}");
            assert!(!text.contains("recording user and password"), "{text}");
            assert!(!format!("{text} {error:?}").contains("f00dcafe"), "{error:?}");
            assert_eq!(
                (portal.received().len(), store.received().len()),
                (attempts as usize, attempts as usize)
            );
        }
    }
    // A host that got the credentials may have refused them.
    let named = Server::saying(http(403, "text/html", "<html>")).await;
    let portal = Server::saying(to(format!("http://{}/key", host(&named)))).await;
    let builder = portal.builder().recording_credentials(USER, PASSWORD, [host(&portal), host(&named)]);
    let error = fetched(&builder.build().unwrap(), url(&portal)).await.unwrap_err();
    assert_eq!(error.advice(), Some(Advice::CheckCredentials));
    assert!(error.to_string().contains("recording user and password"), "{error}");
    assert!(error.to_string().contains(&format!("http://{}/key", host(&named))), "{error}");

    // A socket that occupies its port without listening.
    let deaf = tokio::net::TcpSocket::new_v4().unwrap();
    deaf.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let place = format!("http://{}/key", deaf.local_addr().unwrap());
    let portal = Server::saying(to(format!("{place}?{SIGNATURE}"))).await;
    let error = fetched(&client(&portal), url(&portal)).await.unwrap_err();
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::Connect, None, 3));
    assert!(error.to_string().contains(&place), "{error}");
    assert!(!format!("{error} {error:?}").contains("f00dcafe"), "{error:?}");
}

#[tokio::test]
async fn from_plain_loopback_to_https() {
    let store = Server::saying(said(200, &[length(b"file")], b"file")).await;
    let (secure, certificate) = secured(&store).await;
    let portal = Server::saying(to(format!("https://{secure}/key"))).await;
    let builder = || portal.builder().recording_credentials(USER, PASSWORD, [host(&portal)]);
    let trusting = builder().root_certificates_pem(certificate).build().unwrap();
    assert_eq!(fetched(&trusting, url(&portal)).await.unwrap(), b"file");
    assert_eq!(store.received()[0].header("authorization"), None);

    let error = fetched(&builder().build().unwrap(), url(&portal)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.to_string().contains(&format!("https://{secure}/key")), "{error}");
}

/// No redirect leads from https to plain http, not even on this machine.
#[tokio::test]
async fn from_https_to_https_alone() {
    let store = Server::saying(said(200, &[length(b"file")], b"file")).await;
    let (secure, first_root) = secured(&store).await;
    for (location, followed) in
        [(format!("https://{secure}/key"), true), (format!("http://{}/key", host(&store)), false)]
    {
        let portal = Server::saying(to(&location)).await;
        let (named, second_root) = secured(&portal).await;
        let client = portal
            .builder()
            .retry(RetryPolicy::none())
            .recording_credentials(USER, PASSWORD, [&named, &host(&store)])
            .root_certificates_pem(first_root.clone())
            .root_certificates_pem(second_root)
            .build()
            .unwrap();
        let before = store.received().len();
        let outcome = fetched(&client, format!("https://{named}/a")).await;
        assert_eq!(portal.received()[0].header("authorization"), Some(AUTHORIZATION));
        if followed {
            assert_eq!(outcome.unwrap(), b"file");
            assert_eq!(store.received()[before].header("authorization"), None);
        } else {
            let error = outcome.unwrap_err();
            assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 302));
            assert!(error.to_string().contains("plain http"), "{error}");
            assert_eq!(store.received().len(), before);
        }
    }
}

/// As in a slim container, in a process of its own.
#[tokio::test]
async fn to_https_without_certificates() {
    const BARE: [(&str, &str); 2] = [("SSL_CERT_FILE", "/nonexistent"), ("SSL_CERT_DIR", "/nonexistent")];
    if BARE.iter().any(|(name, value)| std::env::var(name).as_deref() != Ok(value)) {
        let mut tests = std::process::Command::new(std::env::current_exe().unwrap());
        tests.envs(BARE).args(["--exact", "files::redirects::to_https_without_certificates"]);
        let output = tests.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
        return;
    }
    let store = Server::saying(said(200, &[length(b"file")], b"file")).await;
    let portal = Server::saying(to("https://archive.example.com/key?secret")).await;
    let client = client(&portal);
    let error = fetched(&client, url(&portal)).await.unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Api, 302));
    assert_eq!((error.is_retryable(), error.attempts()), (false, 1));
    let text = error.to_string();
    assert!(text.contains("https://archive.example.com/key ") && text.contains("CA certificates"), "{text}");
    let portal = Server::saying(to(format!("http://{}/key", host(&store)))).await;
    assert_eq!(fetched(&super::client(&portal), url(&portal)).await.unwrap(), b"file");
}
