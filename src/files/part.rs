//! A file that is not whole yet.

use std::{
    io,
    path::{Path, PathBuf},
};

use tokio::fs::{self, File};

use crate::{Error, Violation, error::Parts};

/// A file beside its target, which is removed unless it is finished.
pub(super) struct Part {
    pub file: File,
    path: PathBuf,
    target: PathBuf,
    is_finished: bool,
}

impl Part {
    /// Makes it, where the target can be written. A link is followed, and an existing file keeps its
    /// permissions.
    pub async fn beside(target: &Path) -> Result<Self, Error> {
        let shown = target.to_string_lossy();
        let bad = |rule: String| Error::from(Violation::new("target", rule, Some(&shown)));
        let not_written = |error: io::Error| bad(format!("must be a place that can be written: {error}"));
        if target.file_name().is_none() || shown.ends_with(std::path::is_separator) {
            return Err(bad("must be the path of a file".into()));
        }
        let (target, permissions) = match fs::symlink_metadata(target).await {
            Ok(_) => {
                let target = fs::canonicalize(target).await.map_err(not_written)?;
                let there = fs::metadata(&target).await.map_err(not_written)?;
                if !there.is_file() {
                    return Err(bad("must be the path of a file".into()));
                }
                (target, Some(there.permissions()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => (target.to_owned(), None),
            Err(error) => return Err(not_written(error)),
        };
        let path = target.with_file_name(format!(".enablex-{:016x}.part", fastrand::u64(..)));
        let file = File::options().write(true).create_new(true).open(&path).await.map_err(not_written)?;
        let part = Self { file, path, target, is_finished: false };
        if let Some(permissions) = permissions {
            part.file.set_permissions(permissions).await.map_err(not_written)?;
        }
        Ok(part)
    }

    /// Puts it in the place of its target.
    pub async fn finish(mut self) -> Result<(), Error> {
        let placed: io::Result<()> = async {
            self.file.sync_all().await?;
            fs::rename(&self.path, &self.target).await
        }
        .await;
        placed.map_err(Parts::not_written)?;
        self.is_finished = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_finished {
            // Where it cannot be removed there is nobody to be told.
            _ = std::fs::remove_file(&self.path);
        }
    }
}
