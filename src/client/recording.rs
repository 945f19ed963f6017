//! The credentials for files of the archive, and the hosts that get them.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::{Credentials, base_url::may_be_plain};
use crate::{
    Error, Violation,
    transport::{AuthorizedClients, Elsewhere, FileAccess, HttpSettings, NamedHost},
};

/// The recording user and password from the portal, and the hosts that they are for.
pub(super) struct Recording {
    pub user: SecretString,
    pub password: SecretString,
    pub hosts: Vec<String>,
}

impl Recording {
    /// The rules that it breaks. User and password are never part of a violation.
    pub fn violations(&self) -> Vec<Violation> {
        let secrets = [("recording_user", &self.user), ("recording_password", &self.password)];
        let mut violations: Vec<_> = secrets
            .into_iter()
            .filter_map(|(field, secret)| {
                let secret = secret.expose_secret();
                let rule = if secret.is_empty() {
                    "must not be empty"
                } else if secret.chars().any(char::is_control) {
                    "must have no line break or control character"
                } else if field == "recording_user" && secret.contains(':') {
                    "must have no colon"
                } else {
                    return None;
                };
                Some(Violation::new(field, rule, None))
            })
            .collect();
        if self.hosts.is_empty() {
            violations.push(Violation::new("recording_hosts", "must name a host", None));
        }
        violations
            .extend(self.hosts.iter().filter_map(|host| NamedHost::parse(host, "recording_hosts").err()));
        violations
    }

    /// HTTP clients for these hosts. The argument of `settings` is whether they are for plain http, which is
    /// for loopback and for permitted hosts. `trusts_more` says that root certificates were added, so that a
    /// loopback host may speak TLS, too.
    pub fn access(
        self,
        settings: impl Fn(bool) -> Result<Arc<HttpSettings>, Error> + Send + Sync + 'static,
        plain_hosts: &[NamedHost],
        trusts_more: bool,
    ) -> Result<FileAccess, Error> {
        let hosts: Vec<_> =
            self.hosts.iter().filter_map(|host| NamedHost::parse(host, "recording_hosts").ok()).collect();
        let is_plain = |host: &NamedHost| may_be_plain(&host.url, plain_hosts);
        let pair = Credentials::of_recording(self.user, self.password);
        let clients = |plain| AuthorizedClients::fixed(pair.clone(), settings(plain)?);
        let plain = hosts.iter().any(is_plain).then(|| clients(true)).transpose()?;
        let secure = trusts_more || !hosts.iter().all(is_plain);
        let secure = secure.then(|| clients(false)).transpose()?;
        Ok(FileAccess { hosts, plain, secure, elsewhere: Elsewhere::new(settings) })
    }
}
