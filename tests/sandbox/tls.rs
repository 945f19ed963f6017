//! The sandbox over TLS.

use std::{net::Ipv4Addr, sync::Arc, time::Duration};

use base64::{Engine, prelude::BASE64_STANDARD};
use enablex::sandbox::{Fault, Sandbox};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::api::{Api, recorded_session};

async fn tls() -> Sandbox {
    Sandbox::builder().tls(true).start().await.unwrap()
}

fn connector(sandbox: &Sandbox) -> TlsConnector {
    let pem = sandbox.ca_certificate().unwrap();
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

async fn connect(sandbox: &Sandbox, name: &str) -> std::io::Result<TlsStream<TcpStream>> {
    let stream = TcpStream::connect(sandbox.host()).await?;
    connector(sandbox).connect(ServerName::try_from(name.to_owned()).unwrap(), stream).await
}

/// The status of a control, from a client that verifies the certificate for a name or an address.
async fn status(sandbox: &Sandbox, name: &str) -> std::io::Result<String> {
    let mut stream = connect(sandbox, name).await?;
    let request = b"GET /_sandbox/findings HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    stream.write_all(request).await?;
    let mut reply = String::new();
    _ = stream.read_to_string(&mut reply).await;
    Ok(reply.lines().next().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn the_dashboard_and_its_events() {
    let sandbox = tls().await;
    for (path, expected) in [("/_sandbox/", "<h1>"), ("/_sandbox/events", "data: {\"version\":")] {
        let mut stream = connect(&sandbox, "127.0.0.1").await.unwrap();
        stream.write_all(format!("GET {path} HTTP/1.1\r\nhost: a\r\n\r\n").as_bytes()).await.unwrap();
        let mut reply = Vec::new();
        while !String::from_utf8_lossy(&reply).contains(expected) {
            assert!(stream.read_buf(&mut reply).await.unwrap() > 0, "{path}");
        }
    }
}

#[tokio::test]
async fn its_client_uses_all_of_it() {
    let sandbox = tls().await;
    assert!(sandbox.base_url().starts_with("https://127.0.0.1:"));
    let token = BASE64_STANDARD.decode(recorded_session(&sandbox).await).unwrap();
    let token: serde_json::Value = serde_json::from_slice(&token).unwrap();
    assert_eq!((&token["secure"], &token["host"]), (&true.into(), &sandbox.host().into()));
}

#[tokio::test]
async fn certificates_are_for_every_name_and_address() {
    let sandbox = Sandbox::builder().tls(true).listen(Ipv4Addr::UNSPECIFIED).start().await.unwrap();
    for name in ["127.0.0.1", "localhost", "sandbox", "video.example.com"] {
        assert_eq!(status(&sandbox, name).await.unwrap(), "HTTP/1.1 200 OK", "{name}");
    }
    // An address that the connection does not go to.
    assert!(status(&sandbox, "127.0.0.9").await.unwrap_err().to_string().contains("certificate"));
}

/// NSS, as in Firefox, refuses two certificates of one issuer with one serial number.
#[tokio::test]
async fn no_two_certificates_have_one_number() {
    let sandbox = tls().await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let stream = connect(&sandbox, "localhost").await.unwrap();
        let certificate = stream.get_ref().1.peer_certificates().unwrap()[0].to_vec();
        // Certificate, its contents, the version in 5 bytes, then the number as a DER integer.
        let contents = &certificate[8..];
        assert_eq!(contents[..5], [0xa0, 3, 2, 1, 2]);
        numbers.push(contents[5..][..2 + usize::from(contents[6])].to_vec());
    }
    assert_eq!(numbers[0][0], 2);
    assert_ne!(numbers[0], numbers[1]);
}

#[tokio::test]
async fn a_delayed_call_has_no_effect_once_its_caller_has_gone() {
    let sandbox = tls().await;
    sandbox.inject(Fault::delay(Duration::from_millis(500)));
    let mut stream = connect(&sandbox, "localhost").await.unwrap();
    let pair = BASE64_STANDARD.encode(format!("{}:{}", sandbox.app_id(), sandbox.app_key()));
    let body = r#"{"name":"Desk","owner_ref":"team-7","settings":{}}"#;
    let request = format!(
        "POST /video/v2/rooms HTTP/1.1\r\nhost: a\r\nauthorization: Basic {pair}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    while sandbox.requests() == 0 {
        tokio::task::yield_now().await;
    }
    stream.shutdown().await.unwrap();
    drop(stream);
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(sandbox.client().unwrap().rooms().list().await.unwrap().len(), 0);
}

#[tokio::test]
async fn each_sandbox_has_its_own_authority() {
    let (one, other) = (tls().await, tls().await);
    assert_ne!(one.ca_certificate(), other.ca_certificate());
    let client = one.client_builder().base_url(other.base_url()).build().unwrap();
    let error = client.rooms().list().await.unwrap_err();
    assert!(error.to_string().contains("secure"), "{error}");
    assert_eq!(Sandbox::start().await.unwrap().ca_certificate(), None);
}

#[tokio::test]
async fn the_certificate_is_a_control_and_plain_http_is_not_served() {
    let sandbox = tls().await;
    let mut stream = connect(&sandbox, "localhost").await.unwrap();
    stream.write_all(b"GET /_sandbox/ca.pem HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await.unwrap();
    let mut reply = String::new();
    _ = stream.read_to_string(&mut reply).await;
    assert!(reply.ends_with(&sandbox.ca_certificate().unwrap()), "{reply}");

    let mut stream = TcpStream::connect(sandbox.host()).await.unwrap();
    stream.write_all(b"GET /_sandbox/findings HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let mut reply = String::new();
    _ = stream.read_to_string(&mut reply).await;
    assert!(reply.starts_with("HTTP/1.1 400") && reply.contains("speaks TLS"), "{reply}");

    let api = Api::start().await;
    let reply = api.http().get(api.url("/_sandbox/ca.pem")).send().await.unwrap();
    assert_eq!(reply.status().as_u16(), 404);
}

#[tokio::test]
async fn handshakes_that_break_off_stop_nothing() {
    let sandbox = tls().await;
    let mut open = Vec::new();
    for bytes in [&b""[..], b"\x16\x03\x01", b"\x16\x03\x01\x40\x00garbage", &[0xff; 70_000]] {
        for _ in 0..20 {
            let mut stream = TcpStream::connect(sandbox.host()).await.unwrap();
            _ = stream.write_all(bytes).await;
            open.push(stream);
        }
    }
    assert_eq!(status(&sandbox, "localhost").await.unwrap(), "HTTP/1.1 200 OK");
}
