//! The `reqwest::Client` below the bindings.

use std::{sync::Arc, time::Duration};

use reqwest::{header::HeaderValue, redirect};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

use crate::{Error, Violation};

/// The caller's changes to the `reqwest::ClientBuilder`.
pub(crate) type Shape = Arc<dyn Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync>;

/// In place of a caller's, which cannot be taken back: this crate has timeouts of its own. reqwest adds it to the
/// current time.
const NO_READ_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Checked settings. One client is built from them for each pair of credentials and each runtime.
pub(crate) struct HttpSettings {
    /// Plain http, for loopback and permitted hosts alone.
    pub plain: bool,
    pub connect_timeout: Duration,
    pub tls: ClientConfig,
    pub user_agent: HeaderValue,
    pub shape: Option<Shape>,
}

impl HttpSettings {
    /// Builds a client. The caller's changes come first, so that they cannot undo what this crate
    /// promises.
    pub fn build(&self) -> Result<reqwest::Client, Error> {
        let builder = reqwest::Client::builder();
        let mut builder = match &self.shape {
            Some(shape) => shape(builder).read_timeout(NO_READ_TIMEOUT),
            None => builder,
        };
        builder = builder
            .redirect(redirect::Policy::none())
            .referer(false)
            // Retries and logs are this crate's own.
            .retry(reqwest::retry::never().max_retries_per_request(0))
            .connection_verbose(false)
            // An invalid header is left out, and does not fail the response.
            .http1_ignore_invalid_headers_in_responses(true)
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .tls_backend_preconfigured(self.tls.clone())
            .https_only(!self.plain)
            .connect_timeout(self.connect_timeout)
            .user_agent(self.user_agent.clone());
        if self.plain {
            builder = builder.no_proxy();
        }
        builder.build().map_err(|error| Error::setup("the HTTP client could not be built", error))
    }
}

/// TLS 1.2 and 1.3 with ring, the certificates of the system and the added ones. Plain http works
/// without certificates, as in a slim container.
pub(crate) fn tls(plain: bool, roots: Vec<CertificateDer<'static>>) -> Result<ClientConfig, Error> {
    let setup = |error| Error::setup("no usable CA certificates for https", error);
    let provider = Arc::new(ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .map_err(setup)?;
    if plain {
        return Ok(builder.with_root_certificates(RootCertStore::empty()).with_no_client_auth());
    }
    let verifier = Verifier::new_with_extra_roots(roots, provider).map_err(setup)?;
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

/// The certificates of a PEM text.
pub(crate) fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, Violation> {
    let bad = |rule| Violation::new("root_certificates_pem", rule, None);
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    match read {
        Ok(certificates) if certificates.is_empty() => Err(bad("must hold a PEM certificate")),
        Ok(certificates)
            if certificates.iter().any(|der| RootCertStore::empty().add(der.clone()).is_err()) =>
        {
            Err(bad("must hold X.509 certificates"))
        }
        Ok(certificates) => Ok(certificates),
        Err(_) => Err(bad("must be PEM")),
    }
}
