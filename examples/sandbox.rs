//! Runs the sandbox alone, for programs in any language.
//!
//! ```sh
//! cargo run --example sandbox -- [--port N] [--app-id ID] [--app-key KEY] \
//!     [--recording-user USER] [--recording-password PASSWORD]
//! ```
//!
//! The first line that it prints is the base URL. It runs until Ctrl-C.

use std::{
    error::Error as _,
    io::{self, Write},
    process::ExitCode,
};

use enablex::sandbox::{Sandbox, SandboxBuilder};

const USAGE: &str = "usage: sandbox [--port N] [--app-id ID] [--app-key KEY] \
    [--recording-user USER] [--recording-password PASSWORD]";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::parse() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            println!("{USAGE}");
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
            let reason = error.source().map(|source| format!(": {source}")).unwrap_or_default();
            let port = arguments.port.map(|port| format!(" (port {port})")).unwrap_or_default();
            eprintln!("{error}{port}{reason}");
            return ExitCode::FAILURE;
        }
    };
    // What was given may be real; what is built in is for testing alone.
    let key = if arguments.app_key.is_none() { sandbox.app_key() } else { "<the key you gave>".into() };
    let password = match arguments.recording_password {
        None => sandbox.recording_password(),
        Some(_) => "<the password you gave>".into(),
    };
    if let Err(error) = announce(&sandbox, &key, &password) {
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

fn announce(sandbox: &Sandbox, key: &str, password: &str) -> io::Result<()> {
    let (url, id) = (sandbox.base_url(), sandbox.app_id());
    let (host, user) = (sandbox.host(), sandbox.recording_user());
    let mut out = io::stdout().lock();
    writeln!(out, "{url}")?;
    writeln!(out, "To use it, run your program with this environment (Ctrl-C here ends the sandbox):")?;
    writeln!(out, "ENABLEX_BASE_URL={url} ENABLEX_APP_ID={id} ENABLEX_APP_KEY={key}")?;
    writeln!(out, "Recorded files: host {host}, recording user {user}, recording password {password}")?;
    out.flush()
}

#[derive(Default)]
struct Arguments {
    port: Option<u16>,
    app_id: Option<String>,
    app_key: Option<String>,
    recording_user: Option<String>,
    recording_password: Option<String>,
}

impl Arguments {
    fn parse() -> Result<Option<Self>, lexopt::Error> {
        use lexopt::prelude::*;

        let mut arguments = Self::default();
        let mut words = lexopt::Parser::from_env();
        while let Some(word) = words.next()? {
            match word {
                Long("port") => {
                    let port = words.value()?.parse().map_err(|error| format!("--port: {error}"));
                    arguments.port = Some(port?);
                }
                Long("app-id") => arguments.app_id = Some(words.value()?.string()?),
                Long("app-key") => arguments.app_key = Some(words.value()?.string()?),
                Long("recording-user") => arguments.recording_user = Some(words.value()?.string()?),
                Long("recording-password") => arguments.recording_password = Some(words.value()?.string()?),
                Long("help") | Short('h') => return Ok(None),
                _ => return Err(word.unexpected()),
            }
        }
        Ok(Some(arguments))
    }

    fn builder(&self) -> SandboxBuilder {
        let mut builder = Sandbox::builder().port(self.port.unwrap_or_default());
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
        builder
    }
}
