//! What it takes to build a program that makes a call: with reqwest and serde, and with this crate.

use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

use enablex_benches::server;
use nix::sys::resource::UsageWho;
use serde_json::Value;

use crate::{
    Result,
    results::{self, Build, Results, median},
    run::{cargo, cpu_seconds, output, target, workspace},
};

const REQWEST: &str = r#"
use std::{env, error::Error};

#[derive(serde::Serialize)]
struct Request<'a> {
    name: &'a str,
    role: &'a str,
    user_ref: &'a str,
}

#[derive(serde::Deserialize)]
struct Response {
    token: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = reqwest::Client::builder().timeout(std::time::Duration::from_secs(15)).build()?;
    let response: Response = client
        .post(format!("{}/rooms/5b473a40ad3c0a58a4e0e5c1/tokens", env::var("ENABLEX_BASE_URL")?))
        .basic_auth(env::var("ENABLEX_APP_ID")?, Some(env::var("ENABLEX_APP_KEY")?))
        .json(&Request { name: "Asha Rao", role: "participant", user_ref: "emp-1042" })
        .send()
        .await?
        .error_for_status()?
        .json()
        .await?;
    println!("{}", response.token);
    Ok(())
}
"#;

const REQWEST_DEFAULT: &str = r#"
reqwest = { version = "0.13", features = ["json"] }
serde = { version = "1", features = ["derive"] }
"#;

/// With the cryptography that this crate uses.
const REQWEST_RING: &str = r#"
reqwest = { version = "0.13", default-features = false, features = ["json", "rustls-no-provider"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
serde = { version = "1", features = ["derive"] }
"#;

const ENABLEX: &str = r#"
use enablex::{Client, Role, TokenRequest};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().from_env();
    USE
    let request = TokenRequest::new("Asha Rao", Role::Participant, "emp-1042");
    let token = client.build()?.room("5b473a40ad3c0a58a4e0e5c1").create_token(request).await?;
    println!("{}", token.into_token());
    Ok(())
}
"#;

/// Code that uses a feature, so that the linker keeps it.
fn use_of(feature: &str) -> &'static str {
    match feature {
        "axum" | "webhooks" => {
            "if std::env::args().len() > 1 {
                println!(\"{:?}\", enablex::webhooks::Webhooks::basic(\"a\", \"b\")?.event(b\"{}\"));
            }"
        }
        "blocking" => "if std::env::args().len() > 1 { enablex::blocking::Blocking::new()?; }",
        "drift" => r#"let client = client.observe_drift(|drift| println!("{drift:?}"));"#,
        "sandbox" | "signalling" => {
            "if std::env::args().len() > 1 { enablex::sandbox::Sandbox::start().await?.stop().await; }"
        }
        "schemars" => {
            r#"if std::env::args().len() > 1 { println!("{:?}", schemars::schema_for!(TokenRequest)); }"#
        }
        _ => "",
    }
}

/// A program in a folder of its own.
struct Consumer {
    name: String,
    folder: PathBuf,
}

impl Consumer {
    fn new(name: &str, dependencies: &str, code: &str) -> Result<Self> {
        let folder = target()?.join("bench/consumers").join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"consumer\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n{dependencies}\n\
             [profile.release]\nstrip = true\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(folder.join("src/main.rs"), code)?;
        // The versions that the crate is tested with.
        fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        // Without a network the builds take what cargo has.
        cargo().current_dir(&folder).args(["fetch", "--quiet"]).status()?;
        Ok(Self { name: name.to_owned(), folder })
    }

    fn with(feature: Option<&str>) -> Result<Self> {
        let path = workspace();
        let features = feature.map(|feature| format!("{feature:?}")).unwrap_or_default();
        let mut dependencies = format!("enablex = {{ path = {path:?}, features = [{features}] }}\n");
        if feature == Some("schemars") {
            dependencies += "schemars = { version = \"1.2\", default-features = false }\n";
        }
        let name = feature.map_or("enablex".to_owned(), |feature| format!("enablex-{feature}"));
        Self::new(&name, &dependencies, &ENABLEX.replace("USE", feature.map_or("", use_of)))
    }

