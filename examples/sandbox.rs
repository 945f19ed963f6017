//! Runs the sandbox by itself, for programs in any language.
//!
//! ```sh
//! cargo run --example sandbox -- [--listen ADDRESS[:PORT]] [--port N] [--app-id ID] [--app-key KEY] \
//!     [--recording-user USER] [--recording-password PASSWORD] [--last-day-counts yes|no] [--strict] [--tls] \
//!     [--webhooks URL [--webhook-user USER --webhook-password PASSWORD]]
//! ```
//!
//! The first line that it prints is the base URL for callers on this machine. It runs until Ctrl-C. Browsers
//! join over socket.io on the same port, and show its dashboard at `/_sandbox/`.
//!
//! Where a request departs from EnableX's document in what the service takes, it takes that, too, and prints
//! a line on standard error, once for each key. With `--strict` it refuses such requests. With `--tls` it
//! speaks https and wss, and prints the certificate of the authority that clients have to trust.
//!
//! With `--webhooks` it tells this URL when sessions start and end and what they leave in the archive.
//!
//! It listens on 127.0.0.1, or on the address of `--listen` (`0.0.0.0:8080`, `::`, `[::1]:8080`). An address
//! other than loopback is for private networks alone: anyone who reaches the sandbox can control it.

use std::{
    io::{self, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    process::ExitCode,
    sync::mpsc,
    thread,
};

use enablex::sandbox::{Finding, Sandbox, SandboxBuilder, WebhookTarget};

const HELP: &str = "
  --listen ADDRESS[:PORT]    127.0.0.1 by default; other addresses for private networks alone
  --port N                   a free one by default
  --app-id ID, --app-key KEY what it accepts of callers of the API
  --recording-user USER, --recording-password PASSWORD
                             what it accepts for recorded files
  --last-day-counts yes|no   whether a report by period has its last day (yes)
  --strict                   refuses what EnableX's document does not allow; otherwise what the service was
                             seen to take is taken, and told on standard error and by GET /_sandbox/findings
  --tls                      https and wss; GET /_sandbox/ca.pem returns the certificate to trust
  --webhooks URL             http or https; GET /_sandbox/webhooks returns what was sent to it
  --webhook-user USER, --webhook-password PASSWORD
                             what is sent with webhooks; nothing by default

The API is at /video/v2, /video/v1 and /v1, signalling at /v3/socket.io/ and /socket.io/, a dashboard
at /_sandbox/, and controls for tests below it: see README.md.";
const USAGE: &str = "usage: sandbox [--listen ADDRESS[:PORT]] [--port N] [--app-id ID] [--app-key KEY] \
    [--recording-user USER] [--recording-password PASSWORD] [--last-day-counts yes|no] [--strict] [--tls] \
    [--webhooks URL [--webhook-user USER --webhook-password PASSWORD]]";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::parse() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}\n{HELP}");
            return ExitCode::SUCCESS;
        }
        Err(reason) => {
            eprintln!("{reason}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let sandbox = match arguments.builder().start().await {
        Ok(sandbox) => sandbox,
        Err(error) if !error.violations().is_empty() => {
            eprintln!("{error}\n{USAGE}");
            return ExitCode::from(2);
        }
        Err(error) => {
            eprintln!("{error:?}");
            return ExitCode::FAILURE;
        }
    };
    // A key or password from the arguments may be a real one, so it is not printed.
    let key = if arguments.app_key.is_none() { sandbox.app_key() } else { "<the key you gave>".into() };
    let password = match arguments.recording_password {
        None => sandbox.recording_password(),
        Some(_) => "<the password you gave>".into(),
    };
    if let Err(error) = announce(&sandbox, arguments.address, &key, &password) {
        eprintln!("cannot print the base URL: {error}");
        return ExitCode::FAILURE;
    }
    match tokio::signal::ctrl_c().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot wait for Ctrl-C: {error}");
            ExitCode::FAILURE
        }
    }
}

fn announce(sandbox: &Sandbox, address: IpAddr, key: &str, password: &str) -> io::Result<()> {
    let (url, id) = (sandbox.base_url(), sandbox.app_id());
    let (host, user) = (sandbox.host(), sandbox.recording_user());
    let mut out = io::stdout().lock();
    writeln!(out, "{url}")?;
    writeln!(out, "To use it, run your program with this environment (Ctrl-C here ends the sandbox):")?;
    writeln!(out, "ENABLEX_BASE_URL={url} ENABLEX_APP_ID={id} ENABLEX_APP_KEY={key}")?;
    writeln!(out, "Dashboard: {}", url.replace("/video/v2", "/_sandbox/"))?;
    writeln!(out, "Recorded files: host {host}, recording user {user}, recording password {password}")?;
    if let Some(pem) = sandbox.ca_certificate() {
        let ca = url.replace("/video/v2", "/_sandbox/ca.pem");
        writeln!(out, "Clients have to trust its certificate: curl --insecure {ca} > ca.pem, and then")?;
        writeln!(out, "SSL_CERT_FILE=ca.pem (Rust, Python, OpenSSL), NODE_EXTRA_CA_CERTS=ca.pem (Node.js)")?;
        write!(out, "{pem}")?;
    }
    if !address.is_loopback() {
        let port = sandbox.host().rsplit(':').next().unwrap_or_default().to_owned();
        writeln!(
            out,
            "It listens on {address}, port {port}: for a private network alone, anyone there controls it"
        )?;
    }
    out.flush()
}

