//! Trusted certificates and others.

use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use crate::row::Shown;

/// A server with the certificate, and the PEM that the client trusts.
pub fn tls(shown: Shown) -> (TlsAcceptor, String) {
    let (key, certificate) = certificate(shown);
    let trusted = match shown {
        Shown::OfUnknownIssuer => certificate_pem(),
        _ => certificate.pem(),
    };
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        )
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), trusted)
}

/// A certificate for `localhost` that no server uses.
pub fn certificate_pem() -> String {
    certificate(Shown::Good).1.pem()
}

fn certificate(shown: Shown) -> (KeyPair, rcgen::Certificate) {
    let name = if matches!(shown, Shown::OfAnotherName) { "elsewhere.example.com" } else { "localhost" };
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    match shown {
        Shown::Expired => params.not_after = date_time_ymd(2001, 1, 1),
        Shown::NotYetValid => params.not_before = date_time_ymd(3001, 1, 1),
        Shown::Good | Shown::OfAnotherName | Shown::OfUnknownIssuer => {}
    }
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    (key, certificate)
}
