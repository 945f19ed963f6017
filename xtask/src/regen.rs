//! Brings what `build.rs` generates into `generated/`.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use similar::TextDiff;

const BINDINGS: &str = "bindings.rs";

/// Generates the bindings and writes them where they differ.
pub fn write() -> Result<String, Box<dyn Error>> {
    let bindings = Bindings::generate()?;
    if bindings.are_fresh() {
        return Ok("generated/ is up to date".into());
    }
    // Renamed into place, so that an interruption leaves the old or the new file, never half of it.
    let beside = bindings.path.with_extension("rs.new");
    fs::create_dir_all(root().join("generated"))?;
    fs::write(&beside, bindings.generated)?;
    fs::rename(&beside, &bindings.path)?;
    Ok(format!("generated/{BINDINGS} is renewed"))
}

/// Generates the bindings and fails with a diff where they differ.
pub fn check() -> Result<String, Box<dyn Error>> {
    let bindings = Bindings::generate()?;
    if bindings.are_fresh() {
        return Ok("generated/ is up to date".into());
    }
    let checked_in = String::from_utf8_lossy(&bindings.checked_in);
    let generated = String::from_utf8_lossy(&bindings.generated);
    let diff = TextDiff::from_lines(checked_in.as_ref(), generated.as_ref());
    let diff = diff.unified_diff().header("generated/bindings.rs", "from openapi/").to_string();
    Err(format!("{diff}\ngenerated/ is stale: run `cargo xtask regen`").into())
}

struct Bindings {
    path: PathBuf,
    /// Nothing, where they are missing.
    checked_in: Vec<u8>,
    generated: Vec<u8>,
}

impl Bindings {
    fn generate() -> Result<Self, Box<dyn Error>> {
        let generated = fs::read(out_dir()?.join(BINDINGS))?;
        let path = root().join("generated").join(BINDINGS);
        Ok(Self { checked_in: fs::read(&path).unwrap_or_default(), path, generated })
    }

    fn are_fresh(&self) -> bool {
        self.checked_in == self.generated
    }
}

/// Builds with the generator, and reads from cargo's messages where it has written to. The build
/// of the crate itself may fail, as it does on bindings that are stale, missing or broken.
fn out_dir() -> Result<PathBuf, Box<dyn Error>> {
    let id = cargo(&["pkgid", "--package", "enablex"], Stdio::inherit())?.1;
    let build = ["build", "--package", "enablex", "--lib", "--features", "codegen"];
    let json = ["--message-format", "json", "--quiet"];
    let (log, messages) = cargo(&[&build[..], &json[..]].concat(), Stdio::piped())?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["reason"] == "build-script-executed")
        .filter(|message| message["package_id"] == id.trim())
        .find_map(|message| message["out_dir"].as_str().map(PathBuf::from))
        .ok_or_else(|| format!("{log}\nthe generator failed").into())
}

/// Runs cargo in the workspace and returns what it wrote to standard error, where that is piped,
/// and to standard output.
fn cargo(args: &[&str], stderr: Stdio) -> Result<(String, String), Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(args)
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(stderr)
        .spawn()?
        .wait_with_output()?;
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&output.stderr), text(&output.stdout)))
}

/// The workspace that cargo runs the task in; a build of it may stem from another copy.
fn root() -> PathBuf {
    let xtask = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    xtask.parent().map(Path::to_owned).unwrap_or_default()
}
