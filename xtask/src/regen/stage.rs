//! A copy of the workspace, in which everything is tried first.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use super::{BINDINGS, DOCUMENT, OVERLAY};
use crate::{Result, document, workspace::Workspace};

/// What the crate is built from.
const PARTS: &[&str] = &[
    ".cargo",
    "CHANGELOG.md",
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    "benches",
    "build.rs",
    "examples",
    "generated",
    "openapi",
    "src",
    "xtask",
];

/// The copy, and the lock that keeps it from other runs.
pub struct Stage {
    pub workspace: Workspace,
    _lock: File,
}

impl Stage {
    /// Copies the workspace to a folder under its target directory.
    pub fn copy(workspace: &Workspace) -> Result<Self> {
        let root = &workspace.root;
        let folder = workspace.target.join("regen");
        fs::create_dir_all(&folder)?;
        let lock = File::create(folder.join("lock"))?;
        lock.try_lock().map_err(|error| format!("another run is under way: {error}"))?;
        let copy = folder.join("workspace");
        if copy.exists() {
            fs::remove_dir_all(&copy)?;
        }
        for part in PARTS.iter().filter(|part| root.join(part).exists()) {
            duplicate(&root.join(part), &copy.join(part))?;
        }
        // Cargo tells two copies of a workspace apart by nothing: they must not share what they build.
        let workspace = Workspace { root: copy, target: folder.join("target"), ..workspace.clone() };
        Ok(Self { workspace, _lock: lock })
    }

    /// Puts a document in the place of the copy's. Without the overlay, it is one of another service.
    pub fn document(&self, document: &serde_json::Value, overlay: bool) -> Result<()> {
        fs::write(self.workspace.root.join(DOCUMENT), document::to_text(document))?;
        if !overlay {
            let none = r#"{"overlay": "1.0.0", "info": {"title": "None", "version": "0"}, "actions": []}"#;
            fs::write(self.workspace.root.join(OVERLAY), none)?;
        }
        Ok(())
    }

    /// Puts bindings in the place of the copy's.
    pub fn bindings(&self, bindings: &str) -> Result<()> {
        let path = self.workspace.root.join(BINDINGS);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, bindings)?)
    }
}

fn duplicate(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        return fs::copy(from, to).map(drop);
    }
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        duplicate(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}
