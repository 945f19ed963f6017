//! TLS with certificates that are made on the spot.

use std::{
    fmt,
    net::IpAddr,
    sync::Arc,
    time::{Duration, SystemTime},
};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    IsCa, KeyPair, KeyUsagePurpose, SerialNumber,
};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::PrivateKeyDer,
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

use super::connection::Connection;
use crate::Error;

/// The first byte of a TLS connection.
const HANDSHAKE: u8 = 22;
const PLAIN_HTTP: &[u8] =
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n\
    This sandbox speaks TLS: its addresses begin with https and wss.\n";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A certificate authority of one sandbox. Its key never leaves the process.
pub(super) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    /// The key of all certificates that it issues.
    key: KeyPair,
}

impl Authority {
    pub fn new() -> Result<Self, Error> {
        Self::create().map_err(|error| Error::setup("the sandbox cannot make a certificate", error))
    }

    fn create() -> Result<Self, rcgen::Error> {
        let mut params = params("enablex sandbox CA", Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Ok(Self {
            issuer: CertifiedIssuer::self_signed(params, KeyPair::generate()?)?,
            key: KeyPair::generate()?,
        })
    }

    /// The certificate of the authority, as PEM.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// Accepts TLS on a connection; `None` if that fails. A caller that speaks plain http is told so.
    pub async fn accept(self: &Arc<Self>, mut connection: Connection) -> Option<TlsStream<Connection>> {
        if connection.first_byte().await? != HANDSHAKE {
            // A connection that is closed with bytes unread loses the response.
            _ = connection.read(&mut [0; 16 * 1024]).await;
            _ = connection.write_all(PLAIN_HTTP).await;
            return None;
        }
        let names = Names { authority: self.clone(), local: connection.local()? };
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .ok()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::new(names));
        TlsAcceptor::from(Arc::new(config)).accept(connection).await.ok()
    }

    /// A certificate for a name or address. None is kept: it takes less than a handshake to make.
    fn certificate(&self, name: &str) -> Option<CertifiedKey> {
        let mut params = params("enablex sandbox", vec![name.to_owned()]).ok()?;
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        // Some systems refuse two certificates with one number.
        params.serial_number = Some(SerialNumber::from(fastrand::u64(1..1 << 63)));
        let certificate = params.signed_by(&self.key, &self.issuer).ok()?;
        let key = PrivateKeyDer::try_from(self.key.serialize_der()).ok()?;
        let key = ring::sign::any_supported_type(&key).ok()?;
        Some(CertifiedKey::new(vec![certificate.der().clone()], key))
    }
}

/// Valid from yesterday for a year; systems refuse certificates that are valid for long.
fn params(subject: &str, names: Vec<String>) -> Result<CertificateParams, rcgen::Error> {
    let now = SystemTime::now();
    let mut params = CertificateParams::new(names)?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, subject);
    params.not_before = (now - DAY).into();
    params.not_after = (now + 365 * DAY).into();
    Ok(params)
}

/// Chooses the certificate of a connection: for the name that the client asks for, else for the address that
/// it has connected to.
struct Names {
    authority: Arc<Authority>,
    local: IpAddr,
}

impl ResolvesServerCert for Names {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let local = self.local.to_string();
        self.authority.certificate(hello.server_name().unwrap_or(&local)).map(Arc::new)
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Names").field("local", &self.local).finish_non_exhaustive()
    }
}