    /// Builds it, and returns cargo's messages.
    fn build(&self, target: &Path, profile: &str) -> Result<String> {
        let mut build = cargo();
        build.current_dir(&self.folder).env("CARGO_TARGET_DIR", target);
        build.args(["build", "--quiet", "--offline", "--message-format", "json", "--profile", profile]);
        Ok(String::from_utf8(output(&mut build)?)?)
    }

    /// Builds everything, and returns wall and CPU time, and how many crates there are besides the program.
    fn build_cold(&self) -> Result<(f64, f64, usize)> {
        let target = self.folder.join("target");
        if target.exists() {
            fs::remove_dir_all(&target)?;
        }
        let (begun, cpu) = (Instant::now(), cpu_seconds(UsageWho::RUSAGE_CHILDREN)?);
        let messages = self.build(&target, "dev")?;
        let (wall, cpu) = (begun.elapsed().as_secs_f64(), cpu_seconds(UsageWho::RUSAGE_CHILDREN)? - cpu);
        let mut crates = Vec::new();
        for line in messages.lines() {
            let message: Value = serde_json::from_str(line)?;
            if message["reason"] == "compiler-artifact" {
                crates.push(message["package_id"].as_str().unwrap_or_default().to_owned());
            }
        }
        crates.sort_unstable();
        crates.dedup();
        Ok((wall, cpu, crates.len() - 1))
    }

    /// The size of the stripped program, after it has made a call.
    fn bytes(&self, base_url: &str) -> Result<u64> {
        let target = self.folder.with_file_name("release");
        self.build(&target, "release")?;
        let program = target.join("release").join(format!("consumer{}", env::consts::EXE_SUFFIX));
        let mut call = std::process::Command::new(&program);
        call.env("ENABLEX_BASE_URL", base_url).env("ENABLEX_APP_ID", "id").env("ENABLEX_APP_KEY", "key");
        if output(&mut call)?.trim_ascii().len() != server::TOKEN_LENGTH {
            return Err(format!("{}: the program prints no token", self.name).into());
        }
        Ok(fs::metadata(program)?.len())
    }
}

/// The features of the crate.
fn features() -> Result<Vec<String>> {
    let metadata = output(cargo().args(["metadata", "--no-deps", "--offline", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_slice(&metadata)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let features = packages
        .filter(|package| package["name"] == "enablex")
        .find_map(|found| found["features"].as_object());
    let features = features.ok_or("cargo names no features of the crate")?;
    Ok(features.keys().filter(|name| *name != "default").cloned().collect())
}

/// Builds programs, and keeps the results.
pub fn measure() -> Result<()> {
    let ring = REQWEST.replace(
        "let client",
        "let _ = rustls::crypto::ring::default_provider().install_default();\n    let client",
    );
    let mut consumers = vec![
        Consumer::new("reqwest", REQWEST_DEFAULT, REQWEST)?,
        Consumer::new("reqwest-ring", REQWEST_RING, &ring)?,
        Consumer::with(None)?,
    ];
    for feature in features()? {
        consumers.push(Consumer::with(Some(&feature))?);
    }

    // They take turns.
    let mut rounds = vec![Vec::new(); consumers.len()];
    let count = results::rounds(3)?;
    for round in 1..=count {
        for (consumer, rounds) in consumers.iter().zip(&mut rounds) {
            let (wall, cpu, crates) = consumer.build_cold()?;
            eprintln!(
                "round {round} of {count}: {} {wall:.1} s, {cpu:.1} s of CPU, {crates} crates",
                consumer.name
            );
            rounds.push((wall, cpu, crates));
        }
    }
    let base_url = server::start()?;
    let mut builds = Vec::new();
    for (consumer, rounds) in consumers.iter().zip(rounds) {
        builds.push(Build {
            name: consumer.name.clone(),
            seconds: median(rounds.iter().map(|(wall, ..)| *wall).collect()),
            cpu_seconds: median(rounds.iter().map(|(_, cpu, _)| *cpu).collect()),
            crates: rounds.first().map_or(0, |(.., crates)| *crates),
            bytes: consumer.bytes(&base_url)?,
        });
    }
    Results::update(|results| results.builds = builds)
}
