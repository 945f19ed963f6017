//! Saving a file to a path.

use std::{
    fs,
    io::{self, Seek},
    path::{Path, PathBuf},
};

use super::part::{Part, PartName};
use crate::Violation;

/// A writable path.
pub(super) struct Target {
    path: PathBuf,
    /// Whether the part file is in the same folder, so that it can be renamed.
    is_beside: bool,
}

impl Target {
    /// Checks the path, and creates the part file. A symbolic link is followed, and the permissions of an
    /// existing file are kept.
    pub fn check(target: &Path) -> Result<(Self, Part), Violation> {
        let shown = target.to_string_lossy();
        let bad = |rule: String| Violation::new("target", rule, Some(&shown));
        let not_written = |error: io::Error| bad(format!("must be a place that can be written: {error}"));
        if target.file_name().is_none() || shown.ends_with(std::path::is_separator) {
            return Err(bad("must be the path of a file".into()));
        }
        match fs::symlink_metadata(target) {
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let path = target.to_owned();
                let part = Part::new(folder_of(&path)).map_err(not_written)?;
                return Ok((Self { path, is_beside: true }, part));
            }
            Err(error) => return Err(not_written(error)),
        }
        let path = fs::canonicalize(target).map_err(not_written)?;
        let there = fs::metadata(&path).map_err(not_written)?;
        if !there.is_file() {
            return Err(bad("must be the path of a file".into()));
        }
        // Whether a rename can replace it shows only when it is tried.
        fs::OpenOptions::new().write(true).open(&path).map_err(not_written)?;
        match Part::like(folder_of(&path), there.permissions()) {
            Ok(part) => Ok((Self { path, is_beside: true }, part)),
            Err(error) => {
                let elsewhere = Part::private(&std::env::temp_dir()).map_err(|_| not_written(error))?;
                Ok((Self { path, is_beside: false }, elsewhere))
            }
        }
    }

    /// Moves the part file to the path.
    pub fn take(&self, mut part: fs::File, name: PartName) -> io::Result<()> {
        part.sync_all()?;
        if self.is_beside {
            match fs::rename(name.path(), &self.path) {
                // A full disk has no space for a copy either.
                Err(error) if !is_full(&error) && self.path.is_file() => {}
                renamed => return renamed,
            }
        }
        let mut target = fs::OpenOptions::new().write(true).open(&self.path)?;
        part.rewind()?;
        // Emptied first, so that old and new content are never mixed.
        target.set_len(0)?;
        io::copy(&mut part, &mut target)?;
        target.sync_all()
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
