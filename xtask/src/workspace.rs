//! The workspace of a task, and how to run cargo in it.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::Result;

/// A workspace, its target directory, and the version of the crate.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
    pub version: String,
}

impl Workspace {
    /// The workspace that cargo runs the task in. The task may have been built in another copy.
    pub fn here() -> Result<Self> {
        let xtask = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
        let root = xtask.parent().map(Path::to_owned).unwrap_or_default();
        let mut metadata = cargo(&root);
        metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
        let (log, text) = output(metadata, Stdio::piped())?;
        let metadata: Value =
            serde_json::from_str(&text).map_err(|error| format!("cargo metadata: {error}: {log}"))?;
        let target = metadata["target_directory"].as_str().ok_or("cargo names no target directory")?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let version = packages
            .filter(|package| package["name"] == "enablex")
            .find_map(|found| found["version"].as_str());
        let version = version.ok_or("cargo names no version of the crate")?;
        Ok(Self { root, target: target.into(), version: version.into() })
    }

    /// Runs cargo and returns its standard error, if that is piped, and its standard output.
    pub fn cargo(&self, arguments: &[&str], stderr: Stdio) -> Result<(String, String)> {
        let mut command = self.command();
        command.args(arguments);
        output(command, stderr)
    }

    /// cargo in this workspace.
    pub fn command(&self) -> Command {
        let mut command = cargo(&self.root);
        command.env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    // What `cargo run` says of this package. ring is built again where that differs.
    for (name, _) in env::vars_os() {
        if name
            .to_str()
            .is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"))
        {
            command.env_remove(name);
        }
    }
    command
}

fn output(mut command: Command, stderr: Stdio) -> Result<(String, String)> {
    let output = command.stdout(Stdio::piped()).stderr(stderr).spawn()?.wait_with_output()?;
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    Ok((text(&output.stderr), text(&output.stdout)))
}