struct Arguments {
    address: IpAddr,
    port: Option<u16>,
    last_day_counts: bool,
    strict: bool,
    tls: bool,
    app_id: Option<String>,
    app_key: Option<String>,
    recording_user: Option<String>,
    recording_password: Option<String>,
    webhooks: Option<String>,
    webhook_user: Option<String>,
    webhook_password: Option<String>,
}

impl Arguments {
    fn parse() -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;

        let mut arguments = Self {
            address: Ipv4Addr::LOCALHOST.into(),
            port: None,
            last_day_counts: true,
            strict: false,
            tls: false,
            app_id: None,
            app_key: None,
            recording_user: None,
            recording_password: None,
            webhooks: None,
            webhook_user: None,
            webhook_password: None,
        };
        let mut words = lexopt::Parser::from_env();
        while let Some(word) = words.next()? {
            match word {
                Long("listen") => {
                    let (address, port) = address(&words.value()?.string()?)?;
                    arguments.address = address;
                    arguments.set_port(port)?;
                }
                Long("port") => {
                    let port = words.value()?.parse().map_err(|error| format!("--port: {error}"))?;
                    arguments.set_port(Some(port))?;
                }
                Long("last-day-counts") => {
                    arguments.last_day_counts = match &*words.value()?.string()? {
                        "yes" => true,
                        "no" => false,
                        other => {
                            return Err(format!("--last-day-counts: neither yes nor no: {other:?}").into());
                        }
                    };
                }
                Long("strict") => arguments.strict = true,
                Long("tls") => arguments.tls = true,
                Long("app-id") => arguments.app_id = Some(words.value()?.string()?),
                Long("app-key") => arguments.app_key = Some(words.value()?.string()?),
                Long("recording-user") => arguments.recording_user = Some(words.value()?.string()?),
                Long("recording-password") => arguments.recording_password = Some(words.value()?.string()?),
                Long("webhooks") => arguments.webhooks = Some(words.value()?.string()?),
                Long("webhook-user") => arguments.webhook_user = Some(words.value()?.string()?),
                Long("webhook-password") => arguments.webhook_password = Some(words.value()?.string()?),
                Long("help") | Short('h') => return Ok(None),
                _ => return Err(word.unexpected()),
            }
        }
        match (&arguments.webhooks, &arguments.webhook_user, &arguments.webhook_password) {
            (_, None, None) | (Some(_), Some(_), Some(_)) => Ok(Some(arguments)),
            _ => Err("--webhook-user and --webhook-password need each other and --webhooks".into()),
        }
    }

    /// The port of `--listen` or of `--port`, which must not both have one.
    fn set_port(&mut self, port: Option<u16>) -> Result<(), String> {
        if let (Some(one), Some(other)) = (self.port, port) {
            return Err(format!("two ports are given: {one} and {other}"));
        }
        self.port = self.port.or(port);
        Ok(())
    }

    fn builder(&self) -> SandboxBuilder {
        let mut builder = Sandbox::builder()
            .listen(self.address)
            .port(self.port.unwrap_or_default())
            .last_day_counts(self.last_day_counts)
            .strict(self.strict)
            .tls(self.tls)
            .observe_findings(printer());
        if let Some(app_id) = &self.app_id {
            builder = builder.app_id(app_id);
        }
        if let Some(app_key) = &self.app_key {
            builder = builder.app_key(app_key);
        }
        if let Some(user) = &self.recording_user {
            builder = builder.recording_user(user);
        }
        if let Some(password) = &self.recording_password {
            builder = builder.recording_password(password);
        }
        if let Some(url) = &self.webhooks {
            let mut target = WebhookTarget::new(url);
            if let (Some(user), Some(password)) = (&self.webhook_user, &self.webhook_password) {
                target = target.basic(user, password);
            }
            builder = builder.webhooks(target);
        }
        builder
    }
}

/// Prints findings on standard error, on a thread of its own, since whoever reads them may be slow or gone.
fn printer() -> impl Fn(&Finding) + Send + Sync {
    let (sender, findings) = mpsc::channel::<Finding>();
    thread::spawn(move || findings.iter().for_each(|finding| _ = writeln!(io::stderr(), "{finding}")));
    move |finding| _ = sender.send(finding.clone())
}

/// An IPv4 or IPv6 address, with or without a port.
fn address(text: &str) -> Result<(IpAddr, Option<u16>), String> {
    if let Ok(address) = text.parse() {
        return Ok((address, None));
    }
    match text.parse() {
        Ok(SocketAddr::V6(address)) if address.scope_id() != 0 => {
            Err(format!("--listen: takes no address with a scope: {text:?}"))
        }
        Ok(address) => Ok((address.ip(), Some(address.port()))),
        Err(_) => Err(format!("--listen: neither an IP address nor one with a port: {text:?}")),
    }
}
