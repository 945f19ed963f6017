//! https: trusted certificates, and what happens without any.

use std::{error::Error as _, sync::Arc};

use enablex::{Client, ErrorKind, Room};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig, SupportedProtocolVersion,
        crypto::ring,
        pki_types::PrivateKeyDer,
        version::{TLS12, TLS13},
    },
};

use crate::{sample, server::http};

/// A TLS server for `name` on loopback, and its certificate as PEM.
async fn server(name: &str, version: &'static SupportedProtocolVersion) -> (String, String) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![cert.der().clone()],
            PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap(),
        )
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://localhost:{}/video/v2", listener.local_addr().unwrap().port());
    let answer = http(200, "application/json", sample("createRoom.response").to_string());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let _ = stream.read(&mut [0; 4096]).await;
                let _ = stream.write_all(&answer).await;
                let _ = stream.shutdown().await;
            }
        }
    });
    (base, cert.pem())
}

async fn get(base: &str, roots: Option<&str>) -> Result<Room, enablex::Error> {
    let mut builder = Client::builder().credentials("id", "key").base_url(base);
    if let Some(pem) = roots {
        builder = builder.root_certificates_pem(pem);
    }
    builder.build()?.room("5b473a40ad3c0a58a4e0e5c1").get().await
}

#[tokio::test]
async fn a_root_that_was_added_is_trusted() {
    for version in [&TLS12, &TLS13] {
        let (base, root) = server("localhost", version).await;
        assert_eq!(get(&base, Some(&root)).await.unwrap().name(), Some("Claims desk"));
    }
}

#[tokio::test]
async fn other_certificates_are_not_and_no_repeat_helps() {
    let (base, _) = server("localhost", &TLS13).await;
    let (misnamed, own_root) = server("elsewhere.example.com", &TLS13).await;
    let (_, other_root) = server("localhost", &TLS13).await;
    for (base, root) in [(base, other_root), (misnamed, own_root)] {
        let error = get(&base, Some(&root)).await.unwrap_err();
        assert_eq!((error.kind(), error.is_retryable()), (ErrorKind::Connect, false));
        assert!(error.to_string().contains("secure"), "{error}");
        let chain = std::iter::successors(error.source(), |error| (*error).source());
        assert!(chain.map(ToString::to_string).any(|text| text.contains("certificate")));
    }
}
